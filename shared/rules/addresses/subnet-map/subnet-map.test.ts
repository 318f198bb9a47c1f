import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { subnetMap, type SubnetMap } from '.';
import type { HostFacts, Network, Segment } from '../../../model';
import { overlaps } from '../../basics/cidr';
import { hostFacts, nic } from '../../host/testing';
import { bridge, engine, network, podman } from '../../testing';
import { judgeOverlap } from './judge';
import { subnetUses, type SubnetSources } from './uses';

const engines = ['a', 'b', 'c'].map((id) => engine({ id }));
const at = (subnet: string) => [{ subnet, exclusions: {} }];
const lan = (engineId: string, subnet = '10.70.1.0/24', over: Partial<Network> = {}) =>
  network({ engineId, subnets: at(subnet), ...over });
const own = (engineId: string, subnet: string, name = 'apps') =>
  bridge({ engineId, name, subnets: at(subnet) });
const host = (engineId: string, address: string, over: Partial<HostFacts> = {}): HostFacts => {
  const [ip = '', prefix] = address.split('/');
  const addresses = [{ address: ip, prefix: Number(prefix), scope: 'global' }];
  return { ...hostFacts(engineId, nic({ addresses })), routes: [], ...over };
};
const via = (to: string, over: object = {}) => ({ to, nic: 'tun0', onLink: false, ...over });

const whys = (map: SubnetMap) =>
  map.rows.flatMap(({ subnet, overlaps: all }) =>
    all.map((one) => `${subnet} ${one.why} ${one.subnet} on ${one.hosts.join(' ')}`),
  );
const mapOf = (networks: Network[], facts: HostFacts[] = [], segments: Segment[] = []) =>
  subnetMap({ engines, networks, facts, segments });

describe('subnetMap', () => {
  it('has each subnet once, in order, with who has it and what it lies in', () => {
    const { rows } = mapOf([
      network({ engineId: 'a', subnets: [...at('fd00:70::/64'), ...at('10.70.1.7/24')] }),
      lan('b'),
      own('a', '10.0.0.0/8', 'wide'),
      own('b', '9.0.0.0/8', 'low'),
    ]);
    expect(
      rows.map(({ subnet, depth, uses }) => [subnet, depth, uses.map(({ engineId }) => engineId)]),
    ).toEqual([
      ['9.0.0.0/8', 0, ['b']],
      ['10.0.0.0/8', 0, ['a']],
      ['10.70.1.0/24', 1, ['a', 'b']],
      ['fd00:70::/64', 0, ['a']],
    ]);
  });

  it.each<[string, Network[], HostFacts[], string[]]>([
    ['one LAN of two hosts', [lan('a'), lan('b')], [], ['10.70.1.0/24 same-lan 10.70.1.0/24 on a b']],
    [
      'a host on it itself',
      [lan('a')],
      [host('a', '10.70.1.9/24')],
      ['10.70.1.0/24 same-lan 10.70.1.0/24 on a'],
    ],
    [
      'LANs that VLAN ids tell apart',
      [lan('a', undefined, { parent: 'eth0.10' }), lan('b', undefined, { parent: 'eth0.20' })],
      [],
      ['10.70.1.0/24 lans-apart 10.70.1.0/24 on a b'],
    ],
    [
      'LANs that sites tell apart',
      [lan('a', undefined, { site: 'Berlin' }), lan('b', undefined, { site: 'Paris' })],
      [],
      ['10.70.1.0/24 lans-apart 10.70.1.0/24 on a b'],
    ],
    [
      'unequal lengths on one LAN',
      [lan('a'), lan('b', '10.70.0.0/16')],
      [],
      ['10.70.0.0/16 prefix-differs 10.70.1.0/24 on a b', '10.70.1.0/24 prefix-differs 10.70.0.0/16 on a b'],
    ],
    [
      'bridges of two hosts',
      [own('a', '172.18.0.0/16'), own('b', '172.18.0.0/16')],
      [],
      ['172.18.0.0/16 own-each 172.18.0.0/16 on a b'],
    ],
    [
      'two bridges of one host',
      [own('a', '172.18.0.0/16', 'one'), own('a', '172.18.0.0/16', 'two')],
      [],
      ['172.18.0.0/16 two-own 172.18.0.0/16 on a'],
    ],
    [
      'a bridge over its host’s LAN',
      [own('a', '192.168.0.0/20')],
      [host('a', '192.168.1.5/24')],
      ['192.168.0.0/20 hides-lan 192.168.1.0/24 on a', '192.168.1.0/24 hides-lan 192.168.0.0/20 on a'],
    ],
    [
      'a bridge over the LAN of another host',
      [own('a', '192.168.0.0/20')],
      [host('b', '192.168.1.5/24')],
      ['192.168.0.0/20 elsewhere 192.168.1.0/24 on a b', '192.168.1.0/24 elsewhere 192.168.0.0/20 on a b'],
    ],
    [
      'a bridge within what a VPN leads to',
      [own('a', '172.18.0.0/16')],
      [host('a', '10.1.1.5/24', { routes: [via('172.16.0.0/12')] })],
      ['172.16.0.0/12 hides-route 172.18.0.0/16 on a', '172.18.0.0/16 hides-route 172.16.0.0/12 on a'],
    ],
    [
      'a VPN over the host’s own LAN',
      [],
      [host('a', '192.168.1.5/24', { routes: [via('192.168.1.0/24')] })],
      ['192.168.1.0/24 route-takes-lan 192.168.1.0/24 on a'],
    ],
    [
      'a VPN around it',
      [],
      [host('a', '10.1.1.5/24', { routes: [via('10.0.0.0/8')] })],
      ['10.0.0.0/8 routed 10.1.1.0/24 on a', '10.1.1.0/24 routed 10.0.0.0/8 on a'],
    ],
    [
      'an overlay over a host’s LAN',
      [network({ engineId: 'a', kind: 'overlay', scope: 'swarm', subnets: at('10.0.1.0/24') })],
      [host('a', '10.0.1.9/24')],
      ['10.0.1.0/24 overlay-hides 10.0.1.0/24 on a'],
    ],
    [
      'the kernel’s own way to a LAN, and a shim’s to a container',
      [lan('a')],
      [
        {
          ...host('a', '10.70.1.5/24', {
            routes: [
              via('10.70.1.0/24', { nic: 'eth0', onLink: true }),
              via('10.70.1.20/32', { nic: 'shim0', onLink: true }),
            ],
          }),
          nics: [...host('a', '10.70.1.5/24').nics, nic({ name: 'shim0', kind: 'macvlan' })],
        },
      ],
      ['10.70.1.0/24 same-lan 10.70.1.0/24 on a'],
    ],
    [
      'Podman’s bridge, whatever its name is',
      [
        {
          ...own('a', '10.88.0.0/16'),
          subnets: [{ subnet: '10.88.0.0/16', gateway: '10.88.0.1', exclusions: {} }],
        },
      ],
      [
        hostFacts(
          'a',
          nic({
            name: 'podman0',
            kind: 'bridge',
            addresses: [{ address: '10.88.0.1', prefix: 16, scope: 'global' }],
          }),
        ),
      ],
      [],
    ],
  ])('judges %s', (_name, networks, facts, expected) => {
    expect(whys(mapOf(networks, facts))).toEqual(expected);
  });

  it('has a segment’s own subnet only where none of its networks has it', () => {
    const segment = {
      ...{ id: 's', name: 'cameras', vlan: null, driver: 'macvlan', mode: 'bridge', reserved: [] },
      subnets: [{ subnet: '10.70.1.0/24' }, { subnet: '10.70.9.0/24' }],
      members: [{ engineId: 'a', parentNic: 'eth1', networkName: 'lan' }],
    } as Segment;
    const { rows } = mapOf([lan('a')], [], [segment]);
    expect(rows.map(({ uses: [use] }) => [use?.kind, use?.name, use?.segment])).toEqual([
      ['network', 'lan', 'cameras'],
      ['segment', 'cameras', undefined],
    ]);
  });

  it('says at which hosts nobody has looked, and whose routes are not all known', () => {
    const { unseen, routesUnknown } = mapOf(
      [],
      [host('a', '10.1.1.1/24', { moreRoutes: true }), hostFacts('b')],
    );
    expect(unseen).toEqual(['c']);
    expect(routesUnknown).toEqual(['a', 'b']);
  });

  it('finds what a comparison of all with all finds', () => {
    const subnet = fc.constantFrom(
      ...[
        '10.0.0.0/8',
        '10.70.0.0/16',
        '10.70.1.0/24',
        '10.70.1.128/25',
        '10.71.0.0/16',
        'fd00::/48',
        'fd00::/64',
      ],
    );
    const engineId = fc.constantFrom('a', 'b', 'c');
    const someNetwork = fc
      .record({
        ...{ engineId, subnet, name: fc.constantFrom('x', 'y', 'z') },
        kind: fc.constantFrom<Network['kind']>('macvlan', 'bridge', 'overlay', 'other'),
        parent: fc.constantFrom('eth0', 'eth0.10', 'eth0.20'),
        site: fc.constantFrom(undefined, 'Berlin', 'berlin', 'Paris'),
      })
      .map(({ subnet: cidr, ...rest }) => network({ ...rest, id: rest.name, subnets: at(cidr) }));
    const someFacts = fc
      .record({
        engineId,
        subnet,
        kind: fc.constantFrom('physical' as const, 'tunnel' as const),
        to: subnet,
        nic: fc.constantFrom('eth0', 'tun0'),
      })
      .map(({ engineId: id, subnet: cidr, kind, to, nic: out }) => {
        const [address = '', prefix] = cidr.split('/');
        const addresses = [{ address, prefix: Number(prefix), scope: 'global' }];
        const card = nic({ kind, ethernet: kind === 'physical', addresses });
        return { ...hostFacts(id, card), routes: [via(to, { nic: out })] };
      });
    fc.assert(
      fc.property(
        fc.array(someNetwork, { maxLength: 12 }),
        fc.array(someFacts, { maxLength: 4 }),
        (networks, facts) => {
          const sources = { engines, networks, facts };
          const { rows } = subnetMap(sources);
          const found = rows.flatMap(({ subnet: here, overlaps: all }) =>
            all.map((one) => `${here} ${one.subnet} ${one.why} ${one.hosts.join(' ')}`),
          );
          expect(found.sort()).toEqual(naive(sources));
          for (const { why, pair } of rows.flatMap(({ overlaps: all }) => all))
            expect(judgeOverlap(...pair)).toBe(why);
        },
      ),
    );
  });
});

/** All with all. */
function naive(sources: SubnetSources): string[] {
  const uses = subnetUses(sources);
  const text = new Map(
    subnetMap(sources).rows.flatMap(({ subnet, uses: all }) =>
      all.map((use) => [`${use.cidr.base}/${use.cidr.prefix}/${use.cidr.version}`, subnet]),
    ),
  );
  const name = (use: (typeof uses)[number]) =>
    text.get(`${use.cidr.base}/${use.cidr.prefix}/${use.cidr.version}`)!;
  const found = new Map<string, Set<string>>();
  uses.forEach((a, i) =>
    uses.slice(i + 1).forEach((b) => {
      const why = overlaps(a.cidr, b.cidr) ? judgeOverlap(a, b) : null;
      if (!why) return;
      expect(judgeOverlap(b, a)).toBe(why);
      for (const key of new Set([`${name(a)} ${name(b)} ${why}`, `${name(b)} ${name(a)} ${why}`]))
        found.set(key, new Set([...(found.get(key) ?? []), a.engineId, b.engineId]));
    }),
  );
  return [...found].map(([key, hosts]) => `${key} ${[...hosts].sort().join(' ')}`).sort();
}

describe('the pools of an engine', () => {
  const poolsOf = (over: object, networks: Network[], facts: HostFacts[] = []) =>
    subnetMap({ engines: [engine({ id: 'a', ...over })], networks, facts }).pools[0]!;

  it('are Docker’s usual ones where it tells none', () => {
    const macvlanInIt = lan('a', '192.168.5.0/24');
    expect(
      poolsOf({}, [own('a', '172.17.0.0/16', 'bridge'), own('a', '172.20.5.0/24'), macvlanInIt]),
    ).toMatchObject({
      ...{ source: 'usual', total: 31n, used: 3n, blocked: 0n, left: 28n, next: '172.18.0.0/16' },
      hostUnknown: true,
    });
  });

  it('lose what the host’s own addresses and routes on the link take, and before v23 all routes', () => {
    const routes = [via('172.18.0.0/15'), via('172.30.4.0/24', { onLink: true })];
    const facts = [host('a', '192.168.0.10/23', { routes })];
    const used = [own('a', '172.17.0.0/16', 'bridge')];
    const now = poolsOf({}, used, facts);
    expect(now).toMatchObject({
      used: 1n,
      blocked: 2n,
      left: 28n,
      next: '172.18.0.0/16',
      hostUnknown: false,
    });
    const before = poolsOf({ apiVersion: '1.41' }, used, facts);
    expect(before).toMatchObject({ used: 1n, blocked: 4n, left: 26n, next: '172.20.0.0/16' });
  });

  it('are those that it was told, each block once', () => {
    const addressPools = [
      { base: '10.9.0.0/24', size: 26 },
      { base: '10.9.0.0/23', size: 25 },
      { base: 'fd00:9::/32', size: 64 },
    ];
    const told = poolsOf({ addressPools }, [own('a', '10.9.0.64/27'), own('a', 'fd00:9::/60')]);
    expect(told).toMatchObject({ source: 'told', total: 6n, used: 1n, left: 5n, next: '10.9.0.0/26' });
    expect(told.pools[2]).toMatchObject({ total: 1n << 32n, used: 16n, left: (1n << 32n) - 16n });
    const full = poolsOf({ addressPools: addressPools.slice(0, 1) }, [own('a', '10.9.0.0/16')]);
    expect(full).toMatchObject({ total: 4n, used: 4n, left: 0n, next: null });
  });

  it('are Podman’s other ones, and overlays take none', () => {
    const overlay = network({ engineId: 'a', kind: 'overlay', scope: 'swarm', subnets: at('10.89.3.0/24') });
    const map = subnetMap({ engines: [podman({ id: 'a' })], networks: [overlay, own('a', '10.89.0.0/24')] });
    expect(map.pools[0]).toMatchObject({ total: 42_752n, used: 1n, next: '10.89.1.0/24' });
    expect(subnetMap({ engines: [engine({ product: 'unknown' })], networks: [] }).pools).toEqual([]);
  });
});
