import { open, readFile, rm, stat } from 'node:fs/promises';
import { isAlive } from './owner';

/** Milliseconds until it is looked again whether another console is done, and until it is waited for no longer. */
const times = { again: 20, patience: 5_000 };
/** Milliseconds in which a console that makes the lock has put its name there. */
const namedIn = 1_000;

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;

/** @throws where it is there already, or can't be made */
async function make(lock: string, owner: string): Promise<void> {
  const handle = await open(lock, 'wx', 0o600);
  try {
    await handle.writeFile(owner);
  } catch (error) {
    await rm(lock, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

/** Whether it was left by a console that was killed. What is gone by now is nobody's, and what comes next may be another's. */
async function isLeft(lock: string): Promise<boolean> {
  try {
    const holder = await readFile(lock, 'utf8');
    if (holder !== '') return !isAlive(holder);
    return Date.now() - (await stat(lock)).mtimeMs > namedIn;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

/** Gives whether it was made; not where it is there already. */
const tryToMake = (lock: string, owner: string): Promise<boolean> =>
  make(lock, owner).then(
    () => true,
    (error: unknown) => {
      if (codeOf(error) === 'EEXIST') return false;
      throw error;
    },
  );

/**
 * Reads and writes a file while no other console of this folder writes it. A console that was killed in between keeps nobody.
 *
 * @param owner the name of this console's {@link Owner}
 * @throws LOCKED where a console that lives keeps it for longer than a write takes
 */
export async function whileLocked<T>(file: string, owner: string, work: () => Promise<T>): Promise<T> {
  const lock = `${file}.lock`;
  const end = performance.now() + times.patience;
  while (!(await tryToMake(lock, owner))) {
    if (await isLeft(lock)) await rm(lock, { force: true });
    else if (performance.now() > end) throw Object.assign(new Error(lock), { code: 'LOCKED' });
    else await new Promise((resolve) => setTimeout(resolve, times.again));
  }
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}
