import { z } from 'zod';
import {
  segmentRecordSchema,
  segmentSchema,
  stepSchema,
  takenPictureSchema,
  type SegmentRecord,
} from '../../../shared/model';
import { heirSchema } from '../changes/heirs';
import { runSchema, type Run } from '../journal';
import { isAlive } from '../owner';
import { RecordLog } from '../record-log';
import type { Storage } from '../storage';
import { openResults } from './run-hosts';

const entrySchema = z.object({
  record: segmentRecordSchema,
  /** What takes it back on each host; null when nothing does. */
  inverse: z
    .array(z.object({ engineId: z.string(), engineName: z.string(), steps: z.array(stepSchema) }))
    .nullable(),
  /** The segment in the plan before and after; while it is on its way, as it is to be after. */
  before: segmentSchema.nullable(),
  after: segmentSchema.nullable(),
  /** What the engines said of all that it touches, before it. */
  pictures: z.array(takenPictureSchema).optional(),
  /** What they say of that after it, where it can be undone. */
  left: z.array(takenPictureSchema).optional(),
  /** Networks that it removed and made again, or that taking it back did. */
  heirs: z.array(heirSchema).optional(),
  /** Absent when it is settled. */
  run: runSchema.optional(),
});

/** A record and what takes it back. */
export type SegmentEntry = z.infer<typeof entrySchema>;
export type SegmentLog = RecordLog<SegmentEntry>;

/** The record of a change that is on its way no more, and not at its end. */
export const interruptedRecord = (
  record: SegmentRecord,
  run: Run,
  results: SegmentRecord['hosts'] = [],
): SegmentRecord => ({
  ...record,
  state: 'interrupted',
  undoable: false,
  hosts: openResults(run, record.hosts, results),
  ...(run.kind === 'undo' ? { wasUndoing: true } : {}),
});

/** Without what only an interrupted change has. */
export function settledRecord(record: SegmentRecord): SegmentRecord {
  const { wasUndoing: _undoing, ...rest } = record;
  return rest;
}

/** What an ended console left open is cut off; what a living one works on is its own. */
function asFound(entry: SegmentEntry, alive: (owner: string) => boolean): SegmentEntry | null {
  const { record, run } = entry;
  // One that was left open by a console that went on after it has its problems with it.
  if (run && record.state === 'interrupted') return null;
  if (run) return alive(run.owner) ? null : { ...entry, record: interruptedRecord(record, run) };
  return record.state === 'applying' ? { ...entry, record: { ...record, state: 'failed' } } : null;
}

/** The log of segment changes, `segment-changes.jsonl`, and the journal of those on their way. */
export async function openSegmentLog(
  file: string,
  storage: Storage,
  alive = isAlive,
  owner?: string,
): Promise<SegmentLog> {
  const log = await RecordLog.open(file, entrySchema, storage, { alive, owner });
  log.revise((entry) => asFound(entry, alive));
  return log;
}
