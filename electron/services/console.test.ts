import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ChangeRecord, SegmentList, Snapshot, TrafficIndex } from '../../shared/model';
import { startDemo, type Demo } from '../demo';
import { createConsole, type TrunklineConsole } from './console';
import { dispatch } from './dispatch';
import { givenEndpoints } from './testing/given-engines';

let demo: Demo;
let userDataDir: string;
beforeEach(async () => {
  userDataDir = await mkdtemp(join(tmpdir(), 'trunkline-console-'));
});
afterEach(() => rm(userDataDir, { recursive: true, force: true }));

/** What this process holds open, by kind. Requests under way (a file that is read) and the test's own pauses come and go. */
function resources(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of process.getActiveResourcesInfo())
    if (!/Req|^Timeout$|^Immediate$/.test(name)) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
const timeouts = () => process.getActiveResourcesInfo().filter((each) => each === 'Timeout').length;

async function value<T>(core: TrunklineConsole, command: string, input: unknown = {}): Promise<T> {
  const result = await dispatch(core.handlers, command, input, () => undefined);
  if (!result.ok) throw new Error(result.error.message);
  return result.value as T;
}

async function run(): Promise<void> {
  const core = await createConsole({
    engines: givenEndpoints(demo.endpoints),
    userDataDir,
    report: () => undefined,
    info: { version: '0', transport: 'web', readOnly: false, locale: 'en', platform: 'linux' },
  });
  const end = core.subscribe(() => undefined);
  await vi.waitFor(
    async () => {
      const { engines } = await value<Snapshot>(core, 'inventory.get');
      expect(engines.map((each) => each.state)).toEqual(['online', 'online', 'online']);
      const { series } = await value<TrafficIndex>(core, 'traffic.index');
      expect(series.length).toBeGreaterThan(5);
    },
    { timeout: 20_000, interval: 100 },
  );
  end();
  await core.dispose();
}

it('a console that is disposed of leaves no socket, no timer and no watch behind', async () => {
  demo = await startDemo({ hosts: 3, containers: 24 });
  const timers = timeouts();
  const before = resources();
  const settled = async (is: () => void) => vi.waitFor(is, { timeout: 20_000, interval: 100 });
  for (let n = 0; n < 6; n++) await run();
  // The engines' ends of the sockets are in this process too.
  await settled(() => expect(resources()).toEqual(before));
  await demo.close();
  // The wait's own timers aside: a console has five for each engine.
  await settled(() => expect(timeouts()).toBeLessThanOrEqual(timers + 2));
}, 90_000);

it('twenty hosts are connected to side by side; one that is silent keeps none of them waiting', async () => {
  demo = await startDemo({ hosts: 20, containers: 60 });
  const silent = createServer(() => undefined);
  const path = join(userDataDir, 'silent.sock');
  await new Promise<void>((resolve) => silent.listen(path, resolve));
  const core = await createConsole({
    engines: givenEndpoints([`unix://${path}`, ...demo.endpoints]),
    userDataDir,
    report: () => undefined,
    info: { version: '0', transport: 'web', readOnly: false, locale: 'en', platform: 'linux' },
  });
  try {
    await vi.waitFor(
      async () => {
        const { engines } = await value<Snapshot>(core, 'inventory.get');
        expect(engines.filter((each) => each.state === 'online')).toHaveLength(20);
        expect(engines[0]?.state).toBe('connecting');
      },
      // Less than the silent one's own deadline.
      { timeout: 12_000, interval: 50 },
    );
  } finally {
    await core.dispose();
    await demo.close();
    silent.close();
  }
}, 30_000);

it('the log says which undo would be refused where it is asked to, and else reads no engine', async () => {
  demo = await startDemo({ hosts: 1, containers: 2 });
  const core = await createConsole({
    engines: givenEndpoints(demo.endpoints),
    userDataDir,
    report: () => undefined,
    info: { version: '0', transport: 'web', readOnly: false, locale: 'en', platform: 'linux' },
  });
  const change = async (request: object) => {
    const { id } = await value<{ id: string }>(core, 'change.preview', { request });
    return value<ChangeRecord>(core, 'change.apply', { id });
  };
  const told = async (input: object) =>
    (await value<ChangeRecord[]>(core, 'change.list', input)).map(({ id, undoProblem }) => [
      id,
      undoProblem?.params?.context,
    ]);
  try {
    const engineId = await vi.waitFor(async () => {
      const [engine] = (await value<Snapshot>(core, 'inventory.get')).engines;
      expect(engine?.state).toBe('online');
      return engine?.id ?? '';
    }, 20_000);
    const subnet = { subnet: '10.99.1.0/24', exclusions: [], internal: false };
    const spec = { name: 'lan99', driver: 'macvlan', parent: 'eth0.99', mode: 'bridge', ...subnet };
    const made = await change({ kind: 'create-network', engineId, spec });
    const { networks } = await value<Snapshot>(core, 'inventory.get');
    const networkId = networks.find(({ name }) => name === 'lan99')?.id;
    const removed = await change({ kind: 'remove-network', engineId, networkId });
    expect(await told({ undo: true })).toEqual([
      [removed.id, undefined],
      [made.id, 'overtaken'],
    ]);
    expect(await told({})).toEqual([
      [removed.id, undefined],
      [made.id, undefined],
    ]);
  } finally {
    await core.dispose();
    await demo.close();
  }
}, 60_000);

it('what a console that was killed could not write into the plan is there before anything goes by the plan', async () => {
  const draft = { name: 'Office', vlan: null, driver: 'macvlan', mode: 'bridge', reserved: [] };
  const after = { ...draft, id: 's', subnets: [{ subnet: '10.70.1.0/24' }], members: [] };
  const record = {
    ...{ id: 'x', at: 1, who: 'ada', state: 'applied', undoable: false, hosts: [] },
    request: { kind: 'forget-segment', segmentId: 's' },
    unwritten: { code: 'storage_failed', message: 'It is not in plan.yaml yet.' },
  };
  const kept = { what: 'segment', id: 's', name: 'Office', before: null, after };
  const line = JSON.stringify({ record, inverse: null, kept });
  await writeFile(join(userDataDir, 'changes.jsonl'), `${line}\n`);
  const core = await createConsole({
    engines: givenEndpoints([]),
    userDataDir,
    report: () => undefined,
    info: { version: '0', transport: 'web', readOnly: false, locale: 'en', platform: 'linux' },
  });
  try {
    const { segments } = await value<SegmentList>(core, 'segments.list');
    expect(segments.map(({ segment }) => segment.name)).toEqual(['Office']);
  } finally {
    await core.dispose();
  }
});
