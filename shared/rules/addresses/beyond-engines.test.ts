import { describe, expect, it } from 'vitest';
import type { Segment, ShimPolicy } from '../../model';
import { addressPlan } from './address-plan';
import { suggestAddress, suggestAddresses } from './suggest';
import { checkAddress } from './check';
import { shimAlias } from '../lans/shim-link';
import { hostFacts, nic } from '../host/testing';
import type { Inventory } from '../inventory/inventory';
import { bridge, container, endpoint, engine, idle, network, twoHosts } from '../testing';

const ipRange = { ipRange: '10.70.1.128/26' };
const { here, there, engines, networks } = twoHosts({ subnet: ipRange });
const office: Segment = {
  id: 'seg-1',
  name: 'Office',
  vlan: null,
  subnets: [{ subnet: '10.70.1.0/24', gateway: '10.70.1.1' }],
  driver: 'macvlan',
  mode: 'bridge',
  reserved: [
    { from: '10.70.1.200', to: '10.70.1.250', kind: 'dhcp', note: 'the router' },
    { from: '10.70.1.2', to: '10.70.1.9', kind: 'reserved' },
    { from: '10.70.1.12', to: '10.70.1.12', kind: 'dhcp' },
  ],
  members: [{ engineId: 'e2', parentNic: 'eth1', networkName: 'lan', ...ipRange }],
};
const shim = (over: Partial<ShimPolicy> = {}): ShimPolicy => ({
  engineId: 'e2',
  networkId: there.id,
  networkName: 'lan',
  address: '10.70.1.10',
  since: 0,
  ...over,
});
const own = nic({ name: 'eth1', addresses: [{ address: '10.70.1.11', prefix: 24, scope: 'global' }] });
const link = nic({
  name: 'tl-e2-lan',
  kind: 'macvlan',
  alias: shimAlias,
  addresses: [{ address: '10.70.1.10', prefix: 32, scope: 'global' }],
});
const plain: Inventory = { engines, networks, containers: [] };
const world: Inventory = {
  ...plain,
  segments: [office],
  shims: [shim()],
  facts: [hostFacts('e2', own, link)],
};
const problemAt = (address: string, on: Inventory = world, network_ = here) =>
  checkAddress(address, network_, on).problems[0];

describe('what a DHCP server has given to a container', () => {
  const web = container({ id: 'web', name: 'web', engineId: 'e2', endpoints: [] });
  const leases = [
    {
      engineId: 'e2',
      containerId: 'web',
      containerName: 'web',
      networkId: there.id,
      networkName: 'lan',
      address: '10.70.1.77',
    },
  ];
  const leasing: Inventory = { ...plain, containers: [web], leases };

  it('is nobody else’s on any host of the LAN, and told as what it is', () => {
    expect(problemAt('10.70.1.77', leasing)).toMatchObject({
      code: 'address_reserved',
      params: { context: 'lease', name: 'web', address: '10.70.1.77' },
    });
    expect(problemAt('10.70.1.78', leasing)).toBeUndefined();
    expect(addressPlan(here, leasing).used).toContainEqual({
      ...{ address: '10.70.1.77', kind: 'leased', engineId: 'e2', owner: 'web' },
    });
  });

  it('counts where the network was made anew, and is gone', () => {
    const gone = leases.map((one) => ({ ...one, networkId: 'older' }));
    expect(problemAt('10.70.1.77', { ...leasing, leases: gone })?.code).toBe('address_reserved');
  });
});

describe('what no engine knows to be taken', () => {
  it('is not suggested, whichever host of the LAN it is on', () => {
    expect(suggestAddress(here, plain)).toBe('10.70.1.2');
    expect(suggestAddress(here, { ...plain, segments: [office] })).toBe('10.70.1.10');
    expect(suggestAddress(here, { ...plain, segments: [office], shims: [shim()] })).toBe('10.70.1.11');
    expect(suggestAddress(here, world)).toBe('10.70.1.13');
  });

  it('is left out from the top, too, where all that is free is automatic', () => {
    const whole = network();
    expect(suggestAddress(whole, { engines, networks: [whole], containers: [] })).toBe('10.70.1.254');
    const reserved = [{ from: '10.70.1.200', to: '10.70.1.254', kind: 'dhcp' as const }];
    const kept = {
      segments: [{ ...office, reserved }],
      shims: [shim({ engineId: 'e1', networkId: whole.id })],
    };
    const near = { engines, networks: [whole], containers: [], ...kept };
    expect(suggestAddress(whole, near)).toBe('10.70.1.199');
    const all = [{ from: '10.70.1.0', to: '10.70.1.255', kind: 'reserved' as const }];
    expect(suggestAddress(whole, { ...near, segments: [{ ...office, reserved: all }] })).toBeUndefined();
  });

  it('is listed with its own kind and owner, a range as one', () => {
    const { used, suggestion } = addressPlan(here, world);
    const kept = used.filter(({ kind }) => kind !== 'gateway');
    expect(kept).toEqual([
      { address: '10.70.1.200', to: '10.70.1.250', kind: 'dhcp', engineId: 'e1', owner: 'the router' },
      { address: '10.70.1.2', to: '10.70.1.9', kind: 'reserved', engineId: 'e1', owner: 'Office' },
      { address: '10.70.1.12', kind: 'dhcp', engineId: 'e1', owner: 'Office' },
      { address: '10.70.1.10', kind: 'shim', engineId: 'e2', owner: 'tl-e2-lan' },
      { address: '10.70.1.11', kind: 'host', engineId: 'e2', owner: 'eth1' },
    ]);
    expect(suggestion).toBe('10.70.1.13');
  });

  it.each([
    ['10.70.1.200', { name: 'the router', network: 'Office', host: 'host-e1' }],
    ['10.70.1.250', { name: 'the router' }],
    ['10.70.1.5', { name: '10.70.1.2 – 10.70.1.9', address: '10.70.1.5' }],
    ['10.70.1.12', { context: 'dhcp', network: 'Office', host: 'host-e1' }],
    ['10.70.1.10', { context: 'shim', network: 'lan', host: 'host-e2' }],
    ['10.70.1.11', { context: 'host', name: 'eth1', host: 'host-e2' }],
  ])('refuses %s as reserved', (address, params) => {
    const found = problemAt(address);
    expect(found).toMatchObject({ code: 'address_reserved', engineId: 'e1', params });
    expect(found?.message).not.toContain('{{');
  });

  it('leaves everything else free', () => {
    expect(['10.70.1.13', '10.70.1.199', '10.70.1.251'].map((each) => problemAt(each))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('comes after the router, and before a neighbour that has the address already', () => {
    const reserved = [{ from: '10.70.1.1', to: '10.70.1.20', kind: 'reserved' as const }];
    const taken = container({ name: 'db', endpoints: [endpoint(here, { ipv4: '10.70.1.15' })] });
    const on = { ...plain, containers: [taken], segments: [{ ...office, reserved }] };
    expect(problemAt('10.70.1.1', on)?.code).toBe('address_is_gateway');
    expect(problemAt('10.70.1.15', on)?.code).toBe('address_reserved');
  });

  it('takes no pin away from whoever had it before', () => {
    const kept = container({ endpoints: [idle(here, { pinned4: '10.70.1.210' })] });
    const automatic = container({ endpoints: [endpoint(here, { ipv4: '10.70.1.210' })] });
    const check = (own_: typeof kept) =>
      checkAddress('10.70.1.210', here, { ...world, containers: [own_] }, own_).problems.length;
    expect([check(kept), check(automatic)]).toEqual([0, 1]);
  });

  it('is of the LAN only: not of another VLAN, a bridge, or a segment without this network', () => {
    const tagged = network({ name: 'tagged', parent: 'eth1.20', subnet: { subnet: '10.70.2.0/24' } });
    const local = bridge({ subnets: [{ subnet: '10.70.1.0/24', gateway: '10.70.1.1', exclusions: {} }] });
    const on = { ...world, networks: [...networks, tagged, local], facts: [hostFacts('e1', own)] };
    expect(addressPlan(tagged, on).used.map(({ kind }) => kind)).not.toContain('dhcp');
    expect(addressPlan(local, on).used.map(({ kind }) => kind)).toEqual(['gateway']);
  });

  it('stays so where a shim’s network has gone: the link is on its host all the same', () => {
    const gone = { ...world, shims: [shim({ networkId: 'gone', networkName: 'gone' })], facts: [] };
    for (const on of [gone, { ...gone, networks: [here] }]) {
      expect(problemAt('10.70.1.10', on)).toMatchObject({
        code: 'address_reserved',
        params: { context: 'shim', host: 'host-e2', network: 'gone' },
      });
    }
    const elsewhere = engines.map((one) => ({ ...one, site: one.id === 'e2' ? 'Bern' : 'Basel' }));
    const apart = { ...gone, engines: elsewhere, networks: [{ ...here, site: 'Basel' }] };
    expect(problemAt('10.70.1.10', apart, apart.networks[0])).toBeUndefined();
  });

  it('follows a shim’s network that was made anew', () => {
    const anew = { ...plain, shims: [shim({ networkId: 'old' })] };
    expect(problemAt('10.70.1.10', anew)).toMatchObject({ params: { context: 'shim', host: 'host-e2' } });
  });

  it('counts in IPv6', () => {
    const six = {
      subnet: 'fd00:70::/64',
      gateway: 'fd00:70::1',
      exclusions: {},
      ipRange: 'fd00:70::f000/116',
    };
    const dual = network({ ipv6: true, subnets: [...here.subnets, six] });
    const segment: Segment = {
      ...office,
      subnets: [...office.subnets, { subnet: 'fd00:70::/64', gateway: 'fd00:70::1' }],
      reserved: [{ from: 'fd00:70::2', to: 'fd00:70::ff', kind: 'reserved' }],
    };
    const on = { engines: [engine()], networks: [dual], containers: [], segments: [segment] };
    expect(suggestAddresses(dual, on)).toEqual({
      suggestedIpv4: '10.70.1.191',
      suggestedIpv6: 'fd00:70::ffff',
    });
    const outside = (version: 4 | 6) => suggestAddress(dual, on, undefined, version, true);
    expect([outside(4), outside(6)]).toEqual(['10.70.1.2', 'fd00:70::100']);
    expect(problemAt('fd00:70::42', on, dual)?.code).toBe('address_reserved');
  });
});

describe('a host’s own address', () => {
  const at = (over: Parameters<typeof nic>[0] = {}) =>
    nic({ name: 'eth1', addresses: [{ address: '10.70.1.11', prefix: 24, scope: 'global' }], ...over });
  const e3 = engine({ id: 'e3', site: 'Lab' });
  const placed = (site: string, lans?: Record<string, string>): Inventory => {
    const own_ = { ...here, site: 'Lab' };
    return {
      engines: [engine({ id: 'e1', site: 'Lab' }), engine({ id: 'e2', site, ...(lans && { lans }) }), e3],
      networks: [own_, { ...there, site: 'Lab' }],
      containers: [],
    };
  };
  const codes = (on: Inventory) => checkAddress('10.70.1.11', on.networks[0]!, on).problems;

  it('is refused also where the host has no network on the LAN yet', () => {
    const facts = [hostFacts('e3', at())];
    const on = { ...placed('Lab'), facts };
    expect(codes(on)).toMatchObject([{ params: { context: 'host', name: 'eth1', host: 'host-e3' } }]);
    expect(
      suggestAddress(on.networks[0]!, {
        ...on,
        facts: [hostFacts('e3', at({ addresses: [{ address: '10.70.1.2', prefix: 24, scope: 'global' }] }))],
      }),
    ).toBe('10.70.1.3');
  });

  it.each([
    ['a tunnel', at({ kind: 'tunnel', ethernet: false })],
    ['the bridge of its virtual machines', at({ name: 'virbr0', kind: 'bridge' })],
    ['a bridge of Docker’s', at({ docker: true })],
    ['another VLAN', at({ name: 'eth1.20' })],
  ])('is no matter there on %s', (_what, one) => {
    const on = placed('Lab');
    const tagged = on.networks.map((each) => ({ ...each, parent: 'eth1.10' }));
    expect(codes({ ...on, networks: tagged, facts: [hostFacts('e3', one)] })).toEqual([]);
  });

  it('is of the LAN that its interface is on, where the host is on two with one subnet', () => {
    const on = placed('Lab', { eth2: 'Annexe' });
    const seen = (name: string, over: object = {}) =>
      codes({ ...on, facts: [hostFacts('e2', at({ name, ...over }))] }).length;
    expect([seen('eth1'), seen('eth2'), seen('eth2.10')]).toEqual([1, 0, 0]);
    expect([seen('vlan10', { parent: 'eth2', kind: 'vlan' }), seen('vlan10', { parent: 'eth1' })]).toEqual([
      0, 1,
    ]);
  });

  it('counts in every subnet of the LAN, not only in that of the host’s first network', () => {
    const lower = network({ engineId: 'e2', name: 'low', subnet: { subnet: '10.70.1.0/29' } });
    const on = { ...plain, networks: [here, lower, there], facts: [hostFacts('e2', at())] };
    expect(codes(on)).toMatchObject([{ params: { context: 'host', host: 'host-e2' } }]);
  });

  it.each(['tcp://10.70.1.11:2376', 'ssh://admin@10.70.1.11', 'ssh://[::ffff]'])(
    'is known without a look where the host is reached by it: %s',
    (endpoint_) => {
      const on = { ...plain, engines: [engine({ id: 'e1' }), engine({ id: 'e2', endpoint: endpoint_ })] };
      const named = endpoint_.includes('10.70.1.11');
      const found = codes(on);
      expect(found.map(({ params }) => [params?.['context'], params?.['host']])).toEqual(
        named ? [['reached', 'host-e2']] : [],
      );
      expect(found[0]?.message ?? '').not.toContain('{{');
      expect(addressPlan(here, on).used.filter(({ kind }) => kind === 'host')).toHaveLength(named ? 1 : 0);
    },
  );

  it('is told of and not refused where it is not certain on which LAN the host has it', () => {
    const reached = (over: object, more: readonly ReturnType<typeof network>[] = []) => {
      const other = engine({ id: 'e3', endpoint: 'tcp://10.70.1.11:2376', ...over });
      const on = { ...plain, engines: [...engines, other], networks: [...networks, ...more] };
      const { problems, notices } = checkAddress('10.70.1.11', here, on);
      const heard = notices.filter(({ code }) => code === 'address_reaches_host');
      return [problems.length, heard.map(({ params }) => params.host)];
    };
    expect(reached({})).toEqual([0, ['host-e3']]);
    const far = network({ engineId: 'e3', name: 'far', parent: 'eth1.20' });
    const near = network({ engineId: 'e3', name: 'near', parent: 'eth1.10' });
    const tagged = { ...here, parent: 'eth1.10' };
    expect(reached({}, [near])).toEqual([1, []]);
    const on = { ...plain, engines: [...engines, engine({ id: 'e3', endpoint: 'tcp://10.70.1.11:2376' })] };
    const at10 = (more: readonly ReturnType<typeof network>[]) => {
      const { problems, notices } = checkAddress('10.70.1.11', tagged, {
        ...on,
        networks: [tagged, ...more],
      });
      return [problems.length, notices.filter(({ code }) => code === 'address_reaches_host').length];
    };
    expect([at10([near]), at10([near, far]), at10([far])]).toEqual([
      [1, 0],
      [0, 1],
      [0, 0],
    ]);
  });

  it('is no host’s own by way of a jump host, of a simulated engine, or where a look says other', () => {
    const count = (over: object, facts: Inventory['facts'] = []) => {
      const other = engine({ id: 'e2', endpoint: 'tcp://10.70.1.11:2376', ...over });
      return codes({ ...plain, engines: [engine({ id: 'e1' }), other], facts }).length;
    };
    expect(count({})).toBe(1);
    expect(count({ endpoint: 'ssh://admin@10.70.1.11?jump=gate' })).toBe(0);
    expect(count({ demo: true })).toBe(0);
    expect(count({}, [hostFacts('e2', nic())])).toBe(0);
  });
});
