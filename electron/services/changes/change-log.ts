import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import {
  changeRecordSchema,
  keptPolicySchema,
  segmentSchema,
  stepSchema,
  takenPictureSchema,
  type ChangeRecord,
  type HostResult,
} from '../../../shared/model';
import { problem } from '../../../shared/rules';
import { runSchema, type Run } from '../storage/journal';
import { olderName, retire } from '../storage/older-file';
import { isAlive } from '../storage/owner';
import { RecordLog } from '../storage/record-log';
import type { Storage } from '../storage/storage';
import { recreatedSchema } from './recreated-networks';
import { inNewForm, isOlder } from './older-lines';
import { bare, openResults } from './run-hosts';

/** What the console itself keeps of a change; while that is on its way, as it is to be `after`. */
export const keptSchema = z.discriminatedUnion('what', [
  /** A segment in the plan; null where there is none. */
  z.object({
    what: z.literal('segment'),
    id: z.string(),
    name: z.string(),
    before: segmentSchema.nullable(),
    after: segmentSchema.nullable(),
  }),
  ...keptPolicySchema.options,
]);
export type Kept = z.infer<typeof keptSchema>;

const jobSchema = z.object({ engineId: z.string(), engineName: z.string(), steps: z.array(stepSchema) });

const entrySchema = z.object({
  record: changeRecordSchema,
  /** What takes it back on each host; null when nothing does. */
  inverse: z.array(jobSchema).nullable(),
  kept: keptSchema.optional(),
  /** What the engines said of all that it touches, before it. */
  pictures: z.array(takenPictureSchema).optional(),
  /** What they say of that after it, where it can be undone; absent where nobody wrote it down. */
  left: z.array(takenPictureSchema).optional(),
  /** Networks that it removed and made again, or that taking it back did. */
  heirs: z.array(recreatedSchema).optional(),
  /** Absent when it is settled. */
  run: runSchema.optional(),
});

export type ChangeEntry = z.infer<typeof entrySchema>;
export type ChangeLog = RecordLog<ChangeEntry>;

/** The record of a change that is on its way no more, and not at its end. */
export const interruptedRecord = (
  record: ChangeRecord,
  run: Run,
  results: readonly HostResult[] = [],
): ChangeRecord => ({
  ...record,
  state: 'interrupted',
  undoable: false,
  hosts: openResults(run, record.hosts, results),
  ...(run.kind === 'undo' ? { wasUndoing: true } : {}),
});

/** Without what only an interrupted change has. */
export function settledRecord({ wasUndoing: _undoing, ...record }: ChangeRecord): ChangeRecord {
  return { ...record, hosts: record.hosts.map(bare) };
}

/** Begun before there was a journal. */
function unknownRecord(record: ChangeRecord): ChangeRecord {
  const hosts = record.hosts.map((host): HostResult => ({
    ...host,
    state: 'failed',
    problem: problem('change_interrupted', { context: 'unknown', host: host.engineName }),
  }));
  return { ...record, hosts, state: 'failed' };
}

/** What an ended console left open is cut off; what a living one works on is its own. */
export function asFound(entry: ChangeEntry, alive: (owner: string) => boolean): ChangeEntry | null {
  const { record, run } = entry;
  // One that was left open by a console that went on after it has its problems with it.
  if (run && record.state === 'interrupted') return null;
  if (run) return alive(run.owner) ? null : { ...entry, record: interruptedRecord(record, run) };
  return record.state === 'applying' ? { ...entry, record: unknownRecord(record) } : null;
}

interface Options {
  alive: (owner: string) => boolean;
  owner: string | undefined;
}

/** A log with how many of its lines have the form of an earlier version. */
async function openEither(file: string, storage: Storage, options: Options) {
  let older = 0;
  const schema = z.preprocess((line) => {
    if (isOlder(line)) older += 1;
    return inNewForm(line);
  }, entrySchema);
  const log = await RecordLog.open(file, schema, storage, options);
  return { log, older };
}

/**
 * Brings the two logs of earlier versions into one, once: of changes of one engine, under today's name, and of segments. Both
 * stay beside it as they were. While another console works on them they are only read.
 */
async function mergeOlder(
  { log, older }: Awaited<ReturnType<typeof openEither>>,
  file: string,
  storage: Storage,
  options: Options,
): Promise<void> {
  const segmentFile = join(dirname(file), 'segment-changes.jsonl');
  const beside = { ...options, owner: undefined };
  const segments = existsSync(segmentFile) ? (await openEither(segmentFile, storage, beside)).log : null;
  const theirs = (segments?.entries() ?? []).filter(({ record }) => !log.get(record.id));
  const alone = segments?.alone() ?? true;
  if (theirs.length > 0 || older > 0) {
    const written = await log.takeIn(theirs, olderName(file));
    if (!written || !alone) return;
  }
  if (alone) await retire(segmentFile, storage);
}

/** The log of changes, `changes.jsonl`, and the journal of those on their way. */
export async function openChangeLog(
  file: string,
  storage: Storage,
  alive = isAlive,
  owner?: string,
): Promise<ChangeLog> {
  const opened = await openEither(file, storage, { alive, owner });
  await mergeOlder(opened, file, storage, { alive, owner });
  opened.log.revise((entry) => asFound(entry, alive));
  return opened.log;
}
