import type { Stats } from 'node:fs';
import { lstat, readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';

/** What Trunkline writes into the user-data folder, whole and atomically, or once did. */
export const ownFiles = [
  'engines.yaml',
  'order.json',
  'host-names.json',
  'plan.yaml',
  'policies.json',
  'toolbox.json',
  'preferences.json',
  'changes.jsonl',
  'window.json',
  'known_hosts',
  'keychain.json',
] as const;

/**
 * Milliseconds after which a write, which takes some, is over: a console that has only just been started has put its name
 * nowhere yet. One that is held up for longer loses no more than this attempt, and writes again.
 */
const youngMs = 60_000;
/** Slack for clocks that were set, and for another hand's idea of a day. Seconds. */
const day = 86_400;
/** YYYYMMDDhh and YYMMDDhhmm. */
const date =
  /^((19|20)\d\d(0[1-9]|1[0-2])([0-2]\d|3[01])[0-2]\d|\d\d(0[1-9]|1[0-2])([0-2]\d|3[01])[0-2]\d[0-5]\d)$/;

/**
 * Whether a file is what write-file-atomic has in the place of `name` until it is whole: `name.` and a number of 32 bits.
 * A number may also be the name that somebody gave to a copy: a count (our own `changes.jsonl.1` too), a date, or the
 * second at which it was made, which then lies between what it holds and the file itself.
 */
export function isUnfinished(entry: string, name: string, { mtimeMs, ctimeMs, birthtimeMs }: Stats): boolean {
  if (!entry.startsWith(`${name}.`)) return false;
  const digits = entry.slice(name.length + 1);
  const number = Number(digits);
  // One in 43 is shorter, and stays: it can't be told from a count or a day.
  if (!/^[1-9]\d{8,9}$/.test(digits) || number > 0xffff_ffff || date.test(digits)) return false;
  const made = Math.max(mtimeMs, ctimeMs, birthtimeMs) / 1000;
  return number < mtimeMs / 1000 - day || number > made + day;
}

/**
 * Takes away what a write that was cut off by a kill or a power failure left beside our files: nothing ever reads it. To
 * be called only while no other console works on the folder. Where a file is a link, what is beside its target is not
 * looked at: that folder is not ours.
 *
 * @param now epoch milliseconds
 */
export async function clearUnfinished(
  userDataDir: string,
  report: (error: unknown) => void,
  now = Date.now(),
): Promise<void> {
  try {
    for (const entry of await readdir(userDataDir)) await clear(userDataDir, entry, now);
  } catch (error) {
    // It takes room, and no more than that.
    report(error);
  }
}

async function clear(folder: string, entry: string, now: number): Promise<void> {
  const name = ownFiles.find((each) => entry.startsWith(`${each}.`));
  if (!name) return;
  const path = join(folder, entry);
  const stats = await lstat(path).catch(() => null);
  if (!stats?.isFile() || now - stats.ctimeMs < youngMs) return;
  if (isUnfinished(entry, name, stats)) await unlink(path).catch(unlessGone);
}

/** Another console that starts now may do the same. */
function unlessGone(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}
