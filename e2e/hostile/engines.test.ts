import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startDemo, type Demo } from '../../electron/demo';
import { buildWhatChanged } from '../../electron/launch/build.mjs';
import type { ChangePreview, Engine, SegmentImport, Snapshot } from '../../shared/model';
import { visible } from '../../shared/rules';
import { until } from '../lab/poll';
import { serveConsole, type ServedConsole } from '../soak/served';
import { actingNames, eventFlood, hostileCases, longNames } from './hostile-cases';
import { startHostile, type HostileEngine } from './hostile-engine';

/** Whatever stands at one engine's address: the console lives, and serves the other engines as before. */
const most = { lines: 40, characters: 100_000, entry: 20_000, megabytes: 800 };

let folder: string;
let demo: Demo;
let hostile: HostileEngine;
let served: ServedConsole;
let strangersAsked = 0;
const stranger = createServer((_, response) => {
  strangersAsked += 1;
  response.end('[]');
});

beforeAll(async () => {
  await buildWhatChanged(['renderer', 'serve', 'threads']);
  folder = await mkdtemp(join(tmpdir(), 'trunkline-beside-hostile-'));
  demo = await startDemo({ hosts: 1, containers: 5 });
  hostile = await startHostile();
  await new Promise<void>((done) => stranger.listen(0, '127.0.0.1', done));
  const endpoints = [hostile.endpoint, ...demo.endpoints];
  served = await serveConsole(endpoints, folder, { keep: 10_000_000 });
  await until('the healthy engine', async () => (await engines()).good.state === 'online');
}, 120_000);

afterAll(async () => {
  await served?.end();
  await Promise.all([hostile?.close(), demo?.close(), new Promise((done) => stranger.close(done))]);
  await rm(folder, { recursive: true, force: true });
}, 30_000);

async function engines(): Promise<{ bad: Engine; good: Engine }> {
  const list = (await served.api('engines.list')) as Engine[];
  const at = (endpoint: string | undefined) => list.find((each) => each.endpoint === endpoint);
  const [bad, good] = [at(hostile.endpoint), at(demo.endpoints[0])];
  if (!bad || !good) throw new Error(`engines are missing: ${JSON.stringify(list)}`);
  return { bad, good };
}

/** Until an attempt has come to its end: another begins only then. */
async function tried(): Promise<Engine> {
  const { bad } = await engines();
  await until('two attempts on the hostile engine', async () => {
    await served.api('engines.retry', { engineId: bad.id });
    return hostile.attempts() >= 2;
  });
  return (await engines()).bad;
}

async function retry(): Promise<void> {
  await served.api('engines.retry', { engineId: (await engines()).bad.id });
}

async function expectHealthy(): Promise<void> {
  expect(served.exitCode()).toBeNull();
  const { good } = await engines();
  expect(good).toMatchObject({ state: 'online' });
  const spec = {
    name: 'beside',
    driver: 'macvlan',
    parent: 'eth0.931',
    mode: 'bridge',
    subnet: '10.193.1.0/24',
  };
  const request = {
    kind: 'create-network',
    engineId: good.id,
    spec: { ...spec, exclusions: [], internal: false },
  };
  const preview = (await served.api('change.preview', { request })) as ChangePreview;
  expect(preview.hosts[0]?.steps.length).toBeGreaterThan(0);
  const inventory = (await served.api('inventory.get')) as Snapshot;
  expect(inventory.containers.filter((each) => each.engineId === good.id)).toHaveLength(5);
}

function expectQuietTerminal(): void {
  const output = served.output();
  expect(visible(output)).toBe(output);
  expect(output).not.toContain('\r');
  for (const entry of output.split('\n').filter((line) => line.startsWith('[trunkline]')))
    expect(entry).toContain(hostile.endpoint);
  expect(output.split('\n').length).toBeLessThan(most.lines);
  expect(output.length).toBeLessThan(most.characters);
}

const cases = hostileCases(() => `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`);

it.each(Object.entries(cases))('%s', async (_, { answer, problem }) => {
  hostile.behave(answer);
  const bad = await tried();
  expect(bad).toMatchObject({ state: 'offline', problem });
  expect(bad.problem?.message).toMatch(/\w+ \w+/);
  expect(JSON.stringify(bad).length).toBeLessThan(most.entry);
  await expectHealthy();
  expectQuietTerminal();
  expect(strangersAsked).toBe(0);
});

it('a test of a connection follows no redirect either', async () => {
  hostile.behave(cases['status 307 to what would answer']?.answer ?? (() => expect.unreachable()));
  const connection = { kind: 'socket', path: hostile.endpoint.replace('unix://', '') };
  await expect(served.api('engines.test', { connection })).rejects.toThrow('points to another address');
  expect(strangersAsked).toBe(0);
  await expectHealthy();
});

it('names that act on what shows them', async () => {
  hostile.behave(actingNames);
  await retry();
  const problem = await until('the engine’s problem', async () => {
    const { bad } = await engines();
    return bad.state === 'online' ? bad.problem : undefined;
  });
  expect(problem.code).toBe('engine_error');
  await expectHealthy();
  expectQuietTerminal();
});

it('names of 1 MB each', async () => {
  hostile.behave(longNames);
  const bad = await until('the engine of long names', async () => {
    await retry();
    const each = (await engines()).bad;
    return each.hostName.startsWith('xxx') && each.state === 'online' ? each : undefined;
  });
  expect(JSON.stringify(bad).length).toBeLessThan(most.entry);
  await expectHealthy();
  expectQuietTerminal();
});

it('a flood of events', async () => {
  const { answer, sent } = eventFlood();
  hostile.behave(answer);
  await retry();
  await until('many events to be read', async () => {
    await expectHealthy();
    return sent() > 100_000;
  });
  // Not even those of the engine itself are followed one by one.
  expect(hostile.attempts()).toBeLessThan(sent() / 100);
  expectQuietTerminal();
});

it('memory and terminal stay bounded after all of it', async () => {
  const status = await readFile(`/proc/${served.pid}/status`, 'utf8');
  const megabytes = (field: string) => Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024;
  expect(megabytes('VmHWM')).toBeGreaterThan(0);
  expect(megabytes('VmHWM')).toBeLessThan(most.megabytes);
  expectQuietTerminal();
});

it('a text of a thousand networks is read beside all else', async () => {
  const network = (at: number) =>
    `  n${at}: &a${at}\n    driver: macvlan\n    driver_opts: {parent: eth0.${at + 1}}\n` +
    `    ipam: {config: [{subnet: 10.${at >> 8}.${at & 255}.0/24}]}\n`;
  const text = `networks:\n${Array.from({ length: 1000 }, (_, at) => network(at)).join('')}`;
  const answered: string[] = [];
  const note = (name: string) => (value: unknown) => {
    answered.push(name);
    return value;
  };
  const imported = served.api('segments.import', { format: 'compose', text }).then(note('import'));
  for (let at = 0; at < 3; at += 1) await served.api('engines.list').then(note('list'));
  const { segments } = (await imported) as SegmentImport;
  expect(segments).toHaveLength(1000);
  expect(answered).toEqual(['list', 'list', 'list', 'import']);
});
