import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Does the work while no other process has the lock of that file; waits for it without a limit. A program holds it, and
 * ends with this process, however that ends: no lock is ever left behind.
 *
 * @throws Error when `flock` (util-linux, which every Debian has) is not here or can't open the file; what the work throws.
 */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const holder = spawn('flock', [file, 'sh', '-c', 'echo held; exec cat'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ended = once(holder, 'close');
  // Of interest only as long as it has not answered.
  ended.catch(() => undefined);
  const held = await Promise.race([once(holder.stdout, 'data').then(() => true), ended.then(() => false)]);
  if (!held) throw new Error(`flock: ${file} can’t be locked`);
  try {
    return await work();
  } finally {
    holder.stdin.end();
    await ended;
  }
}
