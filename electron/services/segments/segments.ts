import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import {
  ProblemError,
  type HostFacts,
  type HostPlan,
  type Problem,
  type Segment,
  type SegmentList,
  type SegmentPreview,
  type SegmentProgress,
  type SegmentRecord,
  type SegmentRequest,
  type Snapshot,
  type Step,
} from '../../../shared/model';
import { planSegment, problem, recogniseSegments, segmentCandidates } from '../../../shared/rules';
import type { EngineClient } from '../../docker';
import type { Locks } from '../changes/locks';
import { partialSegment } from './partial';
import type { PlanFile } from './plan-file';
import { runHosts, type HostJob, type HostsOutcome } from './run-hosts';
import type { SegmentEntry, SegmentLog } from './segment-log';
import { retarget, strandedProblem } from '../changes/undo-checks';

export interface SegmentsContext {
  snapshot(): Snapshot;
  /** Throws `engine_unknown`. */
  client(engineId: string): EngineClient;
  /** What a host really has; null where the admin allows no look, or none is possible now. */
  facts(engineId: string): Promise<HostFacts | null>;
  /** Reads an engine's lists again: a connect to a stopped container emits no event. */
  refresh(engineId: string): Promise<void>;
  /** Reads what the steps touched, so that the picture shows it at once. */
  reread(engineId: string, steps: Step[], networkId?: string): Promise<void>;
  plan: PlanFile;
  log: SegmentLog;
  /** Those of the single changes: an engine has one change at a time, whatever its kind. */
  locks: Locks;
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

  constructor(private readonly context: SegmentsContext) {}

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
    for (const id of this.previews.keys()) {
      if (this.previews.size <= keptPreviews) break;
      this.previews.delete(id);
    }
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
      this.record({ record, inverse: null, before, after: before });
      const outcome = await this.run(id, now.hosts, keepPartial);
      return this.settle(record, before, now.segment, outcome);
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
      if (stranded) throw new ProblemError(stranded);
      const outcome = await this.run(id, jobs, false);
      if (!outcome.ok) throw failure(outcome);
      const { record, before, after } = entry;
      if (!isDeepStrictEqual(before, after)) await this.context.plan.set(record.segmentId, before);
      return this.record({
        ...entry,
        record: { ...record, state: 'undone', undoable: false },
        inverse: null,
      });
    });
  }

  private async planned(request: SegmentRequest, newId: string) {
    const plan = this.context.plan.segments();
    const found = await Promise.all(
      enginesOf(request, plan).map((engineId) => this.context.facts(engineId).catch(() => null)),
    );
    const facts = found.filter((each) => each !== null);
    return planSegment(request, { plan, inventory: this.context.snapshot(), newId, facts });
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

  private async run(id: string, hosts: readonly HostJob[], keepPartial: boolean): Promise<HostsOutcome> {
    const jobs = hosts.map(({ engineId, engineName, steps }) => ({ engineId, engineName, steps }));
    const outcome = await runHosts(
      jobs,
      {
        client: (engineId) => this.context.client(engineId),
        onProgress: (progress) => this.context.onProgress({ id, ...progress }),
      },
      keepPartial,
    );
    // One engine that is lost in the meantime must not keep the others from being shown.
    await Promise.allSettled(
      outcome.results.map((each) => this.context.reread(each.engineId, each.steps, each.networkId)),
    );
    return outcome;
  }

  private async settle(
    record: SegmentRecord,
    before: Segment | null,
    planned: Segment | null,
    outcome: HostsOutcome,
  ): Promise<SegmentRecord> {
    const done = outcome.results.filter((each) => each.state === 'done');
    if (!outcome.ok && done.length === 0) {
      const lost = outcome.results.some((each) => each.state === 'rollback-failed');
      const ended = {
        ...record,
        hosts: outcome.results,
        state: lost ? ('failed' as const) : ('rolled-back' as const),
      };
      this.record({ record: ended, inverse: null, before, after: before });
      throw failure(outcome);
    }
    const after = outcome.ok ? planned : partialSegment(record.request, before, planned, outcome.results);
    if (!isDeepStrictEqual(before, after)) await this.context.plan.set(record.segmentId, after);
    const ended: SegmentRecord = {
      ...record,
      hosts: outcome.results,
      state: outcome.ok ? 'applied' : 'partial',
      undoable: outcome.inverse !== null,
    };
    return this.record({ record: ended, inverse: outcome.inverse, before, after });
  }

  private record(entry: SegmentEntry): SegmentRecord {
    this.context.log.write(entry);
    this.context.onRecord(entry.record);
    return entry.record;
  }
}

/** The hosts whose facts matter: where something is made, or an address chosen. */
function enginesOf(request: SegmentRequest, plan: readonly Segment[]): string[] {
  const segment = 'segmentId' in request ? plan.find((each) => each.id === request.segmentId) : undefined;
  const members = segment?.members.map((each) => each.engineId) ?? [];
  switch (request.kind) {
    case 'create':
      return [...new Set(request.hosts.map((each) => each.engineId))];
    case 'add-host':
      return [...new Set([...members, request.host.engineId])];
    case 'attach':
      return [...new Set([...members, request.engineId])];
    case 'edit':
      return members;
    default:
      return [];
  }
}

const withHost = ({ engineId, problems }: HostPlan): Problem[] =>
  problems.map((each) => ({ ...each, engineId: each.engineId ?? engineId }));

/** The first host's own problem, and whether all is as before: `params.rolledBack` is 1 or 0. */
function failure({ results }: HostsOutcome): ProblemError {
  const first =
    results.find((each) => each.state === 'rollback-failed') ?? results.find((each) => each.problem);
  const rolledBack = results.every((each) => each.state !== 'rollback-failed');
  const found: Problem = first?.problem ?? problem('internal', { detail: 'a host failed without a reason' });
  return new ProblemError({
    ...found,
    engineId: found.engineId ?? first?.engineId,
    params: { ...found.params, host: first?.engineName ?? '', rolledBack: rolledBack ? 1 : 0 },
  });
}
