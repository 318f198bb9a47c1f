import { isDeepStrictEqual } from 'node:util';
import type { ChangeRecord, Problem } from '../../../shared/model';
import {
  notHeldBack,
  offlineProblem,
  problem,
  takenProblem,
  type ProblemParams,
} from '../../../shared/rules';
import type { ChangeEntry, Kept } from './change-log';
import type { ChangesContext } from './context';
import type { RecreatedNetworks } from './recreated-networks';
import { keeperOf } from './kind';
import { problemOf } from './lost';
import { changedProblem } from './pictures';
import { placeOf, type HostJob } from './run-hosts';
import {
  goneProblem,
  networksOnce,
  nowhereProblem,
  overlapProblem,
  overtakenBy,
  retarget,
  strandedProblem,
  twinProblem,
} from './undo-checks';
import { unusableParent } from './unusable-parent';
import { pastGone, type PastGone } from './undo-past-gone';
import type { Unsettled } from './unsettled';

type Networks = ReturnType<typeof networksOnce>;
type JudgeContext = Pick<ChangesContext, 'snapshot' | 'world' | 'client' | 'log' | 'kindOf' | 'keepers'>;

/** The same of one that failed and could not be put back: or, of one without a journal, nobody knows. */
function howFailed({ hosts, wasUndoing }: ChangeRecord) {
  if (wasUndoing) return 'undo_failed';
  const unknown = hosts.some(({ problem: found }) => found?.code === 'change_interrupted');
  return unknown ? 'unknown' : 'failed';
}

const contexts = {
  applied: null,
  partial: null,
  undone: 'undone',
  kept: 'kept',
  applying: 'under_way',
  interrupted: 'cut_off',
  'rolled-back': 'not_applied',
} as const;

/** Why there is nothing to take back of a change, whatever it removed; null where it stands. */
const standsNot = (record: ChangeRecord) =>
  record.state === 'failed' ? howFailed(record) : contexts[record.state];

/** Why changes can't be taken back now: asked when one is to be, and for the log beforehand. */
export class UndoJudge {
  constructor(
    private readonly context: JudgeContext,
    private readonly unsettled: Unsettled,
    private readonly recreated: RecreatedNetworks,
  ) {}

  /** What would take it back on the networks of today. */
  backOf({ inverse }: ChangeEntry): HostJob[] {
    const snapshot = this.context.snapshot();
    return (inverse ?? []).map((job) => retarget(job, snapshot, this.recreated));
  }

  /** What engines have, for several judgements at a time. */
  networks(): Networks {
    return networksOnce((engineId) => this.context.client(engineId));
  }

  /** Why it can't be undone, whatever the engines say. */
  refusal({ record, inverse, kept }: ChangeEntry): Problem | null {
    const refuse = (params: ProblemParams<'change_not_undoable'>) =>
      problem('change_not_undoable', params, { ...placeOf(record.hosts), more: { state: record.state } });
    const context = standsNot(record);
    if (context) return refuse({ context });
    if (!inverse) return refuse({});
    const changed = kept && this.keptSince(kept);
    if (changed) return changed;
    const later = overtakenBy(record, this.context.log.list());
    if (!later) return null;
    const { names } = later;
    if (later.record.state === 'kept') return refuse({ context: 'overtaken_kept', names });
    return refuse(later.record.undoable ? { context: 'overtaken' } : { context: 'overtaken_final', names });
  }

  /** A change that leaves what is kept as it is (an attach) is not in the way of others. */
  private keptSince(kept: Kept): Problem | null {
    const keeper = keeperOf(this.context.keepers, kept);
    if (isDeepStrictEqual(kept.before, kept.after)) return null;
    return isDeepStrictEqual(keeper.now(kept), kept.after) ? null : keeper.overtaken(kept);
  }

  /** What is left of these steps, past what another hand has removed. */
  pastGone(jobs: readonly HostJob[], networks = this.networks()): Promise<PastGone> {
    return pastGone(jobs, networks, (engineId) => this.context.client(engineId));
  }

  private async gone({ jobs, gone }: PastGone, networks: Networks): Promise<Problem | null> {
    const asked = [
      ...jobs.map((job) => goneProblem(job, networks, gone)),
      ...[twinProblem, overlapProblem, nowhereProblem].flatMap((ask) =>
        jobs.map((job) => ask(job, networks)),
      ),
    ];
    return (await Promise.all(asked)).find((one) => one !== null) ?? null;
  }

  private forbidden({ record }: ChangeEntry, jobs: readonly HostJob[]): Problem | null {
    try {
      this.context.kindOf(record.request).allowed?.(jobs.map((job) => job.engineId));
      return null;
    } catch (error) {
      return problemOf(error);
    }
  }

  /** The same right before it is done, when hosts are looked at, too. */
  async problemNow(entry: ChangeEntry, jobs: readonly HostJob[]): Promise<Problem | null> {
    return (await this.problemOf(entry, jobs)) ?? unusableParent(jobs, this.context.world);
  }

  /** Why it can't be taken back by these steps now. */
  async problemOf(
    entry: ChangeEntry,
    jobs: readonly HostJob[],
    networks = this.networks(),
  ): Promise<Problem | null> {
    const snapshot = this.context.snapshot();
    const first = (ask: (job: HostJob) => Problem | null, of = jobs) =>
      of.map(ask).find((one) => one !== null);
    const early =
      this.refusal(entry) ??
      first(({ engineId }) => offlineProblem(snapshot.engines.find((one) => one.id === engineId))) ??
      first(({ engineId, steps }) => this.unsettled.problemFor(engineId, steps)) ??
      this.unsettled.keptProblem(entry.kept);
    if (early) return early;
    const past = await this.pastGone(jobs, networks);
    return (
      first((job) => strandedProblem(job, snapshot), past.jobs) ??
      takenProblem(past.jobs, this.context.world.now()) ??
      notHeldBack(past.jobs, this.context.world.now()) ??
      (await this.gone(past, networks)) ??
      (await changedProblem((id) => this.context.client(id), entry.left ?? [], past.gone)) ??
      this.forbidden(entry, past.jobs)
    );
  }
}
