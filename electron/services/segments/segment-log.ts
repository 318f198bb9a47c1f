import { z } from 'zod';
import { segmentRecordSchema, segmentSchema, stepSchema } from '../../../shared/model';
import { RecordLog } from '../record-log';

const entrySchema = z.object({
  record: segmentRecordSchema,
  /** What takes it back on each host; null when nothing does. */
  inverse: z
    .array(z.object({ engineId: z.string(), engineName: z.string(), steps: z.array(stepSchema) }))
    .nullable(),
  /** The segment in the plan before and after. */
  before: segmentSchema.nullable(),
  after: segmentSchema.nullable(),
});

/** A record and what takes it back. */
export type SegmentEntry = z.infer<typeof entrySchema>;
export type SegmentLog = RecordLog<SegmentEntry>;

/** The log of segment changes, `segment-changes.jsonl`. */
export const openSegmentLog = (file: string, report: (error: unknown) => void): Promise<SegmentLog> =>
  RecordLog.open(file, entrySchema, report);
