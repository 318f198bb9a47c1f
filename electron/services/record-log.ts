import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { z } from 'zod';
import { ProblemError } from '../../shared/model';
import { problem } from '../../shared/rules';
import { foldNote, noteSchema, RunJournal, type Note, type Run } from './journal';
import { reasonOf, type Storage } from './storage';

/** One state of something done, what else is needed to take it back, and how far it came while it is on its way. */
export interface LogEntry {
  record: { id: string };
  run?: Run | undefined;
}

/** How many records are remembered; the file keeps all. */
const kept = 1000;
/** Milliseconds until what could not be written is tried again, if nothing else is written before. */
const retryMs = 5_000;

/**
 * What was done, and a journal of what is being done: JSON lines, only ever appended, so that a crash can cost the last
 * line and nothing before it. The newest state of an id counts, with the notes behind it.
 */
export class RecordLog<E extends LogEntry> {
  private readonly entries = new Map<string, E>();
  private tail: Promise<unknown> = Promise.resolve();
  /** Lines that must still be written, in order: the disk was full. */
  private unwritten: string[] = [];
  /** The file may end in the midst of a line, to which nothing must be glued. */
  private torn = false;
  private timer: NodeJS.Timeout | undefined;

  private constructor(
    private readonly file: string,
    private readonly schema: z.ZodType<E>,
    private readonly storage: Storage,
  ) {}

  static async open<E extends LogEntry>(
    file: string,
    schema: z.ZodType<E>,
    storage: Storage,
  ): Promise<RecordLog<E>> {
    const log = new RecordLog<E>(file, schema, storage);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') storage.report(error);
      return '';
    });
    log.torn = text !== '' && !text.endsWith('\n');
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

  /** Those that are on their way, or were cut off there. */
  unsettled(): E[] {
    return [...this.entries.values()].filter((each) => each.run !== undefined);
  }

  /** Keeps the entry in memory at once and on disk in order; a full disk is told of, and tried again later. */
  write(entry: E): void {
    this.remember(entry);
    void this.append(JSON.stringify(entry), false).catch(() => undefined);
  }

  /**
   * Keeps an entry at the beginning of its run. Rejects with `storage_failed` when it is not on disk, and then nothing may
   * be begun.
   */
  async begin(entry: E & { run: Run }): Promise<RunJournal> {
    const line = JSON.stringify(entry);
    await this.append(line, true).catch((error: unknown) => {
      throw this.storageFailed(error, {});
    });
    this.remember(entry);
    const note = (each: Note, must: boolean) =>
      this.append(JSON.stringify(each), must).catch((error: unknown) => {
        throw this.storageFailed(error, { context: 'midway' });
      });
    return new RunJournal(entry.record.id, entry.run, note);
  }

  /** Another view of entries as they were found, where `view` gives one: nothing is written. */
  revise(view: (entry: E) => E | null): void {
    for (const [id, entry] of this.entries) this.entries.set(id, view(entry) ?? entry);
  }

  /** Resolves when everything written so far is on disk, or could not be put there. */
  async flush(): Promise<void> {
    await this.tail;
    if (this.unwritten.length > 0) await this.retry();
  }

  private storageFailed(error: unknown, context: { context?: 'midway' }): ProblemError {
    const values = { ...context, file: basename(this.file), detail: reasonOf(error) };
    return new ProblemError(problem('storage_failed', values), { cause: error });
  }

  /** One at a time. A line that must be on disk or nowhere is dropped when it can't be written; others wait. */
  private append(line: string, must: boolean): Promise<void> {
    const mine = this.tail.then(async () => {
      const lines = [...this.unwritten, line];
      try {
        await this.put(lines);
      } catch (error) {
        if (!must) this.unwritten = lines;
        throw error;
      }
    });
    this.tail = mine.catch(() => undefined);
    return mine;
  }

  private async put(lines: readonly string[]): Promise<void> {
    clearTimeout(this.timer);
    const text = `${this.torn ? '\n' : ''}${lines.map((line) => `${line}\n`).join('')}`;
    try {
      await appendFile(this.file, text, { mode: 0o600, flush: true });
    } catch (error) {
      // A part of it may be there.
      this.torn = true;
      this.storage.failed(this.file, error);
      this.timer = setTimeout(() => void this.retry(), retryMs).unref();
      throw error;
    }
    this.torn = false;
    this.unwritten = [];
    this.storage.wrote(this.file);
  }

  private retry(): Promise<void> {
    const mine = this.tail.then(() => this.put(this.unwritten)).catch(() => undefined);
    this.tail = mine;
    return mine;
  }

  private take(line: string): void {
    if (!line) return;
    try {
      const json: unknown = JSON.parse(line);
      if (typeof json === 'object' && json !== null && 'note' in json) this.fold(noteSchema.parse(json));
      else this.remember(this.schema.parse(json));
    } catch (error) {
      this.storage.report(
        new Error(`A line of ${this.file} can’t be read and is left out`, { cause: error }),
      );
    }
  }

  private fold(note: Note): void {
    const run = this.entries.get(note.id)?.run;
    if (run) foldNote(run, note);
  }

  private remember(entry: E): void {
    this.entries.set(entry.record.id, entry);
    for (const [id, each] of this.entries) {
      if (this.entries.size <= kept) break;
      // What is not settled is still to be decided on.
      if (!each.run) this.entries.delete(id);
    }
  }
}
