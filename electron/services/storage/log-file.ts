import { constants } from 'node:fs';
import {
  appendFile,
  copyFile,
  link,
  mkdir,
  open,
  rename,
  rm,
  writeFile,
  type FileHandle,
} from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { problem, reason, systemReason } from '../../../shared/rules';
import { FileRefusedError, withoutWaiting } from '../../files/plain-file';
import { writeWhole } from '../../files/write-whole';
import { eachLine, type LineTaker } from './log-lines';
import type { Storage } from './storage';

/** Milliseconds until what could not be written is tried again, if nothing else is written before. */
const retryMs = 5_000;

/** Bytes read at once. */
const highWaterMark = 1 << 20;
const appending = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | withoutWaiting;

/** A pipe or a socket would be waited for without end, or take what belongs on a disk. */
async function openPlain(file: string, flags: number, mode?: number): Promise<FileHandle> {
  const handle = await open(file, flags, mode);
  const stats = await handle.stat();
  if (stats.isFile() || stats.isDirectory() || stats.isCharacterDevice()) return handle;
  await handle.close();
  throw new FileRefusedError('NOT_PLAIN', file);
}

/** Appends, and is done when it is on the disk. */
async function put(file: string, text: string): Promise<void> {
  const handle = await openPlain(file, appending, 0o600);
  try {
    await handle.appendFile(text);
    // A device takes everything and keeps nothing.
    if (!(await handle.stat()).isFile()) throw new FileRefusedError('NOT_PLAIN', file);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Where a file stays that another is put in the place of. */
export interface Aside {
  file: string;
  /** As it was when it was opened, to the byte: not what was appended since. */
  opened: boolean;
}

/** The first bytes of a file, at least one, in one of their own: there whole and on the disk, or not there. */
async function copyStart(from: FileHandle, length: number, to: string): Promise<void> {
  const part = `${to}.part`;
  const handle = await open(part, 'w', 0o600);
  try {
    const bytes = from.createReadStream({ highWaterMark, start: 0, end: length - 1, autoClose: false });
    await writeFile(handle, bytes);
    await handle.sync();
    await rename(part, to);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

/**
 * Lines in a file that others may append to as well, so that a crash can cost the last line and nothing before it. On a
 * full disk what has to wait is kept, in order, and tried again.
 */
export class LogFile {
  private tail: Promise<unknown> = Promise.resolve();
  /** Lines that must still be written, in order: the disk was full. */
  private unwritten: string[] = [];
  private awaited: (() => void)[] = [];
  /** The file may end in the midst of a line, to which nothing must be glued. */
  private torn = false;
  private timer: NodeJS.Timeout | undefined;
  private count = 0;
  private whole = true;
  /** Bytes that were there when it was opened. */
  private openedBytes = 0;

  private constructor(
    private readonly file: string,
    private readonly storage: Storage,
  ) {}

  /** @param take is given each line that is there */
  static async open(file: string, storage: Storage, take: LineTaker): Promise<LogFile> {
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
   * the ones before them, or under a name of their own, where they are only once the others are in place. Not where what is there could not be read.
   *
   * @param take is given each line that is there, by whomever it was written
   * @param make gives the others after that, or null for not now
   * @param aside where the file stays for good
   * @returns whether it was done
   */
  replace(take: LineTaker, make: () => string[] | null, aside?: Aside): Promise<boolean> {
    return this.inTurn(() => this.swap(take, make, aside));
  }

  /** Resolves when everything written so far is on disk, or could not be put there. */
  async flush(): Promise<void> {
    await this.tail;
    if (this.unwritten.length > 0) await this.retry();
  }

  /** Resolves as soon as nothing waits to be written. */
  whenWritten(): Promise<void> {
    return this.unwritten.length === 0
      ? Promise.resolve()
      : new Promise((resolve) => this.awaited.push(resolve));
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.tail.then(work);
    this.tail = mine.catch(() => undefined);
    return mine;
  }

  private async read(take: LineTaker): Promise<void> {
    const counted: LineTaker = (...line) => {
      this.count += 1;
      take(...line);
    };
    try {
      const handle = await openPlain(this.file, constants.O_RDONLY | withoutWaiting);
      // What a device says has no end.
      if ((await handle.stat()).isCharacterDevice()) {
        await handle.close();
        throw new FileRefusedError('NOT_PLAIN', this.file);
      }
      const stream = handle.createReadStream({ highWaterMark });
      this.torn = await eachLine(stream, counted);
      this.openedBytes = stream.bytesRead;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      this.whole = false;
      const values = {
        context: error instanceof FileRefusedError ? 'special' : 'log',
        file: basename(this.file),
        detail: systemReason(error),
        effect: reason('effect_without'),
      } as const;
      this.storage.unreadable(this.file, problem('file_broken', values), error);
    }
  }

  private async put(lines: readonly string[]): Promise<void> {
    clearTimeout(this.timer);
    const text = `${this.torn ? '\n' : ''}${lines.map((line) => `${line}\n`).join('')}`;
    try {
      await put(this.file, text);
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
    for (const resolve of this.awaited.splice(0)) resolve();
  }

  private retry(): Promise<void> {
    return this.inTurn(() => this.put(this.unwritten)).catch(() => undefined);
  }

  private async swap(take: LineTaker, make: () => string[] | null, aside?: Aside): Promise<boolean> {
    if (!this.whole || this.unwritten.length > 0) return false;
    const before = await open(this.file, 'r');
    try {
      const stream = before.createReadStream({ highWaterMark, start: 0, autoClose: false });
      await eachLine(stream, take);
      const known = stream.bytesRead;
      const lines = make();
      if (!lines) return false;
      const text = lines.map((line) => `${line}\n`).join('');
      await this.keepBeside(before, aside);
      try {
        await writeWhole(this.file, text);
      } catch (error) {
        // The file stays where it is: it is not aside, and a second name of it would go on with it.
        if (aside) await rm(aside.file, { force: true });
        throw error;
      }
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

  private async keepBeside(before: FileHandle, aside?: Aside): Promise<void> {
    if (aside?.opened)
      // Nothing was there: what there is, this console has written.
      return this.openedBytes > 0 ? copyStart(before, this.openedBytes, aside.file) : undefined;
    if (!aside) {
      await copyFile(this.file, `${this.file}.part`);
      return rename(`${this.file}.part`, `${this.file}.1`);
    }
    // A second name costs no room, however large it is; some disks know no such thing.
    return link(this.file, aside.file).catch(() => copyFile(this.file, aside.file, constants.COPYFILE_EXCL));
  }
}
