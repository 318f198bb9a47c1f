import { beforeEach, describe, expect, it } from 'vitest';
import type { Container, Network, Snapshot, Step } from '../../../shared/model';
import { engine } from '../../../shared/rules/testing';
import { newRun, RunJournal } from '../storage/journal';
import { container, endpoint, FakeEngine, network, problem } from '../testing/fake-engine';
import type { HadBefore } from './had-before';
import { LanAddresses } from './lan-addresses';
import { Locks } from './locks';
import { recoverSteps } from './recover';
import { doSteps, type Clash } from './run';
import { StepRunner } from './step-runner';

const lan = network('n1', 'lan');
const there = network('n2', 'lan', { engineId: 'e2' });
const X = '10.70.1.60';
const connect = (containerId = 'b', ipv4?: string): Step => ({
  op: 'connect',
  ...{ containerId, containerName: containerId, networkId: 'n1', networkName: 'lan' },
  endpoint: ipv4 ? { ipv4 } : {},
});
const { op: _op, endpoint: _endpoint, ...names } = connect() as Extract<Step, { op: 'connect' }>;
const disconnect: Step = { op: 'disconnect', ...names };
const far = (id: string, ipv4 = X): Container =>
  container(id, id, { engineId: 'e2', endpoints: [endpoint(there, { ipv4, pinned4: ipv4 })] });

let fake: FakeEngine;
let others: Container[];
let networks: Network[];
let reads: string[];
/** Called at each reading of an engine. */
let onRead: (engineId: string) => void | Promise<void>;
let states: Record<string, 'online' | 'offline'>;
let lans: LanAddresses;

const inventory = (): Snapshot => ({
  revision: 1,
  engines: Object.entries(states).map(([id, state]) => engine({ id, state })),
  networks,
  containers: [...fake.containerMap.values(), ...others],
});

beforeEach(() => {
  fake = new FakeEngine().add(lan, container('b', 'b'));
  [others, networks, reads, onRead] = [[], [lan, there], [], () => undefined];
  states = { e1: 'online', e2: 'online' };
  lans = new LanAddresses({
    locks: new Locks(),
    inventory,
    refresh: async (id) => {
      reads.push(id);
      await onRead(id);
    },
    patienceMs: 600,
  });
});

/** By default the others' addresses are news. */
const clash: Clash = (client, sent) => lans.clash(client, sent, { ...inventory(), containers: [] });
const runner = (...steps: Step[]) =>
  new StepRunner(
    { client: () => fake, onPhase: () => undefined, patienceMs: 0 },
    new RunJournal('', newRun('apply', '', [{ engineId: 'e1', engineName: 'e1', steps }])),
    0,
  );
const pin = () => fake.containerMap.get('b')?.endpoints.find((one) => one.networkId === 'n1')?.pinned4;

describe('a turn on a LAN', () => {
  const job = (engineId: string, networkId: string) => () => [
    { engineId, steps: [{ ...connect(), networkId } as Step] },
  ];

  it('comes when no other is under way on it, on whatever host, after a reading of all that answer', async () => {
    states = { ...states, e3: 'online', e4: 'offline' };
    networks.push(
      network('n4', 'lan', { engineId: 'e4' }),
      network('n3', 'other', { engineId: 'e3', subnets: [] }),
    );
    const order: string[] = [];
    const turn = (name: string, engineId: string, networkId: string) =>
      lans.inTurn([engineId], job(engineId, networkId), async () => {
        order.push(`${name} begins`);
        await new Promise((resolve) => setImmediate(resolve));
        order.push(`${name} ends`);
      });
    await Promise.all([turn('one', 'e1', 'n1'), turn('two', 'e2', 'n2')]);
    expect(order).toEqual(['one begins', 'one ends', 'two begins', 'two ends']);
    expect(reads).toEqual(['e1', 'e2', 'e1', 'e2']);
  });

  it('waits for the addresses that the network has by then', async () => {
    networks = [{ ...lan, subnets: [{ subnet: '10.71.0.0/24', exclusions: {} }] }, there];
    onRead = () => {
      networks = [lan, there];
    };
    const order: string[] = [];
    const other = lans.inTurn(['e2'], job('e2', 'n2'), async () => void order.push('other'));
    await lans.inTurn(['e1'], job('e1', 'n1'), async () => void order.push('mine'));
    await other;
    expect(order).toEqual(['other', 'mine']);
  });

  it('does not wait for a host that fails to be read', async () => {
    onRead = () => Promise.reject(new Error('gone'));
    expect(await lans.inTurn(['e1'], job('e1', 'n1'), async () => 'done')).toBe('done');
  });
});

describe('an address that another console gave away at the same moment', () => {
  it('is given up at once by the container with the higher id, and all is as before', async () => {
    others = [far('a')];
    const outcome = await doSteps(runner(connect('b', X)), clash);
    expect(outcome).toMatchObject({
      ok: false,
      rolledBack: true,
      problem: {
        code: 'address_in_use_elsewhere',
        engineId: 'e1',
        params: { context: 'at_once', address: X, container: 'a', host: 'host-e2' },
      },
    });
    expect(fake.containerMap.get('b')?.endpoints).toEqual([]);
    expect(reads).toEqual(['e1', 'e2']);
  });
  it('is kept by the one with the lower id once the other has given way', async () => {
    others = [far('c')];
    onRead = () => {
      if (reads.length > 3) others = [];
    };
    expect(await doSteps(runner(connect('b', X)), clash)).toMatchObject({ ok: true });
    expect(pin()).toBe(X);
  });
  it('is given up by that one, too, where the other does not give way', async () => {
    others = [far('c')];
    expect(await doSteps(runner(connect('b', X)), clash)).toMatchObject({ ok: false, rolledBack: true });
    expect(pin()).toBeUndefined();
  });
  it('is given up at once where the other had it before', async () => {
    others = [far('c')];
    const since = inventory();
    const outcome = await doSteps(runner(connect('b', X)), (client, sent) => lans.clash(client, sent, since));
    expect(outcome).toMatchObject({ ok: false, rolledBack: true });
    expect(reads).toEqual(['e1', 'e2']);
  });
  it('is not said to be the engine’s choice where it was asked for, though Podman tells of no fixed one', async () => {
    const read = fake.container.bind(fake);
    fake.container = async (id) => {
      const found = await read(id);
      return { ...found, endpoints: found.endpoints.map(({ pinned4: _, ...untold }) => untold) };
    };
    others = [far('a')];
    expect(await doSteps(runner(connect('b', X)), clash)).toMatchObject({
      problem: { code: 'address_in_use_elsewhere', params: { context: 'at_once', address: X } },
    });
  });
  it('counts also where the engine chose it', async () => {
    const trial = await doSteps(runner(connect('b')));
    const chosen = fake.containerMap.get('b')?.endpoints[0]?.ipv4;
    expect(trial.ok && chosen).toBeTruthy();
    await fake.disconnect('n1', 'b');
    others = [far('a', chosen)];
    const outcome = await doSteps(runner(connect('b')), clash);
    expect(outcome).toMatchObject({ ok: false, problem: { params: { context: 'automatic' } } });
    others = [];
    expect(await doSteps(runner(connect('b')), clash)).toMatchObject({ ok: true });
  });
  it('of a host that has gone does not count: what is known of it is old', async () => {
    others = [far('a')];
    states = { ...states, e2: 'offline' };
    expect(await doSteps(runner(connect('b', X)), clash)).toMatchObject({ ok: true });
  });
});

it('reads the hosts once for all connects of a change', async () => {
  const ids = ['b', 'c', 'd'];
  fake.add(
    ...ids.map((id, at) => container(id, id, { endpoints: [endpoint(lan, { ipv4: `10.70.1.${at + 60}` })] })),
  );
  expect(
    await clash(
      fake,
      ids.map((id) => connect(id)),
    ),
  ).toBeNull();
  expect(reads).toEqual(['e1', 'e2']);
});

describe('a rollback', () => {
  const away = network('n9', 'away');
  const toAway = { ...names, networkId: 'n9', networkName: 'away' };
  const move = (): StepRunner =>
    runner(disconnect, { op: 'connect', ...toAway, endpoint: { ipv4: '10.70.1.99' } });
  const failing = (atConnect: () => void) => {
    fake.add(away, container('b', 'b', { endpoints: [endpoint(lan, { ipv4: X, pinned4: X })] }));
    fake.before = (call) => {
      if (!call.startsWith('connect n9')) return;
      atConnect();
      throw problem('parent_missing');
    };
  };
  const run = () => {
    const since = inventory();
    return doSteps(move(), undefined, (client, back) => lans.takenSince(client, back, since));
  };

  it('does not give back an address that another has come to have, and names the remedy', async () => {
    failing(() => (others = [far('a')]));
    expect(await run()).toMatchObject({
      ok: false,
      rolledBack: false,
      problem: {
        code: 'rollback_failed',
        hint: expect.stringContaining('Attach it there with another address') as string,
        params: { context: 'taken', address: X, container: 'b', network: 'lan' },
        reasons: { detail: { code: expect.stringMatching(/^address_in_use_elsewhere/) as string } },
      },
    });
    expect(fake.containerMap.get('b')?.endpoints).toEqual([]);
  });
  it('takes it away again where the other came at the same moment', async () => {
    failing(() => undefined);
    onRead = (id) => {
      if (id === 'e2' && pin() === X) others = [far('a')];
    };
    expect(await run()).toMatchObject({ rolledBack: false, problem: { params: { context: 'taken' } } });
    expect(fake.containerMap.get('b')?.endpoints).toEqual([]);
  });
  it('gives it back where it is free, and beside one who had it before', async () => {
    failing(() => undefined);
    expect(await run()).toMatchObject({ ok: false, rolledBack: true, problem: { code: 'parent_missing' } });
    expect(pin()).toBe(X);
    others = [far('a')];
    expect(await run()).toMatchObject({ ok: false, rolledBack: true });
    expect(pin()).toBe(X);
  });
});

describe('a change that was cut off', () => {
  const attached = () =>
    fake.add(container('b', 'b', { endpoints: [endpoint(lan, { ipv4: X, pinned4: X })] }));

  it('is not taken back to an address that is had elsewhere by then, and stays as it was found', async () => {
    attached();
    const cut = runner(disconnect);
    expect(await doSteps(cut)).toMatchObject({ ok: true });
    others = [far('a')];
    expect(await recoverSteps(cut, false, clash)).toMatchObject({ ok: false, rolledBack: false });
    expect(pin()).toBeUndefined();
    expect(cut.host).toMatchObject({ done: [{ inverse: { op: 'connect' } }], doubt: null });
    others = [];
    expect(await recoverSteps(cut, false, clash)).toMatchObject({ ok: true });
    expect(pin()).toBe(X);
  });
  it('is not finished with one, either', async () => {
    const cut = runner(connect('b', X));
    others = [far('a')];
    expect(await recoverSteps(cut, true, clash)).toMatchObject({ ok: false, rolledBack: false });
    expect([pin(), cut.host.done]).toEqual([undefined, []]);
    others = [];
    expect(await recoverSteps(cut, true, clash)).toMatchObject({ ok: true });
    expect(pin()).toBe(X);
  });
});

describe('those who may have what was just given, too', () => {
  const Y = '10.70.1.61';
  const given = (ipv4: string, id: string) =>
    container(id, id, { endpoints: [endpoint(lan, { ipv4, pinned4: ipv4 })] });

  it('are asked for at one time for all containers, and the first is told of', async () => {
    fake.add(given(X, 'b'), given(Y, 'c'));
    let asking = 0;
    let most = 0;
    const rivals = async (_network: Network, _mac: string, [address = '']: readonly string[]) => {
      asking += 1;
      most = Math.max(most, asking);
      for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      asking -= 1;
      return [{ address, macs: ['aa:aa'] }];
    };
    lans = new LanAddresses({ locks: new Locks(), inventory, refresh: () => Promise.resolve(), rivals });
    expect(await clash(fake, [connect('b', X), connect('c', Y)])).toMatchObject({ params: { address: X } });
    expect(most).toBe(2);
  });

  it('are not asked for where another is known to have had the address, as the container had', async () => {
    fake.add(given(X, 'b'), given(Y, 'c'));
    others = [far('d')];
    const asked: (readonly string[])[] = [];
    const rivals = (_network: Network, _mac: string, addresses: readonly string[]) => {
      asked.push(addresses);
      return Promise.resolve([]);
    };
    lans = new LanAddresses({ locks: new Locks(), inventory, refresh: () => Promise.resolve(), rivals });
    const had: HadBefore = ({ containerId }, address) => address === X && containerId !== 'c';
    const since = { ...inventory(), containers: [] };
    expect(await lans.clash(fake, [connect('b', X), connect('c', Y)], since, had)).toBeNull();
    expect(asked).toEqual([[Y]]);
  });
});
