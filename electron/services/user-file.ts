import { readFile, rename } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import type { Storage } from './storage';

export interface UserFile<T> {
  file: string;
  /** What it holds, as a sentence begins: `Preferences`. */
  what: string;
  /** Throws on text that is not such a file. */
  parse(text: string): T;
  /** What counts while there is no file, or none that can be read. */
  empty: T;
  report(error: unknown): void;
}

/** Reads a file of the user-data folder. A broken one is set aside, whole, and reported; it is never overwritten. */
export async function readUserFile<T>({ file, what, parse, empty, report }: UserFile<T>): Promise<T> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') report(error);
    return empty;
  }
  try {
    return parse(text);
  } catch (error) {
    const aside = `${file}.broken-${Date.now()}`;
    await rename(file, aside).catch(report);
    report(new Error(`${what} could not be read; the file was set aside as ${aside}`, { cause: error }));
    return empty;
  }
}

/** Milliseconds until a file that could not be written is tried again, if it is not written before. */
const retryMs = 5_000;

/**
 * Writes a file of the user-data folder whole and atomically, one write at a time. On a full disk the old file stays as it
 * is, the admin is told, and the newest text is tried again until it is there.
 */
export class UserFileWriter {
  private tail: Promise<void> = Promise.resolve();
  private waiting: string | null = null;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly file: string,
    private readonly storage: Storage,
  ) {}

  /** Resolves when it is on disk, or could not be put there for now. */
  write(text: string): Promise<void> {
    this.waiting = text;
    return this.next();
  }

  /** Resolves when the last text is on disk, or could not be put there. */
  async flush(): Promise<void> {
    await this.tail;
    if (this.waiting !== null) await this.next();
    clearTimeout(this.timer);
  }

  private next(): Promise<void> {
    this.tail = this.tail.then(() => this.put());
    return this.tail;
  }

  private async put(): Promise<void> {
    const text = this.waiting;
    // A later write took it along.
    if (text === null) return;
    clearTimeout(this.timer);
    try {
      await writeFileAtomic(this.file, text, { mode: 0o600 });
      if (this.waiting === text) this.waiting = null;
      this.storage.wrote(this.file);
    } catch (error) {
      this.storage.failed(this.file, error);
      this.timer = setTimeout(() => void this.next(), retryMs).unref();
    }
  }
}
