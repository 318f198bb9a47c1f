import { describe, expect, it } from 'vitest';
import type { Network, ProbeTarget } from '../../model';
import { endpoint, network } from '../testing';
import { countVerdicts } from './judge';
import { elsewhereIn, isolationPlaces, isolationTargets, networksOf } from './places';
import {
  a,
  arp,
  at,
  b,
  c,
  dual,
  dualWorld,
  inventory,
  iot,
  lan1,
  matrix,
  onDual,
  own,
  routed,
  seen,
} from './testing';

describe('places and targets', () => {
  it('asks one container for each network, and each LAN’s gateway once', () => {
    const { places, targets } = matrix([null, null, null]);
    expect(places.map((each) => each.container?.name)).toEqual(['a', 'b', 'c']);
    expect(targets).toEqual([
      { kind: 'place', place: 0, address: '10.70.1.10', ipv6: '' },
      { kind: 'place', place: 1, address: '10.70.1.11', ipv6: '' },
      { kind: 'place', place: 2, address: '10.70.20.10', ipv6: '' },
      { kind: 'gateway', places: [0, 1], address: '10.70.1.1', ipv6: '' },
      { kind: 'gateway', places: [2], address: '10.70.20.1', ipv6: '' },
    ]);
  });

  it('asks for every family, a LAN’s gateways of both as one', () => {
    const places = isolationPlaces([dual], dualWorld);
    expect(places[0]?.container).toMatchObject({ address: '10.70.1.10', ipv6: 'fd00:1::10' });
    expect(isolationTargets([dual], places, dualWorld)).toEqual([
      { kind: 'place', place: 0, address: '10.70.1.10', ipv6: 'fd00:1::10' },
      { kind: 'gateway', places: [0], address: '10.70.1.1', ipv6: 'fd00:1::1' },
    ]);
    const v6 = { ...dualWorld, containers: [onDual(a, dual, '', 'fd00:1::10')] };
    expect(isolationPlaces([dual], v6)[0]?.container).toMatchObject({ address: 'fd00:1::10', ipv6: '' });
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
      ['self', 'arp', 'no_answer', 'not_alive', 'failed'],
      ['arp', 'self', 'answers_back', 'not_alive', 'failed'],
      ['no_answer', 'router', 'self', 'failed', 'failed'],
    ]);
    expect(countVerdicts(matrix(rows()).cells)).toEqual({
      ...{ reachable: 2, routed: 1, isolated: 0, unanswered: 3, unknown: 6 },
    });
  });

  it('takes silence behind a router for isolation only where the router itself is not there', () => {
    const silent = (routerAnswers: boolean | undefined) => {
      const asked = rows();
      const told = routerAnswers === undefined ? {} : { routerAnswers };
      asked[0]?.splice(2, 1, routed('10.70.20.10', 0, told));
      return matrix(asked).cells[0]?.[2];
    };
    expect(silent(false)).toMatchObject({ verdict: 'isolated', reason: 'no_router' });
    expect(silent(true)).toMatchObject({ verdict: 'unanswered', reason: 'no_answer' });
    expect(silent(undefined)).toMatchObject({ verdict: 'unanswered', reason: 'no_answer' });
  });

  it.each([
    ['no route', { via: 'none', interface: '', ping: null }],
    ['no router', { via: 'gateway', routerAnswers: false }],
    ['silence on the link', { via: 'link' }],
  ] as const)('takes %s for nothing where there was an answer the other way round', (_what, over) => {
    const asked = rows();
    asked[1]?.splice(2, 1, seen('10.70.20.10', over));
    expect(matrix(asked).cells[1]?.[2]).toMatchObject({ verdict: 'unanswered', reason: 'answers_back' });
    asked[2]?.splice(2, 1, routed('10.70.1.11', 0));
    expect(matrix(asked).cells[1]?.[2]).toMatchObject({ verdict: 'isolated' });
  });

  it('finds the way that one family has and the other has not, and says what each gave', () => {
    const rows = (received6: number) => [
      [
        ...[own('10.70.1.10'), own('fd00:1::10')],
        routed('10.70.20.10', 0, { routerAnswers: false }),
        routed('fd00:2::10', received6, { routerAnswers: false }),
      ],
      [own('10.70.20.10'), own('fd00:2::10')],
    ];
    const found = matrix(rows(2), dualWorld).cells[0]?.[1];
    expect(found).toMatchObject({ verdict: 'routed', reason: 'router', evidence: { address: 'fd00:2::10' } });
    expect(found?.asked.map((each) => [each.family, each.verdict])).toEqual([
      ['ipv4', 'isolated'],
      ['ipv6', 'routed'],
    ]);
    expect(matrix(rows(0), dualWorld).cells[0]?.[1]).toMatchObject({ verdict: 'isolated' });
    // The asker has no IPv6 address there: its silence is no proof of anything.
    const one = { ...dualWorld, containers: [onDual(a, dual, '10.70.1.10', ''), dualWorld.containers[1]!] };
    const only = matrix(rows(0), one).cells[0]?.[1];
    expect(only?.asked.map((each) => each.family)).toEqual(['ipv4']);
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
    expect(asked([bridgeOn('e2')], routed('172.17.0.1', 0))).toEqual(['no_answer', 'address_answers']);
  });

  it('sees another machine behind the same address', () => {
    const other = rows();
    other[0]?.splice(1, 1, arp('10.70.1.11', '02:00:00:00:00:ff'));
    expect(matrix(other).cells[0]?.[1]).toMatchObject({ verdict: 'unknown', reason: 'other_answers' });
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
