import { describe, expect, it } from 'vitest';
import { tlsProblem } from './errors';

const of = (code: string, ownExpired = false) =>
  tlsProblem(Object.assign(new Error(`OpenSSL: ${code}`), { code }), 'atlas:2376', ownExpired)?.problem;

describe('what an engine that speaks TLS refuses with', () => {
  it.each([
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'tls_client_refused', undefined],
    ['ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE', 'tls_client_refused', undefined],
    ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 'tls_client_refused', undefined],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'tls_client_refused', undefined],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'tls_client_refused', undefined],
    ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED', 'tls_expired', 'client'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls_client_refused', 'not_tls'],
    ['ERR_SSL_PACKET_LENGTH_TOO_LONG', 'tls_client_refused', 'not_tls'],
    ['CERT_HAS_EXPIRED', 'tls_expired', undefined],
    ['CERT_NOT_YET_VALID', 'tls_expired', undefined],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls_untrusted', undefined],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls_untrusted', undefined],
  ])('%s', (code, expected, context) => {
    expect(of(code)).toMatchObject({ code: expected, engineText: `OpenSSL: ${code}` });
    expect(of(code)?.params?.context).toBe(context);
  });

  it('is the certificate’s time where it is over, whatever the engine calls it', () => {
    for (const code of ['ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE', 'ECONNRESET'])
      expect(of(code, true)).toMatchObject({ code: 'tls_expired', params: { context: 'client' } });
  });

  it('is left to others where TLS has no part in it', () => {
    for (const code of ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', '']) expect(of(code)).toBeUndefined();
  });
});
