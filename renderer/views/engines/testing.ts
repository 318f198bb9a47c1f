import type { EngineTest } from '../../../shared/model';
import { problem } from '../../../shared/rules';

export const unknownKey = problem('ssh_host_unknown', {
  host: 'atlas',
  type: 'ssh-ed25519',
  fingerprint: 'SHA256:abc',
});
export const changedKey = problem('ssh_host_changed', {
  host: 'atlas',
  fingerprint: 'SHA256:evil',
  file: '/home/ada/.ssh/known_hosts',
  line: 3,
});
export const locked = problem('ssh_passphrase_needed', { file: '/home/ada/.ssh/id' });
/** What a test of a connection gives that went well. */
export const answer: EngineTest = {
  ...{ name: 'atlas', product: 'docker', version: '29.7.2', apiVersion: '1.55', os: 'Debian 13' },
  milliseconds: 12.4,
};
