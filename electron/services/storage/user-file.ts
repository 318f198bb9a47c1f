import { mkdir, rename, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { ProblemError, type Problem, type Reason } from '../../../shared/model';
import { problem, reason, systemReason } from '../../../shared/rules';
import { FileRefusedError, readPlainFile, writeWhole } from '../../docker';
import { brokenText } from './broken-text';
import { whileLocked } from './file-lock';
import type { Storage } from './storage';

/** How a file is written that others write, too. */
export interface Sharing {
  /** The name of this console's {@link Owner}, by which others wait while it writes; none waits for one without. */
  owner?: string | undefined;
  /**
   * Takes in what another console of this folder has written since, and gives whether that is what it is; what a person wrote is not.
   *
   * @param known what was there before as far as this console knows; null: nothing
   */
  follow?(text: string, known: string | null): boolean;
}

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
   * Admins write it, too, and other consoles of this folder. What an admin has put there since is set aside and told, not written
   * over; what another console has is followed. Of files without this the newest counts.
   */
  shared?: Sharing;
}

/** Bytes: a picture of 10,000 containers that were all moved by hand is a tenth of it. */
export const usualMost = 8 << 20;

/**
 * Reads a file of the user-data folder. A broken one is set aside, whole, and told of. One that can't be read, or can't be
 * set aside, stays as it is, and the writer writes nothing over it. What is no plain file, or too large, is not read at all.
 */
export async function openUserFile<T>(options: UserFile<T>): Promise<{ value: T; writer: UserFileWriter }> {
  const { file, parse, empty, storage, effect, most = usualMost, shared } = options;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const writer = new UserFileWriter(file, storage, undefined, effect, most);
  if (shared) writer.share(null, shared);
  let text: string;
  try {
    text = (await readPlainFile(file, most)).toString('utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') writer.leave(error);
    return { value: empty, writer };
  }
  if (shared) writer.share(text, shared);
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

/**
 * A text, or what makes it in the moment of writing from what is there, as far as it is known; rejects when it must not be
 * written now.
 */
type Wanted = string | ((there: string | null) => Promise<string>);

/** What stands in the file's place and is not written over, and what is told of it. */
interface Strange {
  why: 'broken' | 'edited';
  aside(path: string): Problem;
  unmoved(why: Reason): Problem;
  cause?: unknown;
}

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
  /** What could not be read, or another hand has put there since: it goes aside before anything is written. */
  private strange: Strange | null = null;
  /** What is in the file as far as this console knows, null: there is none; undefined where whoever writes follows it. */
  private known: string | null | undefined;
  /** What was about to be there: a write that failed may have put it there all the same. */
  private tried: string | null = null;
  private sharing: Sharing = {};

  constructor(
    private readonly file: string,
    private readonly storage: Storage,
    private readonly onWritten: (text: string) => void = () => undefined,
    private readonly effect = reason('effect_without'),
    private readonly most = usualMost,
  ) {}

  /** Sees to it that nothing is written over what another hand has put there since. */
  share(known: string | null, sharing: Sharing): void {
    this.known = known;
    this.sharing = sharing;
  }

  /** Follows what another console has written since; what a person has is left until something is written. */
  look(): Promise<void> {
    this.tail = this.tail.then(async () => {
      // Whatever it is: it is told when it is in the way.
      if (this.strange === null) await this.isEdited();
    });
    return this.tail;
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
  writeNow(text: Wanted): Promise<void> {
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
    const detail = systemReason(error);
    const code = error instanceof FileRefusedError ? error.code : undefined;
    const values = {
      context: code === 'NOT_PLAIN' ? 'special' : code === 'TOO_LARGE' ? 'large' : 'unread',
      file: basename(this.file),
      detail,
      effect: this.effect,
    } as const;
    const told = problem('file_broken', values);
    this.strange = this.broken(detail);
    // Somebody's pipe or device is not moved, as has been said.
    if (code === 'NOT_PLAIN') this.strange.unmoved = () => told;
    this.storage.unreadable(this.file, told, error);
  }

  /** The file is none of ours, whatever it is: out of the way with it. Never rejects. */
  async setAside(error: unknown, text: string): Promise<void> {
    this.strange = { ...this.broken(brokenText(error, text)), cause: error };
    await this.makeWay().catch(() => undefined);
  }

  private next(): Promise<void> {
    this.tail = this.tail.then(() => this.put());
    return this.tail;
  }

  private async putNow(text: Wanted, older: { text: Wanted } | null): Promise<void> {
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
      await this.replace(wanted.text);
      if (this.waiting === wanted) this.settle();
    } catch (error) {
      this.failure = error;
      // Of what can't be moved out of the way the admin has been told.
      if (this.strange === null) this.storage.failed(this.file, error);
      this.timer = setTimeout(() => void this.next(), retryMs).unref();
    }
  }

  private settle(): void {
    this.waiting = null;
    for (const tell of this.awaited.splice(0)) tell();
  }

  private replace(wanted: Wanted): Promise<void> {
    const { owner } = this.sharing;
    const work = () => this.replaceNow(wanted);
    return owner === undefined ? work() : whileLocked(this.file, owner, work);
  }

  private async replaceNow(wanted: Wanted): Promise<void> {
    await this.lookForEdited();
    const aside = await this.makeWay();
    try {
      const text = typeof wanted === 'string' ? wanted : await wanted(this.known ?? null);
      // It could not be read again.
      if (Buffer.byteLength(text) > this.most) throw new FileRefusedError('TOO_LARGE', this.file);
      this.tried = text;
      await writeWhole(this.file, text);
      this.tried = null;
      if (this.known !== undefined) this.known = text;
      this.failure = undefined;
      this.onWritten(text);
      this.storage.wrote(this.file);
    } catch (error) {
      if (aside !== null) await this.putBack(aside);
      throw error;
    }
  }

  private async lookForEdited(): Promise<void> {
    if (this.strange?.why === 'broken') return;
    const before = this.strange;
    this.strange = (await this.isEdited()) ? this.edited() : null;
    if (before && !this.strange) this.storage.gone(this.file);
  }

  /** Whether a person has put something else there since. What another console has written is followed. */
  private async isEdited(): Promise<boolean> {
    if (this.known === undefined) return false;
    let text: string;
    try {
      text = (await readPlainFile(this.file, this.most)).toString('utf8');
    } catch (error) {
      // What can't be read may be another's; what is no file, or not there, is not written over, and writing says why.
      return !['ENOENT', 'ENOTDIR', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
    }
    // A write that failed has put it there all the same.
    if (text === this.tried) this.known = text;
    if (text !== this.known && this.sharing.follow?.(text, this.known)) this.known = text;
    return text !== this.known;
  }

  /**
   * What is not ours to write over goes aside. Gives where that is of what must come back if nothing can be written in its
   * place. Rejects while it can't be moved.
   */
  private async makeWay(): Promise<string | null> {
    const { strange, storage } = this;
    if (strange === null) return null;
    try {
      if (await isForeign(this.file)) throw new FileRefusedError('NOT_PLAIN', this.file);
      const aside = await moveAside(this.file, strange.why);
      this.strange = null;
      if (aside === null) storage.gone(this.file);
      else storage.unreadable(this.file, strange.aside(aside), strange.cause);
      return strange.why === 'edited' ? aside : null;
    } catch (error) {
      storage.unreadable(this.file, strange.unmoved(systemReason(error, 'writing')), error);
      throw error;
    }
  }

  private broken(detail: Reason): Strange {
    const values = { file: basename(this.file), detail, effect: this.effect };
    return {
      why: 'broken',
      aside: (aside) => problem('file_broken', { ...values, aside }),
      unmoved: (why) => problem('file_broken', { context: 'unmoved', ...values, reason: why }),
    };
  }

  private edited(): Strange {
    const file = basename(this.file);
    return {
      why: 'edited',
      aside: (aside) => problem('file_broken', { context: 'edited', file, aside }),
      unmoved: (why) => problem('file_broken', { context: 'edited_unmoved', file, reason: why }),
    };
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
}
