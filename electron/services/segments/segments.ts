import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import {
  ProblemError,
  type HostPlan,
  type Problem,
  type SegmentList,
  type SegmentPreview,
  type SegmentRecord,
  type SegmentRequest,
  type TakenPicture,
} from '../../../shared/model';
import { planSegment, recogniseSegments, segmentCandidates, takenProblem } from '../../../shared/rules';
import { problem, type ProblemParams } from '../../../shared/texts';
import { changedProblem, takePictures } from '../changes/pictures';
import { goneProblem, networksOnce, offlineProblem, retarget, strandedProblem } from '../changes/undo-checks';
import { withUndoProblems } from '../changes/undo-offers';
import { newRun } from '../journal';
import { keepNewest } from '../newest';
import { askNeighbours } from './ask-neighbours';
import { enginesOf } from './concerned';
import { Endings, failure } from './endings';
import type { SegmentsContext } from './context';
import { SegmentRecovery } from './recover';
import { runOnHosts } from './run';
import { runHosts, type HostJob } from './run-hosts';
import type { SegmentEntry } from './segment-log';

interface Kept {
  preview: SegmentPreview;
  /** The id given to a segment that is made, the same at preview and apply. */
  newId: string;
}

const keptPreviews = 100;

/** Segments: preview, apply on all hosts or none, undo, log. */
export class Segments {
  private readonly previews = new Map<string, Kept>();
  private readonly endings: Endings;
  readonly recovery: SegmentRecovery;

  constructor(private readonly context: SegmentsContext) {
    this.endings = new Endings(context);
    this.recovery = new SegmentRecovery(context, this.endings);
    context.heirs.add(() => context.log.entries().flatMap((entry) => entry.heirs ?? []));
    context.unsettled.add(() =>
      context.log
        .unsettled()
        .filter(({ record }) => record.state === 'interrupted')
        .flatMap(({ record }) => record.hosts.map((host) => ({ ...host, id: record.id }))),
    );
  }

  list(): SegmentList {
    const plan = this.context.plan.segments();
    const snapshot = this.context.snapshot();
    return { segments: recogniseSegments(plan, snapshot), candidates: segmentCandidates(plan, snapshot) };
  }

  async preview(request: SegmentRequest): Promise<SegmentPreview> {
    const newId = `seg-${randomUUID().slice(0, 8)}`;
    const { segmentId: _id, segmentName: _name, ...planned } = await this.planned(request, newId);
    const preview: SegmentPreview = { id: randomUUID(), request, ...planned };
    this.previews.set(preview.id, { preview, newId });
    keepNewest(this.previews, keptPreviews);
    // The answer takes seconds, and is in the next preview.
    askNeighbours(request, planned, this.context);
    return preview;
  }

  async apply(id: string, keepPartial: boolean): Promise<SegmentRecord> {
    const kept = this.previews.get(id);
    if (!kept) throw new ProblemError(problem('change_not_found', {}));
    // At once: a second click must not find it while the first waits for its turn.
    this.previews.delete(id);
    const engines = kept.preview.hosts.map((host) => host.engineId);
    return this.context.lans.inTurn(
      ['plan', ...engines],
      () => kept.preview.hosts,
      async () => {
        await Promise.all(engines.map((engineId) => this.context.refresh(engineId)));
        const now = await this.checkStillTrue(kept);
        const before = this.context.plan.get(now.segmentId) ?? null;
        const record: SegmentRecord = {
          id,
          at: this.context.now(),
          who: this.context.who,
          request: kept.preview.request,
          segmentId: now.segmentId,
          segmentName: now.segmentName,
          state: 'applying',
          hosts: [],
          undoable: false,
        };
        const run = newRun('apply', this.context.owner, now.hosts);
        const pictures = await this.picturesOf(now.hosts);
        const entry = { record, inverse: null, before, after: now.segment, pictures, run };
        const journal = await this.context.log.begin(entry);
        this.context.onRecord(record);
        const outcome = await runOnHosts(this.context, journal, (context) =>
          runHosts(journal, context, keepPartial),
        );
        return this.endings.settle(entry, outcome);
      },
    );
  }

  async undo(id: string): Promise<SegmentRecord> {
    const known = this.context.log.get(id);
    if (!known) throw new ProblemError(problem('change_not_found', {}));
    // Not those where nothing is to be taken back: one of them may be off the list.
    const engines = (known.inverse ?? []).map((job) => job.engineId);
    const back = () => this.backOf(this.context.log.get(id));
    return this.context.lans.inTurn(['plan', ...engines], back, async () => {
      const entry = this.context.log.get(id) ?? known;
      const refused = this.refusal(entry);
      if (refused) throw new ProblemError(refused);
      await Promise.all(engines.map((engineId) => this.context.refresh(engineId)));
      const jobs = back();
      const wrong = await this.wrongWith(
        entry,
        jobs,
        networksOnce((each) => this.context.client(each)),
      );
      if (wrong) throw new ProblemError(wrong);
      const run = newRun('undo', this.context.owner, jobs);
      const journal = await this.context.log.begin({ ...entry, run });
      const outcome = await runOnHosts(this.context, journal, (context) => runHosts(journal, context));
      if (outcome.open) throw await this.endings.open({ ...entry, run }, outcome);
      // With the engines as they were, the change stands as before.
      if (!outcome.ok) await this.endings.record(entry);
      if (!outcome.ok) throw failure(outcome);
      return this.endings.undone({ ...entry, run });
    });
  }

  /** The log, newest first. A change whose undo would be refused now says why. */
  history(limit: number): Promise<SegmentRecord[]> {
    const networks = networksOnce((each) => this.context.client(each));
    return withUndoProblems(this.context.log.list(limit), async (id) => {
      const entry = this.context.log.get(id);
      if (!entry) return null;
      return this.refusal(entry) ?? this.wrongWith(entry, this.backOf(entry), networks);
    });
  }

  /** What takes a change back, on the networks of today. */
  private backOf(entry: SegmentEntry | undefined): HostJob[] {
    const snapshot = this.context.snapshot();
    return (entry?.inverse ?? []).map((job) => retarget(job, snapshot, this.context.heirs));
  }

  /** What on the engines stands in the way of these steps back. */
  private async wrongWith(
    entry: SegmentEntry,
    jobs: HostJob[],
    networks: ReturnType<typeof networksOnce>,
  ): Promise<Problem | null> {
    const snapshot = this.context.snapshot();
    const first = (ask: (job: HostJob) => Problem | null) => jobs.map(ask).find((one) => one !== null);
    return (
      first(({ engineId }) => offlineProblem(engineId, snapshot)) ??
      first((job) => strandedProblem(job, snapshot)) ??
      this.waiting(jobs) ??
      takenProblem(jobs, snapshot) ??
      (await this.gone(jobs, networks)) ??
      (await changedProblem((engineId) => this.context.client(engineId), entry.left ?? []))
    );
  }

  private async gone(
    jobs: readonly HostJob[],
    networks: ReturnType<typeof networksOnce>,
  ): Promise<Problem | null> {
    const found = await Promise.all(jobs.map((job) => goneProblem(job, networks)));
    return found.find((one) => one !== null) ?? null;
  }

  private async picturesOf(hosts: readonly HostJob[]): Promise<TakenPicture[]> {
    const taken = hosts.map(({ engineId, steps }) => takePictures(this.context.client(engineId), steps));
    return (await Promise.all(taken)).flat();
  }

  private async planned(request: SegmentRequest, newId: string) {
    const plan = this.context.plan.segments();
    const asked = enginesOf(request, plan);
    const found = await Promise.all(asked.map((engineId) => this.context.facts(engineId).catch(() => null)));
    const facts = found.filter((each) => each !== null);
    const known = this.context.snapshot();
    // Other hosts of the LAN have addresses there, too; an old look is no judge of what is to be changed.
    const others = known.facts?.filter(({ engineId }) => !asked.includes(engineId)) ?? [];
    const inventory = { ...known, facts: others };
    const planned = planSegment(request, { plan, inventory, newId, facts });
    const hosts = planned.hosts.map((host) => {
      const waits = this.waiting([host]);
      return waits ? { ...host, problems: [...host.problems, waits] } : host;
    });
    return { ...planned, hosts };
  }

  /** Why these have to wait for a change that was cut off. */
  private waiting(jobs: readonly HostJob[]): Problem | null {
    const found = jobs.map(({ engineId, steps }) => this.context.unsettled.problemFor(engineId, steps));
    return found.find((one) => one !== null) ?? null;
  }

  /** The engines went on while the admin looked at the preview: what would be done must be what was shown. */
  private async checkStillTrue({ preview, newId }: Kept) {
    const now = await this.planned(preview.request, newId);
    const [wrong] = [...now.problems, ...now.hosts.flatMap(withHost)];
    if (wrong) throw new ProblemError(wrong);
    const shown = preview.hosts.map((host) => host.steps);
    const same = isDeepStrictEqual(
      now.hosts.map((host) => host.steps),
      shown,
    );
    if (same && isDeepStrictEqual(now.segment, preview.segment)) return now;
    const host = preview.hosts.map((one) => one.engineName).join(', ') || now.segmentName;
    throw new ProblemError(problem('change_stale', { host }));
  }

  /** Why a change can't be undone, whatever the engines say. */
  private refusal({ record, inverse, before, after }: SegmentEntry): Problem | null {
    const refuse = (params: ProblemParams<'change_not_undoable'>) =>
      problem('change_not_undoable', params, { more: { state: record.state } });
    if (record.state === 'undone') return refuse({ context: 'undone' });
    if (!record.undoable || !inverse) return refuse({});
    const now = this.context.plan.get(record.segmentId) ?? null;
    // A change that left the plan alone (an attach) is not in the way of others.
    if (isDeepStrictEqual(before, after) || isDeepStrictEqual(now, after)) return null;
    return refuse({ context: 'segment', segment: record.segmentName });
  }
}

const withHost = ({ engineId, problems }: HostPlan): Problem[] =>
  problems.map((each) => ({ ...each, engineId: each.engineId ?? engineId }));
