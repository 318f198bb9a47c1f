import { createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ParsedKey } from 'ssh2';
import { ProblemError } from '../../../shared/model';
import { problem } from '../../../shared/rules/messages';
import { utils } from './library';

/** What is wrong with a key file. */
export class KeyProblem extends ProblemError {}

const unreadable = (file: string, detail: string, cause?: unknown) =>
  new KeyProblem(problem('ssh_key_unreadable', { file, detail }), { cause });
const needed = (file: string) => new KeyProblem(problem('ssh_passphrase_needed', { file }));
const wrong = (file: string) => new KeyProblem(problem('ssh_passphrase_wrong', { file }));

/** Enough for any key; a file that is larger is something else. Bytes. */
const LARGEST = 64 * 1024;

const reasons: Record<string, string> = {
  ENOENT: 'there is no such file',
  EACCES: 'this user may not read it',
  EISDIR: 'it is a folder',
};

async function read(file: string): Promise<Buffer> {
  try {
    const content = await readFile(file);
    if (content.length <= LARGEST) return content;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    throw unreadable(file, reasons[code] ?? `it can’t be read (${code})`, error);
  }
  throw unreadable(file, 'it is far too large for a key');
}

/** A parser's words may quote what it read: ours don't. */
function parse(content: Buffer | string, passphrase?: string): ParsedKey | Error {
  const parsed: unknown = utils.parseKey(content, passphrase);
  const key: unknown = Array.isArray(parsed) ? parsed[0] : parsed;
  return (key as ParsedKey | Error | undefined) ?? new Error('empty');
}

/** PKCS#8 is what OpenSSL writes; ssh2 reads the older forms of the same keys. */
function fromPkcs8(file: string, content: Buffer, passphrase: string | undefined): ParsedKey {
  let key;
  try {
    key = createPrivateKey({ key: content, ...(passphrase !== undefined && { passphrase }) });
  } catch {
    // OpenSSL's reasons differ from version to version; the heading of the file does not.
    const locked = content.includes('BEGIN ENCRYPTED PRIVATE KEY');
    if (locked) throw passphrase === undefined ? needed(file) : wrong(file);
    throw unreadable(file, 'it holds no private key that can be read');
  }
  const type = ({ rsa: 'pkcs1', ec: 'sec1' } as const)[key.asymmetricKeyType as 'rsa' | 'ec'];
  const form = type === undefined ? undefined : parse(key.export({ type, format: 'pem' }));
  if (form !== undefined && !(form instanceof Error)) return form;
  const kind = key.asymmetricKeyType ?? 'such';
  throw unreadable(file, `${kind} keys are read in OpenSSH’s own format (ssh-keygen -p -f FILE converts it)`);
}

function privateKey(file: string, content: Buffer, passphrase: string | undefined): ParsedKey {
  if (/-----BEGIN (ENCRYPTED )?PRIVATE KEY-----/.test(content.toString('latin1')))
    return fromPkcs8(file, content, passphrase);
  const key = parse(content, passphrase);
  if (!(key instanceof Error)) {
    if (key.isPrivateKey()) return key;
    throw unreadable(file, 'it is the public half; the private one has no .pub');
  }
  if (/no passphrase/i.test(key.message)) throw needed(file);
  if (passphrase !== undefined && isEncrypted(content)) throw wrong(file);
  throw unreadable(file, 'it holds no private key that can be read');
}

/** Whether a key that could not be read is one behind a passphrase: it can be parsed up to there. */
function isEncrypted(content: Buffer): boolean {
  const key = parse(content);
  return key instanceof Error && /no passphrase/i.test(key.message);
}

/**
 * Reads a private key in OpenSSH's, PEM's or PuTTY's format. The passphrase is asked for only where it needs one.
 * Rejects with a {@link KeyProblem}.
 */
export async function readKey(
  file: string,
  passphraseOf: (file: string) => Promise<string | undefined>,
): Promise<ParsedKey> {
  const content = await read(file);
  try {
    return privateKey(file, content, undefined);
  } catch (error) {
    if (!(error instanceof KeyProblem) || error.problem.code !== 'ssh_passphrase_needed') throw error;
    const passphrase = await passphraseOf(file);
    if (passphrase === undefined) throw error;
    return privateKey(file, content, passphrase);
  }
}

/** The public half in the file beside a private key, as SSH sends it; undefined where there is none. */
export async function publicHalf(file: string): Promise<Buffer | undefined> {
  const key = await readFile(`${file}.pub`).then(
    (content) => parse(content),
    () => undefined,
  );
  return key === undefined || key instanceof Error ? undefined : key.getPublicSSH();
}
