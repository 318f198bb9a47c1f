import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lanOf } from './lan-read';
import { suggestAddress } from './suggest';
import { checkAddress } from './check';
import { contains, parseCidr, parseIp } from '../basics/cidr';
import { sharedSubnetNetworks } from '../lans/lan';
import { addressUses } from './testing';
import { bridge, container, endpoint, engine, idle, network, special, twoHosts } from '../testing';

describe('sharedSubnetNetworks', () => {
  const lan = network();
  const shares = (other: Parameters<typeof network>[0]) =>
    sharedSubnetNetworks(lan, [lan, network({ engineId: 'e2', ...other })]).length === 2;
  it('holds macvlan and ipvlan l2 of the same subnet on any engine', () => {
    expect(shares({})).toBe(true);
    expect(shares({ kind: 'ipvlan', mode: 'l2' })).toBe(true);
    expect(shares({ kind: 'ipvlan', mode: undefined })).toBe(true);
    expect(shares({ internal: true })).toBe(true);
    expect(shares({ parent: undefined })).toBe(true);
  });
  it('holds no routed, private, dummy, config-only or other network', () => {
    expect(shares({ kind: 'ipvlan', mode: 'l3' })).toBe(false);
    expect(shares({ kind: 'bridge', parent: undefined })).toBe(false);
    expect(shares({ kind: 'overlay' })).toBe(false);
    expect(shares({ configOnly: true })).toBe(false);
    expect(shares({ parent: 'dm-0123456789ab', internal: true })).toBe(false);
    expect(shares({ kind: 'ipvlan', mode: 'l2', parent: 'di-0123456789ab' })).toBe(false);
    expect(shares({ parent: '' })).toBe(false);
    expect(shares({ parent: undefined, internal: true })).toBe(false);
    expect(shares({ subnet: { subnet: '10.70.2.0/24' } })).toBe(false);
    expect(shares({ subnets: [] })).toBe(false);
  });
  it('tells VLANs apart only where both names tell an id', () => {
    const ten = network({ parent: 'eth1.10' });
    const other = (parent: string) => network({ engineId: 'e2', parent });
    const count = (parent: string) => sharedSubnetNetworks(ten, [ten, other(parent)]).length;
    expect([count('eth1.20'), count('eth5.10'), count('eth2'), count('vlan10')]).toEqual([1, 2, 2, 2]);
  });
  it('keeps a bridge to itself, and an overlay to its own id', () => {
    const here = bridge({ name: 'app' });
    expect(sharedSubnetNetworks(here, [here, bridge({ name: 'app', engineId: 'e2' })])).toEqual([here]);
    const overlay = (engineId: string, id: string) =>
      network({ kind: 'overlay', scope: 'swarm', id, engineId, name: 'ov' });
    const [a, b, c] = [overlay('e1', 'x'), overlay('e2', 'x'), overlay('e2', 'y')];
    expect(sharedSubnetNetworks(a, [a, b, c])).toEqual([a, b]);
  });
});

describe('addressUses', () => {
  it('collects gateways, exclusions, pins and automatic addresses over all hosts', () => {
    const { here, there, engines, networks } = twoHosts({ subnet: { exclusions: { printer: '10.70.1.9' } } });
    const containers = [
      container({ name: 'auto', endpoints: [endpoint(here)] }),
      container({
        name: 'fixed',
        endpoints: [endpoint(here, { ipv4: '10.70.1.60', pinned4: '10.70.1.60' })],
      }),
      container({
        name: 'off',
        engineId: 'e2',
        state: 'exited',
        endpoints: [idle(there, { networkId: '', pinned4: '10.70.1.61', pinned6: 'FD00::61' })],
      }),
      container({ name: 'else', engineId: 'e2', endpoints: [endpoint(bridge({ engineId: 'e2' }))] }),
    ];
    const uses = addressUses(here, {
      engines,
      networks: [...networks, bridge({ engineId: 'e2' })],
      containers,
    });
    const short = uses.map((use) => `${use.kind} ${use.address} ${use.engineId} ${use.owner}`.trim());
    expect(short).toEqual([
      'gateway 10.70.1.1 e1',
      'excluded 10.70.1.9 e1 printer',
      'automatic 10.70.1.2 e1 auto',
      'pinned 10.70.1.60 e1 fixed',
      'gateway 10.70.1.1 e2',
      'excluded 10.70.1.9 e2 printer',
      'pinned 10.70.1.61 e2 off',
      'pinned fd00::61 e2 off',
    ]);
  });
  it.each([
    ['1.45', undefined, '10.70.1.1'],
    ['1.45', '10.70.1.128/25', '10.70.1.128'],
    ['1.51', undefined, '10.70.1.1'],
    ['1.52', undefined, undefined],
  ])('knows the gateway that API %s takes by itself (range %s)', (apiVersion, ipRange, gateway) => {
    const lan = network({ subnet: { gateway: undefined, ipRange } });
    const uses = addressUses(lan, { engines: [engine({ apiVersion })], networks: [lan], containers: [] });
    expect(uses[0]?.address).toBe(gateway);
  });
  it.each([
    ['1.45', { internal: true }, '10.70.1.1'],
    ['1.47', { internal: true }, '10.70.1.1'],
    ['1.48', { internal: true }, undefined],
    ['1.51', { internal: true, kind: 'ipvlan' }, undefined],
    ['1.47', { kind: 'ipvlan', mode: 'l3' }, '10.70.1.1'],
    ['1.51', { kind: 'ipvlan', mode: 'l3s' }, undefined],
    ['1.51', { kind: 'ipvlan', mode: 'l2' }, '10.70.1.1'],
    ['1.51', { internal: true, kind: 'bridge' }, '10.70.1.1'],
  ] as const)('knows whether API %s keeps one where %o needs none', (apiVersion, over, gateway) => {
    const lan = network({ ...over, subnet: { gateway: undefined } });
    const uses = addressUses(lan, { engines: [engine({ apiVersion })], networks: [lan], containers: [] });
    expect(uses[0]?.address).toBe(gateway);
  });
  it('does not believe a pin that swarm ignored', () => {
    const swarm = network({ scope: 'swarm' });
    const one = container({ endpoints: [endpoint(swarm, { pinned4: '10.70.1.50', ipv4: '10.70.1.3' })] });
    const uses = addressUses(swarm, { engines: [engine()], networks: [swarm], containers: [one] });
    expect(uses.map((use) => use.address)).toEqual(['10.70.1.1', '10.70.1.3']);
  });
});

describe('suggestAddress', () => {
  it('gives the top of the own range, and outside every range, over all hosts, where that is not to be used', () => {
    const { here, there, engines, networks } = twoHosts();
    here.subnets[0]!.ipRange = '10.70.1.0/26';
    there.subnets[0]!.ipRange = '10.70.1.64/26';
    const off = container({
      engineId: 'e2',
      state: 'exited',
      endpoints: [idle(there, { pinned4: '10.70.1.128' })],
    });
    const inventory = { engines, networks, containers: [off] };
    expect(suggestAddress(here, inventory)).toBe('10.70.1.63');
    expect(suggestAddress(here, inventory, undefined, 4, true)).toBe('10.70.1.129');
  });
  it('gives the highest free one where a host has no range', () => {
    const { here, there, engines, networks } = twoHosts({ subnet: { gateway: '10.70.1.254' } });
    here.subnets[0]!.ipRange = '10.70.1.0/26';
    there.subnets[0]!.exclusions = { nas: '10.70.1.253' };
    const inUse = container({ engineId: 'e2', endpoints: [endpoint(there, { ipv4: '10.70.1.252' })] });
    expect(suggestAddress(here, { engines, networks, containers: [inUse] })).toBe('10.70.1.251');
  });
  it('uses the range where all outside it is taken, in either case', () => {
    const lan = network({
      subnet: { subnet: '10.70.1.0/29', ipRange: '10.70.1.0/30', gateway: '10.70.1.4', exclusions: {} },
    });
    lan.subnets[0]!.exclusions = { a: '10.70.1.5', b: '10.70.1.6' };
    for (const outside of [false, true])
      expect(
        suggestAddress(lan, { engines: [engine()], networks: [lan], containers: [] }, undefined, 4, outside),
      ).toBe('10.70.1.3');
  });
  it('has none for a full subnet, for the default bridge, and without address management', () => {
    const full = network({ subnet: { subnet: '10.70.1.0/30', exclusions: { b: '10.70.1.2' } } });
    const inventory = { engines: [engine()], networks: [full], containers: [] };
    expect(suggestAddress(full, inventory)).toBeUndefined();
    expect(suggestAddress(bridge(), { ...inventory, networks: [bridge()] })).toBeUndefined();
    expect(suggestAddress(special('none'), { ...inventory, networks: [special('none')] })).toBeUndefined();
  });
  it('is quick in a vast subnet', () => {
    const vast = network({ subnet: { subnet: '10.0.0.0/8', gateway: '10.0.0.1', ipRange: '10.0.0.0/9' } });
    const inventory = { engines: [engine()], networks: [vast], containers: [] };
    expect(suggestAddress(vast, inventory)).toBe('10.127.255.255');
    expect(suggestAddress(vast, inventory, undefined, 4, true)).toBe('10.128.0.0');
  });
  it('always passes its own check, and lies in its own range, or outside of all, where anything is free there', () => {
    const host = fc.integer({ min: 1, max: 30 });
    const ranges = fc.constantFrom(
      undefined,
      '10.70.1.0/28',
      '10.70.1.16/28',
      '10.70.1.8/29',
      '10.70.1.0/27',
    );
    const arbitrary = fc.record({
      a: ranges,
      b: ranges,
      gateway: host,
      pins: fc.uniqueArray(host),
      live: fc.uniqueArray(host),
    });
    fc.assert(
      fc.property(arbitrary, ({ a, b, gateway, pins, live }) => {
        const at = (n: number) => `10.70.1.${String(n)}`;
        const { here, there, engines, networks } = twoHosts({
          subnet: { subnet: '10.70.1.0/27', gateway: at(gateway) },
        });
        Object.assign(here.subnets[0]!, { ipRange: a });
        Object.assign(there.subnets[0]!, { ipRange: b });
        const containers = [
          ...pins.map((n) =>
            container({
              name: `p${String(n)}`,
              engineId: 'e2',
              state: 'exited',
              endpoints: [idle(there, { pinned4: at(n) })],
            }),
          ),
          ...live.map((n) =>
            container({ name: `l${String(n)}`, endpoints: [endpoint(here, { ipv4: at(n) })] }),
          ),
        ];
        const inventory = { engines, networks, containers };
        const taken = new Set([gateway, ...pins, ...live].map(at));
        const automatic = lanOf(here, inventory).ranges.map((range) => range.cidr);
        const isOutside = (ip: string) => !automatic.some((range) => contains(range, parseIp(ip)!));
        const free = Array.from({ length: 30 }, (_, i) => at(i + 1)).filter((ip) => !taken.has(ip));
        const outside = suggestAddress(here, inventory, undefined, 4, true);
        const suggested = suggestAddress(here, inventory);
        if (outside === undefined || suggested === undefined) return expect(free).toEqual([]);
        for (const one of [outside, suggested])
          expect(checkAddress(one, here, inventory).problems).toEqual([]);
        expect(isOutside(outside)).toBe(free.some(isOutside));
        // Its own range, as far as the other host hands out nothing there.
        const isOwn = (ip: string) =>
          a !== undefined &&
          contains(parseCidr(a)!, parseIp(ip)!) &&
          !contains(parseCidr(b ?? '10.70.1.0/27')!, parseIp(ip)!);
        if (free.some(isOwn)) expect(suggested).toBe(free.filter(isOwn).at(-1));
        else expect(suggested).toBe(outside);
      }),
    );
  });
});

describe('checkAddress', () => {
  const { here, there, engines, networks } = twoHosts({
    ipv6: true,
    subnet: { exclusions: { printer: '10.70.1.9' }, ipRange: '10.70.1.0/26' },
  });
  for (const lan of [here, there])
    lan.subnets.push({ subnet: 'fd00:70::/64', gateway: 'fd00:70::1', exclusions: {} });
  const web = container({ endpoints: [endpoint(here, { ipv4: '10.70.1.70', pinned4: '10.70.1.70' })] });
  const far = container({
    name: 'far',
    engineId: 'e2',
    endpoints: [endpoint(there, { ipv4: '10.70.1.80', ipv6: 'fd00:70::80' })],
  });
  const off = container({ name: 'off', state: 'exited', endpoints: [idle(here, { pinned4: '10.70.1.90' })] });
  const farOff = container({
    name: 'faroff',
    engineId: 'e2',
    state: 'exited',
    endpoints: [idle(there, { pinned4: '10.70.1.91' })],
  });
  const inventory = { engines, networks, containers: [web, far, off, farOff] };
  const check = (text: string, own?: typeof web) => checkAddress(text, here, inventory, own, 'ipv4');
  it.each([
    ['10.70.1.300', 'address_invalid', {}],
    ['10.70.1.07', 'address_invalid', {}],
    ['', 'address_invalid', {}],
    ['10.70.2.5', 'address_outside_subnet', { subnet: '10.70.1.0/24, fd00:70::/64' }],
    ['10.70.1.0', 'address_is_network', { subnet: '10.70.1.0/24' }],
    ['10.70.1.255', 'address_is_broadcast', {}],
    ['10.70.1.1', 'address_is_gateway', { network: 'lan', host: 'host-e1' }],
    ['10.70.1.9', 'address_reserved', { name: 'printer', host: 'host-e1' }],
    ['10.70.1.70', 'address_in_use', { container: 'web', host: 'host-e1' }],
    ['10.70.1.90', 'address_in_use', { container: 'off', context: 'pinned' }],
    ['10.70.1.80', 'address_in_use_elsewhere', { container: 'far', host: 'host-e2', network: 'lan' }],
    ['10.70.1.91', 'address_in_use_elsewhere', { container: 'faroff', host: 'host-e2', context: 'pinned' }],
    ['fd00:70::', 'address_is_network', {}],
    ['fd00:70::1', 'address_is_gateway', {}],
    ['FD00:70:0::80', 'address_in_use_elsewhere', { address: 'fd00:70::80' }],
    ['fd00:71::1', 'address_outside_subnet', {}],
  ])('refuses %s: %s', (text, code, params) => {
    const { problems } = check(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ code, params, field: 'ipv4', engineId: 'e1' });
  });
  it('lets a container keep its own', () => {
    expect(check('10.70.1.70', web).problems).toEqual([]);
    expect(check('10.70.1.80', web).problems).toHaveLength(1);
  });
  it('warns inside a range, and only there', () => {
    expect(check('10.70.1.20').notices).toMatchObject([
      {
        code: 'pin_in_auto_range',
        params: { context: 'elsewhere', address: '10.70.1.20', range: '10.70.1.0/26', host: 'host-e2' },
      },
    ]);
    expect(check('10.70.1.100')).toMatchObject({
      problems: [],
      notices: [{ code: 'pin_outside_range', params: { range: '10.70.1.0/26' } }],
    });
  });
  it('warns of a range of another host', () => {
    const { here: a, there: b, engines: hosts } = twoHosts({ subnet: { ipRange: '10.70.1.0/26' } });
    b.subnets[0]!.ipRange = '10.70.1.64/26';
    const all = { engines: hosts, networks: [a, b], containers: [] };
    expect(checkAddress('10.70.1.70', a, all).notices[0]?.params).toMatchObject({ host: 'host-e2' });
  });
  it('says that swarm ignores it', () => {
    const swarm = network({ scope: 'swarm' });
    const notices = checkAddress('10.70.1.5', swarm, { engines, networks: [swarm], containers: [] }).notices;
    expect(notices.map((one) => one.code)).toEqual(['pin_ignored_by_swarm']);
  });
  it('says no such thing of an attachable overlay, which honours it', () => {
    const overlay = network({ scope: 'swarm', kind: 'overlay', attachable: true });
    const all = { engines, networks: [overlay], containers: [] };
    const { problems, notices } = checkAddress('10.70.1.5', overlay, all);
    expect(problems).toEqual([]);
    // It is kept, and so the usual warning counts: the address lies where automatic ones come from.
    expect(notices.map((one) => one.code)).toEqual(['pin_in_auto_range']);
  });
  it('says that a network has no addresses to fix', () => {
    const bare = network({ subnets: [] });
    const { problems } = checkAddress('10.70.1.5', bare, { engines, networks: [bare], containers: [] });
    expect(problems[0]?.code).toBe('network_without_ipam');
  });
});
