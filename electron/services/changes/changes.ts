import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import {
  ProblemError,
  type ChangePreview,
  type ChangeProgress,
  type ChangeRecord,
  type ChangeRequest,
  type Problem,
  type Snapshot,
  type Step,
} from '../../../shared/model';
import { planChange, problem } from '../../../shared/rules';
import type { EngineClient } from '../../docker';
import type { ChangeLog } from './change-log';
import { Locks } from './locks';
import { runSteps, type Outcome } from './run';
import { overtakenBy, retarget, strandedProblem } from './undo-checks';
import type { World } from './world';

export interface ChangesContext {
  snapshot(): Snapshot;
  /** What changes are planned on. */
  world: Pick<World, 'for'>;
  /** Throws `engine_unknown`. */
  client(engineId: string): EngineClient;
  /** Reads the containers and networks that the steps touched, so that the picture shows them at once. */
  reread(engineId: string, steps: Step[], networkId?: string): Promise<void>;
  log: ChangeLog;
  now(): number;
  who: string;
  onProgress(progress: ChangeProgress): void;
  onRecord(record: ChangeRecord): void;
}

/** As far back as a later change is looked for. */
const keptRecords = 1000;

/** Previews kept for `change.apply`; the oldest go first. */
const keptPreviews = 200;

const notFound = (id: string): ProblemError =>
  new ProblemError({
    code: 'change_not_found',
    message: `There is no change “${id}”; previews are kept until ${keptPreviews} newer ones are made or the console ends.`,
    hint: 'Preview the change again, then apply that.',
    params: { change: id },
  });

/** Preview, apply, verify, roll back, undo, log: the one road on which anything on an engine is changed. */
export class Changes {
  private readonly previews = new Map<string, ChangePreview>();

  constructor(
    private readonly context: ChangesContext,
    /** Shared with whatever else changes engines. */
    private readonly locks = new Locks(),
  ) {}

  async preview(request: ChangeRequest): Promise<ChangePreview> {
    this.context.client(request.engineId);
    const world = await this.context.world.for(request);
    const engine = world.engines.find((each) => each.id === request.engineId);
    const preview: ChangePreview = {
      id: randomUUID(),
      request,
      engineId: request.engineId,
      engineName: engine?.name ?? request.engineId,
      ...planChange(request, world),
    };
    this.previews.set(preview.id, preview);
    for (const id of this.previews.keys()) {
      if (this.previews.size <= keptPreviews) break;
      this.previews.delete(id);
    }
    return preview;
  }

  async apply(id: string): Promise<ChangeRecord> {
    const preview = this.previews.get(id);
    if (!preview) throw notFound(id);
    return this.locks.run(preview.engineId, async () => {
      this.previews.delete(id);
      await this.checkStillTrue(preview);
      const record: ChangeRecord = {
        id,
        at: this.context.now(),
        who: this.context.who,
        request: preview.request,
        engineId: preview.engineId,
        engineName: preview.engineName,
        steps: preview.steps,
        state: 'applying',
        undoable: false,
      };
      this.record(record, null);
      const outcome = await this.run(preview.engineId, id, preview.steps);
      if (!outcome.ok) throw this.recordFailure(record, outcome);
      return this.record(
        {
          ...record,
          state: 'applied',
          undoable: outcome.inverse !== null,
          ...this.confirmed(preview.engineId, preview.steps),
          ...(outcome.networkId ? { networkId: outcome.networkId } : {}),
        },
        outcome.inverse,
      );
    });
  }

  async undo(id: string): Promise<ChangeRecord> {
    const engineId = this.context.log.get(id)?.record.engineId;
    if (!engineId) throw notFound(id);
    return this.locks.run(engineId, async () => {
      const entry = this.context.log.get(id);
      if (!entry) throw notFound(id);
      const { record, inverse } = entry;
      if (record.state === 'undone') throw notUndoable(record, 'undone');
      if (record.state !== 'applied' || !inverse) throw notUndoable(record);
      if (overtakenBy(record, this.context.log.list(keptRecords))) throw notUndoable(record, 'overtaken');
      const { steps } = retarget({ engineId, steps: inverse }, this.context.snapshot());
      const stranded = strandedProblem({ engineId, steps }, this.context.snapshot());
      if (stranded) throw new ProblemError(stranded);
      const outcome = await this.run(engineId, id, steps);
      if (!outcome.ok) throw new ProblemError(withRollback(outcome));
      return this.record({ ...record, state: 'undone', undoable: false }, null);
    });
  }

  private async run(engineId: string, id: string, steps: Step[]): Promise<Outcome> {
    const client = this.context.client(engineId);
    const outcome = await runSteps(client, steps, (phase, step) =>
      this.context.onProgress({ id, phase, step, of: steps.length }),
    );
    // What was done is done: an engine that is lost right now is its session's business, and read when it is back.
    await this.context
      .reread(engineId, steps, outcome.ok ? outcome.networkId : undefined)
      .catch(() => undefined);
    return outcome;
  }

  /** The engine went on while the admin looked at the preview: what would be done now must be what was shown. */
  private async checkStillTrue(preview: ChangePreview): Promise<void> {
    const now = planChange(preview.request, await this.context.world.for(preview.request));
    const [first] = now.problems;
    if (first) throw new ProblemError({ ...first, engineId: preview.engineId });
    if (isDeepStrictEqual(now.steps, preview.steps)) return;
    throw new ProblemError({
      code: 'change_stale',
      message: `Things on ${preview.engineName} have changed since this preview; what it shows is no longer what would be done.`,
      hint: 'Look at the new preview, then apply that.',
      engineId: preview.engineId,
      params: { host: preview.engineName },
    });
  }

  private recordFailure(
    record: ChangeRecord,
    outcome: { problem: Problem; rolledBack: boolean },
  ): ProblemError {
    const failure = withRollback(outcome);
    const state = outcome.rolledBack ? 'rolled-back' : 'failed';
    this.record({ ...record, state, problem: failure }, null);
    return new ProblemError(failure);
  }

  /** The addresses that the engine shows after the last connect. */
  private confirmed(engineId: string, steps: Step[]): Pick<ChangeRecord, 'ipv4' | 'ipv6'> {
    const step = steps.findLast((each) => each.op === 'connect');
    if (step?.op !== 'connect') return {};
    const endpoint = this.context
      .snapshot()
      .containers.find((each) => each.id === step.containerId && each.engineId === engineId)
      ?.endpoints.find((each) => each.networkId === step.networkId || each.networkName === step.networkName);
    const ipv4 = endpoint?.ipv4 || endpoint?.pinned4;
    const ipv6 = endpoint?.ipv6 || endpoint?.pinned6;
    return { ...(ipv4 ? { ipv4 } : {}), ...(ipv6 ? { ipv6 } : {}) };
  }

  private record(record: ChangeRecord, inverse: Step[] | null): ChangeRecord {
    this.context.log.write({ record, inverse });
    this.context.onRecord(record);
    return record;
  }
}

/** Says to scripts and to the window whether the engine is as it was: `params.rolledBack` is 1 or 0. */
const withRollback = ({
  problem: cause,
  rolledBack,
}: {
  problem: Problem;
  rolledBack: boolean;
}): Problem => ({
  ...cause,
  params: { ...cause.params, rolledBack: rolledBack ? 1 : 0 },
});

const notUndoable = (record: ChangeRecord, context?: 'undone' | 'overtaken'): ProblemError =>
  new ProblemError(problem('change_not_undoable', context ? { context } : {}, { engineId: record.engineId }));
