import { isDeepStrictEqual } from 'node:util';
import type { ChangeRecord, Reason } from '../../../shared/model';
import { problem } from '../../../shared/texts';
import type { ChangeEntry, ChangeLog, Kept } from './change-log';
import type { ChangesContext } from './context';
import { keeperOf } from './kind';

/** What the plan has of a change that ended so. */
const wanted: Partial<Record<ChangeRecord['state'], 'before' | 'after'>> = {
  applied: 'after',
  partial: 'after',
  undone: 'before',
  'rolled-back': 'before',
};

/** What a change that is over has in the plan; null where it has nothing there. */
function inPlan({ record, kept, run }: ChangeEntry): { kept: Kept; when: 'before' | 'after' } | null {
  const when = wanted[record.state];
  return when && kept && !run && !isDeepStrictEqual(kept.before, kept.after) ? { kept, when } : null;
}

/** The same change, without the mark that its part of the plan is not on disk. */
const unmarked = (entry: ChangeEntry): ChangeEntry => {
  const { unwritten: _mark, ...record } = entry.record;
  return { ...entry, record };
};

/**
 * A record as it is told: with why it is not saved yet. That is nothing that the log has of it: it stands there once it is
 * not true any more.
 */
export function withUnsaved(log: Pick<ChangeLog, 'whyUnsaved'>, record: ChangeRecord): ChangeRecord {
  const detail = log.whyUnsaved(record.id);
  if (!detail) return record;
  const unsaved = problem('storage_failed', { context: 'unsaved', file: 'changes.jsonl', detail });
  return { ...record, unsaved };
}

type UnwrittenContext = Pick<ChangesContext, 'keepers' | 'plan' | 'log' | 'onRecord'>;

/**
 * Changes that are done on the engines while the plan could not be written: their records say so until it is, so that the
 * next start knows if this console ends before.
 */
export class UnwrittenPlans {
  private watching = false;
  /** Records that were told as not saved. */
  private readonly unsaved = new Set<string>();

  constructor(private readonly context: UnwrittenContext) {}

  /**
   * Writes how a change ended, marked where its part of the plan is not on disk, and tells of it.
   *
   * @param put whether the plan is another by this
   */
  async record(entry: ChangeEntry, put: boolean): Promise<ChangeRecord> {
    const due = (put || entry.record.unwritten !== undefined) && inPlan(entry);
    return this.write(entry, due ? await this.context.plan.unwritten() : null);
  }

  private async write(entry: ChangeEntry, detail: Reason | null): Promise<ChangeRecord> {
    const plain = unmarked(entry);
    const unwritten = detail && problem('storage_failed', { context: 'plan', file: 'plan.yaml', detail });
    const told = unwritten ? { ...plain, record: { ...plain.record, unwritten } } : plain;
    await this.context.log.write(told);
    const record = withUnsaved(this.context.log, told.record);
    this.context.onRecord(record);
    if (unwritten) this.watch();
    if (record.unsaved) this.watchLog(record.id);
    return record;
  }

  /** At the start: puts into the plan what a console that ended before could not write. What another hand wrote since stays. */
  async putAgain(): Promise<void> {
    const open = this.marked();
    const next = () => open.find((entry) => isToPut(this.context, entry));
    // Each once; one that stands on what was just put, or undone, may come before it in the log.
    for (let entry = next(); entry; entry = next()) {
      open.splice(open.indexOf(entry), 1);
      const due = inPlan(entry);
      if (due) await keeperOf(this.context.keepers, due.kept).put(due.kept, due.when);
    }
    await this.tellAgain();
  }

  private marked(): ChangeEntry[] {
    return this.context.log.entries().filter(({ record, run }) => record.unwritten && !run);
  }

  private async tellAgain(): Promise<void> {
    for (const { record } of this.marked()) {
      const why = await this.context.plan.unwritten();
      // It may have been undone since, or is being so: then its end says how it stands.
      const entry = this.marked().find((each) => each.record.id === record.id);
      if (entry) await this.write(entry, why);
    }
  }

  private watchLog(id: string): void {
    const watching = this.unsaved.size > 0;
    this.unsaved.add(id);
    if (watching) return;
    const { log, onRecord } = this.context;
    void log.whenWritten().then(() => {
      const entries = [...this.unsaved].flatMap((each) => log.get(each) ?? []);
      this.unsaved.clear();
      for (const { record } of entries) onRecord(record);
    });
  }

  private watch(): void {
    if (this.watching) return;
    this.watching = true;
    void this.context.plan.whenWritten().then(() => {
      this.watching = false;
      return this.tellAgain();
    });
  }
}

/** Whether the plan is as the change found it, and not as it left it. */
function isToPut({ keepers }: UnwrittenContext, entry: ChangeEntry): boolean {
  const due = inPlan(entry);
  const other = due?.when === 'after' ? 'before' : 'after';
  return due !== null && isDeepStrictEqual(keeperOf(keepers, due.kept).now(due.kept), due.kept[other]);
}
