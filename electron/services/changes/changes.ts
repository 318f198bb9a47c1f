import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import {
  ProblemError,
  type ChangePreview,
  type ChangeRecord,
  type ChangeRequest,
  type Problem,
  type RecoverAction,
  type Step,
} from '../../../shared/model';
import {
  hostNameOf,
  type Inventory,
  type LanJob,
  planChange,
  problem,
  takenProblem,
} from '../../../shared/rules';
import { newRun, type Run } from '../journal';
import { keepNewest } from '../newest';
import type { ChangeEntry } from './change-log';
import type { ChangesContext } from './context';
import { addressesBefore, ChangeEndings, failureOf } from './endings';
import { givenMacs } from './given-macs';
import { keptPreviews, notFound, previewGone } from './not-found';
import { heirsOf } from './heirs';
import { ChangeRecovery } from './recovery';
import { changedProblem, takePictures } from './pictures';
import { runChange } from './run-change';
import {
  goneProblem,
  networksOnce,
  offlineProblem,
  overtakenBy,
  retarget,
  strandedProblem,
} from './undo-checks';
import { withUndoProblems } from './undo-offers';
import { Unsettled } from './unsettled';

/** Preview, apply, verify, roll back, undo, recover, log: the one road on which anything on an engine is changed. */
export class Changes {
  private readonly previews = new Map<string, ChangePreview>();
  private readonly endings: ChangeEndings;
  private readonly recovery: ChangeRecovery;

  constructor(
    private readonly context: ChangesContext,
    /** Shared with whatever else changes engines. */
    private readonly unsettled = new Unsettled(),
  ) {
    this.endings = new ChangeEndings(context);
    this.recovery = new ChangeRecovery(context, this.endings);
    context.heirs.add(() => context.log.entries().flatMap((entry) => entry.heirs ?? []));
    unsettled.add(() =>
      context.log
        .unsettled()
        .filter(({ record }) => record.state === 'interrupted')
        .map(({ record }) => record),
    );
  }

  async preview(request: ChangeRequest): Promise<ChangePreview> {
    this.context.client(request.engineId);
    const world = await this.worldFor(request);
    const engine = world.engines.find((each) => each.id === request.engineId);
    const plan = planChange(request, world);
    const waits = this.unsettled.problemFor(request.engineId, plan.steps);
    const preview: ChangePreview = {
      id: randomUUID(),
      request,
      engineId: request.engineId,
      engineName: hostNameOf(engine, request.engineId),
      ...plan,
      ...(waits ? { steps: [], problems: [waits] } : {}),
    };
    this.previews.set(preview.id, preview);
    keepNewest(this.previews, keptPreviews);
    // The answer takes seconds, and is in the next preview.
    this.context.neighbours?.().ask(request, plan);
    return preview;
  }

  async apply(id: string): Promise<ChangeRecord> {
    const preview = this.previews.get(id);
    if (!preview) throw previewGone(id);
    return this.context.lans.inTurn(
      [preview.engineId],
      () => [preview],
      async () => {
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
          ...addressesBefore(preview.request, this.context.snapshot()),
        };
        const run = this.runOf('apply', preview, preview.steps);
        const pictures = await takePictures(this.context.client(preview.engineId), preview.steps);
        const journal = await this.context.log.begin({ record, inverse: null, pictures, run });
        this.context.onRecord(record);
        const outcome = await runChange(this.context, journal);
        if (!outcome.ok) throw await this.endings.failed(record, run, outcome, pictures);
        return this.endings.applied(record, outcome, pictures);
      },
    );
  }

  async undo(id: string): Promise<ChangeRecord> {
    const engineId = this.context.log.get(id)?.record.engineId;
    if (!engineId) throw notFound(id);
    const backOf = () => this.backOf(engineId, this.context.log.get(id));
    return this.context.lans.inTurn(
      [engineId],
      () => [backOf()],
      async () => {
        const entry = this.context.log.get(id);
        if (!entry) throw notFound(id);
        const { record, inverse, pictures, left } = entry;
        const { steps } = backOf();
        const wrong = await this.undoProblem(
          entry,
          steps,
          networksOnce((each) => this.context.client(each)),
        );
        if (wrong) throw new ProblemError(wrong);
        const run = this.runOf('undo', record, steps);
        const outcome = await runChange(this.context, await this.context.log.begin({ ...entry, run }));
        if (outcome.ok) return this.endings.takenBack(record, 'undone', pictures, heirsOf(run, [record]));
        // With the engine as it was, the change stands as before.
        if (outcome.open) throw await this.endings.open(record, inverse, run, outcome, pictures, left);
        if (!outcome.rolledBack) throw await this.endings.undoFailed(record, outcome);
        await this.endings.record(record, inverse, pictures, left);
        throw failureOf(record, outcome);
      },
    );
  }

  /** The log, newest first. A change whose undo would be refused now says why. */
  list(limit: number): Promise<ChangeRecord[]> {
    const networks = networksOnce((each) => this.context.client(each));
    return withUndoProblems(this.context.log.list(limit), async (id) => {
      const entry = this.context.log.get(id);
      if (!entry) return null;
      return this.undoProblem(entry, this.backOf(entry.record.engineId, entry).steps, networks);
    });
  }

  /** What takes a change back, on the networks of today. */
  private backOf(engineId: string, entry: ChangeEntry | undefined): LanJob & { steps: Step[] } {
    return retarget({ engineId, steps: entry?.inverse ?? [] }, this.context.snapshot(), this.context.heirs);
  }

  /** Why a change can't be taken back by these steps now; null where it can. */
  private async undoProblem(
    entry: ChangeEntry,
    steps: Step[],
    networks: ReturnType<typeof networksOnce>,
  ): Promise<Problem | null> {
    const { record, inverse, left } = entry;
    const { engineId } = record;
    if (record.state === 'undone') return notUndoable(record, 'undone');
    if (record.state !== 'applied' || !inverse) return notUndoable(record);
    if (overtakenBy(record, this.context.log.list())) return notUndoable(record, 'overtaken');
    const snapshot = this.context.snapshot();
    return (
      offlineProblem(engineId, snapshot) ??
      this.unsettled.problemFor(engineId, steps) ??
      strandedProblem({ engineId, steps }, snapshot) ??
      takenProblem([{ engineId, steps }], this.context.world.now()) ??
      (await goneProblem({ engineId, steps }, networks)) ??
      (await changedProblem((id) => this.context.client(id), left ?? []))
    );
  }

  recover(id: string, action: RecoverAction): Promise<ChangeRecord> {
    return this.recovery.recover(id, action);
  }

  /** See {@link ChangeRecovery}. */
  forget(engineId: string): Promise<void> {
    return this.recovery.forget(engineId);
  }

  /** With the MACs that we fixed: engines that take one when connecting tell it nowhere. */
  private async worldFor(request: ChangeRequest): Promise<Inventory> {
    return { ...(await this.context.world.for(request)), macs: givenMacs(this.context.log.list()) };
  }

  private runOf(kind: Run['kind'], { engineId, engineName }: Place, steps: Step[]): Run {
    return newRun(kind, this.context.owner, [{ engineId, engineName, steps }]);
  }

  /** The engine went on while the admin looked at the preview: what would be done now must be what was shown. */
  private async checkStillTrue(preview: ChangePreview): Promise<void> {
    const { engineId } = preview;
    const now = planChange(preview.request, await this.worldFor(preview.request));
    const first = now.problems[0] ?? this.unsettled.problemFor(engineId, now.steps);
    if (first) throw new ProblemError({ ...first, engineId });
    if (isDeepStrictEqual(now.steps, preview.steps)) return;
    throw new ProblemError(problem('change_stale', { host: preview.engineName }, { engineId }));
  }
}

type Place = Pick<ChangeRecord, 'engineId' | 'engineName'>;

const notUndoable = (record: ChangeRecord, context?: 'undone' | 'overtaken'): Problem =>
  problem('change_not_undoable', context ? { context } : {}, { engineId: record.engineId });
