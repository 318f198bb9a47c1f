import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChangeRequest, Engine, Problem, Snapshot } from '../../../shared/model';
import { refusal } from '../testing/change-bench';
import { container, problem } from '../testing/fake-engine';
import { create, SegmentWorld, type WorldConsole } from '../testing/segment-world';

let dir: string;
let world: SegmentWorld;
let at: WorldConsole;
/** The first host as the console shows it; as it is, unless set. */
let shown: {
  state: Engine['state'];
  since?: number;
  lists: Pick<Snapshot, 'networks' | 'containers'>;
} | null;

const none = { networks: [], containers: [] };

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'trunkline-one-address-'));
  world = new SegmentWorld();
  shown = null;
  world.engine('e1').add(container('c1', 'web'));
  world.engine('e2').add(container('c2', 'db'));
  const real = world.snapshot;
  world.snapshot = () => {
    const now = real();
    if (!shown) return now;
    const { state, since = 0, lists } = shown;
    const of = <T extends { engineId: string }>(then: T[], all: T[]) => [
      ...then.filter(({ engineId }) => engineId === 'e1'),
      ...all.filter(({ engineId }) => engineId !== 'e1'),
    ];
    return {
      ...now,
      engines: now.engines.map((one) => (one.id === 'e1' ? { ...one, state, since } : one)),
      networks: of(lists.networks, now.networks),
      containers: of(lists.containers, now.containers),
    };
  };
  at = await world.open(dir, (error) => expect.unreachable(String(error)));
  await apply(create);
});
afterEach(async () => {
  await at.flush();
  await rm(dir, { recursive: true });
});

const apply = async (request: ChangeRequest) => at.changes.apply((await at.changes.preview(request)).id);
const networkId = (engineId: string) => [...world.engine(engineId).networkMap.keys()].at(-1) ?? '';
const attach = (engineId: string, ipv4?: string): ChangeRequest => ({
  ...{ kind: 'attach', engineId, networkId: networkId(engineId) },
  ...{ containerId: engineId === 'e1' ? 'c1' : 'c2', ...(ipv4 && { ipv4 }) },
});
const toSegment = (ipv4?: string): ChangeRequest => ({
  ...{ kind: 'attach-to-segment', segmentId: at.segments()[0]?.segment.id ?? '' },
  ...{ engineId: 'e2', containerId: 'c2', ...(ipv4 && { ipv4 }) },
});
const pins = (engineId: string) =>
  [...world.engine(engineId).containerMap.values()].flatMap(({ endpoints }) =>
    endpoints.map((one) => one.pinned4),
  );
/** The console is started anew, and has not read the first host yet. */
const restart = async (state: Engine['state']) => {
  await at.flush();
  shown = { state, lists: none };
  at = await world.open(dir, (error) => expect.unreachable(String(error)));
};
/** The engine is lost with this call, which it has carried out. */
const loseAt = (name: 'connect' | 'disconnect') => {
  const e1 = world.engine('e1');
  let lost = false;
  const real = e1[name].bind(e1) as (...args: unknown[]) => Promise<unknown>;
  e1[name] = (async (...args: unknown[]) => {
    shown = { state: 'offline', lists: world.snapshot() };
    await real(...args);
    lost = true;
    throw problem('engine_unreachable');
  }) as never;
  e1.before = () => {
    if (lost) throw problem('engine_unreachable');
  };
};

describe('an undo whose old address somebody has come to have', () => {
  it('says to free it first, here and in the log, and not to choose another', async () => {
    await apply(attach('e1', '10.70.1.9'));
    const moved = await apply({
      ...{ kind: 'readdress', engineId: 'e1', containerId: 'c1', networkId: networkId('e1') },
      ipv4: '10.70.1.8',
    });
    await apply(attach('e2', '10.70.1.9'));
    const refused = { code: 'address_in_use_elsewhere', undoing: true };
    const found = (await refusal(at.changes.undo(moved.id))) as Problem;
    expect(found).toMatchObject(refused);
    expect(found.hint).toMatch(/must be free/);
    expect(found.hint).not.toMatch(/^Choose/);
    const told = (await at.changes.list(9)).find(({ id }) => id === moved.id);
    expect(told?.undoProblem).toMatchObject(refused);
  });
});

describe('an address that another console gives away after the last look and before the steps', () => {
  it('is waited for by the one that may keep it, as if both had come at once', async () => {
    await at.flush();
    world.givesWayMs = 20_000;
    at = await world.open(dir, (error) => expect.unreachable(String(error)));
    const [e1, e2] = [world.engine('e1'), world.engine('e2')];
    const preview = await at.changes.preview(attach('e1', '10.70.1.9'));
    const begin = at.log.begin.bind(at.log);
    at.log.begin = async (entry) => {
      await e2.connect(networkId('e2'), 'c2', { ipv4: '10.70.1.9' });
      return begin(entry);
    };
    const connect = e1.connect.bind(e1);
    e1.connect = async (...args) => {
      await connect(...args);
      // It sees both as well, and is the one that gives way.
      const network = networkId('e2');
      setTimeout(() => void e2.disconnect(network, 'c2'));
    };
    expect(await at.changes.apply(preview.id)).toMatchObject({ state: 'applied' });
    expect([...pins('e1'), ...pins('e2')]).toEqual(['10.70.1.9']);
  });
});

describe('an address on a host that is not in step', () => {
  it('counts where a change that was cut off may have given it', async () => {
    loseAt('connect');
    expect(await refusal(apply(attach('e1', '10.70.1.9')))).toMatchObject({ code: 'change_interrupted' });
    expect(at.log.list()[0]).toMatchObject({ state: 'interrupted' });
    const found = await at.changes.preview(attach('e2', '10.70.1.9'));
    expect(found.problems).toMatchObject([
      { code: 'address_in_use_elsewhere', params: { context: 'cut_off', container: 'web', host: 'e1' } },
    ]);
    expect((await at.changes.preview(attach('e2', '10.70.1.10'))).problems).toEqual([]);
    expect(pins('e2')).toEqual([]);
  });

  it('counts where a change that was cut off may not have taken it away', async () => {
    await apply(attach('e1', '10.70.1.9'));
    const { networkId: id } = attach('e1') as { networkId: string };
    loseAt('disconnect');
    await refusal(
      apply({ kind: 'readdress', engineId: 'e1', containerId: 'c1', networkId: id, ipv4: '10.70.1.8' }),
    );
    await restart('offline');
    for (const address of ['10.70.1.8', '10.70.1.9'])
      expect((await at.changes.preview(attach('e2', address))).problems).toMatchObject([
        { code: 'address_in_use_elsewhere' },
      ]);
  });

  it.each(['offline', 'connecting'] as const)('counts while that is %s after a start', async (state) => {
    await apply(attach('e1', '10.70.1.2'));
    await restart(state);
    for (const request of [attach('e2', '10.70.1.2'), toSegment('10.70.1.2')]) {
      const found = await at.changes.preview(request);
      expect(found.suggestedIpv4).toBe('10.70.1.3');
      expect(found.problems).toMatchObject([
        { code: 'address_in_use_elsewhere', params: { context: 'logged', container: 'web', host: 'e1' } },
      ]);
    }
  });

  it('counts no more once a later change took it away, nor where the host was read long after', async () => {
    await apply(attach('e1', '10.70.1.2'));
    const detach = { kind: 'detach', engineId: 'e1', containerId: 'c1', networkId: networkId('e1') } as const;
    const hour = 3_600_000;
    // By hand, while the host was in step.
    shown = { state: 'offline', since: hour, lists: { ...world.snapshot(), containers: [] } };
    expect((await at.changes.preview(attach('e2', '10.70.1.2'))).problems).toEqual([]);
    shown = null;
    await apply(detach);
    await restart('offline');
    expect((await at.changes.preview(attach('e2', '10.70.1.2'))).problems).toEqual([]);
  });

  it('counts by what the host tells once it is there again', async () => {
    await apply(attach('e1', '10.70.1.2'));
    world.engine('e1').containerMap.delete('c1');
    await restart('connecting');
    shown = null;
    const found = await at.changes.preview(attach('e2', '10.70.1.2'));
    expect([found.problems, found.hosts[0]?.notices.filter(({ code }) => code === 'lan_last_known')]).toEqual(
      [[], []],
    );
  });
});

describe('a host of the LAN that is online and does not answer in time', () => {
  const warned = async (request = attach('e2', '10.70.1.10')) =>
    (await at.changes.preview(request)).hosts[0]?.notices.filter(({ code }) => code === 'lan_last_known');
  const late = [{ severity: 'warning', params: { context: 'late', hosts: 'e1', network: 'office' } }];

  it('is told of before an address is claimed by what was known of it, and keeps nobody from it for ever', async () => {
    let answer: () => void = () => undefined;
    world.readMs = 20;
    await restart('online');
    shown = null;
    world.reread = (id) => (id === 'e1' ? new Promise((resolve) => (answer = resolve)) : Promise.resolve());
    const unaware = await at.changes.preview(attach('e2', '10.70.1.10'));
    expect(await refusal(at.changes.apply(unaware.id))).toMatchObject({
      ...{ code: 'change_stale', params: { context: 'warning', host: 'e2' } },
    });
    expect(pins('e2')).toEqual([]);
    expect(await warned()).toMatchObject(late);
    answer();
    await new Promise(setImmediate);
    // It is as slow as before.
    at.late.read('e1', 5_001);
    expect(await warned()).toMatchObject(late);
    expect(await apply(attach('e2', '10.70.1.10'))).toMatchObject({ state: 'applied' });
    await apply({ kind: 'detach', engineId: 'e2', containerId: 'c2', networkId: networkId('e2') });
    const [detached] = await at.changes.list(1);
    expect((await at.changes.undo(detached!.id)).exceptions).toMatchObject([
      { field: 'hosts-late', before: 'e1' },
    ]);
    at.late.read('e1', 5_000);
    expect(at.late.list(world.snapshot().engines)).toEqual([]);
  });

  it('keeps nobody from it who has read that, and is named no more once it is out of reach', async () => {
    world.reread = (id) => (id === 'e1' ? Promise.reject(problem('engine_timeout')) : Promise.resolve());
    await refusal(apply(attach('e2', '10.70.1.10')));
    expect(await apply(attach('e2', '10.70.1.10'))).toMatchObject({ state: 'applied' });
    expect(pins('e2')).toEqual(['10.70.1.10']);
    world.engine('e2').add(container('c3', 'cache'));
    const another = { ...attach('e2', '10.70.1.11'), containerId: 'c3' } as ChangeRequest;
    expect(await warned(another)).toMatchObject(late);
    shown = { state: 'offline', lists: world.snapshot() };
    expect(await warned(another)).toMatchObject([{ severity: 'info', params: { hosts: 'e1' } }]);
    shown = null;
    expect(await warned(another)).toEqual([]);
  });
});

describe('hosts of a LAN that were not read since the start', () => {
  it('are named, also where only the log or the plan tells of them', async () => {
    await restart('offline');
    const named = async (request: ChangeRequest) =>
      (await at.changes.preview(request)).hosts[0]?.notices.filter(({ code }) => code === 'lan_last_known');
    const unread = [{ severity: 'warning', params: { context: 'unread', hosts: 'e1', network: 'office' } }];
    expect(await named(attach('e2', '10.70.1.10'))).toMatchObject(unread);
    expect(await named(toSegment('10.70.1.10'))).toMatchObject(unread);
    await at.plan.set(at.segments()[0]?.segment.id ?? '', null);
    expect(await named(attach('e2', '10.70.1.10'))).toMatchObject(unread);
  });

  it('are waited for before anything is applied', async () => {
    await apply(attach('e1', '10.70.1.2'));
    await restart('connecting');
    world.engine('e1').containerMap.get('c1')!.endpoints[0]!.pinned4 = '10.70.1.10';
    world.engine('e1').containerMap.get('c1')!.endpoints[0]!.ipv4 = '10.70.1.10';
    const { id } = await at.changes.preview(attach('e2', '10.70.1.10'));
    const applied = refusal(at.changes.apply(id));
    setImmediate(() => (shown = null));
    expect(await applied).toMatchObject({ code: 'address_in_use_elsewhere', params: { host: 'e1' } });
    expect(pins('e2')).toEqual([]);
  });
});
