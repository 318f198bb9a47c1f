import { dockerWays } from '../engines/docker-ways';
import type { EngineWays } from '../engines/ways';

/** What addresses mean, as ever; for tests that reach nobody by them. */
export const addresses: EngineWays = dockerWays({
  home: '/nonexistent',
  env: {},
  knownHostsFile: '/nonexistent/known_hosts',
  passphrase: async () => undefined,
});
