import { z } from 'zod';
import { changeRecordSchema, stepSchema, takenPictureSchema, type ChangeRecord } from '../../../shared/model';
import { problem } from '../../../shared/rules';
import { runSchema, type Run } from '../journal';
import { isAlive } from '../owner';
import { RecordLog } from '../record-log';
import type { Storage } from '../storage';
import { heirSchema } from './heirs';
import { standingOn } from './interrupted';

const entrySchema = z.object({
  record: changeRecordSchema,
  /** What takes it back; null when nothing does. */
  inverse: z.array(stepSchema).nullable(),
  /** What the engine said of all that it touches, before it. */
  pictures: z.array(takenPictureSchema).optional(),
  /** What it says of that after it; absent where nobody wrote it down. */
  left: z.array(takenPictureSchema).optional(),
  /** Networks that it removed and made again, or that taking it back did. */
  heirs: z.array(heirSchema).optional(),
  /** Absent when it is settled. */
  run: runSchema.optional(),
});

export type ChangeEntry = z.infer<typeof entrySchema>;
export type ChangeLog = RecordLog<ChangeEntry>;

/** The record of a change that is on its way no more, and not at its end. */
export const interruptedRecord = (record: ChangeRecord, run: Run): ChangeRecord => ({
  ...record,
  state: 'interrupted',
  undoable: false,
  ...standingOn(run, 0),
  ...(run.kind === 'undo' ? { wasUndoing: true } : {}),
});

/** Without what only an interrupted change has. */
export function settledRecord(record: ChangeRecord): ChangeRecord {
  const { stepsDone: _steps, recovery: _recovery, wasUndoing: _undoing, problem: _problem, ...rest } = record;
  return rest;
}

/** What an ended console left open is cut off; what a living one works on is its own. */
function asFound(entry: ChangeEntry, alive: (owner: string) => boolean): ChangeEntry | null {
  const { record, run } = entry;
  // One that was left open by a console that went on after it has its problem with it.
  if (run && record.state === 'interrupted') return null;
  if (run) return alive(run.owner) ? null : { ...entry, record: interruptedRecord(record, run) };
  if (record.state !== 'applying') return null;
  // Begun before there was a journal.
  const unknown = problem('change_interrupted', { context: 'unknown', host: record.engineName });
  return { ...entry, record: { ...record, state: 'failed', problem: unknown } };
}

/** The log of changes on single engines, `changes.jsonl`, and the journal of those on their way. */
export async function openChangeLog(
  file: string,
  storage: Storage,
  alive = isAlive,
  owner?: string,
): Promise<ChangeLog> {
  const log = await RecordLog.open(file, entrySchema, storage, { alive, owner });
  log.revise((entry) => asFound(entry, alive));
  return log;
}
