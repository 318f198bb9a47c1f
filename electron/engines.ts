import { ProblemError, type EngineCandidate, type Problem } from '../shared/model';
import { startDemo, type Demo } from './demo';
import {
  addressOf,
  connectionOf,
  createEngineClient,
  engineCandidates,
  engineIdOf,
  type AccessContext,
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
export async function chooseEngines(options: LaunchOptions, access: AccessContext): Promise<ChosenEngines> {
  if (options.demo) return simulated(options);
  if (options.hosts.length > 0) return real(options.hosts, access);
  const found = await engineCandidates(access);
  const failures: string[] = [];
  // What `docker` itself would use, and the usual sockets; other contexts are the admin's to choose.
  for (const candidate of found.filter((each) => each.current || each.source === 'socket')) {
    try {
      if (candidate.problem) throw new ProblemError(candidate.problem);
      return { clients: [await probed(candidate, access)], demoIds: new Set(), close: async () => undefined };
    } catch (error) {
      failures.push(`${candidate.name}: ${problemOf(error)}`);
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
async function probed({ connection }: EngineCandidate, access: AccessContext): Promise<EngineClient> {
  const client = createEngineClient({ engineId: engineIdOf(connection), connection, access });
  try {
    await client.ping(probeMs);
    return client;
  } catch (error) {
    client.close();
    throw error;
  }
}

/** Named engines are kept even while they don't answer: the window shows why. */
function real(hosts: readonly string[], access: AccessContext): ChosenEngines {
  const connections = hosts.map((text) => {
    const read = connectionOf(text);
    if (!read.ok) throw new ProblemError(read.error);
    const { value } = read;
    // Whoever writes tcp:// on the command line has been told there what it means.
    return value.kind === 'tcp' ? { ...value, plainAccepted: true } : value;
  });
  const clients = new Map(
    connections.map((connection) => {
      const engineId = engineIdOf(connection);
      return [addressOf(connection), createEngineClient({ engineId, connection, access })];
    }),
  );
  return { clients: [...clients.values()], demoIds: new Set(), close: async () => undefined };
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
