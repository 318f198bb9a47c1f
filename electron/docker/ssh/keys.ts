import { createPrivateKey } from 'node:crypto';
import type { ParsedKey } from 'ssh2';
import { ProblemError, type Reason } from '../../../shared/model';
import { problem } from '../../../shared/texts/messages';
import { reason } from '../../../shared/texts/reason';
import { systemReason } from '../../../shared/rules/basics/system-reason';
import { FileRefusedError, readPlainFile } from '../../files/plain-file';
import { utils } from './library';

/** What is wrong with a key file. */
export class KeyProblem extends ProblemError {}

const unreadable = (file: string, detail: Reason, cause?: unknown) =>
  new KeyProblem(problem('ssh_key_unreadable', { file, detail }), { cause });
const needed = (file: string) => new KeyProblem(problem('ssh_passphrase_needed', { file }));
const wrong = (file: string) => new KeyProblem(problem('ssh_passphrase_wrong', { file }));

/** Enough for any key; a file that is larger is something else. Bytes. */
const LARGEST = 64 * 1024;

async function read(file: string): Promise<Buffer> {
  try {
    return await readPlainFile(file, LARGEST);
  } catch (error) {
    const isLarge = error instanceof FileRefusedError && error.code === 'TOO_LARGE';
    throw unreadable(file, isLarge ? reason('key_large') : systemReason(error), error);
  }
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
    throw unreadable(file, reason('key_damaged'));
  }
  const type = ({ rsa: 'pkcs1', ec: 'sec1' } as const)[key.asymmetricKeyType as 'rsa' | 'ec'];
  const form = type === undefined ? undefined : parse(key.export({ type, format: 'pem' }));
  if (form !== undefined && !(form instanceof Error)) return form;
  const kind = key.asymmetricKeyType ?? 'such';
  throw unreadable(file, reason('key_format', { kind, file }));
}

function privateKey(file: string, content: Buffer, passphrase: string | undefined): ParsedKey {
  if (/-----BEGIN (ENCRYPTED )?PRIVATE KEY-----/.test(content.toString('latin1')))
    return fromPkcs8(file, content, passphrase);
  const key = parse(content, passphrase);
  if (!(key instanceof Error)) {
    if (key.isPrivateKey()) return key;
    throw unreadable(file, reason('key_public'));
  }
  if (/no passphrase/i.test(key.message)) throw needed(file);
  if (passphrase !== undefined && isEncrypted(content)) throw wrong(file);
  throw unreadable(file, whatElse(content));
}

/** What a file is that is no key that we can read, by its heading. */
function whatElse(content: Buffer): Reason {
  const text = content.toString('latin1');
  if (text.trim() === '') return reason('key_empty');
  if (/-----BEGIN (TRUSTED )?CERTIFICATE-----/.test(text)) return reason('key_certificate');
  // The headings of OpenSSH, PEM and PuTTY.
  const isKey = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----|^PuTTY-User-Key-File-\d/m.test(text);
  return reason(isKey ? 'key_damaged' : 'key_none');
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
  const key = await readPlainFile(`${file}.pub`, LARGEST).then(
    (content) => parse(content),
    () => undefined,
  );
  return key === undefined || key instanceof Error ? undefined : key.getPublicSSH();
}
