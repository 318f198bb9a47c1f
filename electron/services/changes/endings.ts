import { isDeepStrictEqual } from 'node:util';
import type {
  ChangeRecord,
  HostResult,
  ProblemError,
  TakenPicture,
  UndoException,
} from '../../../shared/model';
import type { Run } from '../storage/journal';
import { interruptedRecord, type ChangeEntry, type Kept } from './change-log';
import type { ChangesContext } from './context';
import { failureOf, isTakenBack } from './failure';
import { recreatedBy, recreatedInLog, type RecreatedNetworks } from './recreated-networks';
import { namesakes } from './namesakes';
import { differences, exceptionsIn, takePictures, unknownPins, unseenSince } from './pictures';
import { keeperOf } from './kind';
import { confirmed, leftOut, withFailures, withHosts } from './results';
import type { HostsOutcome } from './run-hosts';
import { strandedIn } from './stranded';
import { UnwrittenPlans } from './unwritten';

type Undone = NonNullable<ChangeRecord['undone']>;
type EndingsContext = Pick<
  ChangesContext,
  'snapshot' | 'client' | 'log' | 'kindOf' | 'keepers' | 'plan' | 'onRecord' | 'now' | 'who'
>;

/** Brings what the console keeps up to how a change ended, writes that down, and tells it once it is on disk. */
export class ChangeEndings {
  private readonly plans: UnwrittenPlans;

  constructor(
    private readonly context: EndingsContext,
    private readonly recreated: RecreatedNetworks,
  ) {
    this.plans = new UnwrittenPlans(context);
  }

  /** See {@link UnwrittenPlans}. */
  putAgain(): Promise<void> {
    return this.plans.putAgain();
  }

  /** Of a change that was to be done. Rejects with what to tell where it was not. */
  async settle(entry: ChangeEntry, outcome: HostsOutcome): Promise<ChangeRecord> {
    if (outcome.open && entry.run) throw await this.open({ ...entry, run: entry.run }, outcome);
    const done = outcome.results.filter((each) => each.state === 'done');
    if (!outcome.ok && done.length === 0) throw await this.failed(entry, outcome);
    const { record, pictures, kept: planned } = entry;
    const whole = outcome.ok && leftOut(outcome).size === 0;
    const kept = planned && (whole ? planned : this.partly(record, planned, outcome));
    const put = kept ? await this.keep(kept, 'after') : false;
    const left = outcome.inverse && (await this.left(done));
    const ended: ChangeRecord = {
      ...unexcepted(record),
      hosts: await this.withExceptions(confirmed(record.request, outcome), entry),
      state: whole ? 'applied' : 'partial',
      undoable: outcome.inverse !== null,
      ...(await this.stranded(entry)),
    };
    const more = { ...(kept && { kept }), ...(pictures && { pictures }), ...(left && { left }) };
    return this.record({ record: ended, inverse: outcome.inverse, ...more, ...remade(entry) }, put);
  }

  /**
   * @param recovered how the rest of an undo ended that was cut off
   * @param besides what else is not as it was
   */
  async undone(
    entry: ChangeEntry,
    recovered?: HostsOutcome,
    besides: readonly UndoException[] = [],
  ): Promise<ChangeRecord> {
    const { pictures, left, run: _run, ...rest } = entry;
    const put = entry.kept ? await this.keep(entry.kept, 'before') : false;
    const stood = unexcepted({ ...entry.record, hosts: entry.record.hosts.map(asApplied) });
    const record = recovered ? withHosts(stood, recovered, 'rolled-back') : stood;
    const done = { at: this.context.now(), who: this.context.who, ...this.givenBack(entry, recovered) };
    const { exceptions = [] } = await this.exceptions(pictures, entry);
    const found = [...exceptions, ...besides];
    const back = {
      ...{ undone: done, ...exceptionsIn([...found, ...unseenSince(left, found)]) },
      ...(await this.stranded(entry)),
    };
    const ended: ChangeRecord = { ...record, state: 'undone', undoable: false, ...back };
    return this.record({ ...rest, record: ended, inverse: null, ...remade(entry) }, put);
  }

  /** An undo failed. With the engines as they were, the change stands as before. Gives what to tell. */
  async notUndone(entry: ChangeEntry, outcome: HostsOutcome): Promise<ProblemError> {
    const { run: _run, ...stands } = entry;
    const stranded = await this.stranded(entry);
    const excepted = isTakenBack(outcome) ? await this.exceptions(entry.left, takenBack(entry)) : {};
    const back = { ...excepted, ...stranded };
    if (isTakenBack(outcome))
      await this.record({ ...stands, record: { ...unexcepted(entry.record), ...back }, ...remade(entry) });
    else {
      // It neither stands as it was applied nor is undone.
      const { record } = entry;
      const hosts = withFailures(record, outcome);
      const halfway = {
        ...{ ...unexcepted(record), hosts, ...stranded },
        ...{ state: 'failed' as const, undoable: false, wasUndoing: true },
      };
      await this.record({ record: halfway, inverse: null, ...remade(entry) });
    }
    return failureOf(outcome, back);
  }

  /** What was being undone, and stands again. */
  async standing({ run, ...entry }: ChangeEntry, outcome: HostsOutcome): Promise<ChangeRecord> {
    const left = leftOut(outcome);
    // How far a host was taken back that is left as it is, nobody knows.
    const inverse = entry.inverse?.filter((job) => !left.has(job.engineId)) ?? null;
    const put = entry.kept ? await this.keep(entry.kept, 'after') : false;
    const record = { ...withHosts(entry.record, outcome, 'done'), ...(await this.stranded({ run })) };
    const state = left.size > 0 ? ('partial' as const) : ('applied' as const);
    const stands = { ...record, state, undoable: inverse !== null };
    return this.record({ ...entry, inverse, record: stands, ...remade({ ...entry, run }) }, put);
  }

  /** What was cut off, and is as if it had never been: in what the console keeps, too. */
  async back(entry: ChangeEntry, outcome: HostsOutcome): Promise<ChangeRecord> {
    const { record, kept } = entry;
    const put = kept ? await this.keep(kept, 'before') : false;
    const back = await this.takenBackExcept(entry);
    const ended: ChangeRecord = { ...record, hosts: outcome.results, state: 'rolled-back', ...back };
    return this.record({ record: ended, inverse: null, ...(kept ? { kept } : {}), ...remade(entry) }, put);
  }

  /** A run that can be gone on with. Gives what to tell whoever asked. */
  async open(entry: ChangeEntry & { run: Run }, outcome: HostsOutcome): Promise<ProblemError> {
    await this.record({ ...entry, record: interruptedRecord(entry.record, entry.run, outcome.results) });
    return failureOf(outcome);
  }

  /** @param put whether the plan is another by this */
  record(entry: ChangeEntry, put = false): Promise<ChangeRecord> {
    return this.plans.record(entry, put);
  }

  private async failed(entry: ChangeEntry, outcome: HostsOutcome): Promise<ProblemError> {
    const { record } = entry;
    const rolledBack = isTakenBack(outcome);
    const back = rolledBack ? await this.takenBackExcept(entry) : await this.stranded(entry);
    const state = rolledBack ? ('rolled-back' as const) : ('failed' as const);
    const ended: ChangeRecord = { ...record, hosts: outcome.results, state, ...back };
    await this.record({ record: ended, inverse: null, ...remade(entry) });
    return failureOf(outcome, back);
  }

  private partly({ request }: ChangeRecord, kept: Kept, { results }: HostsOutcome): Kept {
    if (request.kind === 'guard') return kept;
    return this.context.kindOf(request).partly?.(request, kept, results) ?? kept;
  }

  /** Gives whether that was to be done. Not where the change leaves it as it is: then it is no affair of the change. */
  private async keep(kept: Kept, when: 'before' | 'after'): Promise<boolean> {
    const keeper = keeperOf(this.context.keepers, kept);
    if (isDeepStrictEqual(kept.before, kept.after) || isDeepStrictEqual(keeper.now(kept), kept[when]))
      return false;
    await keeper.put(kept, when);
    return true;
  }

  /** What Podman is asked for again it does not tell: a later change has it from here. */
  private givenBack({ inverse }: ChangeEntry, recovered?: HostsOutcome): Pick<Undone, 'back'> {
    const { engines } = this.context.snapshot();
    const left = recovered ? leftOut(recovered) : new Set<string>();
    const untold = (id: string) =>
      engines.find((one) => one.id === id)?.product === 'podman' && !left.has(id);
    const back = (inverse ?? [])
      .filter(({ engineId }) => untold(engineId))
      .map(({ engineId, steps }) => ({ engineId, steps: steps.filter(({ op }) => op === 'connect') }))
      .filter(({ steps }) => steps.length > 0);
    return back.length > 0 ? { back } : {};
  }

  /** What undoing is compared with later. Of a host that is lost right now it is not known, and was well a moment ago. */
  private async left(hosts: readonly HostResult[]): Promise<TakenPicture[]> {
    const taken = hosts.map(({ engineId, steps }) =>
      takePictures(() => this.context.client(engineId), engineId, steps),
    );
    return (await Promise.all(taken)).flat();
  }

  private stranded({ run }: Pick<ChangeEntry, 'run'>): Promise<Pick<ChangeRecord, 'stranded'>> {
    return strandedIn((engineId) => this.context.client(engineId), run);
  }

  private async takenBackExcept(entry: ChangeEntry): Promise<Excepted> {
    return {
      ...(await this.exceptions(entry.pictures, takenBack(entry))),
      ...(await this.stranded(entry)),
    };
  }

  /** Of a change that others keep: hosts that failed with what shows otherwise there, now that it is taken back. */
  private withExceptions(hosts: readonly HostResult[], entry: ChangeEntry): Promise<HostResult[]> {
    const { pictures = [] } = entry;
    const { inverse } = takenBack(entry);
    return Promise.all(
      hosts.map(async (host) => {
        if (host.state !== 'failed' && host.state !== 'rolled-back') return host;
        const here = (one: { engineId: string }) => one.engineId === host.engineId;
        const back = { inverse: inverse?.filter(here) ?? null };
        return { ...host, ...(await this.exceptions(pictures.filter(here), back)) };
      }),
    );
  }

  /** @param undone what was undone, or taken back, and how */
  private async exceptions(
    pictures: readonly TakenPicture[] = [],
    undone: Pick<ChangeEntry, 'inverse' | 'run'>,
  ): Promise<Pick<ChangeRecord, 'exceptions'>> {
    const found = await differences((engineId) => this.context.client(engineId), pictures);
    const back = undone.inverse ?? [];
    const others = undone.run ? namesakes(back, undone.run, this.recreated) : [];
    return exceptionsIn([...found, ...unknownPins(back, this.context.snapshot().engines), ...others]);
  }
}

type Excepted = Pick<ChangeRecord, 'exceptions' | 'stranded'>;

/** What it was applied without is no affair of what became of it. */
function asApplied(host: HostResult): HostResult {
  const { exceptions: _, ...rest } = host;
  return host.state === 'done' ? rest : host;
}

/** Without what an earlier ending has left otherwise. */
function unexcepted({ exceptions: _, stranded: _left, ...record }: ChangeRecord): ChangeRecord {
  return record;
}

/** What was taken back of a change that was never undone. Its networks are those of the run itself, or made again by it. */
const takenBack = ({ run }: ChangeEntry): Pick<ChangeEntry, 'inverse'> => ({
  inverse:
    run?.hosts.map(({ engineId, engineName, back = [] }) => ({ engineId, engineName, steps: back })) ?? null,
});

/** With what was known before: of one that is undone, both its making and its undoing count. */
const remade = ({ record, heirs = [], run }: ChangeEntry): Pick<ChangeEntry, 'heirs'> =>
  recreatedInLog([...heirs, ...(run ? recreatedBy(run, record.hosts) : [])]);
