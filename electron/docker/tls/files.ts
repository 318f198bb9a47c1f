import { createPrivateKey, X509Certificate } from 'node:crypto';
import { createSecureContext, type SecureContext } from 'node:tls';
import { ProblemError, type TlsSettings } from '../../../shared/model';
import { problem, type ProblemParams } from '../../../shared/texts/messages';
import { reason } from '../../../shared/texts/reason';
import { systemReason } from '../../../shared/rules/basics/system-reason';
import { readPlainFile } from '../../files/plain-file';

type Values = ProblemParams<'tls_files'>;
/** Reasons that need no more than the file's name. */
type Why = Exclude<Values['context'], 'other_key' | undefined>;

const unusable = (values: Values, cause?: unknown): ProblemError =>
  new ProblemError(problem('tls_files', values), { cause });

const why: Record<string, Why> = { ENOENT: 'absent', EACCES: 'denied', EISDIR: 'folder' };

/** Several times the certificates of all authorities that systems trust. Bytes. */
const LARGEST = 4 * 1024 * 1024;

async function read(file: string | undefined): Promise<Buffer | undefined> {
  if (file === undefined) return undefined;
  try {
    return await readPlainFile(file, LARGEST);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    const context = why[code];
    throw unusable(context ? { context, file } : { file, detail: systemReason(error) }, error);
  }
}

/** What OpenSSL says of a file may quote it; our own words don't. */
function attempt<T>(values: Values, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw unusable(values, error);
  }
}

const certificateOf = (file: string, content: Buffer): X509Certificate =>
  attempt({ context: 'no_certificate', file }, () => new X509Certificate(content));

function checkPair(settings: TlsSettings, cert: Buffer | undefined, key: Buffer | undefined): void {
  const { cert: certFile, key: keyFile } = settings;
  if (certFile === undefined && keyFile === undefined) return;
  if (!cert || certFile === undefined) throw unusable({ context: 'cert_missing', file: keyFile ?? '' });
  if (!key || keyFile === undefined) throw unusable({ context: 'key_missing', file: certFile });
  const certificate = certificateOf(certFile, cert);
  const encrypted = /ENCRYPTED/.test(key.toString('latin1').slice(0, 400));
  const context = encrypted ? 'passphrase' : 'no_key';
  const privateKey = attempt({ context, file: keyFile }, () => createPrivateKey(key));
  if (!certificate.checkPrivateKey(privateKey))
    throw unusable({ context: 'other_key', file: keyFile, other: certFile });
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
  if (ca && settings.ca !== undefined) certificateOf(settings.ca, ca);
  checkPair(settings, cert, key);
  const own = cert && key ? { cert, key } : {};
  const whole = { file: settings.ca ?? settings.cert ?? 'TLS', detail: reason('cert_refused') };
  const context = attempt(whole, () =>
    createSecureContext({ minVersion: 'TLSv1.2', ...(ca && { ca }), ...own }),
  );
  return { context, ownExpired: isOutsideItsTime(cert) };
}
