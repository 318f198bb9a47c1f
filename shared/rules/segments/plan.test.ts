import { describe, expect, it } from 'vitest';
import { container, engine, idle, network } from '../testing';
import {
  create,
  engines,
  office,
  here,
  host,
  made,
  networks,
  ops,
  plan,
  planned,
  problems,
  specs,
} from './testing';

describe('create', () => {
  it('gives each host its own parent, the same name, and disjoint ranges', () => {
    const found = create({}, [host('e1'), host('e2', { parentNic: 'eno1', networkName: 'office-2' })]);
    expect(specs(found)).toMatchObject([
      {
        name: 'office',
        parent: 'eth0.10',
        ipRange: '10.70.1.128/26',
        labels: { 'io.trunkline.segment': 'seg-new' },
      },
      { name: 'office-2', parent: 'eno1.10', ipRange: '10.70.1.192/26' },
    ]);
    expect(found.segment?.members.map((one) => one.ipRange)).toEqual(['10.70.1.128/26', '10.70.1.192/26']);
  });
  it('keeps ranges out of reserved ones, pins and the ranges of others on the LAN', () => {
    const other = network({ engineId: 'e3', parent: 'eth7.10', subnet: { ipRange: '10.70.1.192/27' } });
    const pin = container({ engineId: 'e3', endpoints: [idle(other, { pinned4: '10.70.1.130' })] });
    const world = { networks: [other], containers: [pin], engines: [...engines, engine({ id: 'e3' })] };
    const reserved = [{ from: '10.70.1.230', to: '10.70.1.255', kind: 'dhcp' as const }];
    const found = create({ reserved }, undefined, world);
    expect(specs(found).map((one) => one.ipRange)).toEqual(['10.70.1.96/27', '10.70.1.160/27']);
    expect(found.hosts[0]?.notices.map((one) => one.code)).toContain('subnet_shared');
  });
  it('splits IPv6 too', () => {
    const subnets = [...office.subnets, { subnet: 'fd00:70::/64', gateway: 'fd00:70::1' }];
    const [a, b] = specs(create({ subnets }));
    expect(a).toMatchObject({ subnet6: 'fd00:70::/64', gateway6: 'fd00:70::1' });
    expect(a?.ipRange6).toMatch(/\/112$/);
    expect(a?.ipRange6).not.toBe(b?.ipRange6);
  });
  it('untagged stands on the NIC itself, or on the link that is named', () => {
    expect(specs(create({ vlan: null })).map((one) => one.parent)).toEqual(['eth0', 'eth0']);
    expect(specs(create({}, [host('e1', { parent: 'vlan10' })]))[0]?.parent).toBe('vlan10');
  });

  it.each<[string, object, string]>([
    ['a name that is taken', { name: 'OFFICE' }, 'segment.name'],
    ['no name', { name: ' ' }, 'segment.name'],
    ['no IPv4 subnet', { subnets: [{ subnet: 'fd00::/64' }] }, 'segment.subnets'],
    [
      'two subnets of which one is in the other',
      { subnets: [{ subnet: '10.1.0.0/24' }, { subnet: '10.1.0.64/26' }] },
      'segment.subnets.1.subnet',
    ],
    ['host bits', { subnets: [{ subnet: '10.1.0.7/24' }] }, 'segment.subnets.0.subnet'],
    [
      'a foreign gateway',
      { subnets: [{ subnet: '10.1.0.0/24', gateway: '10.2.0.1' }] },
      'segment.subnets.0.gateway',
    ],
    [
      'a foreign IPv6 gateway',
      { subnets: [{ subnet: '10.1.0.0/24' }, { subnet: 'fd00::/64', gateway: 'fd01::1' }] },
      'segment.subnets.1.gateway',
    ],
    [
      'IPv6 host bits',
      { subnets: [{ subnet: '10.1.0.0/24' }, { subnet: 'fd00::7/64' }] },
      'segment.subnets.1.subnet',
    ],
    [
      'a bad reserved range',
      { reserved: [{ from: '10.1.0.9', to: '10.1.0.1', kind: 'dhcp' }] },
      'segment.reserved.0',
    ],
    [
      'a foreign reserved range',
      { reserved: [{ from: '10.9.0.1', to: '10.9.0.9', kind: 'dhcp' }] },
      'segment.reserved.0',
    ],
    [
      'the subnet of another segment',
      { name: 'Other', subnets: [{ subnet: '10.70.0.0/16' }] },
      'segment.subnets',
    ],
  ])('refuses %s', (_what, over, field) => {
    const fresh = { name: 'New', subnets: [{ subnet: '10.1.0.0/24' }] };
    const found = plan({
      kind: 'create-segment',
      segment: { ...office, ...fresh, ...over },
      hosts: [host('e1')],
    });
    expect(problems(found)).toContain(field);
  });
  it('refuses overlapping, foreign and reserved ranges, a host named twice and one that is unknown', () => {
    const two = (first: string, second: string, over = {}) =>
      problems(create(over, [host('e1', { ipRange: first }), host('e2', { ipRange: second })]));
    expect(two('10.70.1.0/25', '10.70.1.64/26')).toEqual(['ipRange']);
    expect(two('10.70.2.0/25', '10.70.1.64/26')).toContain('ipRange');
    const reserved = [{ from: '10.70.1.70', to: '10.70.1.71', kind: 'reserved' }];
    expect(two('10.70.1.128/25', '10.70.1.64/26', { reserved })).toEqual(['ipRange']);
    expect(problems(create({}, [host('e1'), host('e1')]))).toContain('hosts');
    expect(problems(create({}, [host('e9')]))).toEqual(['e9 engine_unknown']);
  });
  it('has engines keep reserved single addresses out of their ranges, under their notes', () => {
    const reserved = [
      { from: '10.70.1.70', to: '10.70.1.70', kind: 'reserved', note: 'nas' },
      { from: '10.70.1.5', to: '10.70.1.5', kind: 'reserved', note: 'outside of every range' },
    ];
    const found = create({ reserved }, [host('e1', { ipRange: '10.70.1.64/26' }), host('e2')]);
    expect(specs(found).map((one) => [one.exclusions, one.exclusionNames])).toEqual([
      [['10.70.1.70'], { '10.70.1.70': 'nas' }],
      [[], undefined],
    ]);
  });
  it('makes networks of several subnets, with a range of its own on each host in each, internal ones too', () => {
    const subnets = [...office.subnets, { subnet: '10.70.3.0/24', gateway: '10.70.3.1' }];
    const found = create({ subnets, internal: true, options: { ipvlan_flag: 'private' } });
    const [one, two] = specs(found);
    expect(one).toMatchObject({ internal: true, options: { ipvlan_flag: 'private' } });
    expect(one?.more).toMatchObject([{ subnet: '10.70.3.0/24', gateway: '10.70.3.1' }]);
    const ranges = [one, two].map((spec) => spec?.more?.[0]?.ipRange);
    expect(ranges).toEqual(['10.70.3.128/26', '10.70.3.192/26']);
  });
  it('takes a range with host bits without them, and says so', () => {
    const found = create({}, [host('e1', { ipRange: '10.70.1.243/28' })]);
    expect(specs(found)[0]?.ipRange).toBe('10.70.1.240/28');
    expect(found.segment?.members[0]?.ipRange).toBe('10.70.1.240/28');
    expect(found.hosts[0]?.notices).toContainEqual(expect.objectContaining({ code: 'range_host_bits' }));
  });
  it('refuses all of it when one host can’t', () => {
    const found = create({}, undefined, {
      networks: [network({ engineId: 'e2', name: 'office', subnets: [] })],
    });
    expect(problems(found)).toEqual(['e2 name_taken']);
    expect(ops(found, 'e1')).toEqual([]);
  });
  it('refuses an IPv6 subnet that another network of the host has', () => {
    const six = [{ subnet: 'fd00:70::/48', exclusions: {} }];
    const world = { networks: [network({ kind: 'bridge', name: 'app', parent: undefined, subnets: six })] };
    const found = create({ subnets: [...office.subnets, { subnet: 'fd00:70::/64' }] }, [host('e1')], world);
    expect(problems(found)).toEqual(['e1 subnet_overlap']);
  });
});

describe('hosts', () => {
  it('one more gets a range of the same size, and no news that the LAN is shared', () => {
    const [alone] = planned.members;
    const segment = { ...planned, members: [alone!] };
    const found = plan(
      { kind: 'add-segment-host', segmentId: 'seg-1', host: host('e2') },
      { plan: [segment], networks: [here] },
    );
    expect(found.segment?.members[1]).toMatchObject({ ipRange: '10.70.1.192/26', networkName: 'office' });
    expect(found.hosts[0]?.notices.map((one) => one.code)).not.toContain('subnet_shared');
  });
  it('one that is there already is refused, and an unknown segment', () => {
    expect(problems(plan({ kind: 'add-segment-host', segmentId: 'seg-1', host: host('e2') }))).toEqual([
      'host.engineId',
    ]);
    expect(problems(plan({ kind: 'forget-segment', segmentId: 'nope' }))).toEqual(['segmentId']);
  });
  it('one goes, the rest stays planned', () => {
    const found = plan({ kind: 'remove-segment-host', segmentId: 'seg-1', engineId: 'e1' }, { networks });
    expect(ops(found)).toEqual(['remove-network office']);
    expect(found.segment?.members.map((one) => one.engineId)).toEqual(['e2']);
    expect(problems(plan({ kind: 'remove-segment-host', segmentId: 'seg-1', engineId: 'e7' }))).toEqual([
      'engineId',
    ]);
  });
});

describe('adopt', () => {
  it('writes the plan and touches nothing; what is not there is refused', () => {
    const byHand = networks.map((one) => ({ ...one, labels: {} }));
    const found = plan(
      { kind: 'adopt-segment', segment: { ...planned, id: 'lan-1' } },
      { plan: [], networks: byHand },
    );
    expect(found).toMatchObject({
      hosts: [],
      problems: [],
      segment: { id: 'lan-1', members: planned.members },
    });
    expect(
      problems(plan({ kind: 'adopt-segment', segment: planned }, { plan: [], networks: [here] })),
    ).toEqual(['segment.members']);
  });
  describe('of hosts whose engines hand out the same addresses', () => {
    const whole = planned.members.map(({ ipRange: _range, ...rest }) => rest);
    const shared = (members: typeof planned.members, kind: 'adopt' | 'edit' = 'adopt') => {
      const segment = { ...planned, members };
      const { members: _members, id, ...draft } = segment;
      const request =
        kind === 'adopt'
          ? { kind: 'adopt-segment' as const, segment }
          : { kind: 'edit-segment' as const, segmentId: id, segment: draft, hosts: members };
      const found = plan(request, { plan: kind === 'adopt' ? [] : [segment], networks: made(segment) });
      expect(found.problems).toEqual([]);
      return found.notices?.map(({ code, params }) => [code, params]);
    };
    const told = [['ranges_shared', { hosts: 'host-e1, host-e2', subnet: '10.70.1.0/24' }]];

    it('says so, whether one has no range, none has, or two overlap', () => {
      expect(shared(whole)).toEqual(told);
      expect(shared([planned.members[0]!, whole[1]!])).toEqual(told);
      expect(shared([planned.members[0]!, { ...whole[1]!, ipRange: '10.70.1.128/25' }])).toEqual(told);
    });
    it('says so, too, where it is edited and stays so', () => {
      expect(shared(whole, 'edit')).toEqual(told);
    });
    it('says nothing of ranges that lie apart', () => {
      expect(shared(planned.members)).toBeUndefined();
      expect(shared(planned.members, 'edit')).toBeUndefined();
    });
  });
  it('drops a host that is gone for good', () => {
    const rest = { ...planned, members: [planned.members[0]!] };
    expect(plan({ kind: 'adopt-segment', segment: rest })).toMatchObject({ problems: [], segment: rest });
  });
});
