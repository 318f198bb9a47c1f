import type { PeerCertificate } from 'node:tls';
import { ProblemError } from '../../../shared/model';
import { problem } from '../../../shared/texts/messages';
import { reason } from '../../../shared/texts/reason';

interface TlsError extends Error {
  code?: string;
  /** On a name that does not fit: the certificate that was shown. */
  cert?: PeerCertificate;
  /** What stood before an answer that is no HTTP. */
  rawPacket?: Buffer;
}

const untrusted = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_UNTRUSTED',
  'CERT_REJECTED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_CHAIN_TOO_LONG',
  'CERT_REVOKED',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
]);
const untimely = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);

/** Alerts by which the engine says that it wants another certificate, or any: `ERR_SSL_…_ALERT_…`. */
const refused =
  /ALERT_(CERTIFICATE_REQUIRED|BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_REVOKED|CERTIFICATE_UNKNOWN|UNKNOWN_CA|ACCESS_DENIED)|HANDSHAKE_FAILURE/;
const notTls =
  /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|UNEXPECTED_MESSAGE|UNSUPPORTED_PROTOCOL_TYPE/;

const namesOf = (cert: PeerCertificate | undefined): string => {
  const names = (cert?.subjectaltname ?? '')
    .split(', ')
    .map((name) => name.replace(/^(DNS|IP Address):/, ''));
  return names.filter(Boolean).join(', ') || String(cert?.subject.CN ?? '–');
};

/**
 * What went wrong when TLS was spoken with `host`; undefined for what is no matter of TLS.
 *
 * @param ownExpired the console's own certificate is outside its time: then that is why it is refused, whatever the
 * engine calls it (Go's servers say "bad certificate").
 */
export function tlsProblem(error: unknown, host: string, ownExpired = false): ProblemError | undefined {
  const { code = '', cert, message } = error as TlsError;
  const say = (built: ReturnType<typeof problem>) =>
    new ProblemError({ ...built, engineText: message }, { cause: error });
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID' || code === 'HOSTNAME_MISMATCH')
    return say(problem('tls_name_mismatch', { host, names: namesOf(cert) }));
  if (untimely.has(code)) {
    const detail = reason(code === 'CERT_HAS_EXPIRED' ? 'cert_ended' : 'cert_not_begun');
    return say(problem('tls_expired', { host, detail }));
  }
  if (untrusted.has(code)) return say(problem('tls_untrusted', { host }));
  // Some servers only cut the connection; with a certificate out of its time, that is why.
  const isRefused = refused.test(code) || (ownExpired && code === 'ECONNRESET');
  if (/ALERT_CERTIFICATE_EXPIRED/.test(code) || (isRefused && ownExpired))
    return say(problem('tls_expired', { context: 'client', host }));
  if (isRefused) return say(problem('tls_client_refused', { host }));
  if (notTls.test(code)) return say(problem('tls_client_refused', { context: 'not_tls', host }));
  return undefined;
}

/** A TLS record as an answer to HTTP: an alert (0x15) or a handshake (0x16), version 3.x. */
const isTlsRecord = (bytes: Buffer | undefined): boolean =>
  bytes !== undefined && (bytes[0] === 0x15 || bytes[0] === 0x16) && bytes[1] === 3;

/** Plain HTTP was spoken, and TLS would have been understood; undefined for anything else. */
export function plainProblemOf(error: unknown, host: string): ProblemError | undefined {
  // Go's servers, and so Docker, answer in plain text.
  const told =
    error instanceof ProblemError &&
    /HTTP request (was sent )?to (an )?HTTPS (server|port)/i.test(error.problem.engineText ?? '');
  if (!told && !isTlsRecord((error as TlsError).rawPacket)) return undefined;
  return new ProblemError(problem('tls_client_refused', { context: 'plain', host }), { cause: error });
}
