import { describe, expect, it } from 'vitest';
import type { IsolationTarget, Network, ProbeTarget } from '../../model';
import type { Inventory } from '../inventory/inventory';
import { container, endpoint, engine, network } from '../testing';
import { countVerdicts, isolationCells, type Answers } from './judge';
import { elsewhereIn, isolationPlaces, isolationTargets, networksOf, placesOnLan } from './places';

const lan1 = network({ engineId: 'e1' });
const lan2 = network({ engineId: 'e2' });
const iot = network({
  engineId: 'e1',
  name: 'iot',
  parent: 'eth2',
  subnet: { subnet: '10.70.20.0/24', gateway: '10.70.20.1' },
});
const at = (engineId: string, name: string, on: Network, ipv4: string, mac: string) =>
  container({
    id: `${engineId}-${name}`,
    engineId,
    name,
    endpoints: [endpoint(on, { ipv4, mac })],
  });
const a = at('e1', 'a', lan1, '10.70.1.10', '02:00:00:00:00:0a');
const b = at('e2', 'b', lan2, '10.70.1.11', '02:00:00:00:00:0b');
const c = at('e1', 'c', iot, '10.70.20.10', '02:00:00:00:00:0c');
const inventory: Inventory = {
  engines: [engine({ id: 'e1' }), engine({ id: 'e2' })],
  networks: [lan1, lan2, iot],
  containers: [a, b, c],
};

const seen = (address: string, over: Partial<ProbeTarget> = {}): ProbeTarget => ({
  address,
  via: 'link',
  interface: 'eth0',
  macs: [],
  ping: { sent: 2, received: 0, ms: null },
  answers: false,
  duplicate: false,
  ...over,
});
const own = (address: string) => seen(address, { via: 'own', ping: null });
const arp = (address: string, mac: string) => seen(address, { macs: [mac], answers: true });
const routed = (address: string, received: number, over: Partial<ProbeTarget> = {}) =>
  seen(address, { via: 'gateway', macs: [], ping: { sent: 2, received, ms: 1 }, ...over });

/** @param world its networks are those that are asked; `elsewhere` has all that there are, where there are more */
function matrix(
  rows: (readonly ProbeTarget[] | null)[],
  world: Inventory & { elsewhere?: Network[] } = inventory,
  cancelled = false,
) {
  const networks = world.networks;
  const places = isolationPlaces(networks, world);
  const targets = isolationTargets(networks, places, world);
  const lans = networks.map((_, index) => placesOnLan(networks, index));
  const answers: Answers[] = rows.map((row) => row && new Map(row.map((each) => [each.address, each])));
  const standsOn = (place: number, other: number) =>
    places[place]?.alsoOn.includes(places[other]?.networkName ?? '') ?? false;
  const elsewhere = (target: IsolationTarget) =>
    elsewhereIn(networks, { ...world, networks: world.elsewhere ?? networks })(target);
  const cells = isolationCells({ places, targets, cancelled, answers, lans, standsOn, elsewhere });
  return { places, targets, cells, words: cells.map((row) => row.map((cell) => cell.reason)) };
}

describe('places and targets', () => {
  it('asks one container for each network, and each LAN’s gateway once', () => {
    const { places, targets } = matrix([null, null, null]);
    expect(places.map((each) => each.container?.name)).toEqual(['a', 'b', 'c']);
    expect(targets).toEqual([
      { kind: 'place', place: 0, address: '10.70.1.10' },
      { kind: 'place', place: 1, address: '10.70.1.11' },
      { kind: 'place', place: 2, address: '10.70.20.10' },
      { kind: 'gateway', places: [0, 1], address: '10.70.1.1' },
      { kind: 'gateway', places: [2], address: '10.70.20.1' },
    ]);
  });

  it('prefers a container without another way, and never one that shares a namespace or stands still', () => {
    const both = { ...at('e1', 'a0', lan1, '10.70.1.20', ''), id: 'x1' };
    both.endpoints.push(endpoint(iot, { ipv4: '10.70.20.20' }));
    const sharer = { ...at('e1', 'a1', lan1, '10.70.1.21', ''), id: 'x2' };
    const shares = { ...sharer, networkMode: { kind: 'container' as const, containerId: 'y' } };
    const stopped = { ...at('e1', 'a2', lan1, '10.70.1.22', ''), id: 'x3', state: 'exited' as const };
    const world = { ...inventory, containers: [both, shares, stopped] };
    expect(isolationPlaces([lan1], world)[0]?.container?.name).toBe('a0');
    expect(isolationPlaces([lan1], world)[0]?.alsoOn).toEqual(['iot']);
    expect(isolationPlaces([lan1], { ...world, containers: [both, a] })[0]?.container?.name).toBe('a');
  });

  it('leaves out networks that are gone, and takes each once', () => {
    const ref = { engineId: 'e1', networkId: lan1.id };
    expect(networksOf([ref, ref, { engineId: 'e1', networkId: 'gone' }], inventory)).toEqual([lan1]);
  });
});

describe('verdicts', () => {
  const rows = () => [
    [own('10.70.1.10'), arp('10.70.1.11', '02:00:00:00:00:0b'), routed('10.70.20.10', 0), seen('10.70.1.1')],
    [own('10.70.1.11'), arp('10.70.1.10', '02:00:00:00:00:0a'), routed('10.70.20.10', 0), seen('10.70.1.1')],
    [own('10.70.20.10'), routed('10.70.1.10', 0), routed('10.70.1.11', 2)],
  ];

  it('tells one LAN from another, a router, and a gateway that nobody has heard', () => {
    expect(matrix(rows()).words).toEqual([
      ['self', 'arp', 'silent', 'not_alive', 'failed'],
      ['arp', 'self', 'silent', 'not_alive', 'failed'],
      ['silent', 'router', 'self', 'failed', 'failed'],
    ]);
    expect(countVerdicts(matrix(rows()).cells)).toEqual({ reachable: 2, routed: 1, isolated: 3, unknown: 6 });
  });

  it('takes silence for nothing when the silent one was not seen alive', () => {
    const silent = rows();
    silent[2] = [];
    expect(matrix(silent).words[0]?.[2]).toBe('not_alive');
  });

  it('takes a gateway’s silence for isolation once another place has heard it', () => {
    const heard = rows();
    heard[0]?.splice(3, 1, arp('10.70.1.1', '02:00:00:00:00:01'));
    heard[2]?.push(seen('10.70.1.1', { via: 'none', interface: '', macs: [], ping: null }));
    const { words } = matrix(heard);
    expect([words[0]?.[3], words[1]?.[3], words[2]?.[3]]).toEqual(['address_answers', 'silent', 'no_way']);
  });

  it('takes silence for nothing where nobody could be asked on the link', () => {
    const unasked = rows();
    unasked[0]?.splice(2, 1, routed('10.70.20.10', 0, { macs: null }));
    expect(matrix(unasked).words[0]?.[2]).toBe('failed');
  });

  it('finds a leak: an answer on the link although the route leads through a router', () => {
    const leaking = rows();
    leaking[0]?.splice(2, 1, routed('10.70.20.10', 0, { macs: ['02:00:00:00:00:0c'] }));
    expect(matrix(leaking).cells[0]?.[2]).toMatchObject({ verdict: 'reachable', reason: 'arp' });
  });

  it('is not taken in by a router that answers for others', () => {
    const proxied = rows();
    proxied[0]?.splice(2, 1, routed('10.70.20.10', 2, { macs: ['02:00:00:00:00:01'] }));
    expect(matrix(proxied).words[0]?.[2]).toBe('router');
  });

  it('does not take a gateway for a neighbour because a router answers for it', () => {
    const proxied = rows();
    proxied[2]?.push(routed('10.70.1.1', 2, { macs: ['02:00:00:00:00:01'] }));
    expect(matrix(proxied).words[2]?.[3]).toBe('router');
  });

  it('takes an answer for a gateway’s address for that gateway only where the asker’s own subnet has it', () => {
    const answers = rows();
    const other = '02:00:00:00:00:ff';
    answers[0]?.splice(3, 1, arp('10.70.1.1', '02:00:00:00:00:01'));
    // Another host's kernel answers for its own bridge.
    answers[1]?.push(seen('10.70.20.1', { via: 'none', macs: [other], ping: null, answers: true }));
    const { cells } = matrix(answers);
    expect(cells[0]?.[3]).toMatchObject({ verdict: 'reachable', reason: 'address_answers' });
    expect(cells[1]?.[4]).toMatchObject({ verdict: 'unknown', reason: 'holder_unknown' });
  });

  it('never says that nobody answered where somebody did', () => {
    const answers = rows();
    // It is shown to live.
    answers[0]?.splice(3, 1, arp('10.70.1.1', '02:00:00:00:00:01'));
    answers[2]?.push(routed('10.70.1.1', 0, { macs: ['02:00:00:00:00:ff'], answers: true }));
    expect(matrix(answers).cells[2]?.[3]).toMatchObject({ verdict: 'unknown', reason: 'holder_unknown' });
  });

  it('takes an answer for a container whose MAC is not known likewise', () => {
    const world = { ...inventory, containers: [a, b, at('e1', 'c', iot, '10.70.20.10', '')] };
    const answers = rows();
    answers[0]?.splice(
      2,
      1,
      routed('10.70.20.10', 0, { via: 'none', macs: ['02:00:00:00:00:ff'], ping: null }),
    );
    expect(matrix(answers, world).words[0]?.[2]).toBe('holder_unknown');
  });

  it('takes answers for a gateway’s address that other hosts’ bridges have too for nothing beyond its own network', () => {
    const bridgeOn = (engineId: string) =>
      network({
        ...{ engineId, id: `br-${engineId}`, name: 'bridge', kind: 'bridge', driver: 'bridge', parent: '' },
        subnet: { subnet: '172.17.0.0/16', gateway: '172.17.0.1' },
      });
    const on1 = bridgeOn('e1');
    const inside = at('e1', 'd', on1, '172.17.0.2', '02:00:00:00:00:0d');
    const world = (twin: Network[]) => ({
      ...inventory,
      networks: [lan1, on1],
      containers: [a, inside],
      elsewhere: [lan1, on1, ...twin],
    });
    const asked = (twin: Network[], answer: ProbeTarget) =>
      matrix([[answer], [own('172.17.0.2'), arp('172.17.0.1', '02:00:00:00:00:01')]], world(twin)).words.map(
        (row) => row[3],
      );
    expect(asked([], routed('172.17.0.1', 2))).toEqual(['router', 'address_answers']);
    expect(asked([bridgeOn('e2')], routed('172.17.0.1', 2))).toEqual(['ambiguous', 'address_answers']);
    const link = arp('172.17.0.1', '02:00:00:00:00:ff');
    expect(asked([bridgeOn('e2')], link)).toEqual(['ambiguous', 'address_answers']);
    expect(asked([bridgeOn('e2')], { ...link, via: 'none' })).toEqual(['holder_unknown', 'address_answers']);
    expect(asked([bridgeOn('e2')], routed('172.17.0.1', 0))).toEqual(['silent', 'address_answers']);
  });

  it('sees another machine behind the same address', () => {
    const other = rows();
    other[0]?.splice(1, 1, arp('10.70.1.11', '02:00:00:00:00:ff'));
    expect(matrix(other).cells[0]?.[1]).toMatchObject({ verdict: 'isolated', reason: 'other_answers' });
  });

  it('says nothing of an address that both LANs have', () => {
    const twin = at('e1', 'c', iot, '10.70.1.11', '02:00:00:00:00:0c');
    const world = { ...inventory, containers: [a, b, twin] };
    const { words } = matrix(
      [[own('10.70.1.10'), arp('10.70.1.11', '02:00:00:00:00:0b')], null, null],
      world,
    );
    expect(words[0]?.slice(1, 3)).toEqual(['arp', 'ambiguous']);
  });

  it('says nothing of a container that stands on both LANs', () => {
    const both = { ...a, endpoints: [...a.endpoints, endpoint(iot, { ipv4: '10.70.20.11' })] };
    const world = { ...inventory, containers: [both, b, c] };
    const { cells } = matrix(
      [[own('10.70.1.10'), arp('10.70.20.10', '02:00:00:00:00:0c')], null, [own('10.70.20.10')]],
      world,
    );
    expect(cells[0]?.[2]).toMatchObject({ verdict: 'unknown', reason: 'stands_in_both' });
  });

  it('says nothing of a target that stands on the asker’s LAN too, nor of one container for both', () => {
    const both = { ...c, endpoints: [...c.endpoints, endpoint(lan1, { ipv4: '10.70.1.20' })] };
    const world = { ...inventory, containers: [a, b, both] };
    // Its kernel answers there for its address on the other LAN, with the MAC of the interface that it was asked on.
    const other = arp('10.70.20.10', '02:00:00:00:00:ff');
    const { words } = matrix([[own('10.70.1.10'), other], null, [own('10.70.20.10')]], world);
    expect(words[0]?.[2]).toBe('stands_in_both');
    const alone = { ...inventory, networks: [lan1, iot], containers: [both] };
    const none = routed('10.70.20.10', 0, { via: 'none' });
    expect(matrix([[own('10.70.1.20'), none], null], alone).words[0]?.[1]).toBe('stands_in_both');
  });

  it('says of a run that was cancelled what was not asked, and takes no silence for isolation then', () => {
    const half = [[own('10.70.1.10'), seen('10.70.1.11')], null, null];
    expect(matrix(half, inventory, true).words).toEqual([
      ['self', 'not_alive', 'cancelled', 'cancelled', 'cancelled'],
      ['cancelled', 'self', 'cancelled', 'cancelled', 'cancelled'],
      ['cancelled', 'cancelled', 'self', 'cancelled', 'cancelled'],
    ]);
  });

  it('says that there was nobody to ask', () => {
    const { words } = matrix([[own('10.70.1.10')], null, null], { ...inventory, containers: [a] });
    expect(words[0]).toEqual(['self', 'no_container', 'no_container', 'failed', 'failed']);
    expect(words[1]?.[0]).toBe('no_container');
  });
});

it('goes through the inventory once for all targets', () => {
  let gone = 0;
  const { networks, containers, engines } = inventory;
  const counted = {
    ...{ networks, engines },
    get containers() {
      gone += 1;
      return containers;
    },
  };
  const { targets } = matrix([null, null, null]);
  const elsewhere = elsewhereIn(networks, counted);
  targets.slice(0, 1).forEach(elsewhere);
  const once = gone;
  for (let cell = 0; cell < 10; cell += 1) targets.forEach(elsewhere);
  expect([once > 0, gone]).toEqual([true, once]);
});
