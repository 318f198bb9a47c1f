import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDemo, type Demo } from '../../electron/demo';
import type { Engine, EngineConfigList } from '../../shared/model';
import { expect, serve, test, type Served } from '../fixtures/web';

/** Engines of this test's own, reached over their sockets as real ones are. */
let demo: Demo;
let folder: string;
let served: Served | null = null;
test.beforeAll(async () => {
  demo = await startDemo({ hosts: 3, containers: 3 });
});
test.afterAll(() => demo.close());
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trunkline-engines-'));
});
test.afterEach(async () => {
  await end();
  await rm(folder, { recursive: true, force: true });
});

const file = () => join(folder, 'engines.yaml');
async function start(...args: string[]): Promise<Served> {
  served = await serve(args, folder);
  return served;
}
async function end(): Promise<void> {
  await served?.end();
  served = null;
}
async function value<T>(command: string, input: unknown = {}): Promise<T> {
  const answer = await served?.api(command, input);
  if (!answer?.ok) throw new Error(`${command}: ${JSON.stringify(answer?.error)}`);
  return answer.value as T;
}
const socket = (index: number) => ({
  kind: 'socket',
  path: (demo.endpoints[index] ?? '').replace('unix://', ''),
});
const shows = (engines: unknown[]) =>
  expect
    .poll(async () => (await value<Engine[]>('engines.list')).map(({ name, state }) => `${name} ${state}`))
    .toEqual(engines);

test('scripts add, label, arrange and remove engines; they are there again at the next start', async () => {
  await writeFile(file(), 'version: 1\nengines: []\n');
  await start();
  const [a, b] = await Promise.all(
    [0, 1].map((index) =>
      value<{ engineId: string }>('engines.add', { connection: socket(index), name: `Host ${index}` }),
    ),
  );
  await value('engines.arrange', { order: [b?.engineId, a?.engineId] });
  await shows(['Host 1 online', 'Host 0 online']);
  await value('engines.edit', { id: a?.engineId, connection: socket(2), name: 'Moved', group: 'Cellar' });
  await shows(['Host 1 online', 'Moved online']);
  await end();
  await start();
  await shows(['Host 1 online', 'Moved online']);
  expect((await stat(file())).mode & 0o777).toBe(0o600);
  await value('engines.remove', { engineId: b?.engineId });
  await shows(['Moved online']);
});

test('what can’t be meant is refused in the protocol’s words', async () => {
  await writeFile(file(), 'version: 1\nengines: []\n');
  const { api } = await start();
  const plain = { kind: 'tcp', host: '192.0.2.1', port: 2375, tls: null };
  expect(await api('engines.add', { connection: plain })).toMatchObject({
    error: { code: 'plain_tcp_unaccepted', params: { address: 'tcp://192.0.2.1:2375' } },
  });
  expect(await api('engines.add', { connection: { kind: 'carrier pigeon' } })).toMatchObject({
    error: { code: 'invalid_input' },
  });
  const secret = { kind: 'ssh', host: 'me:hunter2@atlas' };
  expect(await api('engines.add', { connection: secret })).toMatchObject({
    error: { code: 'invalid_input' },
  });
  expect(await api('engines.unlock', { engineId: 'nobody', passphrase: 'hunter2' })).toMatchObject({
    error: { code: 'engine_unknown' },
  });
  expect(await readFile(file(), 'utf8')).toBe('version: 1\nengines: []\n');
  expect(served?.output()).not.toContain('hunter2');
});

test('a broken file is set aside and told of', async () => {
  await writeFile(file(), 'version: 1\nengines: lots\n');
  await start();
  const { problem, file: told } = await value<EngineConfigList>('engines.configs');
  expect([problem?.code, told]).toEqual(['settings_broken', file()]);
  const [aside] = (await readdir(folder)).filter((name) => name.startsWith('engines.yaml.broken-'));
  expect(await readFile(join(folder, String(aside)), 'utf8')).toBe('version: 1\nengines: lots\n');
});

test('twenty simulated hosts are online at once', async () => {
  await start('--demo', '--demo-hosts', '20', '--demo-containers', '40');
  await expect
    .poll(
      async () => (await value<Engine[]>('engines.list')).filter(({ state }) => state === 'online').length,
    )
    .toBe(20);
  const { engines } = await value<EngineConfigList>('engines.configs');
  expect(new Set(engines.map((each) => each.source))).toEqual(new Set(['demo']));
});
