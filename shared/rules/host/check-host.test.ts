import { describe, expect, it } from 'vitest';
import type { Nic } from '../../model';
import { hostFacts, nic } from './testing';
import { container } from '../testing';
import { planSegment } from '../segments/plan';
import { create, engines, host, networks, plan, planned, problems } from '../segments/testing';

describe('what the hosts really have', () => {
  const one = (nics: Nic[], over: object = {}, draft: object = {}) =>
    create(draft, [host('e1', over)], { facts: [hostFacts('e1', ...nics)] });
  const link = (over: Partial<Nic>) =>
    nic({ name: 'eth0.10', kind: 'vlan', vlan: 10, parent: 'eth0', ...over });

  it('is looked at: the NIC is there and fit, and nobody says that it was not looked at', () => {
    const fine = one([nic()]);
    expect(problems(fine)).toEqual([]);
    expect(fine.hosts[0]?.notices.map((each) => each.code)).not.toContain('parent_unchecked');
    expect(problems(one([nic({ name: 'eth7' })]))).toEqual(['e1 parent_missing']);
    const port = nic({ master: 'br0', masterKind: 'bridge' });
    expect(problems(one([port]))).toEqual(['e1 parent_busy']);
    const loopback = one(
      [nic({ name: 'dummy0', kind: 'loopback' })],
      { parentNic: 'dummy0' },
      { vlan: null },
    );
    expect(loopback.hosts[0]?.problems).toMatchObject([
      { code: 'parent_invalid', params: { context: 'loopback', parent: 'dummy0' }, field: 'spec.parent' },
    ]);
    const tunnel = one([nic({ kind: 'tunnel', ethernet: false })]);
    expect(tunnel.hosts[0]?.problems).toMatchObject([
      { code: 'parent_invalid', params: { context: 'not_ethernet', parent: 'eth0', host: 'host-e1' } },
    ]);
    const wireless = one([nic({ kind: 'wireless' })]);
    expect(problems(wireless)).toEqual([]);
    expect(wireless.hosts[0]?.notices.map((each) => each.code)).toContain('parent_unfit');
  });
  it('decides about a VLAN link that exists: engines take it with any id', () => {
    expect(problems(one([nic(), link({})]))).toEqual([]);
    const wrong = (...nics: Nic[]) => one(nics).hosts[0]?.problems[0];
    expect(wrong(nic(), link({ vlan: 20 }))).toMatchObject({
      code: 'vlan_mismatch',
      params: { context: 'link', parent: 'eth0.10', host: 'host-e1', vlan: 20, wanted: 10 },
      engineId: 'e1',
      field: 'spec.parent',
    });
    expect(wrong(nic(), link({ parent: 'eth9' }))).toMatchObject({
      code: 'link_mismatch',
      params: { parent: 'eth0.10', host: 'host-e1', other: 'eth9', nic: 'eth0' },
    });
    expect(wrong(nic(), nic({ name: 'eth0.10' }))).toMatchObject({
      code: 'link_mismatch',
      params: { context: 'not_vlan', parent: 'eth0.10', host: 'host-e1' },
    });
    const named = (over: Partial<Nic>) =>
      problems(one([nic(), link({ name: 'vlan10', ...over })], { parent: 'vlan10' }));
    expect(named({})).toEqual([]);
    expect(named({ vlan: 20 })).toEqual(['e1 vlan_mismatch']);
    expect(problems(one([nic()], { parent: 'vlan10' }))).toEqual(['e1 parent_missing']);
  });
  it('a NIC that tells another VLAN id is refused without a look', () => {
    const wrong = (over: object, choice: object) => create(over, [host('e1', choice)]).hosts[0]?.problems;
    expect(wrong({ vlan: null }, { parentNic: 'eth0.20' })).toMatchObject([
      { code: 'vlan_mismatch', params: { context: 'untagged', parent: 'eth0.20', vlan: 20 } },
    ]);
    expect(wrong({}, { parent: 'eth0.20' })).toMatchObject([
      { code: 'vlan_mismatch', params: { parent: 'eth0.20', vlan: 20, wanted: 10 }, field: 'spec.parent' },
    ]);
  });
  it('does not warn of Wi-Fi where the segment is ipvlan', () => {
    const codes = (driver: string, mode: string) =>
      one([nic({ kind: 'wireless' })], {}, { driver, mode }).hosts[0]?.notices.map((each) => each.code);
    expect(codes('macvlan', 'bridge')).toContain('parent_unfit');
    expect(codes('ipvlan', 'l2')).not.toContain('parent_unfit');
  });
  it('decides about the MTU: engines take none, so that containers have that of the link below', () => {
    const told = (found: ReturnType<typeof plan>) =>
      found.hosts[0]?.notices.filter((each) => each.code === 'mtu_ignored');
    const on = (...nics: Nic[]) => told(one(nics, {}, { mtu: 9000 }));
    expect(told(create({ mtu: 9000 }, [host('e1')]))).toMatchObject([
      { severity: 'info', params: { mtu: 9000, host: 'host-e1', parent: 'eth0.10' } },
    ]);
    // The engine makes the VLAN link, which has its NIC's; one that is there has its own.
    expect(on(nic())).toMatchObject([
      { severity: 'warning', params: { context: 'differs', parent: 'eth0', actual: 1500, mtu: 9000 } },
    ]);
    expect(on(nic({ mtu: 9000 }))).toEqual([]);
    expect(on(nic({ mtu: 9000 }), link({ mtu: 1500 }))).toMatchObject([{ params: { parent: 'eth0.10' } }]);
    expect(told(one([nic()]))).toEqual([]);
    expect(told(create({}, [host('e1')]))).toEqual([]);
  });
  it('keeps the hosts’ own addresses out of ranges, suggestions and pins, and out of the plan', () => {
    const addresses = [{ address: '10.70.1.200', prefix: 24, scope: 'global' }];
    const found = one([nic({ addresses })]);
    expect(found.segment?.members[0]?.ipRange).toBe('10.70.1.128/26');
    expect(found.segment?.reserved).toEqual([]);
    const world = {
      networks,
      containers: [container()],
      facts: [hostFacts('e1', nic({ addresses: [{ ...addresses[0]!, address: '10.70.1.2' }] }), link({}))],
    };
    const attach = {
      kind: 'attach-to-segment',
      segmentId: 'seg-1',
      engineId: 'e1',
      containerId: 'e1-web',
    } as const;
    expect(plan(attach, world).suggestedIpv4).toBe('10.70.1.3');
    expect(problems(plan({ ...attach, ipv4: '10.70.1.2' }, world))).toEqual(['e1 address_reserved']);
    expect(plan(attach, world).segment).toEqual(planned);
  });
  it('refuses a pin on the address of a host that is no member, and says whose it is', () => {
    const addresses = [{ address: '10.70.1.2', prefix: 24, scope: 'global' }];
    const attach = {
      kind: 'attach-to-segment',
      segmentId: 'seg-1',
      engineId: 'e1',
      containerId: 'e1-web',
    } as const;
    const on = (ipv4?: string) =>
      planSegment(
        { ...attach, ...(ipv4 && { ipv4 }) },
        {
          plan: [{ ...planned, members: planned.members.slice(0, 1) }],
          inventory: {
            ...{ engines, networks: networks.slice(0, 1), containers: [container()] },
            facts: [hostFacts('e2', nic({ addresses }))],
          },
          newId: 'seg-new',
        },
      );
    expect(on('10.70.1.2').hosts[0]?.problems).toMatchObject([
      { code: 'address_reserved', params: { context: 'host', name: 'eth0', host: 'host-e2' } },
    ]);
    expect(on().suggestedIpv4).toBe('10.70.1.3');
  });
  it('leaves out what a host has at another site', () => {
    const addresses = [{ address: '10.70.1.2', prefix: 24, scope: 'global' }];
    const attach = {
      kind: 'attach-to-segment',
      segmentId: 'seg-1',
      engineId: 'e1',
      containerId: 'e1-web',
    } as const;
    const sites = engines.map((one) => ({ ...one, site: 'Lab', lans: { eth2: 'Annexe' } }));
    const at = (name: string) =>
      problems(
        plan(
          { ...attach, ipv4: '10.70.1.2' },
          {
            ...{ engines: sites, networks: networks.map((one) => ({ ...one, site: 'Lab' })) },
            containers: [container()],
            facts: [hostFacts('e2', nic({ name, addresses }))],
          },
        ),
      );
    expect([at('eth2'), at('eth1')]).toEqual([[], ['e1 address_reserved']]);
  });
});
