import { join } from 'node:path';
import { ProblemError, type AppInfo, type EngineConnection, type Problem } from '../shared/model';
import { isPlainTcp } from '../shared/rules';
import { problem, unexpected } from '../shared/texts';
import { startDemo } from './demo';
import { connectionOf, ownAccess } from './docker';
import type { LaunchOptions } from './launch/options.mjs';
import { log } from './log';
import { dockerWays } from './services/engines/docker-ways';
import type { GivenEngine } from './services/engines/engine-list';
import { accepted, HostsFile } from './services/engines/hosts-file';
import type { StartingEngines } from './services/engines/open';
import { OrderFile, passingOrder } from './services/engines/order-file';
import { Secrets, type Keychain } from './services/engines/secrets';
import { closedSettings, EngineSettingsFile } from './services/engines/settings-file';
import type { EngineWays } from './services/engines/ways';
import type { Storage } from './services/storage/storage';

/** Why the engines are simulated though that was not asked for, as the window's information has it. */
type DemoReason = Required<Pick<AppInfo, 'demoReason' | 'demoTried'>>;

/** The engines that the console starts with beside those of its settings, and why they are simulated where they are. */
interface ChosenEngines {
  given: GivenEngine[];
  demo?: DemoReason;
  /** Plain TCP that was asked for: for the log. */
  warnings: string[];
  /** Ends the simulated engines. May be called again. */
  endDemo(): Promise<void>;
}

/** An engine found without being named must answer so fast to be taken. Milliseconds: SSH shakes hands first. */
const probeMs = { socket: 2_000, tcp: 2_000, ssh: 6_000, context: 6_000 };

const problemOf = (error: unknown): Problem =>
  error instanceof ProblemError ? error.problem : unexpected(error);

/** The settings, what is given beside them, and the ways to all of it. */
export async function startingEngines(
  options: LaunchOptions,
  userDataDir: string,
  keychain: Keychain | null,
  storage: Storage,
): Promise<{ engines: StartingEngines; demo: DemoReason | undefined }> {
  const secrets = new Secrets(keychain);
  const ways = dockerWays({
    ...ownAccess(userDataDir),
    passphrase: (keyFile) => secrets.get(keyFile),
  });
  const file = join(userDataDir, 'engines.yaml');
  const settings = options.demo ? closedSettings(file) : await EngineSettingsFile.open(file, ways, storage);
  const order = options.demo
    ? passingOrder()
    : await OrderFile.open(join(userDataDir, 'order.json'), storage);
  const hostsFile = options.hostsFile ? await HostsFile.open(options.hostsFile, ways) : undefined;
  const chosen = await chooseEngines(options, ways, settings.decided, hostsFile);
  const { given, demo, endDemo, warnings } = chosen;
  for (const warning of warnings) log(warning);
  const kept = { settings, order, ...(hostsFile && { hostsFile }) };
  return { engines: { ...kept, ways, secrets, given, demoOnly: options.demo, endDemo }, demo };
}

/**
 * `--host` and `--hosts-file`; where neither is given and the settings say nothing, what Docker itself would use; where
 * that does not answer, simulated engines.
 *
 * @param decided whether the settings say which engines there are, be it none
 */
async function chooseEngines(
  options: LaunchOptions,
  ways: EngineWays,
  decided: boolean,
  hostsFile: HostsFile | undefined,
): Promise<ChosenEngines> {
  if (options.demo) return simulated(options);
  const named = namedEngines(options, ways, hostsFile);
  // Hosts may come to the file at any time: nothing has to stand in for them.
  if (named.length > 0 || decided || hostsFile) return chosen(named, ways);
  const tried: DemoReason['demoTried'] = [];
  for (const candidate of await ways.candidates()) {
    // What `docker` itself would use, and the usual sockets; the rest is the admin's to choose.
    if (!candidate.current && candidate.source !== 'socket') continue;
    try {
      if (candidate.problem) throw new ProblemError(candidate.problem);
      return chosen([await probed(candidate.connection, ways)], ways);
    } catch (error) {
      tried.push({ name: candidate.name, problem: problemOf(error) });
    }
  }
  // Nobody would see that they are simulated, and what is to be done is meant for real ones.
  if (options.apply !== undefined || options.headless) throw new ProblemError(noEngine(tried).demoReason);
  return simulated(options, noEngine(tried));
}

const noEngine = (demoTried: DemoReason['demoTried']): DemoReason => ({
  demoReason: problem('engine_unreachable', {
    context: demoTried.length > 0 ? 'none_answered' : 'none_found',
  }),
  demoTried,
});

function readAddress(text: string): EngineConnection {
  const read = connectionOf(text);
  if (!read.ok) throw new ProblemError(read.error);
  return read.value;
}

/** Named engines are kept even while they don't answer: the window shows why. */
function namedEngines(
  options: LaunchOptions,
  ways: EngineWays,
  hostsFile: HostsFile | undefined,
): GivenEngine[] {
  const hosts = options.hosts.map((text): GivenEngine => {
    const connection = accepted(readAddress(text));
    return { config: { id: ways.engineIdOf(connection), connection }, source: 'argument' };
  });
  return [...hosts, ...(hostsFile?.engines() ?? [])];
}

function chosen(given: GivenEngine[], ways: EngineWays): ChosenEngines {
  const warnings = given.flatMap(({ config: { connection } }) =>
    isPlainTcp(connection)
      ? [
          `${ways.addressOf(connection)} is plain TCP: whoever is on the way, or reaches that port, is root there.`,
        ]
      : [],
  );
  return { given, warnings, endDemo: async () => undefined };
}

/** An engine that answers; rejects for one that does not. */
async function probed(connection: EngineConnection, ways: EngineWays): Promise<GivenEngine> {
  const id = ways.engineIdOf(connection);
  const client = ways.client(id, connection);
  try {
    await client.ping(probeMs[connection.kind]);
    return { config: { id, connection }, source: 'found' };
  } finally {
    client.close();
  }
}

async function simulated(options: LaunchOptions, reason?: DemoReason): Promise<ChosenEngines> {
  const demo = await startDemo({ hosts: options.demoHosts, containers: options.demoContainers });
  const given = demo.endpoints.map((endpoint, index): GivenEngine => ({
    // The socket's path is new at each start; the admin's own positions should find their hosts again.
    config: { id: `demo-${index + 1}`, connection: readAddress(endpoint) },
    source: 'demo',
  }));
  return { given, warnings: [], ...(reason ? { demo: reason } : {}), endDemo: () => demo.close() };
}
