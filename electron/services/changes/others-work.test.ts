import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChangeRequest, Endpoint } from '../../../shared/model';
import { ChangeBench, changing, refusal } from '../testing/change-bench';
import { container, endpoint, FakeEngine, network, problem } from '../testing/fake-engine';
import { effectOf } from './look';

const lan = network('n1', 'lan');
const dmz = network('n2', 'dmz', { subnets: [{ subnet: '10.70.2.0/24', exclusions: {} }], parent: 'eth2' });
const fixed = (on: typeof lan, ipv4: string): Endpoint => endpoint(on, { ipv4, pinned4: ipv4 });
const c1 = { engineId: 'e1', containerId: 'c1' };
const attach: ChangeRequest = { kind: 'attach', ...c1, networkId: 'n1', ipv4: '10.70.1.60' };
const automatic: ChangeRequest = { kind: 'attach', ...c1, networkId: 'n1' };
const move: ChangeRequest = {
  ...{ kind: 'move', ...c1, fromNetworkId: 'n2', toNetworkId: 'n1', ipv4: '10.70.1.60' },
};
const readdress: ChangeRequest = { kind: 'readdress', ...c1, networkId: 'n2', ipv4: '10.70.2.61' };

let bench: ChangeBench;
beforeEach(async () => {
  const web = container('c1', 'web', { endpoints: [fixed(dmz, '10.70.2.9')] });
  bench = await ChangeBench.open(new FakeEngine().add(lan, dmz, web));
});
afterEach(async () => {
  await bench.close();
  expect(bench.reported).toEqual([]);
});

const endpoints = () => bench.engine.containerMap.get('c1')?.endpoints ?? [];
/** What another hand leaves the container attached to. */
const attached = (...now: Endpoint[]): void =>
  void bench.engine.add({ ...bench.engine.containerMap.get('c1')!, endpoints: now });

interface Cut {
  request: ChangeRequest;
  at: readonly [nth: number, when: 'before' | 'after'];
  undo?: boolean;
}

/** The console is killed, and another hand has the container on these networks before the next one starts. */
async function cutOff({ request, at, undo = false }: Cut, ...now: Endpoint[]) {
  const { changes } = await bench.start();
  const { id } = await changes.preview(request);
  if (undo) await changes.apply(id);
  const killed = bench.killAt(...at);
  void (undo ? changes.undo(id) : changes.apply(id)).catch(() => undefined);
  await killed;
  bench.revive();
  attached(...now);
  return { ...(await bench.start()), id };
}

const ways = ['finish', 'roll-back'] as const;
const others = (network: string) => ({
  code: 'change_stale',
  params: { context: 'by_another', container: 'web', network },
});

const cases: [string, Cut, Endpoint[], string][] = [
  [
    'an attach that no engine heard of',
    { request: attach, at: [1, 'before'] },
    [fixed(dmz, '10.70.2.9'), fixed(lan, '10.70.1.61')],
    'lan',
  ],
  [
    'an attach that was carried out',
    { request: attach, at: [1, 'after'] },
    [fixed(dmz, '10.70.2.9'), fixed(lan, '10.70.1.61')],
    'lan',
  ],
  [
    'an attach without a fixed address',
    { request: automatic, at: [1, 'after'] },
    [fixed(dmz, '10.70.2.9'), fixed(lan, '10.70.1.61')],
    'lan',
  ],
  [
    'a move between its calls, where it goes to',
    { request: move, at: [2, 'before'] },
    [fixed(dmz, '10.70.2.9'), fixed(lan, '10.70.1.62')],
    'lan',
  ],
  [
    'a move between its calls, where it comes from',
    { request: move, at: [2, 'before'] },
    [fixed(lan, '10.70.1.60'), fixed(dmz, '10.70.2.10')],
    'dmz',
  ],
  [
    'a move after its calls, where it comes from',
    { request: move, at: [2, 'after'] },
    [fixed(lan, '10.70.1.60'), fixed(dmz, '10.70.2.11')],
    'dmz',
  ],
  [
    'a new address between its calls',
    { request: readdress, at: [2, 'before'] },
    [fixed(dmz, '10.70.2.62')],
    'dmz',
  ],
  [
    'a move that was being undone',
    { request: move, at: [1, 'after'], undo: true },
    [fixed(lan, '10.70.1.60'), fixed(dmz, '10.70.2.12')],
    'dmz',
  ],
];

describe.each(ways)('%s leaves what another hand has attached since', (way) => {
  it.each(cases)('%s', async (_what, cut, now, name) => {
    const { changes, log, id } = await cutOff(cut, ...now);
    expect(await refusal(changes.recover(id, way))).toMatchObject(others(name));
    expect(bench.engine.calls.filter((call) => changing.test(call))).toEqual([]);
    expect([endpoints(), log.get(id)?.record.state]).toEqual([now, 'interrupted']);
    expect(await changes.recover(id, 'keep')).toMatchObject({ state: 'kept' });
    expect(endpoints()).toEqual(now);
  });

  it('on a network that has but the name of its own', async () => {
    const cut: Cut = { request: attach, at: [1, 'after'] };
    const again = { ...lan, id: 'n9' };
    bench.engine.add(again);
    const { changes, id } = await cutOff(cut, fixed(again, '10.70.1.60'));
    expect(await refusal(changes.recover(id, way))).toMatchObject(others('lan'));
    expect(endpoints()).toEqual([fixed(again, '10.70.1.60')]);
  });
});

it('what is still to be taken away is so only as it was before', async () => {
  const now = [fixed(dmz, '10.70.2.10')];
  const { changes, id } = await cutOff({ request: move, at: [1, 'before'] }, ...now);
  expect(await refusal(changes.recover(id, 'finish'))).toMatchObject(others('dmz'));
  expect(endpoints()).toEqual(now);
  // Taking it back has nothing to do with that.
  expect(await changes.recover(id, 'roll-back')).toMatchObject({ state: 'rolled-back' });
  expect(endpoints()).toEqual(now);
});

describe('what another hand has taken the container off meanwhile', () => {
  const takenOff = (network: string) => ({
    code: 'change_stale',
    params: { context: 'taken_off', container: 'web', network },
  });
  const sent = () => bench.engine.calls.filter((call) => changing.test(call));

  it('keeps a move from taking it off its other network, and is rolled back then', async () => {
    const now = [fixed(dmz, '10.70.2.9')];
    const { changes, id } = await cutOff({ request: move, at: [2, 'before'] }, ...now);
    expect(await refusal(changes.recover(id, 'finish'))).toMatchObject(takenOff('lan'));
    expect([sent(), endpoints()]).toEqual([[], now]);
    expect(await changes.recover(id, 'roll-back')).toMatchObject({ state: 'rolled-back' });
    expect(endpoints()).toEqual(now);
  });

  it('keeps an undo from it, too', async () => {
    const now = [fixed(lan, '10.70.1.60')];
    const { changes, id } = await cutOff({ request: move, at: [2, 'before'], undo: true }, ...now);
    expect(await refusal(changes.recover(id, 'roll-back'))).toMatchObject(takenOff('dmz'));
    expect([sent(), endpoints()]).toEqual([[], now]);
    expect(await changes.recover(id, 'finish')).toMatchObject({ state: 'applied' });
    expect(endpoints()).toEqual(now);
  });

  it('keeps a rolling back from it that was cut off in its turn', async () => {
    const first = await cutOff({ request: move, at: [2, 'after'] }, fixed(lan, '10.70.1.60'));
    const killed = bench.killAt(2, 'before');
    void first.changes.recover(first.id, 'roll-back').catch(() => undefined);
    await killed;
    bench.revive();
    const now = [fixed(lan, '10.70.1.60')];
    attached(...now);
    const { changes } = await bench.start();
    expect(await refusal(changes.recover(first.id, 'roll-back'))).toMatchObject(takenOff('dmz'));
    expect([sent(), endpoints()]).toEqual([[], now]);
  });
});

it('one without a fixed address is its own, whatever address a start has given it', async () => {
  const now = [fixed(dmz, '10.70.2.9'), endpoint(lan, { ipv4: '10.70.1.44', endpointId: 'another start' })];
  const { changes, id } = await cutOff({ request: automatic, at: [1, 'after'] }, ...now);
  expect(await changes.recover(id, 'roll-back')).toMatchObject({ state: 'rolled-back' });
  expect(endpoints()).toEqual([fixed(dmz, '10.70.2.9')]);
});

it('a host that answers late is looked at before anything is sent to it', async () => {
  const now = [fixed(dmz, '10.70.2.9'), fixed(lan, '10.70.1.61')];
  const { changes, id } = await cutOff({ request: attach, at: [1, 'after'] }, ...now);
  let asked = 0;
  bench.engine.before = (call) => {
    if (call === 'networks' && (asked += 1) === 1) throw problem('engine_unreachable');
  };
  expect(await refusal(changes.recover(id, 'roll-back'))).toMatchObject(others('lan'));
  expect(endpoints()).toEqual(now);
});

it('a connect whose answer was lost is not found in what another hand attached', async () => {
  const engine = new FakeEngine().add(lan, container('c1', 'web', { state: 'exited', endpoints: [] }));
  const step = {
    ...{ op: 'connect' as const, containerId: 'c1', containerName: 'web' },
    ...{ networkId: 'n1', networkName: 'lan', endpoint: { ipv4: '10.70.1.60' } },
  };
  await engine.connect('n1', 'c1', { ipv4: '10.70.1.61' });
  expect(await effectOf(engine, step, [])).toEqual({ done: false });
  expect(engine.containerMap.get('c1')?.endpoints).toMatchObject([{ pinned4: '10.70.1.61' }]);
});

describe('a network that another hand has made since', () => {
  const spec = {
    ...{ name: 'lan20', driver: 'macvlan' as const, parent: 'eth4', subnet: '10.70.4.0/24' },
    ...{ mode: 'bridge', exclusions: [], internal: false },
  };
  const killedAt = async (when: 'before' | 'after', request: ChangeRequest, undo = false) => {
    const { changes } = await bench.start();
    const { id } = await changes.preview(request);
    if (undo) await changes.apply(id);
    // The fake makes a network again by another method than those at which it is killed.
    const { engine } = bench;
    const killed = undo
      ? new Promise<void>((resolve) => {
          const real = engine.restoreNetwork.bind(engine);
          engine.restoreNetwork = async (form) => {
            if (when === 'after') await real(form);
            resolve();
            return new Promise<never>(() => undefined);
          };
        })
      : bench.killAt(1, when);
    void (undo ? changes.undo(id) : changes.apply(id)).catch(() => undefined);
    await killed;
    bench.revive();
    return { ...(await bench.start()), id };
  };
  const named = (name: string) =>
    [...bench.engine.networkMap.values()].filter((each) => each.name === name).map(({ id }) => id);

  it.each<Record<string, string>>([{}, { mine: '1' }])(
    'as one that was to be made, with labels %j, is left',
    async (labels) => {
      const { changes, id } = await killedAt('before', { kind: 'create-network', engineId: 'e1', spec });
      const theirs = network('theirs', 'lan20', {
        subnets: [{ subnet: spec.subnet, exclusions: {} }],
        labels,
      });
      bench.engine.add({ ...theirs, parent: 'eth4', options: { parent: 'eth4', macvlan_mode: 'bridge' } });
      expect(await refusal(changes.recover(id, 'finish'))).toMatchObject({ code: 'name_taken' });
      expect(await changes.recover(id, 'roll-back')).toMatchObject({ state: 'rolled-back' });
      expect(named('lan20')).toEqual(['theirs']);
    },
  );

  it('in the place of one that was removed, maybe, is not removed', async () => {
    const remove: ChangeRequest = { kind: 'remove-network', engineId: 'e1', networkId: 'n1' };
    const { changes, id } = await killedAt('after', remove, true);
    const there = named('lan');
    expect(there).toHaveLength(1);
    expect(await refusal(changes.recover(id, 'finish'))).toMatchObject({
      ...{ code: 'change_stale', params: { context: 'unsure', network: 'lan' } },
    });
    expect(await changes.recover(id, 'roll-back')).toMatchObject({ state: 'undone' });
    expect(named('lan')).toEqual(there);
  });
});
