import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engineIdFor } from '../../electron/docker';
import { createConsole, type TrunklineConsole } from '../../electron/services/console';
import { dispatch } from '../../electron/services/dispatch';
import type { StartingEngines } from '../../electron/services/engines/open';
import { givenEndpoints } from '../../electron/services/testing/given-engines';
import type { CommandInput, CommandName, CommandOutput } from '../../shared/contract';
import { isRunOver } from '../../shared/model';
import type {
  ChangeRecord,
  ChangeRequest,
  Container,
  Delta,
  IsolationReport,
  Network,
  Notice,
  Problem,
  Result,
  RunRequest,
  Snapshot,
} from '../../shared/model';
import { until, type LabHost } from '../lab';

type NetworkRefs = Extract<RunRequest, { kind: 'isolation' }>['networks'];

/** A whole console on the lab's real engines, without a window, driven by its commands. */
export interface TestConsole {
  core: TrunklineConsole;
  /** Where it keeps its files. */
  folder: string;
  deltas: Delta[];
  reported: unknown[];
  run<N extends CommandName>(name: N, input: CommandInput<N>): Promise<Result<CommandOutput<N>>>;
  /** The same, for what must succeed. */
  value<N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandOutput<N>>;
  snapshot(): Promise<Snapshot>;
  engineId(host: LabHost): string;
  /** Waits until the window would show it. */
  container(host: LabHost, name: string, is?: (container: Container) => boolean): Promise<Container>;
  network(host: LabHost, name: string): Promise<Network>;
  /** Previews and applies. */
  change(request: ChangeRequest): Promise<Result<ChangeRecord>>;
  /** The problems of the preview. */
  problems(request: ChangeRequest): Promise<Problem[]>;
  /** The notices of all its hosts. */
  notices(request: ChangeRequest): Promise<Notice[]>;
  /** Proves isolation, and waits for the report. */
  isolation(networks: NetworkRefs): Promise<IsolationReport>;
  end(): Promise<void>;
}

/**
 * @param engines the ways to the hosts, where they are not their sockets; ids are those of the sockets all the same.
 * @param prepare puts into its folder what an earlier console left there
 * @param asksForConflicts see `ConsoleOptions`
 */
export async function startConsole(
  hosts: readonly LabHost[],
  engines: StartingEngines = givenEndpoints(hosts.map(({ endpoint }) => endpoint)),
  prepare: (userDataDir: string) => Promise<void> = async () => undefined,
  asksForConflicts = false,
): Promise<TestConsole> {
  const userDataDir = await mkdtemp(join(tmpdir(), 'trunkline-console-'));
  await prepare(userDataDir);
  const reported: unknown[] = [];
  const deltas: Delta[] = [];
  const core = await createConsole({
    engines,
    userDataDir,
    report: (error) => reported.push(error),
    // What a look finds is what is tested, and on a busy machine one takes its time.
    lookPatienceMs: 30_000,
    // Each time it is a helper beside every container that starts, and most tests are of other things.
    asksForConflicts,
    info: { version: '0', transport: 'web', readOnly: false, locale: 'en', platform: 'linux' },
  });
  core.subscribe((name, data) => {
    if (name === 'inventory.delta') deltas.push(data as Delta);
  });

  const run: TestConsole['run'] = (name, input) =>
    dispatch(core.handlers, name, input, (_name, error) => reported.push(error)) as never;
  const value: TestConsole['value'] = async (name, input) => {
    const result = await run(name, input);
    if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`);
    return result.value;
  };
  const snapshot = () => value('inventory.get', {});
  const engineId = (host: LabHost) => engineIdFor(host.endpoint);
  const shown = <T extends { engineId: string; name: string }>(
    things: readonly T[],
    host: LabHost,
    name: string,
  ) => things.find((each) => each.name === name && each.engineId === engineId(host));

  await until('all engines to be online', async () =>
    (await snapshot()).engines.every((each) => each.state === 'online'),
  ).catch(async (error: unknown) => {
    const { engines: all } = await snapshot();
    await core.dispose();
    const told = all.map(({ endpoint, state, problem }) => `${endpoint} ${state} ${problem?.message ?? ''}`);
    throw new Error([String(error), ...told, ...reported.map(String)].join('\n'));
  });
  return {
    core,
    folder: userDataDir,
    deltas,
    reported,
    run,
    value,
    snapshot,
    engineId,
    container: (host, name, is = () => true) =>
      until(`${name} of ${host.name} as expected`, async () => {
        const found = shown((await snapshot()).containers, host, name);
        return found?.detail && is(found) ? found : undefined;
      }),
    network: (host, name) =>
      until(`${name} of ${host.name}`, async () => shown((await snapshot()).networks, host, name)),
    change: async (request) => {
      const preview = await run('change.preview', { request });
      return preview.ok ? run('change.apply', { id: preview.value.id }) : preview;
    },
    problems: async (request) => (await value('change.preview', { request })).problems,
    notices: async (request) =>
      (await value('change.preview', { request })).hosts.flatMap((each) => each.notices),
    isolation: async (networks) => {
      const { id } = await value('run.start', { request: { kind: 'isolation', networks } });
      const { result } = await until('the isolation run to be over', async () => {
        const run = await value('run.get', { id });
        return isRunOver(run) ? run : undefined;
      });
      if (!result) throw new Error('the isolation run has no result');
      return result.report;
    },
    async end() {
      await core.dispose();
      await rm(userDataDir, { recursive: true, force: true });
    },
  };
}

/** The pin that the engine itself has for a container on a network. */
export async function pinOnEngine(
  host: LabHost,
  container: string,
  network: string,
): Promise<{ pin?: string; address?: string } | null> {
  const text = await host.docker('inspect', '-f', '{{json .NetworkSettings.Networks}}', container);
  const found = (
    JSON.parse(text) as Record<string, { IPAMConfig: { IPv4Address?: string } | null; IPAddress: string }>
  )[network];
  return found ? { pin: found.IPAMConfig?.IPv4Address, address: found.IPAddress } : null;
}

/** All that the engine knows of its containers and networks, for comparing before and after. */
export async function everythingOn(host: LabHost): Promise<unknown> {
  const ids = async (...args: string[]) => (await host.docker(...args)).split(/\s+/).filter(Boolean);
  const containers = await ids('ps', '-aq', '--no-trunc');
  const networks = await ids('network', 'ls', '-q', '--no-trunc');
  const inspect = async (what: string[]) =>
    what.length > 0 ? (JSON.parse(await host.docker('inspect', ...what)) as unknown[]) : [];
  return { containers: await inspect(containers), networks: await inspect(networks) };
}
