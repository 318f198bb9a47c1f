import { randomUUID } from 'node:crypto';
import {
  ProblemError,
  type ChangePreview,
  type ChangeRecord,
  type ChangeRequest,
  type GuardNote,
  type HostPlan,
  type HostResult,
  type Problem,
  type RecoverAction,
} from '../../../shared/model';
import { changeFinder, hostName, parentEngines, planProblems, type Inventory } from '../../../shared/rules';
import { inUndo } from '../../../shared/texts';
import { newRun } from '../storage/journal';
import { keepNewest } from '../storage/newest';
import type { ChangeEntry, Kept } from './change-log';
import type { ChangesContext } from './context';
import { ChangeEndings } from './endings';
import { RecreatedNetworks } from './recreated-networks';
import type { Asked, Planned } from './kind';
import { LastNames } from './last-names';
import { lateForUndo } from './late-for-undo';
import { appliedAlready, keptPreviews, notFound, previewGone } from './not-found';
import { claimed, type OwnDoing } from './own-doing';
import { takePictures } from './pictures';
import { ChangeRecovery } from './recovery';
import { addressesBefore, segmentOf } from './results';
import { jobOf, runHosts, type HostJob } from './run-hosts';
import { runOnHosts } from './run-on-hosts';
import { checkSeen } from './seen';
import { checkStillTrue } from './still-true';
import { UndoJudge } from './undo-judge';
import { goneExceptions } from './undo-past-gone';
import { withUndoProblems } from './undo-offers';
import { Unsettled } from './unsettled';
import { withUnsaved } from './unwritten';

/** What is about to be done, as it is planned now. */
interface Due extends Pick<ChangePreview, 'id' | 'request'> {
  planned: Planned;
  /** What it was planned on, or older. */
  since: Inventory;
  by?: ChangeRecord['by'];
}

interface Shown extends Pick<Asked, 'at'> {
  preview: ChangePreview;
  kept: Kept | undefined;
}

/** Preview, apply, verify, roll back, undo, recover, log: the one road on which anything on a host is changed. */
export class Changes {
  private readonly previews = new Map<string, Shown>();
  /** Previews that are being applied, also those that wait for their turn. */
  private readonly applying = new Set<string>();
  private readonly unsettled: Unsettled;
  private readonly endings: ChangeEndings;
  private readonly recovery: ChangeRecovery;
  private readonly judge: UndoJudge;
  private readonly names = new LastNames(2 * keptPreviews);

  constructor(private readonly context: ChangesContext) {
    this.unsettled = new Unsettled(context.log);
    const recreated = new RecreatedNetworks(() =>
      context.log.entries().flatMap((entry) => entry.heirs ?? []),
    );
    this.endings = new ChangeEndings(context, recreated);
    this.recovery = new ChangeRecovery(context, this.endings, recreated);
    this.judge = new UndoJudge(context, this.unsettled, recreated);
  }

  async preview(request: ChangeRequest): Promise<ChangePreview> {
    const kind = this.context.kindOf(request);
    kind.check?.(request);
    const id = randomUUID();
    const at = this.context.now();
    const { kept, ...planned } = await this.planned(request, { id, at });
    const preview: ChangePreview = { id, request, ...planned, problems: planProblems(planned) };
    this.previews.set(id, { preview, kept, at });
    keepNewest(this.previews, keptPreviews);
    kind.ask?.(request, planned);
    return preview;
  }

  /**
   * @param keepPartial whether the hosts that are done stay so when others fail
   * @param by what asked for it, for the log
   */
  async apply(id: string, keepPartial = false, by?: ChangeRecord['by']): Promise<ChangeRecord> {
    const shown = this.take(id);
    try {
      const { hosts, request } = shown.preview;
      return await this.context.lans.inTurn(
        [...this.context.kindOf(request).keys, ...enginesOf(hosts)],
        () => hosts,
        () => this.applyShown(shown, keepPartial, by),
      );
    } finally {
      this.applying.delete(id);
    }
  }

  /**
   * What nobody was shown is done as it is planned once it is its turn, after a fresh reading of all hosts of its LANs. Null where
   * there is nothing to do by then: no change was made, and none is logged.
   */
  async applyOwn({ engineId, by, request, certain }: OwnDoing): Promise<ChangeRecord | null> {
    const jobs = () => {
      const asked = request();
      return asked ? [claimed(asked)] : [];
    };
    return this.context.lans.inTurn([engineId], jobs, async () => {
      const asked = request();
      if (!asked) return null;
      await this.lookAtParents([claimed(asked)]);
      const id = randomUUID();
      const since = this.context.lans.known();
      const planned = await this.planned(asked, { id, at: this.context.now() });
      const [wrong] = planProblems(planned);
      if (wrong) throw new ProblemError(wrong);
      if (!certain()) await this.checkAnswers(planned.hosts);
      return this.carryOut({ id, request: asked, planned, since, by });
    });
  }

  /** Puts down what was said and changes nothing on an engine itself. */
  note(request: GuardNote): Promise<ChangeRecord> {
    const engineIds = enginesOf(request.guards);
    const { engines } = this.context.snapshot();
    const hosts = engineIds.map((engineId): HostResult => ({
      ...{ engineId, engineName: hostName(engineId, engines) },
      ...{ steps: [], state: 'done' },
    }));
    const said = { id: randomUUID(), at: this.context.now(), who: this.context.who, request };
    return this.endings.record({
      record: { ...said, state: 'applied', hosts, undoable: false },
      inverse: null,
    });
  }

  /** @param seen what the record says of its hosts, as the admin has read it */
  async undo(id: string, seen?: readonly HostResult[]): Promise<ChangeRecord> {
    try {
      return await this.takeBack(id, seen);
    } catch (error) {
      const told = error instanceof ProblemError ? inUndo(error.problem) : null;
      throw told?.undoing ? new ProblemError(told) : error;
    }
  }

  private async takeBack(id: string, seen?: readonly HostResult[]): Promise<ChangeRecord> {
    const known = this.context.log.get(id);
    if (!known) throw notFound(id);
    // Not hosts where nothing is to be taken back: one of them may be off the list.
    const engines = enginesOf(known.inverse ?? known.record.hosts);
    const { keys, refresh } = this.context.kindOf(known.record.request);
    const back = () => this.judge.backOf(this.context.log.get(id) ?? known);
    return this.context.lans.inTurn([...keys, ...engines], back, async () => {
      const entry = this.context.log.get(id) ?? known;
      const refused = this.judge.refusal(entry);
      if (refused) throw new ProblemError(refused);
      checkSeen(entry.record, seen);
      await refresh?.(engines);
      const since = this.context.lans.known();
      const all = back();
      const wrong = await this.judge.problemNow(entry, all);
      if (wrong) throw new ProblemError(wrong);
      const { jobs, gone } = await this.judge.pastGone(all);
      const late = lateForUndo(jobs, this.context.lans.known());
      await this.checkAnswers(jobs);
      const run = newRun('undo', this.context.owner, jobs);
      const journal = await this.context.log.begin({ ...entry, run });
      const outcome = await runOnHosts(
        this.context,
        journal,
        { pictures: entry.pictures, since },
        (context) => runHosts(journal, context),
      );
      if (outcome.open) throw await this.endings.open({ ...entry, run }, outcome);
      if (!outcome.ok) throw await this.endings.notUndone({ ...entry, run }, outcome);
      return this.endings.undone({ ...entry, run }, undefined, [
        ...goneExceptions(gone, entry.record),
        ...late,
        ...outcome.results.flatMap(({ exceptions = [] }) => exceptions),
      ]);
    });
  }

  /**
   * The log, newest first, each with whether it is saved.
   *
   * @param find see `changeFinder`
   * @param undo a change whose undo would be refused now says why, too
   */
  async list(limit: number, undo = true, find = ''): Promise<ChangeRecord[]> {
    const found = this.context.log.list().filter(changeFinder(find));
    const records = found.slice(0, limit).map((each) => withUnsaved(this.context.log, each));
    if (!undo) return records;
    const networks = this.judge.networks();
    return withUndoProblems(records, async (id) => {
      const entry = this.context.log.get(id);
      const found = entry && (await this.judge.problemOf(entry, this.judge.backOf(entry), networks));
      return found ? inUndo(found) : null;
    });
  }

  /** At the start: see {@link UnwrittenPlans}. */
  putPlanAgain(): Promise<void> {
    return this.endings.putAgain();
  }

  recover(id: string, action: RecoverAction, seen?: readonly HostResult[]): Promise<ChangeRecord> {
    return this.recovery.recover(id, action, seen);
  }

  /** See {@link ChangeRecovery}. */
  forget(engineId: string): Promise<void> {
    return this.recovery.forget(engineId);
  }

  /** At once: a second click must not find it while the first waits for its turn. */
  private take(id: string): Shown {
    if (this.applying.has(id) || this.context.log.get(id)) throw appliedAlready(id);
    const shown = this.previews.get(id);
    if (!shown) throw previewGone(id);
    this.previews.delete(id);
    this.applying.add(id);
    return shown;
  }

  private async applyShown(
    shown: Shown,
    keepPartial: boolean,
    by: ChangeRecord['by'],
  ): Promise<ChangeRecord> {
    const { id, request } = shown.preview;
    const kind = this.context.kindOf(request);
    await kind.refresh?.(enginesOf(shown.preview.hosts));
    await this.lookAtParents(shown.preview.hosts);
    const since = this.context.lans.known();
    const planned = await this.stillTrue(shown);
    kind.allowed?.(enginesOf(planned.hosts));
    await this.checkAnswers(planned.hosts);
    return this.carryOut({ id, request, planned, since, by }, keepPartial);
  }

  private async carryOut(
    { id, request, planned: { hosts, kept }, since, by }: Due,
    keepPartial = false,
  ): Promise<ChangeRecord> {
    const record: ChangeRecord = {
      id,
      at: this.context.now(),
      who: this.context.who,
      ...(by && { by }),
      request,
      state: 'applying',
      hosts: hosts.map((host) => ({ ...jobOf(host), state: 'applying' })),
      undoable: false,
      ...segmentOf(request, kept),
      ...addressesBefore(request, this.context.snapshot()),
    };
    const run = newRun('apply', this.context.owner, hosts);
    const pictures = await this.picturesOf(hosts);
    const entry: ChangeEntry = { record, inverse: null, ...(kept ? { kept } : {}), pictures, run };
    const journal = await this.context.log.begin({ ...entry, run });
    this.context.onRecord(record);
    const carries = request.kind !== 'attach' && request.kind !== 'attach-to-segment';
    const outcome = await runOnHosts(this.context, journal, { pictures, since, carries }, (context) =>
      runHosts(journal, context, keepPartial),
    );
    return this.endings.settle(entry, outcome);
  }

  /**
   * Where nobody lets us look, or it takes too long, it is planned on what is known. An engine takes a connect onto an
   * interface that is gone, or a bridge's by now, and the container can't start again.
   */
  private async lookAtParents(jobs: readonly HostJob[]): Promise<void> {
    const { world } = this.context;
    const asked = parentEngines(jobs, world.now(), true);
    if (asked.length > 0) await world.looked(asked);
  }

  /** What no engine tells, the LAN may. */
  private async checkAnswers(jobs: readonly HostJob[]): Promise<void> {
    const answered = await this.context.lans.answered(jobs);
    if (answered) throw new ProblemError(answered);
  }

  private async picturesOf(hosts: readonly HostJob[]) {
    const taken = hosts.map(({ engineId, steps }) =>
      takePictures(() => this.context.client(engineId), engineId, steps),
    );
    return (await Promise.all(taken)).flat();
  }

  /** As its kind plans it, unless it has to wait for a change that was cut off. */
  private async planned(request: ChangeRequest, asked: Asked): Promise<Planned> {
    this.names.learn(request, this.context.snapshot());
    const found = await this.context.kindOf(request).plan(request, asked);
    const told = (each: Problem) => this.names.told(request, each);
    const planned: Planned = {
      ...found,
      problems: found.problems.map(told),
      hosts: found.hosts.map((host) => ({ ...host, problems: host.problems.map(told) })),
    };
    const waits = planned.hosts.map((host) => this.unsettled.problemFor(host.engineId, host.steps));
    const kept = this.unsettled.keptProblem(planned.kept);
    const free = waits.every((each) => each === null);
    if (!kept && free) return planned;
    const hosts = planned.hosts.map((host, index): HostPlan => {
      const wait = waits[index];
      return { ...host, steps: [], problems: wait ? [...host.problems, wait] : host.problems };
    });
    // What a host says already need not be said once more of the whole.
    const whole = kept && free ? [kept] : [];
    return { ...planned, hosts, problems: [...planned.problems, ...whole] };
  }

  private async stillTrue({ preview, kept, at }: Shown): Promise<Planned> {
    const now = await this.planned(preview.request, { id: preview.id, at });
    checkStillTrue(now, preview, kept);
    return now;
  }
}

const enginesOf = (jobs: readonly { engineId: string }[]): string[] => [
  ...new Set(jobs.map((each) => each.engineId)),
];
