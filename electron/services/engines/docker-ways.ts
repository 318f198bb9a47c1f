import {
  addressOf,
  connectionOf,
  createEngineClient,
  engineCandidates,
  engineIdOf,
  testEngine,
  trustHostKey,
  type AccessContext,
} from '../../docker';
import type { EngineWays } from './ways';

/** The ways to engines that `electron/docker` knows. */
export const dockerWays = (access: AccessContext): EngineWays => ({
  connectionOf,
  addressOf,
  engineIdOf,
  client: (engineId, connection) => createEngineClient({ engineId, connection, access }),
  candidates: () => engineCandidates(access),
  test: (connection, options) => testEngine(connection, access, options),
  trust: (connection, fingerprint) => trustHostKey(connection, access, fingerprint),
});
