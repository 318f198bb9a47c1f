import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import type { Engine, EngineConfig, EngineConnection } from '../../shared/model';
import { startDemo, type Demo } from '../demo';
import type { GivenEngine } from '../services/engines/engine-list';
import {
  settingsConsole,
  type SettingsConsole,
  type SettingsConsoleOptions,
} from '../services/testing/settings-console';

let demo: Demo;
let folder = '';
const running: SettingsConsole[] = [];

/** For a file of tests: real consoles on a folder of each test's own, and engines simulated behind real sockets. */
export function useDemoConsoles(hosts: number, containers: number): void {
  beforeAll(async () => {
    demo = await startDemo({ hosts, containers });
  });
  afterAll(() => demo.close());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trunkline-engines-'));
  });
  afterEach(async () => {
    await endAll();
    await rm(folder, { recursive: true, force: true });
  });
}

export async function endAll(): Promise<void> {
  for (const each of running.splice(0)) await each.core.dispose();
}

/** A console on the test's folder; ended after the test. */
export async function start(options?: SettingsConsoleOptions): Promise<SettingsConsole> {
  const console = await settingsConsole(folder, options);
  running.push(console);
  return console;
}

export const inFolder = (name: string): string => join(folder, name);
export const yaml = (): Promise<string> => readFile(inFolder('engines.yaml'), 'utf8');
export const endpointOf = (index: number): string => demo.endpoints[index] ?? '';
export const socketOf = (index: number): EngineConnection & { kind: 'socket' } => ({
  kind: 'socket',
  path: endpointOf(index).replace('unix://', ''),
});
export const given = (source: GivenEngine['source'], id: string, index: number): GivenEngine => ({
  config: { id, connection: socketOf(index) },
  source,
});

export const engines = async (on: SettingsConsole): Promise<Engine[]> =>
  (await on.value('inventory.get', {})).engines;
export const engine = async (on: SettingsConsole, id: string): Promise<Engine | undefined> =>
  (await engines(on)).find((each) => each.id === id);
/** `id source` of each entry, in order. */
export const listed = async (on: SettingsConsole): Promise<string[]> =>
  (await on.value('engines.configs', {})).engines.map(({ id, source }) => `${id} ${source}`);

/** Waits until the engine is online and its containers are read. */
export const online = (on: SettingsConsole, id: string): Promise<void> =>
  vi.waitFor(
    async () => {
      const { containers } = await on.value('inventory.get', {});
      expect(await engine(on, id)).toMatchObject({ state: 'online' });
      expect(containers.some((each) => each.engineId === id && each.detail)).toBe(true);
    },
    { timeout: 20_000 },
  );

/** Adds the demo's engine of this number and waits until it is shown; gives its id. */
export async function added(
  on: SettingsConsole,
  index: number,
  labels: Partial<EngineConfig> = {},
): Promise<string> {
  const { engineId } = await on.value('engines.add', { connection: socketOf(index), ...labels });
  await online(on, engineId);
  return engineId;
}
