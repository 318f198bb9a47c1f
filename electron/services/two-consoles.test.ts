import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { SegmentList, Snapshot, StorageStatus } from '../../shared/model';
import { startDemo, type Demo } from '../demo';
import { createConsole, type TrunklineConsole } from './console';
import { dispatch } from './dispatch';
import { givenEndpoints } from './testing/given-engines';

let demo: Demo;
let userDataDir: string;
const consoles: TrunklineConsole[] = [];
beforeEach(async () => {
  demo = await startDemo({ hosts: 1, containers: 2 });
  userDataDir = await mkdtemp(join(tmpdir(), 'trunkline-two-'));
});
afterEach(async () => {
  await Promise.all(consoles.splice(0).map((each) => each.dispose()));
  await demo.close();
  await rm(userDataDir, { recursive: true });
});

async function open(): Promise<TrunklineConsole> {
  const core = await createConsole({
    engines: givenEndpoints(demo.endpoints),
    userDataDir,
    report: () => undefined,
    info: { version: '0', transport: 'web', readOnly: false, locale: 'en', platform: 'linux' },
  });
  consoles.push(core);
  return core;
}
async function value<T>(core: TrunklineConsole, command: string, input: unknown = {}): Promise<T> {
  const result = await dispatch(core.handlers, command, input, () => undefined);
  if (!result.ok) throw new Error(result.error.message);
  return result.value as T;
}
async function create(core: TrunklineConsole, name: string, vlan: number): Promise<void> {
  const engineId = await vi.waitFor(async () => {
    const [engine] = (await value<Snapshot>(core, 'inventory.get')).engines;
    expect(engine?.state).toBe('online');
    return engine?.id ?? '';
  }, 20_000);
  const subnets = [{ subnet: `10.99.${String(vlan)}.0/24`, gateway: `10.99.${String(vlan)}.1` }];
  const segment = { name, vlan, subnets, driver: 'macvlan', mode: 'bridge', reserved: [] };
  const { id } = await value<{ id: string }>(core, 'change.preview', {
    request: { kind: 'create-segment', segment, hosts: [{ engineId, parentNic: 'eth0' }] },
  });
  await value(core, 'change.apply', { id });
}
const planned = async (core: TrunklineConsole) =>
  (await value<SegmentList>(core, 'segments.list')).segments.map(({ segment }) => segment.name);

it('two consoles of one folder follow each other’s plan, and say so', async () => {
  const one = await open();
  const other = await open();
  const told = vi.fn();
  one.subscribe((name) => name === 'segments.changed' && told());
  await create(other, 'Office', 31);
  await vi.waitFor(() => expect(told).toHaveBeenCalled());
  expect(await planned(one)).toEqual(['Office']);
  await create(one, 'Lab', 32);
  await create(other, 'Store', 33);
  await vi.waitFor(async () => expect(await planned(one)).toEqual(['Office', 'Lab', 'Store']));
  expect(await planned(other)).toEqual(['Office', 'Lab', 'Store']);
  for (const each of [one, other])
    expect((await value<StorageStatus>(each, 'storage.status')).problems).toEqual([]);
  expect((await readdir(userDataDir)).filter((name) => name.startsWith('plan.'))).toEqual(['plan.yaml']);
}, 60_000);
