import { describe, expect, it } from 'vitest';
import { stagesOf } from './test-stages';

const text = (...args: Parameters<typeof stagesOf>) =>
  stagesOf(...args)
    .map(({ stage, state }) => `${stage} ${state}`)
    .join(', ');

describe('stagesOf', () => {
  it('tells how far a connection came', () => {
    expect(text('ssh', false, 'ssh_auth_failed')).toBe(
      'reach done, key done, signIn failed, socket later, answer later',
    );
    expect(text('tcp', true, 'tls_untrusted')).toBe('reach done, tls failed, answer later');
    expect(text('tcp', false, 'engine_unreachable')).toBe('reach failed, answer later');
  });

  it('goes by the problem where the kind does not tell the way', () => {
    expect(text('context', false, 'ssh_host_unknown')).toMatch(/^context done, reach done, key failed/);
    expect(text('context', false, 'context_not_found')).toMatch(/^context failed/);
    // A server that speaks TLS where plain TCP was expected.
    expect(text('tcp', false, 'tls_client_refused')).toBe('reach done, tls failed, answer later');
  });

  it('says nothing where the problem may be anywhere', () => {
    expect(stagesOf('ssh', false, 'engine_timeout')).toEqual([]);
    expect(stagesOf('ssh', false, 'ssh_passphrase_needed')).toEqual([]);
  });
});
