import { mkdir, rename, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { ProblemError, type Reason } from '../../../shared/model';
import { problem, reason, systemReason } from '../../../shared/rules';
import { FileRefusedError, readPlainFile } from '../../files/plain-file';
import { writeWhole } from '../../files/write-whole';
import { brokenText } from './broken-text';
import type { Storage } from './storage';

export interface UserFile<T> {
  file: string;
  /** Throws on text that is not such a file. */
  parse(text: string): T;
  /** What counts while there is no file, or none that can be read. */
  empty: T;
  storage: Storage;
  /** What it means to the admin that the file can't be read; that the console goes on without it, unless told. */
  effect?: Reason;
  /** Bytes that it may have; {@link usualMost} unless told. */
  most?: number;
  /**
   * Admins write it, too, or other consoles of this folder: what they have put there since is set aside and told, not written
   * over. Of the other files the newest counts.
   */
  shared?: boolean;
}

/** Bytes: a picture of 10,000 containers that were all moved by hand is a tenth of it. */
export const usualMost = 8 << 20;

/**
 * Reads a file of the user-data folder. A broken one is set aside, whole, and told of. One that can't be read, or can't be
 * set aside, stays as it is, and the writer writes nothing over it. What is no plain file, or too large, is not read at all.
 */
export async function openUserFile<T>(options: UserFile<T>): Promise<{ value: T; writer: UserFileWriter }> {
  const { file, parse, empty, storage, effect, most = usualMost, shared = false } = options;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const writer = new UserFileWriter(file, storage, undefined, effect, most);
  if (shared) writer.guard(null);
  let text: string;
  try {
    text = (await readPlainFile(file, most)).toString('utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') writer.leave(error);
    return { value: empty, writer };
  }
  if (shared) writer.guard(text);
  try {
    return { value: parse(text), writer };
  } catch (error) {
    await writer.setAside(error, text);
    return { value: empty, writer };
  }
}

/** Moves a file out of the way under a name that says why, and gives that name; null when there is none any more. */
export async function moveAside(file: string, why: 'broken' | 'edited' = 'broken'): Promise<string | null> {
  const aside = `${file}.${why}-${Date.now()}`;
  try {
    await rename(file, aside);
    return aside;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Whether there is something of that name that is neither a file nor a folder. */
async function isForeign(file: string): Promise<boolean> {
  const stats = await stat(file).catch(() => null);
  return stats !== null && !stats.isFile() && !stats.isDirectory();
}

/** Milliseconds until a file that could not be written is tried again, if it is not written before. */
const retryMs = 5_000;

/** A text, or what makes it in the moment of writing; rejects when it must not be written now. */
type Wanted = string | (() => Promise<string>);

/**
 * Writes a file of the user-data folder whole and atomically, one write at a time. On a full disk the old file stays as it
 * is, the admin is told, and the newest text is tried again until it is there.
 */
export class UserFileWriter {
  private tail: Promise<void> = Promise.resolve();
  /** An object of its own for each time it is asked for: the same text may be asked for again while it is being written. */
  private waiting: { text: Wanted } | null = null;
  private timer: NodeJS.Timeout | undefined;
  /** Why the text that waits could not be written; undefined where nobody has failed to since one was. */
  private failure: unknown;
  /** Who is told when nothing waits any more. */
  private awaited: (() => void)[] = [];
  /** Why what is in the file could not be read: it is never written over. */
  private unread: Reason | null = null;
  /** It is no plain file: somebody's pipe or device, which is not moved either. */
  private foreign = false;
  /** Another hand has put something else there since. */
  private edited = false;
  /** What is in the file as far as this console knows, null: there is none; undefined where whoever writes follows it. */
  private known: string | null | undefined;
  /** What was about to be there: a write that failed may have put it there all the same. */
  private tried: string | null = null;

  constructor(
    private readonly file: string,
    private readonly storage: Storage,
    private readonly onWritten: (text: string) => void = () => undefined,
    private readonly effect = reason('effect_without'),
    private readonly most = usualMost,
  ) {}

  /** Sees to it that nothing is written over what another hand has put there since. */
  guard(known: string | null): void {
    this.known = known;
  }

  /** Resolves when it is on disk, or could not be put there for now. */
  write(text: Wanted): Promise<void> {
    this.waiting = { text };
    return this.next();
  }

  /** The same. Rejects with `storage_failed` (`waiting`) where it could not be put there: it is tried again all the same. */
  async writeKept(text: Wanted): Promise<void> {
    await this.write(text);
    const detail = await this.unwritten();
    if (detail === null) return;
    const values = { context: 'waiting', file: basename(this.file), detail } as const;
    throw new ProblemError(problem('storage_failed', values), { cause: this.failure });
  }

  /** Why what was written last could not be put on disk yet; null when it is there, or on its way. */
  async unwritten(): Promise<Reason | null> {
    // Whatever was written meanwhile went first, or took it along.
    await this.tail;
    if (this.waiting === null || this.failure === undefined) return null;
    return systemReason(this.failure, 'writing');
  }

  /** Resolves as soon as nothing waits to be written. */
  whenWritten(): Promise<void> {
    return this.waiting === null ? Promise.resolve() : new Promise((resolve) => this.awaited.push(resolve));
  }

  /** On disk, or not at all: nothing waits, no older text either. Rejects with `storage_failed`. */
  writeNow(text: string): Promise<void> {
    const older = this.waiting;
    const mine = this.tail.then(() => this.putNow(text, older));
    this.tail = mine.catch(() => undefined);
    return mine;
  }

  /** Resolves when the last text is on disk, or could not be put there. */
  async flush(): Promise<void> {
    await this.tail;
    if (this.waiting !== null) await this.next();
    clearTimeout(this.timer);
  }

  /** The file could not be read, which may pass: it stays where it is until something has to be written there. */
  leave(error: unknown): void {
    this.unread = systemReason(error);
    const code = error instanceof FileRefusedError ? error.code : undefined;
    this.foreign = code === 'NOT_PLAIN';
    const values = {
      context: code === 'NOT_PLAIN' ? 'special' : code === 'TOO_LARGE' ? 'large' : 'unread',
      file: basename(this.file),
      detail: this.unread,
      effect: this.effect,
    } as const;
    this.storage.unreadable(this.file, problem('file_broken', values), error);
  }

  /** The file is none of ours, whatever it is: out of the way with it. Never rejects. */
  async setAside(error: unknown, text: string): Promise<void> {
    this.unread = brokenText(error, text);
    await this.makeWay(error).catch(() => undefined);
  }

  private next(): Promise<void> {
    this.tail = this.tail.then(() => this.put());
    return this.tail;
  }

  private async putNow(text: string, older: { text: Wanted } | null): Promise<void> {
    try {
      await this.replace(text);
      if (this.waiting !== older) return;
      this.settle();
      clearTimeout(this.timer);
    } catch (error) {
      const values = { detail: systemReason(error, 'writing'), file: basename(this.file) };
      throw new ProblemError(problem('storage_failed', values), { cause: error });
    }
  }

  private async put(): Promise<void> {
    const wanted = this.waiting;
    // A later write took it along.
    if (wanted === null) return;
    clearTimeout(this.timer);
    try {
      const { text } = wanted;
      await this.replace(typeof text === 'string' ? text : await text());
      if (this.waiting === wanted) this.settle();
    } catch (error) {
      this.failure = error;
      // Of what can't be moved out of the way the admin has been told.
      if (this.unread === null && !this.edited) this.storage.failed(this.file, error);
      this.timer = setTimeout(() => void this.next(), retryMs).unref();
    }
  }

  private settle(): void {
    this.waiting = null;
    for (const tell of this.awaited.splice(0)) tell();
  }

  private async replace(text: string): Promise<void> {
    await this.makeWay();
    // It could not be read again.
    if (Buffer.byteLength(text) > this.most) throw new FileRefusedError('TOO_LARGE', this.file);
    const aside = await this.makeWayForEdited();
    this.tried = text;
    try {
      await writeWhole(this.file, text);
    } catch (error) {
      if (aside !== null) await this.putBack(aside);
      throw error;
    }
    if (this.known !== undefined) this.known = text;
    this.failure = undefined;
    this.onWritten(text);
    this.storage.wrote(this.file);
  }

  /** What could not be read goes aside before anything is written. Rejects while it can't. */
  private async makeWay(cause?: unknown): Promise<void> {
    const { unread: detail, storage, effect } = this;
    if (detail === null) return;
    if (this.foreign && (await isForeign(this.file))) throw new FileRefusedError('NOT_PLAIN', this.file);
    const file = basename(this.file);
    try {
      const aside = await moveAside(this.file);
      this.unread = null;
      if (aside === null) storage.gone(this.file);
      else storage.unreadable(this.file, problem('file_broken', { file, detail, effect, aside }), cause);
    } catch (error) {
      const values = {
        context: 'unmoved',
        file,
        detail,
        effect,
        reason: systemReason(error, 'writing'),
      } as const;
      storage.unreadable(this.file, problem('file_broken', values), error);
      throw error;
    }
  }

  private async isEdited(): Promise<boolean> {
    try {
      const text = (await readPlainFile(this.file, this.most)).toString('utf8');
      // A write that failed has put it there all the same.
      if (text === this.tried) this.known = text;
      return text !== this.known;
    } catch (error) {
      // What can't be read may be another's; what is no file, or not there, is not written over, and writing says why.
      return !['ENOENT', 'ENOTDIR', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
    }
  }

  /** Without anything in its place, the next start would find nothing at all. */
  private async putBack(aside: string): Promise<void> {
    const isThere = await stat(this.file).then(
      () => true,
      () => false,
    );
    if (isThere) return;
    await rename(aside, this.file).catch(() => undefined);
    this.storage.gone(this.file);
  }

  /** What another hand has put there since is not ours to write over. Gives where it is now. Rejects while it can't be moved. */
  private async makeWayForEdited(): Promise<string | null> {
    const { storage, edited: told } = this;
    this.edited = this.known !== undefined && (await this.isEdited());
    if (told && !this.edited) storage.gone(this.file);
    if (!this.edited) return null;
    const file = basename(this.file);
    try {
      if (await isForeign(this.file)) throw new FileRefusedError('NOT_PLAIN', this.file);
      const aside = await moveAside(this.file, 'edited');
      this.edited = false;
      if (aside === null) storage.gone(this.file);
      else storage.unreadable(this.file, problem('file_broken', { context: 'edited', file, aside }));
      return aside;
    } catch (error) {
      const values = { context: 'edited_unmoved', file, reason: systemReason(error, 'writing') } as const;
      storage.unreadable(this.file, problem('file_broken', values), error);
      throw error;
    }
  }
}
