import { basename } from 'node:path';
import type { z } from 'zod';
import { ProblemError, type Reason } from '../../../shared/model';
import { problem, systemReason } from '../../../shared/rules';
import { RunJournal, type Note, type Run } from './journal';
import { LogFile, type Aside } from './log-file';
import { isAlive } from './owner';
import { LogReading, RecordLines, type LogEntry } from './record-lines';
import type { Storage } from './storage';

export interface RecordLogOptions {
  /** The name of this console's {@link Owner}; none for one that no other need know of. */
  owner?: string | undefined;
  /** Whether the console of that name still lives. */
  alive?: (owner: string) => boolean;
}

/** Lines at which the file is trimmed: some 3,000 changes, each of which has several while it runs; about 10 MB. */
const trimmedAt = 20_000;
/** Lines until it is tried again where it could not be done. */
const pause = 100;

/** So many lines may be left where they are: a crash costs one. */
const fewLines = 100;

/**
 * What was done, and a journal of what is being done: JSON lines that are only ever appended. The newest state of an id
 * counts, with the notes behind it. Now and then, at the start or when no change is under way, the file is written anew
 * with one line for each record that is kept, and what was there is kept beside it: only while no other console works on
 * it. One that is about to write a line can't be held up from another process, and a line that went to the file as it was
 * must not be lost: it may be all that tells of a call.
 */
export class RecordLog<E extends LogEntry> {
  private readonly told: RecordLines<E>;
  private lines!: LogFile;
  /** Changes that this console has begun and not ended. */
  private readonly running = new Set<string>();
  /** Records whose newest state is not on disk yet, and why. */
  private readonly unsaved = new Map<string, Reason>();
  /** Lines at which the next try to trim is due. */
  private trimAt = trimmedAt;

  private constructor(
    private readonly file: string,
    private readonly schema: z.ZodType<E>,
    private readonly storage: Storage,
    private readonly options: RecordLogOptions,
  ) {
    this.told = new RecordLines(schema);
  }

  static async open<E extends LogEntry>(
    file: string,
    schema: z.ZodType<E>,
    storage: Storage,
    options: RecordLogOptions = {},
  ): Promise<RecordLog<E>> {
    const log = new RecordLog<E>(file, schema, storage, options);
    const reading = new LogReading(log.told);
    log.lines = await LogFile.open(file, storage, reading.take);
    const { owner } = options;
    if (owner !== undefined) await log.append(JSON.stringify({ note: 'open', owner }));
    await log.tell(reading);
    await log.trim();
    return log;
  }

  /** Newest first. */
  list(limit = this.told.entries.size): E['record'][] {
    return [...this.told.entries.values()]
      .map((each) => each.record)
      .reverse()
      .slice(0, limit);
  }

  get(id: string): E | undefined {
    return this.told.entries.get(id);
  }

  /** In the order in which they were begun. */
  entries(): E[] {
    return [...this.told.entries.values()];
  }

  /**
   * Takes in entries of an older log, and writes all anew in today's form; what was there when it was opened is kept under `aside`. Gives whether
   * it was written: not while another console lives. They are known either way.
   */
  async takeIn(others: readonly E[], aside: string): Promise<boolean> {
    this.told.mix(others);
    try {
      return await this.rewrite({ file: aside, opened: true }, others);
    } catch (error) {
      this.storage.report(error);
      return false;
    }
  }

  /** Those that are on their way, or were cut off there. */
  unsettled(): E[] {
    return this.told.unsettled();
  }

  /**
   * Keeps the entry in memory at once and on disk in order. Resolves when it is on disk, and not before: what is told to be
   * done must be known to the next start, too. Or when it could not be put there: see {@link whyUnsaved}. That is tried
   * again later.
   */
  async write(entry: E): Promise<void> {
    const { id } = entry.record;
    this.running.delete(id);
    this.told.remember(entry);
    const why = await this.append(JSON.stringify(entry));
    void this.trim();
    if (why === null) return;
    this.unsaved.set(id, why);
    void this.whenWritten();
  }

  /** Why the newest state of a record is not on disk yet; null when it is. */
  whyUnsaved(id: string): Reason | null {
    return this.unsaved.get(id) ?? null;
  }

  /** Resolves as soon as all that was written is on disk. */
  async whenWritten(): Promise<void> {
    await this.lines.whenWritten();
    this.unsaved.clear();
  }

  /**
   * Keeps an entry at the beginning of its run. Rejects with `storage_failed` when it is not on disk, and then nothing may
   * be begun.
   */
  async begin(entry: E & { run: Run }): Promise<RunJournal> {
    const { id } = entry.record;
    await this.lines.append(JSON.stringify(entry), true).catch((error: unknown) => {
      throw this.storageFailed(error, {});
    });
    // Not before it is written: one that waits for the file to be trimmed keeps nothing from that.
    this.running.add(id);
    this.told.remember(entry);
    const note = (each: Note, must: boolean) =>
      this.lines.append(JSON.stringify(each), must).catch((error: unknown) => {
        throw this.storageFailed(error, { context: 'midway' });
      });
    return new RunJournal(id, entry.run, note);
  }

  /** Another view of entries as they were found, where `view` gives one: nothing is written. */
  revise(view: (entry: E) => E | null): void {
    for (const [id, entry] of this.told.entries) this.told.entries.set(id, view(entry) ?? entry);
  }

  /** Whether this console is the only one that works on it, as far as the file told when it was last read. */
  alone(): boolean {
    const { owner, alive = isAlive } = this.options;
    return this.lines.readable && !this.told.shared(owner, alive);
  }

  /** Resolves when everything written so far is on disk, or could not be put there. */
  flush(): Promise<void> {
    return this.lines.flush();
  }

  /** Gives why it is not on disk; null when it is. */
  private async append(line: string): Promise<Reason | null> {
    try {
      await this.lines.append(line, false);
      return null;
    } catch (error) {
      return systemReason(error, 'writing');
    }
  }

  private storageFailed(error: unknown, context: { context?: 'midway' }): ProblemError {
    const values = { ...context, file: basename(this.file), detail: systemReason(error, 'writing') };
    return new ProblemError(problem('storage_failed', values), { cause: error });
  }

  private async trim(): Promise<void> {
    if (this.lines.lines < this.trimAt) return;
    // Whatever comes of it: not again with the next line.
    this.trimAt = this.lines.lines + pause;
    try {
      if (await this.rewrite()) this.trimAt = trimmedAt;
    } catch (error) {
      // The file is as it was, and it is only longer than it need be.
      this.storage.report(error);
    }
  }

  /**
   * All that is kept, a line each; not while a change is under way, or another console lives. By what is on disk: one that
   * has come and gone since has left there what this console was not told of.
   */
  private async rewrite(aside?: Aside, others: readonly E[] = []): Promise<boolean> {
    const { owner, alive = isAlive } = this.options;
    // Known already: the file need not be read for that.
    if (this.running.size > 0 || this.told.shared(owner, alive)) return false;
    const all = new RecordLines(this.schema);
    return this.lines.replace(
      new LogReading(all).take,
      () => {
        for (const each of all.owners) this.told.owners.add(each);
        if (this.running.size > 0 || all.shared(owner, alive)) return null;
        if (others.length > 0) all.mix(others);
        const mine = owner === undefined ? [] : [{ note: 'open', owner }];
        return [...mine, ...all.entries.values()].map((each) => JSON.stringify(each));
      },
      aside,
    );
  }

  /**
   * Tells of lines that can't be read, once: they stay for as long as the file is not written anew. Many of them, or one
   * without an end, go aside with the whole file.
   */
  private async tell({ count, untold, first, firstUntold, long }: LogReading<E>): Promise<void> {
    const few = !long && count <= fewLines;
    const at = few ? firstUntold : first;
    if (!at) return;
    const values = { file: basename(this.file), count: few ? untold : count, ...at };
    const aside = `${this.file}.broken-${Date.now()}`;
    const moved =
      !few &&
      (await this.rewrite({ file: aside, opened: false }).catch((error: unknown) => {
        this.storage.report(error);
        return false;
      }));
    this.storage.unreadable(
      this.file,
      moved
        ? problem('file_broken', { context: 'lines_aside', ...values, aside })
        : problem('file_broken', { context: 'lines', ...values }),
    );
    if (!moved && this.options.owner !== undefined)
      await this.append(JSON.stringify({ note: 'told', lines: count }));
  }
}
