import { z } from 'zod';
import { changeRecordSchema, stepSchema } from '../../../shared/model';
import { RecordLog } from '../record-log';

const entrySchema = z.object({
  record: changeRecordSchema,
  /** What takes it back; null when nothing does. */
  inverse: z.array(stepSchema).nullable(),
});

export type ChangeEntry = z.infer<typeof entrySchema>;
export type ChangeLog = RecordLog<ChangeEntry>;

/** The log of changes on single engines, `changes.jsonl`. */
export const openChangeLog = (file: string, report: (error: unknown) => void): Promise<ChangeLog> =>
  RecordLog.open(file, entrySchema, report);
