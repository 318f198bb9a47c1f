import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';

/** Bytes that a socket's path may have (sockaddr_un: 104 on macOS, 108 on Linux, with the zero at its end). */
const longest = 103;

/**
 * Where the console of a user-data folder is to be found by others of the same user: a socket in the folder, whose rights
 * are the folder's; on Windows a pipe, which only its maker may write to. Null where the folder's path is too long for one.
 */
export function doorOf(folder: string, platform = process.platform): string | null {
  const whole = resolve(folder);
  if (platform === 'win32')
    return `\\\\.\\pipe\\trunkline-${createHash('sha256').update(whole.toLowerCase()).digest('hex').slice(0, 32)}`;
  const path = join(whole, 'console.sock');
  return Buffer.byteLength(path) > longest ? null : path;
}
