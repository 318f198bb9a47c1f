import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startingEngines } from '../../electron/engines';
import { parseOptions } from '../../electron/launch/options.mjs';
import { createConsole, type TrunklineConsole } from '../../electron/services/console';
import { dispatch } from '../../electron/services/dispatch';
import { Storage } from '../../electron/services/storage/storage';
import type { CommandInput, CommandName, CommandOutput } from '../../shared/contract';
import type { Engine, EngineConfigList, EngineConnection, Result } from '../../shared/model';
import { until, type LabHost } from '../lab';
import { freshLab } from '../lab/vitest';

const lab = freshLab();
const [first, second] = lab.hosts;

let folder: string;
let core: TrunklineConsole | null = null;
let lists: EngineConfigList[] = [];
let reported: unknown[] = [];
const file = () => join(folder, 'engines.yaml');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trunkline-engines-'));
  // The admin has decided for none: whatever engine this machine has is not looked for.
  await writeFile(file(), 'version: 1\nengines: []\n');
});
afterEach(async () => {
  await end();
  await rm(folder, { recursive: true, force: true });
});

const fail = (error: unknown) => {
  throw error;
};

/** The console as both programs put it together, without a window. */
async function start(...args: string[]): Promise<void> {
  lists = [];
  reported = [];
  const report = (error: unknown) => void reported.push(error);
  const storage = new Storage(report);
  const { engines: starting } = await startingEngines(parseOptions(args), folder, null, storage);
  core = await createConsole({
    engines: starting,
    userDataDir: folder,
    storage,
    report,
    info: { version: '0', transport: 'web', readOnly: false, locale: 'en', platform: 'linux' },
  });
  core.subscribe((name, data) => {
    if (name === 'engines.configured') lists.push(data as EngineConfigList);
  });
}
async function end(): Promise<void> {
  await core?.dispose();
  core = null;
}
const run = <N extends CommandName>(name: N, input: CommandInput<N>): Promise<Result<CommandOutput<N>>> => {
  if (!core) throw new Error('no console runs');
  return dispatch(core.handlers, name, input, (_name, error) => fail(error)) as never;
};
async function value<N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandOutput<N>> {
  const result = await run(name, input);
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`);
  return result.value;
}
const engines = async (): Promise<Engine[]> => (await value('inventory.get', {})).engines;
const online = (id: string) =>
  until(`${id} to be online`, async () =>
    (await engines()).find((each) => each.id === id && each.state === 'online'),
  );
const containers = async (): Promise<string[]> =>
  (await value('inventory.get', {})).containers.map((each) => each.name).sort();
const shows = (...names: string[]) =>
  until(`the picture to show ${names.join(', ')}`, async () => (await containers()).join() === names.join());
const socketOf = (host: LabHost): EngineConnection => ({
  kind: 'socket',
  path: host.endpoint.replace('unix://', ''),
});
const runContainer = (host: LabHost, name: string) =>
  host.docker('run', '-d', '--name', name, lab.image, 'sleep', '3600');

describe('engines of the settings', () => {
  it('are added, labelled, arranged, kept over a restart, moved to another host and removed', async () => {
    await Promise.all([runContainer(first, 'here'), runContainer(second, 'there')]);
    await start();
    expect(await engines()).toEqual([]);
    expect(await value('app.info', {})).toMatchObject({ demo: false });

    const tested = await value('engines.test', { connection: socketOf(first) });
    expect(tested.sameAs).toBeUndefined();
    expect(tested).toMatchObject({ product: 'docker', version: expect.stringMatching(/^\d+\./) as string });
    const { engineId: id } = await value('engines.add', { connection: socketOf(first), name: 'Atlas' });
    const since = (await online(id)).since;
    await shows('here');
    // Known again, whatever way leads there.
    await symlink(first.endpoint.replace('unix://', ''), join(folder, 'other.sock'));
    const elsewhere = { kind: 'socket' as const, path: join(folder, 'other.sock') };
    expect((await value('engines.test', { connection: elsewhere })).sameAs).toBe(id);
    expect((await value('engines.test', { connection: socketOf(second) })).sameAs).toBeUndefined();

    await value('engines.edit', {
      id,
      connection: socketOf(first),
      name: 'Boreas',
      colour: 'orange',
      group: 'Cellar',
    });
    const { engineId: other } = await value('engines.add', { connection: socketOf(second) });
    await online(other);
    await shows('here', 'there');
    await value('engines.arrange', { order: [other, id] });
    expect((await engines()).map((each) => each.id)).toEqual([other, id]);
    expect((await engines())[1]).toMatchObject({ name: 'Boreas', colour: 'orange', group: 'Cellar', since });

    await end();
    await start();
    await Promise.all([online(id), online(other)]);
    await shows('here', 'there');
    expect((await engines()).map((each) => each.id)).toEqual([other, id]);
    expect((await engines())[1]).toMatchObject({ name: 'Boreas', colour: 'orange', group: 'Cellar' });

    await value('engines.remove', { engineId: other });
    await shows('here');
    await value('engines.edit', { id, connection: socketOf(second), name: 'Boreas' });
    await online(id);
    await shows('there');
    await value('engines.remove', { engineId: id });
    expect(await value('inventory.get', {})).toMatchObject({ engines: [], networks: [], containers: [] });
    // Nothing happened on the engines themselves.
    expect(await first.docker('ps', '--format', '{{.Names}}')).toContain('here');
    expect(await second.docker('ps', '--format', '{{.Names}}')).toContain('there');
    expect(reported).toEqual([]);
  });

  it('follow the file while it is edited by hand', async () => {
    await start();
    await writeFile(
      file(),
      `version: 1\nengines:\n  # the first one\n  - address: ${first.endpoint}\n    name: By hand\n`,
    );
    const engine = await until('the engine of the file', async () =>
      (await engines()).find((each) => each.name === 'By hand' && each.state === 'online'),
    );
    await value('engines.edit', { id: engine.id, connection: socketOf(first), name: 'In the window' });
    const text = await readFile(file(), 'utf8');
    expect(text).toContain('# the first one');
    await writeFile(
      file(),
      text.replace('In the window', 'By hand again').replace(first.endpoint, second.endpoint),
    );
    await until('the engine to be the other host', async () => {
      const found = (await engines()).find((each) => each.id === engine.id);
      return (
        found?.name === 'By hand again' && found.state === 'online' && found.endpoint === second.endpoint
      );
    });
    await writeFile(file(), 'engines: {');
    await until('the window to be told', () => lists.at(-1)?.problem?.code === 'settings_broken');
    expect(await run('engines.remove', { engineId: engine.id })).toMatchObject({
      error: { code: 'settings_broken' },
    });
    expect(await readFile(file(), 'utf8')).toBe('engines: {');
    expect((await engines())[0]).toMatchObject({ id: engine.id, state: 'online' });
  });

  it('begin anew beside a file that was broken at the start', async () => {
    await writeFile(file(), 'version: 1\nengines: lots\n');
    await start();
    const { problem } = await value('engines.configs', {});
    expect(problem).toMatchObject({ code: 'settings_broken' });
    expect(await engines()).toEqual([]);
    const { engineId } = await value('engines.add', { connection: socketOf(first) });
    await online(engineId);
    expect((await value('engines.configs', {})).problem).toBeUndefined();
    const [aside] = (await readdir(folder)).filter((name) => name.startsWith('engines.yaml.broken-'));
    expect(await readFile(join(folder, String(aside)), 'utf8')).toBe('version: 1\nengines: lots\n');
  });
});

describe('engines of the command line', () => {
  it('stand beside those of the settings, and are read from a file as well', async () => {
    const hosts = join(folder, 'hosts');
    await writeFile(hosts, `# the lab\n${second.endpoint}\n\n${first.endpoint}   # twice\n`);
    await start('--host', first.endpoint, '--hosts-file', hosts);
    await until('both engines', async () => {
      const all = await engines();
      return all.length === 2 && all.every((each) => each.state === 'online');
    });
    const { engines: entries } = await value('engines.configs', {});
    expect(entries.map((each) => each.source)).toEqual(['argument', 'file']);
    // Taken into the settings, it keeps its id: plans and policies speak of it.
    const { engineId } = await value('engines.add', { connection: socketOf(first), name: 'Mine' });
    expect(engineId).toBe(entries[0]?.id);
    await end();
    await start();
    expect((await online(engineId)).name).toBe('Mine');
  });
});

it('an engine that is cut off keeps the others from nothing', async () => {
  await start();
  const { engineId: gone } = await value('engines.add', {
    connection: { kind: 'socket', path: join(folder, 'nobody.sock') },
  });
  const { engineId: here } = await value('engines.add', { connection: socketOf(first) });
  await online(here);
  const offline = await until('the other to be offline', async () =>
    (await engines()).find((each) => each.id === gone && each.state === 'offline'),
  );
  expect(offline.problem).toMatchObject({ code: 'engine_unreachable' });
  await value('engines.edit', { id: gone, connection: socketOf(second), name: 'Back' });
  expect((await online(gone)).name).toBe('Back');
});
