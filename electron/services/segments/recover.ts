import { ProblemError, type RecoverAction, type SegmentRecord } from '../../../shared/model';
import { problem, takenProblem, type LanJob } from '../../../shared/rules';
import { goesForward } from '../changes/recover';
import { retarget } from '../changes/undo-checks';
import type { Run } from '../journal';
import type { Endings } from './endings';
import { runOnHosts } from './run';
import { recoverHosts } from './run-hosts';
import { settledRecord, type SegmentEntry } from './segment-log';
import type { SegmentsContext } from './context';

type Open = SegmentEntry & { run: Run };

/**
 * Settles segment changes that were cut off. A host that is off the list of engines can't be asked any more: the others
 * are brought to an end without it, and what was done on it is left as it is.
 */
export class SegmentRecovery {
  constructor(
    private readonly context: SegmentsContext,
    private readonly endings: Endings,
  ) {}

  /** On all hosts that are there. When that fails it stays cut off, from where it then stands. */
  recover(id: string, action: RecoverAction): Promise<SegmentRecord> {
    return this.inTurn(
      id,
      (entry) => {
        if (!entry) throw new ProblemError(problem('change_not_interrupted', {}));
        if (action === 'keep') return this.keep(entry);
        const taken = takenProblem(this.ahead(id, action), this.context.snapshot());
        if (taken) throw new ProblemError(taken);
        return this.settle(entry, action);
      },
      action,
    );
  }

  /** An engine is off the list: what was cut off on it, and on none that is still there, is left as it stands. */
  async forget(engineId: string): Promise<void> {
    for (const { record, run } of this.context.log.unsettled())
      if (run?.hosts.some((host) => host.engineId === engineId))
        await this.inTurn(record.id, async (entry) => {
          if (entry && this.gone(entry.run).size === entry.run.hosts.length) await this.keep(entry);
        });
  }

  /** @param work gets null for a change that is not cut off (any more) */
  private inTurn<T>(
    id: string,
    work: (entry: Open | null) => T | Promise<T>,
    action: RecoverAction = 'keep',
  ): Promise<T> {
    const known = this.context.log.get(id);
    if (!known) throw new ProblemError(problem('change_not_found', {}));
    const engines = known.record.hosts.map((host) => host.engineId);
    return this.context.lans.inTurn(
      ['plan', ...engines],
      () => this.ahead(id, action),
      async () => {
        const entry = this.context.log.get(id);
        return work(entry?.run && entry.record.state === 'interrupted' ? { ...entry, run: entry.run } : null);
      },
    );
  }

  /** What is left to be done on hosts that are there. */
  private ahead(id: string, action: RecoverAction): LanJob[] {
    const snapshot = this.context.snapshot();
    const entry = this.context.log.get(id);
    if (!entry?.run || action === 'keep') return [];
    const gone = this.gone(entry.run);
    return entry.record.hosts.flatMap(({ engineId, recovery }) => {
      const steps = (action === 'finish' ? recovery?.finish : recovery?.rollBack) ?? [];
      return gone.has(engineId) ? [] : [retarget({ engineId, steps }, snapshot, this.context.heirs)];
    });
  }

  private gone({ hosts }: Run): Set<string> {
    const here = new Set(this.context.snapshot().engines.map((each) => each.id));
    return new Set(hosts.map((host) => host.engineId).filter((id) => !here.has(id)));
  }

  private keep({ run: _run, ...entry }: Open): Promise<SegmentRecord> {
    const record = { ...settledRecord(entry.record), state: 'kept' as const };
    return this.endings.record({ ...entry, record, inverse: null });
  }

  private async settle(
    { run: left, ...entry }: Open,
    action: 'finish' | 'roll-back',
  ): Promise<SegmentRecord> {
    const gone = this.gone(left);
    const [first] = left.hosts;
    if (first && gone.size === left.hosts.length) {
      const { engineId, engineName: host } = first;
      throw new ProblemError(problem('engine_unknown', { context: 'recover', host }, { engineId }));
    }
    const settled = { ...entry, record: settledRecord(entry.record) };
    const run: Run = { ...left, owner: this.context.owner };
    const under = { ...settled, record: { ...settled.record, state: 'applying' as const }, run };
    const journal = await this.context.log.begin(under);
    this.context.onRecord(under.record);
    const forward = goesForward(run, action);
    const outcome = await runOnHosts(this.context, journal, (context) =>
      recoverHosts(journal, context, forward, gone),
    );
    if (outcome.open) throw await this.endings.open({ ...settled, run }, outcome);
    const ended = { ...settled, run };
    if (run.kind === 'apply' && action === 'finish') return this.endings.settle(ended, outcome);
    if (action === 'finish') return this.endings.standing(ended, outcome);
    return run.kind === 'undo' ? this.endings.undone(ended, outcome) : this.endings.back(ended, outcome);
  }
}
