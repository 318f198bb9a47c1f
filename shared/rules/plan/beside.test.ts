import { describe, expect, it } from 'vitest';
import type { EngineRequest, Nic } from '../../model';
import type { Beside } from '../inventory/beside';
import { hostFacts, nic } from '../host/testing';
import { container, endpoint, engine, network } from '../testing';
import { attach, codes, first, lan, move, ops, plan, readdress, web } from './testing';

/** What is known beside the engines: hosts as they are, segments, shims. */
describe('a network on a host that somebody has looked at', () => {
  const create = (parent: string): EngineRequest => ({
    kind: 'create-network',
    engineId: 'e1',
    spec: {
      name: 'lan20',
      driver: 'macvlan',
      parent,
      mode: 'bridge',
      subnet: '10.70.2.0/24',
      gateway: '10.70.2.1',
      exclusions: [],
      internal: false,
    },
  });
  const on = (nics: Nic[], parent = 'eth0') =>
    plan(create(parent), { networks: [], beside: { facts: [hostFacts('e1', ...nics)] } });
  const vlan = (over: Partial<Nic> = {}) =>
    nic({ name: 'eth0.10', kind: 'vlan', vlan: 10, parent: 'eth0', ...over });

  it('says that nobody has looked where nobody has', () => {
    for (const facts of [[], [hostFacts('e2', nic())]]) {
      expect(codes(plan(create('eth0'), { networks: [], beside: { facts } }).notices)).toEqual([
        'parent_unchecked',
      ]);
    }
  });
  it('takes a fit parent without a word', () => {
    const made = on([nic()]);
    expect([made.problems, made.notices, ops(made)]).toEqual([[], [], ['create-network lan20']]);
  });
  it.each([
    ['that does not exist', [nic({ name: 'eth7' })], 'parent_missing'],
    ['that is a bridge’s port', [nic({ master: 'br0', masterKind: 'bridge' })], 'parent_busy'],
    ['that is a bond’s port', [nic({ master: 'bond0', masterKind: 'bond' })], 'parent_busy'],
    ['that is Docker’s own', [nic({ kind: 'veth', docker: true })], 'parent_busy'],
    ['that is the loopback by another name', [nic({ kind: 'loopback' })], 'parent_invalid'],
    ['without Ethernet', [nic({ ethernet: false })], 'parent_invalid'],
  ] as const)('refuses a parent %s', (_what, nics, code) => {
    const made = on([...nics]);
    expect(first(made)).toMatchObject({ code, engineId: 'e1', field: 'spec.parent' });
    expect([made.problems.length, made.steps]).toEqual([1, []]);
    expect(codes(made.notices)).not.toContain('parent_unchecked');
  });
  it.each([
    ['wireless', { kind: 'wireless' }],
    ['down', { up: false, carrier: false }],
    ['no_carrier', { carrier: false }],
  ] as const)('warns of a parent that is %s', (context, over) => {
    const made = on([nic(over)]);
    expect(made.notices).toMatchObject([{ code: 'parent_unfit', params: { context, parent: 'eth0' } }]);
    expect(ops(made)).toEqual(['create-network lan20']);
  });
  it('judges a VLAN link by the NIC below it, and by what it is where it is there already', () => {
    expect(codes(on([nic()], 'eth0.10').notices)).toEqual(['vlan_link_made']);
    expect(first(on([nic({ name: 'eth7' })], 'eth0.10'))).toMatchObject({
      code: 'parent_missing',
      params: { parent: 'eth0' },
    });
    expect(on([nic(), vlan()], 'eth0.10').problems).toEqual([]);
    expect(first(on([nic(), vlan({ vlan: 20 })], 'eth0.10'))?.code).toBe('vlan_mismatch');
    expect(first(on([nic(), vlan({ parent: 'eth9' })], 'eth0.10'))?.code).toBe('link_mismatch');
    expect(first(on([nic(), vlan({ master: 'br0', masterKind: 'bridge' })], 'eth0.10'))).toMatchObject({
      code: 'parent_busy',
      params: { parent: 'eth0.10' },
    });
    expect(first(on([nic()], 'vlan10'))).toMatchObject({
      code: 'parent_missing',
      params: { parent: 'vlan10' },
    });
  });
  it('tells once what is known of the engine anyhow', () => {
    const desktop = plan(create('eth0'), {
      networks: [],
      engines: [engine({ desktopVm: true })],
      beside: { facts: [hostFacts('e1', nic())] },
    });
    expect(codes(desktop.notices)).toEqual(['lan_unreachable']);
    const docker0 = nic({ name: 'docker0', kind: 'bridge', docker: true });
    expect(codes(on([docker0], 'docker0').notices)).toEqual(['lan_unreachable']);
  });
});

describe('a container on a LAN where addresses are kept', () => {
  const beside: Beside = {
    segments: [
      {
        id: 'seg-1',
        name: 'Office',
        vlan: null,
        subnets: [{ subnet: '10.70.1.0/24', gateway: '10.70.1.1' }],
        driver: 'macvlan',
        mode: 'bridge',
        reserved: [{ from: '10.70.1.200', to: '10.70.1.254', kind: 'dhcp' }],
        members: [],
      },
    ],
    shims: [{ engineId: 'e1', networkId: 'e1-lan', networkName: 'lan', address: '10.70.1.199', since: 0 }],
  };
  const onLan = container({ endpoints: [endpoint(lan, { ipv4: '10.70.1.5', pinned4: '10.70.1.5' })] });
  const asked: [string, (over: { ipv4?: string }) => EngineRequest, typeof onLan][] = [
    ['attach', attach, web()],
    ['move', move, web()],
    ['readdress', readdress, onLan],
  ];

  it.each(asked)('%s suggests none of them and takes none of them', (_kind, request, subject) => {
    const of = (ipv4?: string) => plan(request(ipv4 ? { ipv4 } : {}), { containers: [subject], beside });
    expect(of('10.70.1.20').suggestedIpv4).toBe('10.70.1.198');
    for (const ipv4 of ['10.70.1.199', '10.70.1.200', '10.70.1.230']) {
      const made = of(ipv4);
      expect(made.problems).toMatchObject([{ code: 'address_reserved', field: 'ipv4' }]);
      expect(made.steps).toEqual([]);
    }
    expect(of('10.70.1.20').problems).toEqual([]);
  });
  it('leaves an automatic address to the engine, which knows of none of them', () => {
    const small = network({ subnet: { ipRange: '10.70.1.196/30' } });
    const held = ['196', '197', '198'].map((last) =>
      container({ name: `c${last}`, endpoints: [endpoint(small, { ipv4: `10.70.1.${last}` })] }),
    );
    const made = plan(attach(), { networks: [small], containers: [web({ endpoints: [] }), ...held], beside });
    expect(made.problems).toEqual([]);
  });
});
