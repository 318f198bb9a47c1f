import { existsSync } from 'node:fs';
import { readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ChangeRequest } from '../../../shared/model';
import { PreferencesFile } from '../preferences';
import { Storage } from '../storage/storage';
import { ChangeBench, changing, refusal } from '../testing/change-bench';
import { container, endpoint, FakeEngine, network } from '../testing/fake-engine';

const lan = network('n1', 'lan');
const dmz = network('n2', 'dmz', { subnets: [{ subnet: '10.70.2.0/24', exclusions: {} }], parent: 'eth2' });
const move: ChangeRequest = {
  kind: 'move',
  engineId: 'e1',
  containerId: 'c1',
  fromNetworkId: 'n2',
  toNetworkId: 'n1',
  ipv4: '10.70.1.60',
};
/** Every write to it answers ENOSPC, as a full disk does. */
const full = '/dev/full';

let bench: ChangeBench;
beforeEach(async () => {
  const web = container('c1', 'web', {
    endpoints: [endpoint(dmz, { pinned4: '10.70.2.9', ipv4: '10.70.2.9' })],
  });
  bench = await ChangeBench.open(new FakeEngine().add(lan, dmz, web));
});
afterEach(() => bench.close());

const fill = async (file: string) => {
  if (existsSync(file)) await rename(file, `${file}.kept`);
  await symlink(full, file);
};
const free = async (file: string) => {
  await rm(file);
  if (existsSync(`${file}.kept`)) await rename(`${file}.kept`, file);
};
const sent = () => bench.engine.calls.filter((call) => changing.test(call));
const networks = () => bench.engine.containerMap.get('c1')?.endpoints.map((each) => each.networkName);

it.runIf(existsSync(full))('a change that can’t be written down does not begin', async () => {
  const { changes, log } = await bench.start();
  const { id } = await changes.preview(move);
  await fill(bench.file);
  expect(await refusal(changes.apply(id))).toMatchObject({
    code: 'storage_failed',
    params: { file: 'changes.jsonl', detail: 'the disk is full' },
  });
  expect(sent()).toEqual([]);
  expect(log.list(10)).toEqual([]);
  await free(bench.file);
  await changes.apply((await changes.preview(move)).id);
  await log.flush();
  expect((await bench.start()).log.list(10)).toMatchObject([{ state: 'applied' }]);
});

it.runIf(existsSync(full))(
  'one whose next step can’t be written down is taken back, and told later',
  async () => {
    const { changes, log } = await bench.start();
    const { id } = await changes.preview(move);
    const real = bench.engine.connect.bind(bench.engine);
    bench.engine.connect = async (...args) => {
      await log.flush();
      await fill(bench.file);
      return real(...args);
    };
    expect(await refusal(changes.apply(id))).toMatchObject({
      code: 'storage_failed',
      params: { context: 'midway', rolledBack: 1 },
    });
    expect(networks()).toEqual(['dmz']);
    expect(sent()).toEqual(['connect n1 c1 10.70.1.60', 'disconnect n1 c1']);
    // None of its writes is on its way while the disk changes.
    await log.flush();
    await free(bench.file);
    // What could not be written before is written now, in order.
    await log.flush();
    expect((await bench.start()).log.list(10)).toMatchObject([{ id, state: 'rolled-back' }]);
    expect(bench.reported).toHaveLength(1);
  },
);

/** A change whose last call is with the engine when the disk fills. */
async function applyingAsItFills() {
  const started = await bench.start();
  const { id } = await started.changes.preview(move);
  const real = bench.engine.disconnect.bind(bench.engine);
  bench.engine.disconnect = async (...args) => {
    await started.log.flush();
    await fill(bench.file);
    return real(...args);
  };
  const record = await started.changes.apply(id);
  bench.engine.disconnect = real;
  return { ...started, id, record };
}
const unsaved = {
  ...{
    code: 'storage_failed',
    params: { context: 'unsaved', file: 'changes.jsonl', detail: 'the disk is full' },
  },
};
const states = async () =>
  (await readFile(bench.file, 'utf8'))
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { note?: string; record?: { state: string } })
    .map(({ note, record }) => note ?? record?.state);

it.runIf(existsSync(full))(
  'one that is done, and whose end can’t be written down, says so until there is room, and is then written in order',
  async () => {
    const { changes, log, id, record } = await applyingAsItFills();
    expect(networks()).toEqual(['lan']);
    expect(record).toMatchObject({ id, state: 'applied', unsaved });
    expect(bench.records.at(-1)).toMatchObject({ id, state: 'applied', unsaved });
    for (const undo of [true, false]) expect(await changes.list(10, undo)).toMatchObject([{ id, unsaved }]);
    await log.flush();
    expect(await changes.list(10)).toMatchObject([{ unsaved }]);

    const told = bench.records.length;
    await free(bench.file);
    await log.flush();
    await log.whenWritten();
    expect((await changes.list(10))[0]).not.toHaveProperty('unsaved');
    expect(bench.records.slice(told)).toMatchObject([{ id, state: 'applied' }]);
    expect(bench.records.at(-1)).not.toHaveProperty('unsaved');
    expect(await states()).toEqual(['applying', 'try', 'done', 'try', 'done', 'applied']);
    expect(await readFile(bench.file, 'utf8')).not.toContain('unsaved');
    expect((await (await bench.start()).changes.list(10))[0]).toMatchObject({ id, state: 'applied' });
  },
);

it.runIf(existsSync(full))('it is written by the next change, too, before that one’s own lines', async () => {
  const { changes, log, id } = await applyingAsItFills();
  expect(await refusal(changes.undo(id))).toMatchObject({ code: 'storage_failed' });
  expect(await changes.list(10)).toMatchObject([{ state: 'applied', unsaved }]);
  await log.flush();
  await free(bench.file);
  expect(await changes.undo(id)).not.toHaveProperty('unsaved');
  expect((await changes.list(10))[0]).not.toHaveProperty('unsaved');
  await log.flush();
  expect((await states()).slice(4, 7)).toEqual(['done', 'applied', 'applied']);
  expect(await readFile(bench.file, 'utf8')).not.toContain('unsaved');
});

it.runIf(existsSync(full))('a console that ends before finds it cut off, and can finish it', async () => {
  const { log, id } = await applyingAsItFills();
  await log.flush();
  const left = `${bench.file}.kept`;
  const kept = await readFile(left, 'utf8');
  await free(bench.file);
  await log.flush();
  await writeFile(bench.file, kept);
  const { changes } = await bench.start();
  expect(await changes.list(10)).toMatchObject([{ id, state: 'interrupted' }]);
  expect(await changes.recover(id, 'finish')).toMatchObject({ state: 'applied' });
});

it.runIf(existsSync(full))(
  'preferences keep their file, are told of, and are there when there is room',
  async () => {
    const file = `${bench.folder}/preferences.json`;
    const told: number[] = [];
    const storage = new Storage(
      () => undefined,
      (problems) => told.push(problems.length),
    );
    const preferences = await PreferencesFile.open(file, storage);
    preferences.set({ view: 'table' });
    await preferences.flush();
    const before = await readFile(file, 'utf8');
    // The folder is gone: a file beside it can't be made, whoever runs this.
    await rename(bench.folder, `${bench.folder}.away`);
    preferences.set({ view: 'topology' });
    await preferences.flush();
    expect(storage.problems()).toMatchObject([
      { code: 'storage_failed', params: { file: 'preferences.json' } },
    ]);
    await rename(`${bench.folder}.away`, bench.folder);
    expect(await readFile(file, 'utf8')).toBe(before);
    expect(preferences.get().view).toBe('topology');
    await preferences.flush();
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ view: 'topology' });
    expect(told).toEqual([1, 0]);
  },
);
