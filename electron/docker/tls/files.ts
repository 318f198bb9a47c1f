import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSecureContext, type SecureContext } from 'node:tls';
import { ProblemError, type TlsSettings } from '../../../shared/model';
import { problem } from '../../../shared/rules/messages';

const unusable = (file: string, detail: string, cause?: unknown): ProblemError =>
  new ProblemError(problem('tls_files', { file, detail }), { cause });

const why: Record<string, string> = {
  ENOENT: 'there is no such file',
  EACCES: 'this user may not read it',
  EISDIR: 'it is a folder',
};

async function read(file: string | undefined): Promise<Buffer | undefined> {
  if (file === undefined) return undefined;
  try {
    return await readFile(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    throw unusable(file, why[code] ?? `it can’t be read (${code})`, error);
  }
}

/** What OpenSSL says of a file may quote it; our own words don't. */
function attempt<T>(file: string, detail: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw unusable(file, detail, error);
  }
}

function checkPair(settings: TlsSettings, cert: Buffer | undefined, key: Buffer | undefined): void {
  const { cert: certFile, key: keyFile } = settings;
  if (certFile === undefined && keyFile === undefined) return;
  if (!cert || certFile === undefined)
    throw unusable(keyFile ?? '', 'the certificate that belongs to it is missing');
  if (!key || keyFile === undefined) throw unusable(certFile, 'the key that belongs to it is missing');
  const certificate = attempt(certFile, 'it holds no certificate in PEM', () => new X509Certificate(cert));
  const encrypted = /ENCRYPTED/.test(key.toString('latin1').slice(0, 400));
  const detail = encrypted
    ? 'it has a passphrase, which keys for TLS can’t have here'
    : 'it holds no private key in PEM';
  const privateKey = attempt(keyFile, detail, () => createPrivateKey(key));
  if (!certificate.checkPrivateKey(privateKey)) throw unusable(keyFile, `it does not belong to ${certFile}`);
}

/** Certificates that are ready to be used. */
export interface TlsMaterial {
  context: SecureContext;
  /** Whether the console's own certificate is outside its time, by this machine's clock. */
  ownExpired: boolean;
}

const isOutsideItsTime = (cert: Buffer | undefined): boolean => {
  if (!cert) return false;
  const { validFrom, validTo } = new X509Certificate(cert);
  const now = Date.now();
  return now < Date.parse(validFrom) || now > Date.parse(validTo);
};

/**
 * Reads the certificates of a connection and proves that they can be used, before anything is sent. Rejects with
 * `tls_files` otherwise. TLS 1.2 at least.
 */
export async function readTls(settings: TlsSettings): Promise<TlsMaterial> {
  const [ca, cert, key] = await Promise.all([read(settings.ca), read(settings.cert), read(settings.key)]);
  if (ca && settings.ca !== undefined)
    attempt(settings.ca, 'it holds no certificate in PEM', () => new X509Certificate(ca));
  checkPair(settings, cert, key);
  const own = cert && key ? { cert, key } : {};
  const context = attempt(settings.ca ?? settings.cert ?? 'TLS', 'OpenSSL refuses it', () =>
    createSecureContext({ minVersion: 'TLSv1.2', ...(ca && { ca }), ...own }),
  );
  return { context, ownExpired: isOutsideItsTime(cert) };
}
