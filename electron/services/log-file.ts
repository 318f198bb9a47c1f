import { createReadStream } from 'node:fs';
import { appendFile, copyFile, mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { Storage } from './storage';

/** Milliseconds until what could not be written is tried again, if nothing else is written before. */
const retryMs = 5_000;

/**
 * Lines in a file that others may append to as well, so that a crash can cost the last line and nothing before it. On a
 * full disk what has to wait is kept, in order, and tried again.
 */
export class LogFile {
  private tail: Promise<unknown> = Promise.resolve();
  /** Lines that must still be written, in order: the disk was full. */
  private unwritten: string[] = [];
  /** The file may end in the midst of a line, to which nothing must be glued. */
  private torn = false;
  private timer: NodeJS.Timeout | undefined;
  private count = 0;
  private whole = true;

  private constructor(
    private readonly file: string,
    private readonly storage: Storage,
  ) {}

  /** @param take is given each line that is there */
  static async open(file: string, storage: Storage, take: (line: string) => void): Promise<LogFile> {
    const log = new LogFile(file, storage);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await log.read(take);
    return log;
  }

  /** How many lines there are, as far as this console knows. */
  get lines(): number {
    return this.count;
  }

  /** Whether all that was there could be read. */
  get readable(): boolean {
    return this.whole;
  }

  /** One at a time. A line that must be on disk or nowhere is dropped when it can't be written; others wait. */
  append(line: string, must: boolean): Promise<void> {
    return this.inTurn(async () => {
      const lines = [...this.unwritten, line];
      try {
        await this.put(lines);
      } catch (error) {
        if (!must) this.unwritten = lines;
        throw error;
      }
    });
  }

  /**
   * Puts other lines in the place of all that are there: whole, or not at all. Those are kept beside it, in the place of
   * the ones before them. Not where what is there could not be read.
   *
   * @param take is given each line that is there, by whomever it was written
   * @param make gives the others after that, or null for not now
   * @returns whether it was done
   */
  replace(take: (line: string) => void, make: () => string[] | null): Promise<boolean> {
    return this.inTurn(() => this.swap(take, make));
  }

  /** Resolves when everything written so far is on disk, or could not be put there. */
  async flush(): Promise<void> {
    await this.tail;
    if (this.unwritten.length > 0) await this.retry();
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.tail.then(work);
    this.tail = mine.catch(() => undefined);
    return mine;
  }

  private async read(take: (line: string) => void): Promise<void> {
    const counted = (line: string) => {
      this.count += 1;
      take(line);
    };
    let rest = '';
    try {
      rest = await eachLine(createReadStream(this.file, { encoding: 'utf8' }), counted);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      this.whole = false;
      this.storage.report(error);
    }
    this.torn = rest !== '';
    if (rest) take(rest);
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
    this.count += lines.length;
    this.storage.wrote(this.file);
  }

  private retry(): Promise<void> {
    return this.inTurn(() => this.put(this.unwritten)).catch(() => undefined);
  }

  private async swap(take: (line: string) => void, make: () => string[] | null): Promise<boolean> {
    if (!this.whole || this.unwritten.length > 0) return false;
    const before = await open(this.file, 'r');
    try {
      const stream = before.createReadStream({ encoding: 'utf8', start: 0, autoClose: false });
      const rest = await eachLine(stream, take);
      if (rest) take(rest);
      const known = stream.bytesRead;
      const lines = make();
      if (!lines) return false;
      const text = lines.map((line) => `${line}\n`).join('');
      await copyFile(this.file, `${this.file}.part`);
      await rename(`${this.file}.part`, `${this.file}.1`);
      await writeFileAtomic(this.file, text, { mode: 0o600 });
      this.count = lines.length;
      this.torn = false;
      // A console that was started at this very moment may have written to what was there.
      const late = Buffer.alloc(Math.max(0, (await before.stat()).size - known));
      await before.read(late, 0, late.length, known);
      if (late.length > 0) await appendFile(this.file, late, { flush: true });
      return true;
    } finally {
      await before.close();
    }
  }
}

/** Gives what stands behind the last end of a line. */
async function eachLine(stream: AsyncIterable<string>, take: (line: string) => void): Promise<string> {
  let rest = '';
  // Not by readline, which ends lines at U+2028 as well: a name may hold it.
  for await (const chunk of stream) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
  }
  return rest;
}
