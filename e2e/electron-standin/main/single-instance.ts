import { mkdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from '../codec/decode';
import { encode } from '../codec/encode';

/** What the second instance tells the first. */
export type Note = { argv: string[]; cwd: string; data: unknown };

const lockFile = (userData: string) => join(userData, 'standin.lock');

/** The live process that holds the lock, if any. */
function holder(userData: string): number | undefined {
  try {
    const pid = Number(readFileSync(lockFile(userData), 'utf8'));
    process.kill(pid, 0);
    return pid;
  } catch {
    return undefined;
  }
}

export const holdsLock = (userData: string): boolean => holder(userData) === process.pid;

export const releaseLock = (userData: string): void => rmSync(lockFile(userData), { force: true });

function leaveNote(inbox: string, data: unknown): void {
  const note: Note = { argv: process.argv, cwd: process.cwd(), data };
  const unfinished = join(inbox, `${String(process.pid)}.tmp`);
  writeFileSync(unfinished, encode(note));
  renameSync(unfinished, join(inbox, `${String(process.pid)}.json`));
}

function readNote(path: string): Note | undefined {
  try {
    const note = decode(readFileSync(path, 'utf8')) as Note;
    rmSync(path);
    return note;
  } catch {
    // The watcher speaks more than once of one file; the first time took it.
    return undefined;
  }
}

/** @returns false where another process holds the lock; it then receives a note of our arguments */
export function requestLock(userData: string, data: unknown, onNote: (note: Note) => void): boolean {
  const inbox = `${lockFile(userData)}.d`;
  mkdirSync(inbox, { recursive: true });
  const owner = holder(userData);
  if (owner !== undefined && owner !== process.pid) {
    leaveNote(inbox, data);
    return false;
  }
  writeFileSync(lockFile(userData), String(process.pid));
  process.on('exit', () => releaseLock(userData));
  const watcher = watch(inbox, (_event, name) => {
    const note = name?.endsWith('.json') ? readNote(join(inbox, name)) : undefined;
    if (note) onNote(note);
  });
  watcher.unref();
  return true;
}
