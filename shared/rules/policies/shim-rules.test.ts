import { describe, expect, it } from 'vitest';
import type { ShimPolicy } from '../../model';
import { container, endpoint, engine, network } from '../testing';
import { shimRules } from './shim-rules';

const lan = network({ id: 'aaaaaaaaaaaa1' });
const world = (over: object = {}) => ({
  engines: [engine()],
  networks: [lan],
  containers: [container({ endpoints: [endpoint(lan, { ipv4: '10.70.1.10' })] })],
  ...over,
});
const policy: ShimPolicy = {
  engineId: 'e1',
  networkId: lan.id,
  networkName: lan.name,
  address: '10.70.1.2',
  since: 1,
};
const there = { name: 'tl-aaaaaaaaaaaa', parent: 'eth1', address: '10.70.1.2', routes: ['10.70.1.10/32'] };

describe('the policy of a shim', () => {
  it('wants a link that leads to the network’s containers', () => {
    expect(shimRules.wanted(policy, world())).toEqual(there);
    expect(shimRules.nameOf(policy)).toBe(there.name);
    expect([shimRules.rests(policy, world()), shimRules.problems(policy, world())]).toEqual([null, []]);
  });

  it('goes with its network when that is made anew, and rests while there is none', () => {
    const again = network({ id: 'bbbbbbbbbbbb2' });
    const renewed = shimRules.renewed(policy, world({ networks: [again] }));
    expect(renewed).toEqual({ ...policy, networkId: again.id });
    expect(shimRules.keyOf(renewed)).toBe(shimRules.keyOf(policy));
    const none = world({ networks: [] });
    expect([shimRules.rests(policy, none), shimRules.wanted(policy, none)]).toEqual(['no-network', null]);
    expect(shimRules.renewed(policy, none)).toBe(policy);
  });

  it('does not go with a namesake to another LAN', () => {
    const elsewhere = network({
      id: 'bbbbbbbbbbbb2',
      parent: 'eth2',
      subnet: { subnet: '10.77.1.0/24', gateway: '10.77.1.1' },
    });
    const there = world({ networks: [elsewhere] });
    expect(shimRules.problems(policy, there)).toMatchObject([
      { code: 'address_outside_subnet', params: { address: '10.70.1.2', subnet: '10.77.1.0/24' } },
    ]);
    expect(shimRules.wanted(policy, there)).toBeNull();
  });

  it('has nothing to stand on where the network has no parent', () => {
    const { parent: _, ...bare } = lan;
    const on = world({ networks: [bare] });
    expect(shimRules.problems(policy, on)).toMatchObject([{ code: 'parent_invalid' }]);
    expect(shimRules.wanted(policy, on)).toBeNull();
    const odd = world({ networks: [{ ...lan, parent: 'eth1.9999' }] });
    expect(shimRules.problems(policy, odd)).toMatchObject([{ code: 'vlan_invalid', engineId: 'e1' }]);
    expect(shimRules.wanted(policy, odd)).toBeNull();
  });

  it('is the same whatever the order of its routes, and another without one of them', () => {
    const wanted = { ...there, routes: ['10.70.1.11/32', '10.70.1.10/32'] };
    const found = { ...there, routes: ['10.70.1.10/32', '10.70.1.11/32', '10.70.1.10/32'] };
    expect(shimRules.differs(wanted, found)).toBe(false);
    expect(shimRules.differs(wanted, there)).toBe(true);
    expect(shimRules.differs(wanted, { ...found, address: '10.70.1.3' })).toBe(true);
    expect(shimRules.differs(wanted, null)).toBe(true);
  });
});
