import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';

/** One state of something done, and what else is needed to take it back. */
export interface LogEntry {
  record: { id: string };
}

/** How many records are remembered; the file keeps all. */
const kept = 1000;

/**
 * What was done: one JSON line per state, only ever appended, so that a crash can cost the last line and nothing before
 * it. The newest line of an id counts.
 */
export class RecordLog<E extends LogEntry> {
  private readonly entries = new Map<string, E>();
  private writing: Promise<void> = Promise.resolve();

  private constructor(
    private readonly file: string,
    private readonly schema: z.ZodType<E>,
    private readonly report: (error: unknown) => void,
  ) {}

  static async open<E extends LogEntry>(
    file: string,
    schema: z.ZodType<E>,
    report: (error: unknown) => void,
  ): Promise<RecordLog<E>> {
    const log = new RecordLog<E>(file, schema, report);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') report(error);
      return '';
    });
    for (const line of text.split('\n')) log.take(line);
    return log;
  }

  /** Newest first. */
  list(limit: number): E['record'][] {
    return [...this.entries.values()]
      .map((each) => each.record)
      .reverse()
      .slice(0, limit);
  }

  get(id: string): E | undefined {
    return this.entries.get(id);
  }

  /** Keeps the entry in memory at once and on disk in order; a full disk is reported and stops nothing. */
  write(entry: E): void {
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
      this.remember(this.schema.parse(JSON.parse(line)));
    } catch (error) {
      this.report(new Error(`A line of ${this.file} can’t be read and is left out`, { cause: error }));
    }
  }

  private remember(entry: E): void {
    this.entries.set(entry.record.id, entry);
    for (const id of this.entries.keys()) {
      if (this.entries.size <= kept) break;
      this.entries.delete(id);
    }
  }
}
