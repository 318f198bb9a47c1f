import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** Bytes that a socket's path may have (sockaddr_un: 104 on macOS, 108 on Linux, with the zero at its end). */
const longest = 103;

const socketIn = (folder: string): string => join(resolve(folder), 'console.sock');
/** On Windows, the name of the pipe: anybody could have made one of a name that can be guessed. */
const noteIn = (folder: string): string => join(folder, 'console.pipe');

/**
 * Where a console of a user-data folder lets others of the same user in: a socket in the folder, whose rights are the folder's; on
 * Windows a pipe of a name that only the folder tells. Null where the folder's path is too long for a socket.
 */
export function newDoorIn(folder: string, platform = process.platform): string | null {
  if (platform === 'win32') return `\\\\.\\pipe\\trunkline-${randomUUID()}`;
  const path = socketIn(folder);
  return Buffer.byteLength(path) > longest ? null : path;
}

/** Leaves word of it in the folder, where it does not lie there itself. */
export async function noteDoor(folder: string, path: string, platform = process.platform): Promise<void> {
  if (platform === 'win32') await writeFile(noteIn(folder), path, { mode: 0o600 });
}

/** Where the door of a folder is; null where there is none. */
export async function doorOf(folder: string, platform = process.platform): Promise<string | null> {
  if (platform !== 'win32') return newDoorIn(folder, platform);
  return readFile(noteIn(folder), 'utf8').catch(() => null);
}
