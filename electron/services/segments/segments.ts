import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import {
  ProblemError,
  type HostFacts,
  type HostPlan,
  type Problem,
  type RecoverAction,
  type SegmentList,
  type SegmentPreview,
  type SegmentProgress,
  type SegmentRecord,
  type SegmentRequest,
  type Snapshot,
} from '../../../shared/model';
import { planSegment, problem, recogniseSegments, segmentCandidates } from '../../../shared/rules';
import type { EngineClient } from '../../docker';
import type { Locks } from '../changes/locks';
import { goesForward } from '../changes/recover';
import { Touched } from '../changes/touched';
import { retarget, strandedProblem } from '../changes/undo-checks';
import type { Unsettled } from '../changes/unsettled';
import { newRun, type Run, type RunJournal } from '../journal';
import { keepNewest } from '../newest';
import { enginesOf } from './concerned';
import { Endings, failure } from './endings';
import type { PlanFile } from './plan-file';
import { recoverHosts, runHosts, type HostJob, type HostsOutcome, type RunHostsContext } from './run-hosts';
import { settledRecord, type SegmentEntry, type SegmentLog } from './segment-log';

export interface SegmentsContext {
  snapshot(): Snapshot;
  /** Throws `engine_unknown`. */
  client(engineId: string): EngineClient;
  /** What a host really has; null where the admin allows no look, or none is possible now. */
  facts(engineId: string): Promise<HostFacts | null>;
  /** Reads an engine's lists again: a connect to a stopped container emits no event. */
  refresh(engineId: string): Promise<void>;
  /** Reads what was touched, so that the picture shows it at once. */
  reread(engineId: string, touched: Touched): Promise<void>;
  plan: PlanFile;
  log: SegmentLog;
  /** Those of the single changes: an engine has one change at a time, whatever its kind. */
  locks: Locks;
  /** So are these. */
  unsettled: Unsettled;
  /** The name of this console's {@link Owner}. */
  owner: string;
  /** See {@link WalkContext}. */
  patienceMs?: number;
  now(): number;
  who: string;
  onProgress(progress: SegmentProgress): void;
  onRecord(record: SegmentRecord): void;
}

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

  constructor(private readonly context: SegmentsContext) {
    this.endings = new Endings(context);
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
    return preview;
  }

  async apply(id: string, keepPartial: boolean): Promise<SegmentRecord> {
    const kept = this.previews.get(id);
    if (!kept) throw new ProblemError(problem('change_not_found', {}));
    // At once: a second click must not find it while the first waits for its turn.
    this.previews.delete(id);
    const engines = kept.preview.hosts.map((host) => host.engineId);
    return this.context.locks.runAll(['plan', ...engines], async () => {
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
      const entry = { record, inverse: null, before, after: now.segment, run };
      const journal = await this.context.log.begin(entry);
      this.context.onRecord(record);
      const outcome = await this.run(journal, (context) => runHosts(journal, context, keepPartial));
      return this.endings.settle(entry, outcome);
    });
  }

  async undo(id: string): Promise<SegmentRecord> {
    const known = this.context.log.get(id);
    if (!known) throw new ProblemError(problem('change_not_found', {}));
    const engines = known.record.hosts.map((host) => host.engineId);
    return this.context.locks.runAll(['plan', ...engines], async () => {
      const entry = this.context.log.get(id) ?? known;
      this.checkUndoable(entry);
      await Promise.all(engines.map((engineId) => this.context.refresh(engineId)));
      const snapshot = this.context.snapshot();
      const jobs = (entry.inverse ?? []).map((job) => retarget(job, snapshot));
      const stranded = jobs.map((job) => strandedProblem(job, snapshot)).find((one) => one !== null);
      const wrong = stranded ?? this.waiting(jobs);
      if (wrong) throw new ProblemError(wrong);
      const run = newRun('undo', this.context.owner, jobs);
      const journal = await this.context.log.begin({ ...entry, run });
      const outcome = await this.run(journal, (context) => runHosts(journal, context));
      if (outcome.open) throw this.endings.open({ ...entry, run }, outcome);
      // With the engines as they were, the change stands as before.
      if (!outcome.ok) this.endings.record(entry);
      if (!outcome.ok) throw failure(outcome);
      return this.endings.undone(entry);
    });
  }

  /** Settles a change that was cut off, on all of its hosts. When that fails it stays so, from where it then stands. */
  async recover(id: string, action: RecoverAction): Promise<SegmentRecord> {
    const known = this.context.log.get(id);
    if (!known) throw new ProblemError(problem('change_not_found', {}));
    const engines = known.record.hosts.map((host) => host.engineId);
    return this.context.locks.runAll(['plan', ...engines], async () => {
      const entry = this.context.log.get(id);
      if (!entry?.run || entry.record.state !== 'interrupted')
        throw new ProblemError(problem('change_not_interrupted', {}));
      const { run: left, ...rest } = { ...entry, run: entry.run };
      const settled = { ...rest, record: settledRecord(entry.record) };
      if (action === 'keep')
        return this.endings.record({
          ...settled,
          inverse: null,
          record: { ...settled.record, state: 'kept' },
        });
      const run: Run = { ...left, owner: this.context.owner };
      const under = { ...settled, record: { ...settled.record, state: 'applying' as const }, run };
      const journal = await this.context.log.begin(under);
      this.context.onRecord(under.record);
      const forward = goesForward(run, action);
      const outcome = await this.run(journal, (context) => recoverHosts(journal, context, forward));
      if (outcome.open) throw this.endings.open({ ...settled, run }, outcome);
      if (run.kind === 'apply' && action === 'finish') return this.endings.settle(settled, outcome);
      if (action === 'finish') return this.endings.standing(settled);
      return run.kind === 'undo' ? this.endings.undone(settled) : this.endings.back(settled, outcome);
    });
  }

  private async planned(request: SegmentRequest, newId: string) {
    const plan = this.context.plan.segments();
    const found = await Promise.all(
      enginesOf(request, plan).map((engineId) => this.context.facts(engineId).catch(() => null)),
    );
    const facts = found.filter((each) => each !== null);
    const planned = planSegment(request, { plan, inventory: this.context.snapshot(), newId, facts });
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

  private checkUndoable({ record, inverse, before, after }: SegmentEntry): void {
    const refuse = (message: string) =>
      new ProblemError({ code: 'change_not_undoable', message, params: { state: record.state } });
    if (record.state === 'undone') throw refuse('This change was already undone.');
    if (!record.undoable || !inverse) throw refuse('This change can’t be undone.');
    const now = this.context.plan.get(record.segmentId) ?? null;
    // A change that left the plan alone (an attach) is not in the way of others.
    if (isDeepStrictEqual(before, after) || isDeepStrictEqual(now, after)) return;
    throw refuse(`The segment “${record.segmentName}” was changed since; undo the later changes first.`);
  }

  private async run(
    { id, run }: RunJournal,
    work: (context: RunHostsContext) => Promise<HostsOutcome>,
  ): Promise<HostsOutcome> {
    const { patienceMs } = this.context;
    const touched = new Map(run.hosts.map(({ engineId }) => [engineId, new Touched()]));
    const outcome = await work({
      touched: (engineId) => touched.get(engineId),
      client: (engineId) => this.context.client(engineId),
      onProgress: (progress) => this.context.onProgress({ id, ...progress }),
      ...(patienceMs === undefined ? {} : { patienceMs }),
    });
    // One engine that is lost in the meantime must not keep the others from being shown.
    await Promise.allSettled([...touched].map(([engineId, things]) => this.context.reread(engineId, things)));
    return outcome;
  }
}

const withHost = ({ engineId, problems }: HostPlan): Problem[] =>
  problems.map((each) => ({ ...each, engineId: each.engineId ?? engineId }));
