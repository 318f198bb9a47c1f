import {
  ProblemError,
  type ChangeRecord,
  type HostResult,
  type Problem,
  type RecoverAction,
} from '../../../shared/model';
import { notHeldBack, problem, takenProblem, type Inventory } from '../../../shared/rules';
import type { Run } from '../storage/journal';
import { settledRecord, type ChangeEntry } from './change-log';
import type { ChangesContext } from './context';
import type { ChangeEndings } from './endings';
import type { RecreatedNetworks } from './recreated-networks';
import { strandedByGone, withoutGone } from './gone';
import { notFound } from './not-found';
import { othersWork } from './others-work';
import { goesForward } from './recover';
import { recoverHosts, type HostJob } from './run-hosts';
import { runOnHosts } from './run-on-hosts';
import { checkSeen } from './seen';
import { strandedIn } from './stranded';
import { retarget } from './undo-checks';
import { unusableParent } from './unusable-parent';

type Open = ChangeEntry & { run: Run };

/**
 * Settles changes that were cut off. A host that is off the list of engines can't be asked any more: the others are brought
 * to an end without it, and what was done on it is left as it is.
 */
export class ChangeRecovery {
  constructor(
    private readonly context: ChangesContext,
    private readonly endings: ChangeEndings,
    private readonly recreated: RecreatedNetworks,
  ) {}

  /**
   * On all hosts that are there. When that fails the change stays cut off, from where it then stands.
   *
   * @param seen what the record says of its hosts, as the admin has read it
   */
  recover(id: string, action: RecoverAction, seen?: readonly HostResult[]): Promise<ChangeRecord> {
    return this.inTurn(id, action, async (entry, place) => {
      if (!entry) throw new ProblemError(problem('change_not_interrupted', {}, place));
      checkSeen(entry.record, seen);
      if (action === 'keep') return this.keep(entry);
      this.checkListed(entry.run);
      const rollsBack = action === 'roll-back';
      const { world, lans } = this.context;
      const since = lans.known();
      const left = this.ahead(id, action);
      const ahead = rollsBack ? await this.withoutGone(left) : left;
      const wrong =
        (await this.othersWork(entry, action)) ??
        (rollsBack ? await this.stranded(entry) : null) ??
        takenProblem(ahead, world.now()) ??
        notHeldBack(ahead, world.now()) ??
        (await unusableParent(ahead, world)) ??
        (await lans.answered(ahead));
      if (wrong) throw new ProblemError(wrong);
      return this.settle(entry, action, since);
    });
  }

  /**
   * An engine is off the list, and may never come back to be asked: what was cut off on it, and on none that is still there,
   * is left as it stands, and holds up nothing any more should it be added again. What another living console works on is that
   * one's own.
   */
  async forget(engineId: string): Promise<void> {
    for (const { record, run } of this.context.log.unsettled())
      if (run?.hosts.some((host) => host.engineId === engineId))
        await this.inTurn(record.id, 'keep', async (entry) => {
          if (entry && this.gone(entry.run).size === entry.run.hosts.length) await this.keep(entry);
        });
  }

  /** @param work gets null for a change that is not cut off (any more) */
  private async inTurn<T>(
    id: string,
    action: RecoverAction,
    work: (entry: Open | null, place: { engineId?: string }) => T | Promise<T>,
  ): Promise<T> {
    const known = this.context.log.get(id);
    if (!known) throw notFound(id);
    const engines = known.record.hosts.map((host) => host.engineId);
    const { keys } = this.context.kindOf(known.record.request);
    const place = engines.length === 1 && engines[0] ? { engineId: engines[0] } : {};
    return this.context.lans.inTurn(
      [...keys, ...engines],
      () => this.ahead(id, action),
      async () => {
        const entry = this.context.log.get(id);
        const open = entry?.run && entry.record.state === 'interrupted' ? { ...entry, run: entry.run } : null;
        return work(open, place);
      },
    );
  }

  /** What is left to be done on hosts that are there. */
  private ahead(id: string, action: RecoverAction): HostJob[] {
    const snapshot = this.context.snapshot();
    const entry = this.context.log.get(id);
    if (!entry?.run || action === 'keep') return [];
    const gone = this.gone(entry.run);
    return entry.record.hosts.flatMap(({ engineId, engineName, recovery }) => {
      const steps = (action === 'finish' ? recovery?.finish : recovery?.rollBack) ?? [];
      return gone.has(engineId) ? [] : [retarget({ engineId, engineName, steps }, snapshot, this.recreated)];
    });
  }

  /** By the steps as they will be sent: on the networks of the day on which they were planned, or that the run has made. */
  private async stranded({ record, run }: Open): Promise<Problem | null> {
    const off = this.gone(run);
    const back = record.hosts
      .filter(({ engineId }) => !off.has(engineId))
      .map(({ engineId, engineName, recovery }) => ({
        engineId,
        engineName,
        steps: recovery?.rollBack ?? [],
      }));
    const asked = (await this.withoutGone(back)).map((job) => {
      const made = run.hosts.find((host) => host.engineId === job.engineId) ?? {};
      return strandedByGone(this.context.client(job.engineId), job, made);
    });
    return (await Promise.all(asked)).find((one) => one !== null) ?? null;
  }

  /** Before anything is sent to any of the hosts. One that does not answer now says so later, and is looked at then. */
  private async othersWork({ run, pictures, left }: Open, action: Exclude<RecoverAction, 'keep'>) {
    const off = this.gone(run);
    const before = run.kind === 'apply' ? pictures : left;
    const asked = run.hosts
      .filter(({ engineId }) => !off.has(engineId))
      .map((host) =>
        othersWork(this.context.client(host.engineId), host, goesForward(run, action), before).catch(
          () => null,
        ),
      );
    return (await Promise.all(asked)).find((one) => one !== null) ?? null;
  }

  private withoutGone(jobs: readonly HostJob[]): Promise<HostJob[]> {
    return withoutGone(jobs, (engineId) => this.context.client(engineId));
  }

  private gone({ hosts }: Run): Set<string> {
    const here = new Set(this.context.snapshot().engines.map((each) => each.id));
    return new Set(hosts.map((host) => host.engineId).filter((id) => !here.has(id)));
  }

  /** Engines that are off the list, or were not given to this console, can't be asked: one at least has to be there. */
  private checkListed(run: Run): void {
    const [first] = run.hosts;
    if (!first || this.gone(run).size < run.hosts.length) return;
    const { engineId, engineName: host } = first;
    throw new ProblemError(problem('engine_unknown', { context: 'recover', host }, { engineId }));
  }

  private async keep({ run, ...entry }: Open): Promise<ChangeRecord> {
    const stranded = await strandedIn((engineId) => this.context.client(engineId), run);
    const record = { ...settledRecord(entry.record), state: 'kept' as const, ...stranded };
    return this.endings.record({ ...entry, record, inverse: null });
  }

  private async settle(
    { run: begun, ...entry }: Open,
    action: Exclude<RecoverAction, 'keep'>,
    since: Inventory,
  ): Promise<ChangeRecord> {
    const settled = { ...entry, record: settledRecord(entry.record) };
    const run: Run = { ...begun, owner: this.context.owner };
    const under = { ...settled, record: { ...settled.record, state: 'applying' as const }, run };
    const journal = await this.context.log.begin(under);
    this.context.onRecord(under.record);
    const gone = this.gone(run);
    const outcome = await runOnHosts(this.context, journal, { pictures: entry.pictures, since }, (context) =>
      recoverHosts(journal, context, action, gone),
    );
    if (outcome.open) throw await this.endings.open({ ...settled, run }, outcome);
    const ended = { ...settled, run };
    if (run.kind === 'apply' && action === 'finish') return this.endings.settle(ended, outcome);
    if (action === 'finish') return this.endings.standing(ended, outcome);
    return run.kind === 'undo' ? this.endings.undone(ended, outcome) : this.endings.back(ended, outcome);
  }
}
