import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { startDemo } from '../../electron/demo';
import type { ChangeRequest } from '../../shared/model';
import { buildChild, startChild, type ConsoleChild } from './child';
import { startProxy } from './proxy';

const endings: (() => Promise<unknown>)[] = [];
let folder = '';
let built = '';
let program = '';
beforeAll(async () => {
  built = await mkdtemp(join(tmpdir(), 'trunkline-child-'));
  program = await buildChild(built);
});
afterAll(() => rm(built, { recursive: true, force: true }));
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trunkline-shared-'));
});
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
  await rm(folder, { recursive: true, force: true });
});

async function start(endpoint: string): Promise<ConsoleChild> {
  const child = await startChild(program, folder, [endpoint]);
  endings.push(() => child.end());
  return child;
}
const lines = async () => (await readFile(join(folder, 'changes.jsonl'), 'utf8')).trim().split('\n');

async function attaching(child: ConsoleChild, name: string, ipv4: string): Promise<ChangeRequest> {
  const { containers, networks } = await child.value('inventory.get', {});
  const who = containers.find((each) => each.name === name);
  const networkId = networks.find((each) => each.name === 'iot')?.id ?? '';
  return { kind: 'attach', engineId: who?.engineId ?? '', containerId: who?.id ?? '', networkId, ipv4 };
}
/** Attached and taken off again: twelve lines or so. Gives its id. */
async function toAndFro(child: ConsoleChild): Promise<string> {
  const done = await child.apply(await attaching(child, 'dns-primary', '10.21.0.201'));
  if (!done.ok) throw new Error(JSON.stringify(done.error));
  await child.value('change.undo', { id: done.value.id });
  return done.value.id;
}
/** Until the log fits, or has grown by more than any console waits until it tries to trim it. */
async function changeMuch(child: ConsoleChild): Promise<string> {
  const until = (await lines()).length + 150;
  for (;;) {
    const id = await toAndFro(child);
    const { length } = await lines();
    if (length > until || length < 2_000) return id;
  }
}

it('a log that two consoles write to is trimmed by the one that is left, with what the killed one was at', async () => {
  const demo = await startDemo({ hosts: 1, containers: 20, version: '26.1' });
  endings.push(() => demo.close());
  const proxy = await startProxy(demo.endpoints[0] ?? '');
  endings.push(() => proxy.close());
  const author = await start(proxy.endpoint);
  await toAndFro(author);
  await author.end();
  const settled = (await lines()).at(-1) ?? '';
  const { id } = (JSON.parse(settled) as { record: { id: string } }).record;
  const years = Array.from({ length: 19_960 }, (_, at) => settled.replaceAll(id, `old-${String(at)}`));
  await writeFile(join(folder, 'changes.jsonl'), `${years.join('\n')}\n`);

  const [one, other] = [await start(demo.endpoints[0] ?? ''), await start(proxy.endpoint)];
  const theirs = await toAndFro(other);
  proxy.fault = ({ changes }) => (changes ? { kind: 'hold-after' } : undefined);
  void other.apply(await attaching(other, 'dns-secondary', '10.21.0.202'));
  await proxy.held();
  await changeMuch(one);
  expect((await lines()).length).toBeGreaterThan(20_000);

  await other.kill();
  proxy.fault = () => undefined;
  proxy.release();
  const mine = await changeMuch(one);
  // A line for each of a thousand, and what has come since.
  expect((await lines()).length).toBeLessThan(1_200);
  await one.end();
  // By the way that the killed one went: an engine's id is that of its address.
  const next = await start(proxy.endpoint);
  const records = await next.value('change.list', { limit: 1000 });
  expect(records.map((each) => each.id)).toEqual(expect.arrayContaining([theirs, mine]));
  const cut = records.filter((each) => each.state === 'interrupted');
  expect(cut).toMatchObject([{ request: { kind: 'attach', ipv4: '10.21.0.202' } }]);
  const [left = { id: '', hosts: [] }] = cut;
  const finish = { id: left.id, action: 'finish', seen: left.hosts } as const;
  expect((await next.value('change.recover', finish)).state).toBe('applied');
});
