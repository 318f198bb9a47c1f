import { createHash, randomUUID } from 'node:crypto';
import { link, lstat, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ProblemError } from '../../../shared/model';
import { problem } from '../../../shared/texts';
import { readPlainFile } from '../../files/plain-file';
import { isAlive, newOwner } from './owner';

/** How long one that is just ending is waited for, and how long between two looks: milliseconds. */
const usualPatience = { ms: 5_000, eachMs: 100 };

const lockName = 'console.lock';
/** More than any name of a console. */
const mostBytes = 1 << 10;
/** Milliseconds after which what a start makes beside the lock is a killed console's. */
const youngMs = 60_000;

export interface FolderLock {
  /** Whether no other console works in the folder; false where no lock could be made. */
  readonly held: boolean;
  /** Leaves the folder to the next console. May be called again. */
  release(): Promise<void>;
}

/**
 * Takes a user-data folder for this console: two would write over each other's plan and log, and take turns with what each
 * keeps on the hosts. What a killed console has left is taken over. Where the file can't be made (a full disk, no permission),
 * that is reported, and the console starts without it: such a folder is worked with as far as it goes.
 *
 * @throws ProblemError `folder_in_use` while another console works there
 */
export async function lockFolder(
  folder: string,
  report: (error: unknown) => void,
  patience = usualPatience,
): Promise<FolderLock> {
  const file = join(folder, lockName);
  const owner = newOwner();
  const until = Date.now() + patience.ms;
  let held = false;
  try {
    for (;;) {
      const holder = await take(file, owner.name);
      if (holder === null) break;
      if (Date.now() >= until) throw inUse(folder, holder);
      await pause(patience.eachMs);
    }
    held = true;
    await clearUnfinishedLocks(folder);
  } catch (error) {
    if (error instanceof ProblemError) {
      owner.release();
      throw error;
    }
    report(
      new Error(`${file} can’t be made: another console could work in the folder, too.`, { cause: error }),
    );
  }
  return {
    held,
    async release() {
      owner.release();
      if (!held) return;
      try {
        // What another has taken since is not ours to remove.
        if ((await nameIn(file)) === owner.name) await rm(file, { force: true });
      } catch (error) {
        report(error);
      }
    },
  };
}

function inUse(folder: string, holder: string): ProblemError {
  const file = join(folder, lockName);
  return new ProblemError(problem('folder_in_use', { folder, file, pid: Number(holder.split('/')[0]) }));
}

/** Null when it is ours now, else the name of the console that has it. */
async function take(file: string, name: string): Promise<string | null> {
  const own = `${file}.${randomUUID()}`;
  try {
    await writeFile(own, name, { flag: 'wx', mode: 0o600 });
    return await claim(file, own, name);
  } finally {
    await rm(own, { force: true });
  }
}

/**
 * Makes `own` the file's second name: it is never there without what is in it. The file of a console that has ended is
 * replaced by whoever has claimed it, by a file of that console's name: so one alone replaces it, and only while it is there.
 */
async function claim(file: string, own: string, name: string): Promise<string | null> {
  for (;;) {
    if (await linked(own, file)) return null;
    const holder = await nameIn(file);
    if (holder === null) continue;
    // Some network file systems say of a link that they have made that it was there.
    if (holder === name) return null;
    if (isAlive(holder)) return holder;
    const right = `${file}.${createHash('sha256').update(holder).digest('hex').slice(0, 16)}`;
    const other = await claim(right, own, name);
    // Whoever replaces it will have it in a moment.
    if (other !== null) return other;
    try {
      if ((await nameIn(file)) !== holder) continue;
      await linked(own, `${own}.`);
      await rename(`${own}.`, file);
      return null;
    } finally {
      await rm(right, { force: true });
    }
  }
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Null where there is no such file any more. @throws where something else than our own is in its place */
async function nameIn(file: string): Promise<string | null> {
  try {
    return (await readPlainFile(file, mostBytes)).toString('utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    // A link that leads nowhere would never be ours.
    if (await isLink(file)) throw error;
    return null;
  }
}

const isLink = (file: string): Promise<boolean> =>
  lstat(file).then(
    (stats) => stats.isSymbolicLink(),
    () => false,
  );

/** What killed consoles have left beside the lock; that of one that is just starting is young. Never rejects. */
async function clearUnfinishedLocks(folder: string): Promise<void> {
  for (const entry of await readdir(folder).catch(() => [])) {
    if (!/^console\.lock\.[0-9a-f.-]{16,}$/.test(entry)) continue;
    const file = join(folder, entry);
    const stats = await lstat(file).catch(() => null);
    if (stats?.isFile() && Date.now() - stats.ctimeMs > youngMs)
      await rm(file, { force: true }).catch(() => {});
  }
}
