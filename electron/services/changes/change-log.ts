import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { changeRecordSchema, stepSchema, type ChangeRecord, type Step } from '../../../shared/model';

const entrySchema = z.object({ record: changeRecordSchema, inverse: z.array(stepSchema).nullable() });

/** A record and what takes it back. */
export interface LogEntry {
  record: ChangeRecord;
  inverse: Step[] | null;
}

const kept = 1000;

/**
 * The change log: one JSON line per state of a change, only ever appended, so that a crash can cost the last line
 * and nothing before it. The newest line of an id counts.
 */
export class ChangeLog {
  private readonly entries = new Map<string, LogEntry>();
  private writing: Promise<void> = Promise.resolve();

  private constructor(
    private readonly file: string,
    private readonly report: (error: unknown) => void,
  ) {}

  static async open(file: string, report: (error: unknown) => void): Promise<ChangeLog> {
    const log = new ChangeLog(file, report);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') report(error);
      return '';
    });
    for (const line of text.split('\n')) log.take(line);
    return log;
  }

  /** Newest first. */
  list(limit: number): ChangeRecord[] {
    return [...this.entries.values()]
      .map((each) => each.record)
      .reverse()
      .slice(0, limit);
  }

  get(id: string): LogEntry | undefined {
    return this.entries.get(id);
  }

  /** Keeps the entry in memory at once and on disk in order; a full disk is reported and stops nothing. */
  write(entry: LogEntry): void {
    this.remember(entry);
    const line = `${JSON.stringify(entry)}\n`;
    this.writing = this.writing
      .then(() => appendFile(this.file, line, { mode: 0o600, flush: true }))
      .catch(this.report);
  }

  /** Resolves when everything written so far is on disk. */
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

  private remember(entry: LogEntry): void {
    this.entries.set(entry.record.id, entry);
    for (const id of this.entries.keys()) {
      if (this.entries.size <= kept) break;
      this.entries.delete(id);
    }
  }
}
