import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';

/** Shorter ones are guessed too fast, however the tries are slowed. */
const leastLength = 12;

/** OWASP's recommendation for scrypt: 2^17, 8, 1 take 128 MiB and about a third of a second. */
const cost = { N: 1 << 17, r: 8, p: 1 };
const keyLength = 32;
const form = /^scrypt\$(\d+)\$(\d+)\$(\d+)\$([\w-]+)\$([\w-]+)$/;

/** Says whether a password is the right one; takes as long for a wrong one. */
export type CheckPassword = (password: string) => Promise<boolean>;

const derive = (password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const maxmem = 256 * (options.N ?? 1) * (options.r ?? 1);
    scrypt(password.normalize('NFKC'), salt, keyLength, { ...options, maxmem }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });

/** `scrypt$N$r$p$salt$key`, the last two in base64url: what a password file may hold instead of the password. */
export async function hashPassword(password: string): Promise<string> {
  if (password.length < leastLength)
    throw new Error(`The password must have at least ${leastLength} characters.`);
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Throws an Error for what is no hash of ours. */
export function checkAgainst(hash: string): CheckPassword {
  const match = form.exec(hash);
  if (!match) throw new Error('This is not a hash that --hash-password made.');
  const [, N, r, p, salt = '', key = ''] = match;
  const options = { N: Number(N), r: Number(r), p: Number(p) };
  const wanted = Buffer.from(key, 'base64url');
  return async (password) => {
    const got = await derive(password, Buffer.from(salt, 'base64url'), options);
    return got.length === wanted.length && timingSafeEqual(got, wanted);
  };
}

/**
 * Reads a password file: one line, the password or its hash. Throws an Error whose message is for the admin when the file
 * is missing, readable by other users, or holds too short a password.
 */
export async function readPasswordFile(
  file: string,
  platform: string = process.platform,
): Promise<CheckPassword> {
  const [text, { mode }] = await Promise.all([readFile(file, 'utf8'), stat(file)]).catch((error: unknown) => {
    throw new Error(`The password file can’t be read: ${error instanceof Error ? error.message : ''}.`);
  });
  if (platform !== 'win32' && (mode & 0o077) !== 0)
    throw new Error(`${file} can be read by other users. Make it yours alone: chmod 600 ${file}`);
  const [line = '', ...more] = text.split(/\r?\n/);
  if (more.some((each) => each !== ''))
    throw new Error(`${file} must hold one line: the password, or its hash.`);
  if (line.startsWith('scrypt$')) return checkAgainst(line);
  return checkAgainst(await hashPassword(line));
}
