import { ProblemError, type EngineConnection } from '../../../shared/model';
import { problem } from '../../../shared/rules/messages';
import type { AccessContext } from '../access';
import type { Dialer } from '../dialer';

type SshConnection = Extract<EngineConnection, { kind: 'ssh' }>;

/** SSH is not carried yet: each dial says so. */
export function sshDialer(connection: SshConnection, _access: AccessContext, _timeoutMs: number): Dialer {
  const { host } = connection;
  return {
    dial: () => Promise.reject(new ProblemError(problem('engine_unsupported', { host }))),
    close: () => undefined,
  };
}
