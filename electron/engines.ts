import { homedir } from 'node:os';
import { ProblemError, type Problem } from '../shared/model';
import { startDemo, type Demo } from './demo';
import {
  createEngineClient,
  discoverEndpoints,
  engineIdFor,
  parseEndpoint,
  readTls,
  type EndpointCandidate,
  type EngineClient,
} from './docker';
import type { LaunchOptions } from './launch/options.mjs';

/** The engines that the console starts with, and why they are simulated where they are. */
export interface ChosenEngines {
  clients: EngineClient[];
  demoIds: Set<string>;
  demoReason?: Problem;
  /** Ends the simulated engines. */
  close(): Promise<void>;
}

/** An engine found without being named must answer so fast to be taken. Milliseconds. */
const probeMs = 2_000;

const problemOf = (error: unknown): string =>
  error instanceof ProblemError ? error.problem.message : String(error);

/** `--host`, else DOCKER_HOST, the current context, the usual sockets; where none answers, simulated engines. */
export async function chooseEngines(options: LaunchOptions, env: NodeJS.ProcessEnv): Promise<ChosenEngines> {
  if (options.demo) return simulated(options);
  if (options.hosts.length > 0) return real(options.hosts);
  const { candidates, problems } = await discoverEndpoints(env, homedir());
  const failures = problems.map((each) => each.message);
  for (const candidate of candidates) {
    try {
      return { clients: [await probed(candidate)], demoIds: new Set(), close: async () => undefined };
    } catch (error) {
      failures.push(`${candidate.endpoint}: ${problemOf(error)}`);
    }
  }
  return simulated(options, {
    code: 'engine_unreachable',
    message:
      failures.length > 0
        ? `No Docker engine answered. ${failures.join(' ')}`
        : 'No Docker engine was found: no DOCKER_HOST, no Docker context, none of the usual sockets.',
    hint: 'Start Docker, or name an engine: npm start -- --host unix:///path/to/docker.sock',
  });
}

/** A client of an engine that answers; rejects for one that does not. */
async function probed({ endpoint, tls }: EndpointCandidate): Promise<EngineClient> {
  const files = tls ? await readTls(tls) : {};
  const client = createEngineClient({ engineId: engineIdFor(endpoint), endpoint, ...files });
  try {
    await client.ping(probeMs);
    return client;
  } catch (error) {
    client.close();
    throw error;
  }
}

/** Named engines are kept even while they don't answer: the window shows why. */
function real(hosts: readonly string[]): ChosenEngines {
  const endpoints = new Set(
    hosts.map((text) => {
      const parsed = parseEndpoint(text);
      if (!parsed.ok) throw new ProblemError(parsed.error);
      return parsed.value.endpoint;
    }),
  );
  const clients = [...endpoints].map((endpoint) =>
    createEngineClient({ engineId: engineIdFor(endpoint), endpoint }),
  );
  return { clients, demoIds: new Set(), close: async () => undefined };
}

async function simulated(options: LaunchOptions, demoReason?: Problem): Promise<ChosenEngines> {
  const demo: Demo = await startDemo({ hosts: options.demoHosts, containers: options.demoContainers });
  const clients = demo.endpoints.map((endpoint, index) =>
    // The socket's path is new at each start; the admin's own positions should find their hosts again.
    createEngineClient({ engineId: `demo-${index + 1}`, endpoint, demo: true }),
  );
  return {
    clients,
    demoIds: new Set(clients.map((each) => each.engineId)),
    ...(demoReason ? { demoReason } : {}),
    close: () => demo.close(),
  };
}
