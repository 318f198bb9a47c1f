import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { reasonText, systemReason } from '../../shared/rules';
import { readPlainFile } from '../files/plain-file';

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

/** Bytes. A salt of ours has 16. */
const leastSalt = 8;
/** Bytes of memory that a check may take, and how much work it may be besides: ours are an eighth of it. */
const mostMemory = 1 << 30;
const mostRuns = 16;

/** What is wrong with the cost of a hash (RFC 7914 §2), or null. A check that must fail would keep everyone out. */
function wrongCost({ N, r, p }: Record<'N' | 'r' | 'p', number>): string | null {
  if (N < 2 || !Number.isInteger(Math.log2(N))) return `its N is ${String(N)}, which is no power of two`;
  if (r < 1 || p < 1) return 'its r and p must be 1 at least';
  if (128 * N * r > mostMemory) return 'to check it takes more than a gigabyte of memory';
  return p > mostRuns ? `its p is more than ${String(mostRuns)}: to check it takes too long` : null;
}

const noHash = (why?: string): Error =>
  new Error(`This is not a hash that --hash-password made${why === undefined ? '' : `: ${why}`}.`);

/** Throws an Error for what is no hash of ours, or could never be checked. */
export function checkAgainst(hash: string): CheckPassword {
  const match = form.exec(hash);
  if (!match) throw noHash();
  const [, N, r, p] = match;
  const [salt, wanted] = [match[4] ?? '', match[5] ?? ''].map((text) => Buffer.from(text, 'base64url')) as [
    Buffer,
    Buffer,
  ];
  const options = { N: Number(N), r: Number(r), p: Number(p) };
  const why = wrongCost(options);
  if (why !== null) throw noHash(why);
  if (wanted.length !== keyLength)
    throw noHash(`its key has ${String(wanted.length)} bytes instead of ${String(keyLength)}`);
  if (salt.length < leastSalt) throw noHash(`its salt has fewer than ${String(leastSalt)} bytes`);
  return async (password) => {
    const got = await derive(password, salt, options);
    return timingSafeEqual(got, wanted);
  };
}

/** Bytes of a password file. */
const fileMost = 4096;

/**
 * Reads a password file: one line, the password or its hash. Throws an Error whose message is for the admin when the file
 * is missing, readable by other users, or holds too short a password.
 */
export async function readPasswordFile(
  file: string,
  platform: string = process.platform,
): Promise<CheckPassword> {
  const [content, { mode }] = await Promise.all([readPlainFile(file, fileMost), stat(file)]).catch(
    (error: unknown) => {
      throw new Error(`The password file can’t be read: ${reasonText(systemReason(error))}.`, {
        cause: error,
      });
    },
  );
  const text = content.toString('utf8');
  if (platform !== 'win32' && (mode & 0o077) !== 0)
    throw new Error(`${file} can be read by other users. Make it yours alone: chmod 600 ${file}`);
  const [line = '', ...more] = text.split(/\r?\n/);
  if (more.some((each) => each !== ''))
    throw new Error(`${file} must hold one line: the password, or its hash.`);
  if (line.startsWith('scrypt$')) return checkAgainst(line);
  return checkAgainst(await hashPassword(line));
}
