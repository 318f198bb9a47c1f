import { join } from 'node:path';
import type { CommandInput, CommandName, CommandOutput } from '../../../shared/contract';
import type { Delta, EngineConfigList, EngineConnection, Result } from '../../../shared/model';
import { createConsole, type TrunklineConsole } from '../console';
import { dispatch } from '../dispatch';
import { dockerWays } from '../engines/docker-ways';
import type { GivenEngine } from '../engines/engine-list';
import { HostsFile } from '../engines/hosts-file';
import { OrderFile } from '../engines/order-file';
import { Secrets, type Keychain } from '../engines/secrets';
import { EngineSettingsFile } from '../engines/settings-file';
import type { EngineWays } from '../engines/ways';
import { Storage } from '../storage/storage';

export interface SettingsConsole {
  core: TrunklineConsole;
  ways: EngineWays;
  settings: EngineSettingsFile;
  /** Everything that was pushed, in order. */
  lists: EngineConfigList[];
  deltas: Delta[];
  reported: unknown[];
  run<N extends CommandName>(name: N, input: CommandInput<N>): Promise<Result<CommandOutput<N>>>;
  /** The same, for what must succeed. */
  value<N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandOutput<N>>;
  /** Code of the error, for what must not. */
  refused<N extends CommandName>(name: N, input: CommandInput<N>): Promise<string>;
}

export interface SettingsConsoleOptions {
  given?: readonly GivenEngine[];
  /** As `--hosts-file`. */
  hostsFile?: string;
  keychain?: Keychain | null;
  endDemo?: () => Promise<void>;
  /** In place of the real ways, which they may call. */
  ways?: (real: EngineWays) => EngineWays;
  demoOnly?: boolean;
}

/** A whole console on the settings of a folder, without a window and without anything of this machine. */
export async function settingsConsole(
  userDataDir: string,
  {
    given = [],
    hostsFile: hosts,
    keychain = null,
    endDemo,
    ways: replace,
    demoOnly = false,
  }: SettingsConsoleOptions = {},
): Promise<SettingsConsole> {
  const secrets = new Secrets(keychain);
  const reported: unknown[] = [];
  const report = (error: unknown) => void reported.push(error);
  const real = dockerWays({
    home: join(userDataDir, 'home'),
    env: {},
    knownHostsFile: join(userDataDir, 'known_hosts'),
    passphrase: (file) => secrets.get(file),
  });
  const ways = replace?.(real) ?? real;
  const storage = new Storage(report);
  const settings = await EngineSettingsFile.open(join(userDataDir, 'engines.yaml'), ways, storage);
  const order = await OrderFile.open(join(userDataDir, 'order.json'), storage);
  const hostsFile = hosts === undefined ? undefined : await HostsFile.open(hosts, ways);
  const core = await createConsole({
    engines: {
      ...{ settings, order, ways, secrets, demoOnly, endDemo: endDemo ?? (async () => undefined) },
      given: [...given, ...(hostsFile?.engines() ?? [])],
      ...(hostsFile && { hostsFile }),
    },
    userDataDir,
    report,
    storage,
    info: { version: '0', transport: 'web', readOnly: false, locale: 'en', platform: 'linux' },
  });
  const lists: EngineConfigList[] = [];
  const deltas: Delta[] = [];
  core.subscribe((name, data) => {
    if (name === 'engines.configured') lists.push(data as EngineConfigList);
    if (name === 'inventory.delta') deltas.push(data as Delta);
  });
  const run: SettingsConsole['run'] = (name, input) =>
    dispatch(core.handlers, name, input, (_name, error) => report(error)) as never;
  return {
    core,
    ways,
    settings,
    lists,
    deltas,
    reported,
    run,
    value: async (name, input) => {
      const result = await run(name, input);
      if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`);
      return result.value;
    },
    refused: async (name, input) => {
      const result = await run(name, input);
      return result.ok ? 'it was done' : result.error.code;
    },
  };
}

/** The connection of an address. */
export function connectionTo(ways: EngineWays, address: string): EngineConnection {
  const read = ways.connectionOf(address);
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
}
