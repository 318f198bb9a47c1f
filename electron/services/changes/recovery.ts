import { ProblemError, type ChangeRecord, type RecoverAction } from '../../../shared/model';
import { problem, takenProblem, type LanJob } from '../../../shared/rules';
import type { Run } from '../journal';
import { settledRecord, type ChangeEntry } from './change-log';
import type { ChangesContext } from './context';
import type { ChangeEndings } from './endings';
import { heirsOf } from './heirs';
import { notFound } from './not-found';
import { goesForward } from './recover';
import { runChange } from './run-change';
import { retarget } from './undo-checks';

type Open = ChangeEntry & { run: Run };

/** Settles changes that were cut off. */
export class ChangeRecovery {
  constructor(
    private readonly context: ChangesContext,
    private readonly endings: ChangeEndings,
  ) {}

  /** When it fails the change stays cut off, from where it then stands. */
  async recover(id: string, action: RecoverAction): Promise<ChangeRecord> {
    const engineId = this.context.log.get(id)?.record.engineId;
    if (!engineId) throw notFound(id);
    const ahead = () => [this.ahead(id, engineId, action)];
    return this.context.lans.inTurn([engineId], ahead, async () => {
      const entry = this.context.log.get(id);
      if (!entry?.run || entry.record.state !== 'interrupted')
        throw new ProblemError(problem('change_not_interrupted', {}, { engineId }));
      if (action === 'keep') return this.keep(entry.record);
      this.checkListed(entry.record);
      const taken = takenProblem(ahead(), this.context.world.now());
      if (taken) throw new ProblemError(taken);
      return this.settle({ ...entry, run: entry.run }, action);
    });
  }

  /**
   * The engine is off the list, and may never come back to be asked: what was cut off on it is left as it stands, and holds
   * up nothing any more should it be added again. What another living console works on is that one's own.
   */
  async forget(engineId: string): Promise<void> {
    const none = () => [];
    await this.context.lans.inTurn([engineId], none, async () => {
      for (const { record } of this.context.log.unsettled())
        if (record.engineId === engineId && record.state === 'interrupted') await this.keep(record);
    });
  }

  private keep(record: ChangeRecord): Promise<ChangeRecord> {
    return this.endings.record({ ...settledRecord(record), state: 'kept' }, null);
  }

  private async settle(
    { record, inverse, pictures, left, run: begun }: Open,
    action: Exclude<RecoverAction, 'keep'>,
  ): Promise<ChangeRecord> {
    const settled = settledRecord(record);
    const run: Run = { ...begun, owner: this.context.owner };
    const under: ChangeRecord = { ...settled, state: 'applying' };
    const journal = await this.context.log.begin({
      record: under,
      inverse,
      ...(pictures ? { pictures } : {}),
      ...(left ? { left } : {}),
      run,
    });
    this.context.onRecord(under);
    const outcome = await runChange(this.context, journal, goesForward(run, action));
    if (!outcome.ok) throw await this.endings.open(settled, inverse, run, outcome, pictures, left);
    if (run.kind === 'apply' && action === 'finish') return this.endings.applied(settled, outcome, pictures);
    if (action === 'finish')
      return this.endings.record(
        { ...settled, state: 'applied', undoable: inverse !== null },
        inverse,
        pictures,
        left,
      );
    const state = run.kind === 'undo' ? 'undone' : 'rolled-back';
    return this.endings.takenBack(settled, state, pictures, heirsOf(run, [settled]));
  }

  /** What is left to be done. */
  private ahead(id: string, engineId: string, action: RecoverAction): LanJob {
    const recovery = this.context.log.get(id)?.record.recovery;
    const steps = (action === 'finish' ? recovery?.finish : recovery?.rollBack) ?? [];
    return retarget(
      { engineId, steps: action === 'keep' ? [] : steps },
      this.context.snapshot(),
      this.context.heirs,
    );
  }

  /** An engine that is off the list, or was not given to this console, can't be asked. */
  private checkListed({ engineId, engineName: host }: ChangeRecord): void {
    if (this.context.snapshot().engines.some((each) => each.id === engineId)) return;
    throw new ProblemError(problem('engine_unknown', { context: 'recover', host }, { engineId }));
  }
}
