import { describe, expect, it } from 'vitest';
import type { Container, Network, Step } from '../../model';
import { container, endpoint, engine, idle, network } from '../testing';
import { engines, made, office, ops, plan, planned, problems } from './testing';

const host = (engineId: string, over: object = {}) => ({ engineId, parentNic: 'eth0', ...over });
const create = (over: object = {}, hosts = [host('e1'), host('e2')], world = {}) =>
  plan({ kind: 'create', segment: { ...office, ...over }, hosts }, { plan: [], ...world });
const specs = (found: ReturnType<typeof plan>) =>
  found.hosts.flatMap(({ steps }) =>
    steps.flatMap((step) => (step.op === 'create-network' ? [step.spec] : [])),
  );
const [here, there] = made(planned) as [Network, Network];
const networks = [here, there];
const pinned = (over: Partial<Container> = {}) =>
  container({
    endpoints: [endpoint(here, { ipv4: '10.70.1.9', pinned4: '10.70.1.9', aliases: ['www'] })],
    ...over,
  });
const stopped = () =>
  container({ name: 'off', state: 'exited', endpoints: [idle(here, { pinned4: '10.70.1.8' })] });

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
      'two IPv4 subnets',
      { subnets: [{ subnet: '10.1.0.0/24' }, { subnet: '10.2.0.0/24' }] },
      'segment.subnets',
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
    const found = plan({ kind: 'create', segment: { ...office, ...fresh, ...over }, hosts: [host('e1')] });
    expect(problems(found)).toContain(field);
  });
  it('refuses overlapping, foreign and reserved ranges, a host named twice and one that is unknown', () => {
    const two = (first: string, second: string, over = {}) =>
      problems(create(over, [host('e1', { ipRange: first }), host('e2', { ipRange: second })]));
    expect(two('10.70.1.0/25', '10.70.1.64/26')).toEqual(['ipRange']);
    expect(two('10.70.2.0/25', '10.70.1.64/26')).toContain('ipRange');
    const reserved = [{ from: '10.70.1.70', to: '10.70.1.70', kind: 'reserved' }];
    expect(two('10.70.1.128/25', '10.70.1.64/26', { reserved })).toEqual(['ipRange']);
    expect(problems(create({}, [host('e1'), host('e1')]))).toContain('hosts');
    expect(problems(create({}, [host('e9')]))).toEqual(['e9 engine_unknown']);
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
      { kind: 'add-host', segmentId: 'seg-1', host: host('e2') },
      { plan: [segment], networks: [here] },
    );
    expect(found.segment?.members[1]).toMatchObject({ ipRange: '10.70.1.192/26', networkName: 'office' });
    expect(found.hosts[0]?.notices.map((one) => one.code)).not.toContain('subnet_shared');
  });
  it('one that is there already is refused, and an unknown segment', () => {
    expect(problems(plan({ kind: 'add-host', segmentId: 'seg-1', host: host('e2') }))).toEqual([
      'host.engineId',
    ]);
    expect(problems(plan({ kind: 'forget', segmentId: 'nope' }))).toEqual(['segmentId']);
  });
  it('one goes, the rest stays planned', () => {
    const found = plan({ kind: 'remove-host', segmentId: 'seg-1', engineId: 'e1' }, { networks });
    expect(ops(found)).toEqual(['remove-network office']);
    expect(found.segment?.members.map((one) => one.engineId)).toEqual(['e2']);
    expect(problems(plan({ kind: 'remove-host', segmentId: 'seg-1', engineId: 'e7' }))).toEqual(['engineId']);
  });
});

describe('delete', () => {
  it('disconnects stopped containers first, and refuses running ones', () => {
    const world = { networks, containers: [stopped()] };
    const found = plan({ kind: 'delete', segmentId: 'seg-1' }, world);
    expect(ops(found)).toEqual(['disconnect off', 'remove-network office']);
    expect(ops(found, 'e2')).toEqual(['remove-network office']);
    expect(found.segment).toBeNull();
    const busy = { networks, containers: [stopped(), pinned()] };
    expect(problems(plan({ kind: 'delete', segmentId: 'seg-1' }, busy))).toEqual(['e1 network_in_use']);
    const told = plan({ kind: 'delete', segmentId: 'seg-1', detachRunning: true }, busy);
    expect(ops(told)).toEqual(['disconnect off', 'disconnect web', 'remove-network office']);
    expect(told.hosts[0]?.notices.map((one) => one.code)).toContain('interruption');
  });
  it('passes over what is gone, and refuses what could not be made again', () => {
    expect(ops(plan({ kind: 'delete', segmentId: 'seg-1' }, { networks: [there] }))).toEqual([]);
    const strange = [{ ...here, configFrom: 'settings' }, there];
    expect(problems(plan({ kind: 'delete', segmentId: 'seg-1' }, { networks: strange }))).toEqual([
      'e1 invalid_input',
    ]);
  });
});

describe('edit', () => {
  const edit = (over: object, world: object = {}, hosts: object[] = []) =>
    plan(
      { kind: 'edit', segmentId: 'seg-1', segment: { ...office, ...over }, hosts: hosts as never },
      { networks, ...world },
    );

  it('of name, colour or tenant touches no engine', () => {
    const found = edit({ name: 'Bureau', colour: '#123456', tenant: 'x' });
    expect(found.hosts).toEqual([]);
    expect(found.segment).toMatchObject({ name: 'Bureau', members: planned.members });
  });
  it('detaches, removes, makes and attaches again with the pins', () => {
    const found = edit({ mode: 'private' }, { containers: [stopped(), pinned()] });
    expect(ops(found)).toEqual([
      'disconnect off',
      'disconnect web',
      'remove-network office',
      'create-network office',
      'connect off',
      'connect web',
    ]);
    const back = found.hosts[0]?.steps.at(-1) as Extract<Step, { op: 'connect' }>;
    expect(back.endpoint).toEqual({ ipv4: '10.70.1.9', aliases: ['www'] });
    expect(found.hosts[0]?.notices.filter((one) => one.code === 'interruption')).toHaveLength(1);
  });
  it('never makes a pin of an automatic address', () => {
    const auto = container({ endpoints: [endpoint(here, { ipv4: '10.70.1.140' })] });
    const found = edit({ mode: 'private' }, { containers: [auto] });
    const back = found.hosts[0]?.steps.at(-1) as Extract<Step, { op: 'connect' }>;
    expect(back.endpoint).toEqual({});
    expect(found.hosts[0]?.notices.map((one) => one.code)).toContain('undo_may_change_address');
  });
  it('finds new ranges in a new subnet, around the pins that move along', () => {
    const far = container({ endpoints: [endpoint(here, { ipv4: '10.70.1.200', pinned4: '10.70.1.200' })] });
    const found = edit({ subnets: [{ subnet: '10.70.1.0/25' }] }, { containers: [far] });
    expect(problems(found)).toEqual(['e1 address_outside_subnet']);
    const fine = edit({ subnets: [{ subnet: '10.70.1.0/25' }] }, { containers: [pinned()] });
    expect(fine.segment?.members.map((one) => one.ipRange)).toEqual(['10.70.1.64/27', '10.70.1.96/27']);
  });
  it('with the segment unchanged brings back only what drifted or is missing', () => {
    const drifted = { ...there, mode: 'vepa' };
    expect(edit({}).hosts).toEqual([]);
    expect(edit({}, { networks: [here, drifted] }).hosts.map((one) => one.engineId)).toEqual(['e2']);
    expect(ops(edit({}, { networks: [there] }))).toEqual(['create-network office']);
  });
  it('can move one host to another NIC, and refuses a host that it does not have', () => {
    const found = edit({}, {}, [host('e2', { parentNic: 'bond0' })]);
    expect(specs(found)).toMatchObject([{ parent: 'bond0.10', name: 'office', ipRange: '10.70.1.192/26' }]);
    expect(problems(edit({}, {}, [host('e7')]))).toEqual(['hosts']);
  });
  it('refuses while a host that it concerns is offline', () => {
    const offline = [engine({ id: 'e1' }), engine({ id: 'e2', state: 'offline' })];
    expect(problems(edit({ mode: 'private' }, { engines: offline }))).toEqual(['e2 engine_unreachable']);
    expect(problems(edit({ tenant: 'x' }, { engines: offline }))).toEqual([]);
  });
});

describe('attach', () => {
  const attach = (over: object = {}, world: object = {}) =>
    plan(
      { kind: 'attach', segmentId: 'seg-1', engineId: 'e1', containerId: 'e1-web', ...over },
      { networks, containers: [container()], ...world },
    );

  it('uses the network of the container’s own host', () => {
    const found = attach({ ipv4: '10.70.1.20' });
    expect(found.hosts[0]?.steps).toMatchObject([
      { op: 'connect', networkId: here.id, endpoint: { ipv4: '10.70.1.20' } },
    ]);
  });
  it('suggests and accepts nothing that is reserved', () => {
    const reserved = [{ from: '10.70.1.2', to: '10.70.1.9', kind: 'dhcp' as const }];
    const world = { plan: [{ ...planned, reserved }] };
    expect(attach({}, world).suggestedIpv4).toBe('10.70.1.10');
    expect(problems(attach({ ipv4: '10.70.1.9' }, world))).toEqual(['e1 address_reserved']);
    const all = {
      plan: [{ ...planned, reserved: [{ from: '10.70.1.0', to: '10.70.1.255', kind: 'dhcp' as const }] }],
    };
    expect(attach({}, all).suggestedIpv4).toBeUndefined();
  });
  it('makes the network first where there is none', () => {
    const alone = { plan: [{ ...planned, members: [planned.members[1]!] }], networks: [there] };
    expect(problems(attach({}, alone))).toEqual(['host']);
    expect(problems(attach({ host: host('e2') }, alone))).toEqual(['host']);
    const found = attach({ host: host('e1'), ipv4: '10.70.1.20' }, alone);
    expect(ops(found)).toEqual(['create-network office', 'connect web']);
    expect(found.segment?.members.map((one) => one.engineId)).toEqual(['e2', 'e1']);
    expect(found.suggestedIpv4).toBe('10.70.1.2');
    expect(problems(attach({ host: host('e1'), ipv4: '10.70.1.1' }, alone))).toEqual([
      'e1 address_is_gateway',
    ]);
  });
  it('makes a planned network again that is gone', () => {
    const found = attach({}, { networks: [there] });
    expect(specs(found)).toMatchObject([{ parent: 'eth0.10', ipRange: '10.70.1.128/26' }]);
  });
});

describe('adopt', () => {
  it('writes the plan and touches nothing; what is not there is refused', () => {
    const byHand = networks.map((one) => ({ ...one, labels: {} }));
    const found = plan(
      { kind: 'adopt', segment: { ...planned, id: 'lan-1' } },
      { plan: [], networks: byHand },
    );
    expect(found).toMatchObject({
      hosts: [],
      problems: [],
      segment: { id: 'lan-1', members: planned.members },
    });
    expect(problems(plan({ kind: 'adopt', segment: planned }, { plan: [], networks: [here] }))).toEqual([
      'segment.members',
    ]);
  });
  it('drops a host that is gone for good', () => {
    const rest = { ...planned, members: [planned.members[0]!] };
    expect(plan({ kind: 'adopt', segment: rest })).toMatchObject({ problems: [], segment: rest });
  });
});

describe('two networks of one host', () => {
  it('go in one list of steps', () => {
    const twice = {
      ...planned,
      members: [planned.members[0]!, { ...planned.members[0]!, networkName: 'second' }],
    };
    const found = plan({ kind: 'delete', segmentId: 'seg-1' }, { plan: [twice], networks: made(twice) });
    expect(found.hosts).toHaveLength(1);
    expect(ops(found)).toEqual(['remove-network office', 'remove-network second']);
  });
});
