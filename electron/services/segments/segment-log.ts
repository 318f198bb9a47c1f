import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { segmentRecordSchema, segmentSchema, stepSchema, type SegmentRecord } from '../../../shared/model';

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

const kept = 500;

/** The log of segment changes, one JSON line per state, only ever appended; the newest line of an id counts. */
export class SegmentLog {
  private readonly entries = new Map<string, SegmentEntry>();
  private writing: Promise<void> = Promise.resolve();

  private constructor(
    private readonly file: string,
    private readonly report: (error: unknown) => void,
  ) {}

  static async open(file: string, report: (error: unknown) => void): Promise<SegmentLog> {
    const log = new SegmentLog(file, report);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') report(error);
      return '';
    });
    for (const line of text.split('\n')) log.take(line);
    return log;
  }

  /** Newest first. */
  list(limit: number): SegmentRecord[] {
    return [...this.entries.values()]
      .map((each) => each.record)
      .reverse()
      .slice(0, limit);
  }

  get(id: string): SegmentEntry | undefined {
    return this.entries.get(id);
  }

  write(entry: SegmentEntry): void {
    this.remember(entry);
    const line = `${JSON.stringify(entry)}\n`;
    this.writing = this.writing
      .then(() => appendFile(this.file, line, { mode: 0o600, flush: true }))
      .catch(this.report);
  }

  flush(): Promise<void> {
    return this.writing;
  }

  private take(line: string): void {
    if (!line) return;
    try {
      this.remember(entrySchema.parse(JSON.parse(line)));
    } catch (error) {
      this.report(new Error(`A line of ${this.file} can’t be read and is left out`, { cause: error }));
    }
  }

  private remember(entry: SegmentEntry): void {
    this.entries.set(entry.record.id, entry);
    for (const id of this.entries.keys()) {
      if (this.entries.size <= kept) break;
      this.entries.delete(id);
    }
  }
}
