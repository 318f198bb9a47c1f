import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Engine } from '../../../shared/model';
import { startDemo, type Demo } from '../../demo';
import { Storage } from '../storage/storage';
import { settingsConsole, type SettingsConsole } from '../testing/settings-console';
import { HostNames } from './host-names';

let folder: string;
let demo: Demo | null = null;
let opened: SettingsConsole | null = null;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trunkline-names-'));
});
afterEach(async () => {
  await opened?.core.dispose();
  await demo?.close();
  opened = demo = null;
  await rm(folder, { recursive: true, force: true });
});

const settings = (...entries: string[]) =>
  writeFile(
    join(folder, 'engines.yaml'),
    `version: 1\nengines:\n${entries.map((one) => `  - ${one}\n`).join('')}`,
  );
/** Starts a console, and gives the engine once it is so; then the console has ended. */
async function engineOf(state: Engine['state'], given: string[] = []): Promise<Engine> {
  const started = (opened = await settingsConsole(folder, {
    given: given.map((path) => ({
      config: { id: 'h', connection: { kind: 'socket', path } },
      source: 'argument',
    })),
  }));
  const engine = await vi.waitFor(
    async () => {
      const [one] = (await started.value('inventory.get', {})).engines;
      expect(one?.state).toBe(state);
      return one!;
    },
    { timeout: 20_000, interval: 50 },
  );
  await started.core.dispose();
  opened = null;
  return engine;
}
async function downAfterwards(): Promise<{ path: string; name: string }> {
  demo = await startDemo({ hosts: 1, containers: 2 });
  const address = demo.endpoints[0]!;
  await settings(`{ id: h, address: "${address}" }`);
  const { name } = await engineOf('online');
  await demo.close();
  demo = null;
  expect(name).not.toContain('/');
  return { path: address.replace('unix://', ''), name };
}

describe('a host that is down when the console starts', () => {
  it('is named as it called itself last, and the problem with it names it so', async () => {
    const { name } = await downAfterwards();
    const { name: shown, hostName, problem, version } = await engineOf('offline');
    expect([shown, hostName, version]).toEqual([name, name, '']);
    expect(problem?.message).toContain(name);
  });

  it('is named as the admin does, whatever it called itself', async () => {
    const { path } = await downAfterwards();
    await settings(`{ id: h, address: "unix://${path}", name: Attic }`);
    const { name, problem } = await engineOf('offline');
    expect(name).toBe('Attic');
    expect(problem?.message).toContain('Attic');
  });

  it('is named by its address where it has never answered at it', async () => {
    await downAfterwards();
    const other = join(folder, 'other.sock');
    await settings(`{ id: h, address: "unix://${other}" }`);
    expect((await engineOf('offline')).name).toBe(other);
  });

  it('is named so too where the command line gives it', async () => {
    const { path, name } = await downAfterwards();
    await settings();
    await writeFile(join(folder, 'engines.yaml'), 'version: 1\nengines: []\n');
    expect((await engineOf('offline', [path])).name).toBe(name);
  });

  it('is forgotten with its entry', async () => {
    const { path } = await downAfterwards();
    opened = await settingsConsole(folder);
    await opened.value('engines.remove', { engineId: 'h' });
    await opened.core.dispose();
    await settings(`{ id: h, address: "unix://${path}" }`);
    expect((await engineOf('offline')).name).toBe(path);
  });
});

it.each(['{', '{"version":1,"hosts":{"h":{"endpoint":"x","name":""}}}'])(
  'a file that is none is set aside, and costs the names alone: %s',
  async (text) => {
    const file = join(folder, 'host-names.json');
    await writeFile(file, text);
    const names = await HostNames.open(file, new Storage(() => undefined));
    expect(names.last('h', 'x')).toBe('');
    const engine = { id: 'h', endpoint: 'x', hostName: 'atlas', state: 'online', demo: false } as Engine;
    names.onDelta({ engine } as never);
    await names.flush();
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({
      version: 1,
      hosts: { h: { endpoint: 'x', name: 'atlas' } },
    });
  },
);
