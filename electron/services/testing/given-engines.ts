import type { EngineConnection } from '../../../shared/model';
import { createEngineClient, type AccessContext, type EngineClient } from '../../docker';
import { dockerWays } from '../engines/docker-ways';
import type { GivenEngine } from '../engines/engine-list';
import type { StartingEngines } from '../engines/open';
import { Secrets } from '../engines/secrets';
import { closedSettings } from '../engines/settings-file';
import type { EngineWays } from '../engines/ways';

/** Nothing of this machine: no home, no environment. */
const nowhere: AccessContext = {
  home: '/nonexistent',
  env: {},
  knownHostsFile: '/nonexistent/known_hosts',
  passphrase: async () => undefined,
};

const connectionOf = (ways: EngineWays, endpoint: string): EngineConnection => {
  const read = ways.connectionOf(endpoint);
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
};

/** A console’s engines as `--host` gives them, without settings. */
export function givenEndpoints(endpoints: readonly string[]): StartingEngines {
  return givenClients(
    endpoints.map((endpoint) => {
      const ways = dockerWays(nowhere);
      return createEngineClient({ engineId: ways.engineIdOf(connectionOf(ways, endpoint)), endpoint });
    }),
  );
}

/** The same with clients of a test's own. */
export function givenClients(clients: readonly EngineClient[]): StartingEngines {
  const ways = dockerWays(nowhere);
  const mine = new Map(clients.map((client) => [client.engineId, client]));
  const given = clients.map(({ engineId, endpoint }): GivenEngine => ({
    config: { id: engineId, connection: connectionOf(ways, endpoint) },
    source: 'argument',
  }));
  return {
    settings: closedSettings('/nonexistent/engines.yaml'),
    ways: {
      ...ways,
      client: (engineId, connection) => mine.get(engineId) ?? ways.client(engineId, connection),
    },
    secrets: new Secrets(null),
    given,
    demoOnly: false,
    endDemo: async () => undefined,
  };
}
