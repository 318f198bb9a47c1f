import { describe, expect, it } from 'vitest';
import type { DhcpPolicy } from '../../model';
import { container, endpoint, engine, network } from '../testing';
import { dhcpRules, sameLeaseHelper } from './dhcp-rules';
import { leaseHelperName, leaseMac, leaseRevision } from './dhcp';

const lan = network({ id: 'aaaaaaaaaaaa1' });
const web = container({ name: 'web', endpoints: [endpoint(lan, { ipv4: '10.70.1.10' })] });
const world = (over: object = {}) => ({ engines: [engine()], networks: [lan], containers: [web], ...over });
const identity = { by: 'name', name: web.name } as const;
const policy: DhcpPolicy = {
  ...{ engineId: 'e1', networkId: lan.id, networkName: lan.name, identity },
  ...{ containerName: 'web', mac: leaseMac({ identity, networkName: lan.name }, lan.id), since: 1 },
};

describe('the policy of a lease', () => {
  it('wants a helper beside the container that runs', () => {
    expect(dhcpRules.wanted(policy, world())).toEqual({
      ...{ name: leaseHelperName(policy), containerId: web.id, networkName: lan.name, mac: policy.mac },
      ...{ hostName: 'web', subnets: ['10.70.1.0/24'], revision: leaseRevision },
    });
    expect([dhcpRules.rests(policy, world()), dhcpRules.problems(policy, world())]).toEqual([null, []]);
  });

  it('goes with a container that is made anew, by the same name and MAC', () => {
    const again = world({ containers: [{ ...web, id: 'another' }] });
    expect(dhcpRules.wanted(policy, again)).toMatchObject({ containerId: 'another', mac: policy.mac });
    expect(dhcpRules.wanted(policy, again)?.name).toBe(dhcpRules.wanted(policy, world())?.name);
  });

  it('goes with a network that is made anew', () => {
    const other = network({ id: 'bbbbbbbbbbbb2' });
    const on = { ...web, endpoints: [endpoint(other, { ipv4: '10.70.1.10' })] };
    const again = world({ networks: [other], containers: [on] });
    expect(dhcpRules.renewed(policy, again)).toEqual({ ...policy, networkId: other.id });
    expect(dhcpRules.wanted(policy, again)).toEqual(dhcpRules.wanted(policy, world()));
  });

  it.each([
    ['no-container', { containers: [] }, true],
    ['not-attached', { containers: [{ ...web, endpoints: [] }] }, true],
    ['not-attached', { networks: [] }, true],
    ['stopped', { containers: [{ ...web, state: 'exited' }] }, false],
  ])('rests as %s, and only what is of no use any more goes', (rests, over, idle) => {
    const there = world(over);
    expect([dhcpRules.rests(policy, there), dhcpRules.wanted(policy, there)]).toEqual([rests, null]);
    expect(dhcpRules.idle(policy, there)).toBe(idle);
  });

  it('is about nobody where two that run claim to be it', () => {
    const labels = {
      'com.docker.compose.project': 'shop',
      'com.docker.compose.service': 'web',
      'com.docker.compose.container-number': '1',
    };
    const two = ['one', 'two'].map((id) => ({ ...web, id, name: id, labels }));
    const composed: DhcpPolicy = {
      ...policy,
      identity: { by: 'compose', project: 'shop', service: 'web', number: '1' },
    };
    expect(dhcpRules.rests(composed, world({ containers: two }))).toBe('no-container');
    const [one, old] = two.map((each, index) => (index === 1 ? { ...each, state: 'exited' as const } : each));
    expect(dhcpRules.wanted(composed, world({ containers: [one, old] }))).toMatchObject({
      containerId: 'one',
    });
  });

  it('has a helper of its own and a MAC of its own for each attachment, unicast and of no maker', () => {
    const other = { ...policy, networkName: 'iot' };
    expect(leaseHelperName(other)).not.toBe(leaseHelperName(policy));
    expect(policy.mac).toMatch(/^0a(:[0-9a-f]{2}){5}$/);
    expect(leaseMac(policy, 'another network')).not.toBe(policy.mac);
  });

  it('is not the same once its helper has ended, or is of an older console', () => {
    const wanted = dhcpRules.wanted(policy, world())!;
    expect(sameLeaseHelper(wanted, { ...wanted, subnets: [...wanted.subnets] })).toBe(true);
    expect(dhcpRules.differs(wanted, { ...wanted, ended: true })).toBe(true);
    expect(dhcpRules.differs(wanted, { ...wanted, revision: 0 })).toBe(true);
    expect(dhcpRules.differs(wanted, null)).toBe(true);
  });
});
