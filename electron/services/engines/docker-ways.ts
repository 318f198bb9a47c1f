import {
  addressOf,
  connectionOf,
  createEngineClient,
  engineCandidates,
  engineIdFor,
  testEngine,
  trustHostKey,
  type AccessContext,
} from '../../docker';
import type { EngineWays } from './ways';

/** The ways to engines that `electron/docker` knows. */
export const dockerWays = (access: AccessContext): EngineWays => ({
  connectionOf,
  addressOf,
  // By the text, so that every spelling of an address is the same engine.
  engineIdOf: (connection) => engineIdFor(addressOf(connection)),
  client: (engineId, connection) => createEngineClient({ engineId, connection, access }),
  candidates: () => engineCandidates(access),
  test: (connection, options) => testEngine(connection, access, options),
  trust: (connection, fingerprint) => trustHostKey(connection, access, fingerprint),
});
