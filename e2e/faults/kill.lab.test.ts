import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startDemo } from '../../electron/demo';
import { createEngineClient } from '../../electron/docker';
import type { ChangeRequest, RecoverAction } from '../../shared/model';
import { freshLab } from '../lab/vitest';
import { until } from '../lab/poll';
import { buildChild, startChild, type ConsoleChild } from './child';
import { startProxy, type EngineProxy, type Fault, type ProxiedCall } from './proxy';

const lab = freshLab();
const [first, second] = lab.hosts;

/** What is undone at the end of a test, last first. */
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
  folder = await mkdtemp(join(tmpdir(), 'trunkline-kill-'));
});
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
  await rm(folder, { recursive: true, force: true });
});

async function through(endpoint: string): Promise<EngineProxy> {
  const proxy = await startProxy(endpoint);
  endings.push(() => proxy.close());
  return proxy;
}
async function start(...proxies: EngineProxy[]): Promise<ConsoleChild> {
  const child = await startChild(
    program,
    folder,
    proxies.map(({ endpoint }) => endpoint),
  );
  endings.push(() => child.end());
  return child;
}

/** Everything of a container's attachments that a move must put back: what an engine hands out by chance aside. */
async function attachments(endpoint: string, id: string): Promise<unknown> {
  const client = createEngineClient({ engineId: 'test', endpoint });
  try {
    const { endpoints } = await client.container(id);
    return endpoints
      .map(({ networkName, endpointId, pinned4, aliases }) => ({
        networkName,
        pinned4,
        aliases: [...aliases].sort(),
        works: endpointId !== '',
      }))
      .sort((a, b) => a.networkName.localeCompare(b.networkName));
  } finally {
    client.close();
  }
}

interface Place {
  endpoint: string;
  /** Makes what is moved. */
  prepare(): Promise<void>;
  container: string;
  from: string;
  to: string;
  address: string;
}

async function moveAt(child: ConsoleChild, { container, from, to, address }: Place) {
  // An engine is online a moment before its lists have been read.
  const { who, networks } = await until(`${container} to be shown`, async () => {
    const { containers, networks } = await child.value('inventory.get', {});
    const who = containers.find((each) => each.name === container);
    return who?.detail ? { who, networks } : undefined;
  });
  const named = (name: string) => networks.find((each) => each.name === name)?.id ?? '';
  const request: ChangeRequest = {
    kind: 'move',
    engineId: who.engineId,
    containerId: who.id,
    fromNetworkId: named(from),
    toNetworkId: named(to),
    ipv4: address,
  };
  return { who, request };
}

/** A fault at the nth call that changes something. */
const at = (nth: number, kind: 'hold-before' | 'hold-after') => (call: ProxiedCall) =>
  call.nth === nth ? ({ kind } as Fault) : undefined;
const refuse: Fault = { kind: 'answer', status: 500, body: '{"message":"no"}' };

/** Where the console is killed. The move's calls are 1 and 2, what takes it back 3 and 4. */
const points: [string, (call: ProxiedCall, calls: readonly ProxiedCall[]) => Fault | undefined, boolean?][] =
  [
    ['before its first call', at(1, 'hold-before')],
    ['after its first call was done', at(1, 'hold-after')],
    ['before its second call', at(2, 'hold-before')],
    ['after its second call was done', at(2, 'hold-after')],
    [
      'while it is verified',
      (call, calls) =>
        !call.changes && call.path.startsWith('/containers/') && calls.some((each) => each.nth === 2)
          ? { kind: 'hold-before' }
          : undefined,
    ],
    ['before a call of its rollback', (call) => (call.nth === 2 ? refuse : at(3, 'hold-before')(call))],
    ['after a call of its rollback', (call) => (call.nth === 2 ? refuse : at(3, 'hold-after')(call))],
    ['before a call of its undoing', at(4, 'hold-before'), true],
    ['after a call of its undoing', at(3, 'hold-after'), true],
  ];

function killedAndRecovered(place: () => Promise<Place> | Place) {
  it.each(points)('killed %s: finished, or taken back', async (_what, fault, undo) => {
    const where = await place();
    for (const action of ['finish', 'roll-back'] satisfies RecoverAction[]) {
      await where.prepare();
      const proxy = await through(where.endpoint);
      const killed = await start(proxy);
      const { who, request } = await moveAt(killed, where);
      const before = await attachments(where.endpoint, who.id);
      proxy.fault = (call) => fault(call, proxy.calls);
      const applying = killed.apply(request);
      if (undo) {
        const applied = await applying;
        if (!applied.ok) throw new Error(JSON.stringify(applied.error));
        void killed.run('change.undo', { id: applied.value.id });
      }
      await proxy.held();
      await killed.kill();
      proxy.fault = () => undefined;
      proxy.release();

      const next = await start(proxy);
      const [record] = await next.value('change.list', { limit: 1 });
      expect(record).toMatchObject({ state: 'interrupted', ...(undo ? { wasUndoing: true } : {}) });
      const settled = await next.value('change.recover', {
        id: record?.id ?? '',
        action,
        seen: record?.hosts ?? [],
      });
      const back = undo ? 'undone' : 'rolled-back';
      expect(settled.state).toBe(action === 'finish' ? 'applied' : back);
      const after = await attachments(where.endpoint, who.id);
      if (action === 'roll-back') expect(after).toEqual(before);
      else expect(after).toMatchObject([{ networkName: where.to, pinned4: where.address, works: true }]);
      // The console shows what the engine has.
      await until('the picture to follow', async () => {
        const { containers } = await next.value('inventory.get', {});
        const shown = containers
          .find((each) => each.id === who.id)
          ?.endpoints.map((each) => each.networkName);
        return shown?.join() === (after as { networkName: string }[]).map((each) => each.networkName).join();
      });
      await next.end();
    }
  });
}

describe('on a real engine', () => {
  const make = (name: string, subnet: string, nic: string) =>
    first.docker('network', 'create', '-d', 'macvlan', '-o', `parent=${nic}`, '--subnet', subnet, name);
  killedAndRecovered(() => ({
    endpoint: first.endpoint,
    container: 'web',
    from: 'lan',
    to: 'iot',
    address: '10.70.2.60',
    async prepare() {
      await first.clean();
      await make('lan', '10.70.1.0/24', 'eth1');
      await make('iot', '10.70.2.0/24', 'eth2');
      const run = ['run', '-d', '--name', 'web', '--network', 'lan', '--ip', '10.70.1.60'];
      await first.docker(...run, '--network-alias', 'www', lab.image, 'sleep', '3600');
    },
  }));
});

describe('on a simulated engine', () => {
  killedAndRecovered(async () => {
    const demo = await startDemo({ hosts: 1, containers: 20, version: '26.1' });
    endings.push(() => demo.close());
    const endpoint = demo.endpoints[0] ?? '';
    return {
      endpoint,
      container: 'dns-secondary',
      from: 'lan',
      to: 'iot',
      address: '10.21.0.200',
      async prepare() {
        const client = createEngineClient({ engineId: 'test', endpoint });
        const id = async (name: string) =>
          (await client.networks()).find((each) => each.name === name)?.id ?? '';
        const who = (await client.containers()).find((each) => each.name === 'dns-secondary')?.id ?? '';
        await client.disconnect(await id('iot'), who, false).catch(() => undefined);
        await client.disconnect(await id('lan'), who, false).catch(() => undefined);
        await client.connect(await id('lan'), who, { ipv4: '10.20.0.210', aliases: ['dns'] });
        client.close();
      },
    };
  });
});

describe('a segment over two hosts', () => {
  const named = (host: typeof first) =>
    host.docker('network', 'ls', '--format', '{{.Name}}', '--filter', 'type=custom');
  it.each(['finish', 'roll-back'] as const)('is there on both or on none after %s', async (action) => {
    const proxies = [await through(first.endpoint), await through(second.endpoint)] as const;
    const killed = await start(...proxies);
    const { engines } = await killed.value('inventory.get', {});
    const preview = await killed.value('change.preview', {
      request: {
        kind: 'create-segment',
        segment: {
          name: 'Office',
          vlan: null,
          subnets: [{ subnet: '10.70.1.0/24', gateway: '10.70.1.1' }],
          driver: 'macvlan',
          mode: 'bridge',
        },
        hosts: engines.map(({ id }) => ({ engineId: id, parentNic: 'eth1' })),
      },
    });
    proxies[0].fault = at(1, 'hold-after');
    proxies[1].fault = at(1, 'hold-before');
    void killed.run('change.apply', { id: preview.id });
    await Promise.all(proxies.map((each) => each.held()));
    await killed.kill();
    // What was held before the engine must not reach it any more.
    proxies[1].cutAll();
    for (const each of proxies) each.fault = () => undefined;

    const next = await start(...proxies);
    const [record] = await next.value('change.list', { limit: 1 });
    expect(record).toMatchObject({ state: 'interrupted', hosts: [{ stepsDone: 0 }, { stepsDone: 0 }] });
    const settled = await next.value('change.recover', {
      id: record?.id ?? '',
      action,
      seen: record?.hosts ?? [],
    });
    const done = action === 'finish';
    expect(settled.state).toBe(done ? 'applied' : 'rolled-back');
    expect(await Promise.all([named(first), named(second)])).toEqual(done ? ['office', 'office'] : ['', '']);
    const { segments } = await next.value('segments.list', {});
    expect(segments.map((each) => each.members.map((one) => one.state))).toEqual(
      done ? [['present', 'present']] : [],
    );
  });
});
