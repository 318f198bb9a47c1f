import { createHash, randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ProblemError } from '../../../shared/model';
import { problem } from '../../../shared/texts';
import { isAlive, newOwner } from './owner';

/** How long one that is just ending is waited for, and how long between two looks: milliseconds. */
const usualPatience = { ms: 5_000, eachMs: 100 };

export interface FolderLock {
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
  const file = join(folder, 'console.lock');
  const owner = newOwner();
  const until = Date.now() + patience.ms;
  try {
    for (;;) {
      const holder = await take(file, owner.name);
      if (holder === null) break;
      if (Date.now() >= until) throw inUse(folder, holder);
      await pause(patience.eachMs);
    }
  } catch (error) {
    if (error instanceof ProblemError) {
      owner.release();
      throw error;
    }
    report(error);
  }
  return {
    async release() {
      owner.release();
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
  return new ProblemError(problem('folder_in_use', { folder, pid: Number(holder.split('/')[0]) }));
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

/** Null where there is no such file any more. */
async function nameIn(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
