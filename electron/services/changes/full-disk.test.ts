import { existsSync } from 'node:fs';
import { readFile, rename, rm, symlink } from 'node:fs/promises';
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
