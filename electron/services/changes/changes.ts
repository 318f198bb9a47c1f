import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import {
  ProblemError,
  type ChangePreview,
  type ChangeProgress,
  type ChangeRecord,
  type ChangeRequest,
  type RecoverAction,
  type Snapshot,
  type Step,
} from '../../../shared/model';
import { planChange, problem } from '../../../shared/rules';
import type { EngineClient } from '../../docker';
import { newRun, type Run, type RunJournal } from '../journal';
import { keepNewest } from '../newest';
import { interruptedRecord, settledRecord, type ChangeLog } from './change-log';
import { confirmedAddresses, failureOf } from './endings';
import { Locks } from './locks';
import { goesForward, recoverWalk } from './recover';
import { runWalk, type Outcome } from './run';
import { Touched } from './touched';
import { overtakenBy, retarget, strandedProblem } from './undo-checks';
import { Unsettled } from './unsettled';
import { Walk } from './walk';
import type { World } from './world';

export interface ChangesContext {
  snapshot(): Snapshot;
  /** What changes are planned on. */
  world: Pick<World, 'for'>;
  /** Throws `engine_unknown`. */
  client(engineId: string): EngineClient;
  /** Reads what was touched, so that the picture shows it at once. */
  reread(engineId: string, touched: Touched): Promise<void>;
  log: ChangeLog;
  /** The name of this console's {@link Owner}. */
  owner: string;
  now(): number;
  who: string;
  /** See {@link WalkContext}. */
  patienceMs?: number;
  onProgress(progress: ChangeProgress): void;
  onRecord(record: ChangeRecord): void;
}

/** Previews kept for `change.apply`; the oldest go first. */
const keptPreviews = 200;

const notFound = (id: string): ProblemError =>
  new ProblemError({
    code: 'change_not_found',
    message: `There is no change “${id}”; previews are kept until ${keptPreviews} newer ones are made or the console ends.`,
    hint: 'Preview the change again, then apply that.',
    params: { change: id },
  });

/** Preview, apply, verify, roll back, undo, recover, log: the one road on which anything on an engine is changed. */
export class Changes {
  private readonly previews = new Map<string, ChangePreview>();

  constructor(
    private readonly context: ChangesContext,
    /** Shared with whatever else changes engines. */
    private readonly locks = new Locks(),
    /** So is this. */
    private readonly unsettled = new Unsettled(),
  ) {
    unsettled.add(() =>
      context.log
        .unsettled()
        .filter(({ record }) => record.state === 'interrupted')
        .map(({ record }) => record),
    );
  }

  async preview(request: ChangeRequest): Promise<ChangePreview> {
    this.context.client(request.engineId);
    const world = await this.context.world.for(request);
    const engine = world.engines.find((each) => each.id === request.engineId);
    const plan = planChange(request, world);
    const waits = this.unsettled.problemFor(request.engineId, plan.steps);
    const preview: ChangePreview = {
      id: randomUUID(),
      request,
      engineId: request.engineId,
      engineName: engine?.name ?? request.engineId,
      ...plan,
      ...(waits ? { steps: [], problems: [waits] } : {}),
    };
    this.previews.set(preview.id, preview);
    keepNewest(this.previews, keptPreviews);
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
      const run = this.runOf('apply', preview, preview.steps);
      const journal = await this.context.log.begin({ record, inverse: null, run });
      this.context.onRecord(record);
      const outcome = await this.run(journal);
      if (!outcome.ok) throw this.recordFailure(record, run, outcome);
      return this.recordApplied(record, outcome);
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
      if (overtakenBy(record, this.context.log.list())) throw notUndoable(record, 'overtaken');
      const { steps } = retarget({ engineId, steps: inverse }, this.context.snapshot());
      const wrong =
        this.unsettled.problemFor(engineId, steps) ??
        strandedProblem({ engineId, steps }, this.context.snapshot());
      if (wrong) throw new ProblemError(wrong);
      const run = this.runOf('undo', record, steps);
      const outcome = await this.run(await this.context.log.begin({ ...entry, run }));
      if (outcome.ok) return this.record({ ...record, state: 'undone', undoable: false }, null);
      // With the engine as it was, the change stands as before.
      if (outcome.open) throw this.recordOpen(record, inverse, run, outcome);
      this.record(record, inverse);
      throw failureOf(record, outcome);
    });
  }

  /** Settles a change that was cut off. When that fails it stays so, from where it then stands. */
  async recover(id: string, action: RecoverAction): Promise<ChangeRecord> {
    const engineId = this.context.log.get(id)?.record.engineId;
    if (!engineId) throw notFound(id);
    return this.locks.run(engineId, async () => {
      const entry = this.context.log.get(id);
      if (!entry?.run || entry.record.state !== 'interrupted')
        throw new ProblemError(problem('change_not_interrupted', {}, { engineId }));
      const settled = settledRecord(entry.record);
      if (action === 'keep') return this.record({ ...settled, state: 'kept' }, null);
      this.checkListed(entry.record);
      const run: Run = { ...entry.run, owner: this.context.owner };
      const under: ChangeRecord = { ...settled, state: 'applying' };
      const journal = await this.context.log.begin({ record: under, inverse: entry.inverse, run });
      this.context.onRecord(under);
      const outcome = await this.run(journal, goesForward(run, action));
      if (!outcome.ok) throw this.recordOpen(settled, entry.inverse, run, outcome);
      if (run.kind === 'apply' && action === 'finish') return this.recordApplied(settled, outcome);
      if (action === 'finish')
        return this.record({ ...settled, state: 'applied', undoable: entry.inverse !== null }, entry.inverse);
      return this.record({ ...settled, state: run.kind === 'undo' ? 'undone' : 'rolled-back' }, null);
    });
  }

  /**
   * The engine is off the list, and may never come back to be asked: what was cut off on it is left as it stands, and holds
   * up nothing any more should it be added again. What another living console works on is that one's own.
   */
  async forget(engineId: string): Promise<void> {
    await this.locks.run(engineId, async () => {
      for (const { record } of this.context.log.unsettled())
        if (record.engineId === engineId && record.state === 'interrupted')
          this.record({ ...settledRecord(record), state: 'kept' }, null);
    });
  }

  /** An engine that is off the list, or was not given to this console, can't be asked. */
  private checkListed({ engineId, engineName: host }: Place): void {
    if (this.context.snapshot().engines.some((each) => each.id === engineId)) return;
    throw new ProblemError(problem('engine_unknown', { context: 'recover', host }, { engineId }));
  }

  private runOf(kind: Run['kind'], { engineId, engineName }: Place, steps: Step[]): Run {
    return newRun(kind, this.context.owner, [{ engineId, engineName, steps }]);
  }

  /** @param goOn for a run that was cut off: whether its steps are to be done */
  private async run(journal: RunJournal, goOn?: boolean): Promise<Outcome> {
    const { engineId, steps } = journal.host(0);
    const { patienceMs } = this.context;
    const touched = new Touched();
    const walk = new Walk(
      {
        touched,
        client: () => this.context.client(engineId),
        onPhase: (phase, step) => this.context.onProgress({ id: journal.id, phase, step, of: steps.length }),
        ...(patienceMs === undefined ? {} : { patienceMs }),
      },
      journal,
      0,
    );
    const outcome = await (goOn === undefined ? runWalk(walk) : recoverWalk(walk, goOn));
    // What was done is done: an engine that is lost right now is its session's business, and read when it is back.
    await this.context.reread(engineId, touched).catch(() => undefined);
    return outcome;
  }

  /** The engine went on while the admin looked at the preview: what would be done now must be what was shown. */
  private async checkStillTrue(preview: ChangePreview): Promise<void> {
    const { engineId } = preview;
    const now = planChange(preview.request, await this.context.world.for(preview.request));
    const first = now.problems[0] ?? this.unsettled.problemFor(engineId, now.steps);
    if (first) throw new ProblemError({ ...first, engineId });
    if (isDeepStrictEqual(now.steps, preview.steps)) return;
    throw new ProblemError({
      code: 'change_stale',
      message: `Things on ${preview.engineName} have changed since this preview; what it shows is no longer what would be done.`,
      hint: 'Look at the new preview, then apply that.',
      engineId,
      params: { host: preview.engineName },
    });
  }

  private recordApplied(record: ChangeRecord, outcome: Extract<Outcome, { ok: true }>): ChangeRecord {
    return this.record(
      {
        ...record,
        state: 'applied',
        undoable: outcome.inverse !== null,
        ...confirmedAddresses(record.engineId, record.steps, this.context.snapshot()),
        ...(outcome.networkId ? { networkId: outcome.networkId } : {}),
      },
      outcome.inverse,
    );
  }

  /** Gives what to tell whoever asked. */
  private recordFailure(record: ChangeRecord, run: Run, outcome: Failed): ProblemError {
    if (outcome.open) return this.recordOpen(record, null, run, outcome);
    const failure = failureOf(record, outcome);
    const state = outcome.rolledBack ? 'rolled-back' : 'failed';
    this.record({ ...record, state, problem: failure.problem }, null);
    return failure;
  }

  /** The same for a run that can be gone on with. */
  private recordOpen(record: ChangeRecord, inverse: Step[] | null, run: Run, outcome: Failed): ProblemError {
    const open = interruptedRecord({ ...record, problem: outcome.problem }, run);
    this.context.log.write({ record: open, inverse, run });
    this.context.onRecord(open);
    return failureOf(record, outcome);
  }

  private record(record: ChangeRecord, inverse: Step[] | null): ChangeRecord {
    this.context.log.write({ record, inverse });
    this.context.onRecord(record);
    return record;
  }
}

type Failed = Extract<Outcome, { ok: false }>;
type Place = Pick<ChangeRecord, 'engineId' | 'engineName'>;

const notUndoable = (record: ChangeRecord, context?: 'undone' | 'overtaken'): ProblemError =>
  new ProblemError(problem('change_not_undoable', context ? { context } : {}, { engineId: record.engineId }));
