import { ProblemError, type EngineConnection } from '../../../shared/model';
import { problem } from '../../../shared/rules/messages';
import type { AccessContext } from '../access';
import { addressOf } from '../endpoint';

/**
 * Connects, and keeps the key of the first SSH host on the way that is unknown, if it has exactly this fingerprint; a
 * changed or a revoked key never. Resolves also when every host is known already.
 */
export function trustHostKey(
  connection: EngineConnection,
  _access: AccessContext,
  _fingerprint: string,
): Promise<void> {
  return Promise.reject(new ProblemError(problem('engine_unsupported', { host: addressOf(connection) })));
}
