import { describe, expect, it } from 'vitest';
import type { Segment, Step } from '../../model';
import { container, endpoint, engine, idle } from '../testing';
import { here, office, host, made, networks, ops, plan, planned, problems, specs, there } from './testing';

const pinned = () =>
  container({ endpoints: [endpoint(here, { ipv4: '10.70.1.9', pinned4: '10.70.1.9', aliases: ['www'] })] });
const stopped = () =>
  container({ name: 'off', state: 'exited', endpoints: [idle(here, { pinned4: '10.70.1.8' })] });

describe('edit', () => {
  const edit = (over: object, world: object = {}, hosts: object[] = []) =>
    plan(
      { kind: 'edit-segment', segmentId: 'seg-1', segment: { ...office, ...over }, hosts: hosts as never },
      { networks, ...world },
    );

  it('of name, colour or tenant touches no engine', () => {
    const found = edit({ name: 'Bureau', colour: '#123456', tenant: 'x' });
    expect(found.hosts).toEqual([]);
    expect(found.segment).toMatchObject({ name: 'Bureau', members: planned.members });
  });
  it('names the container that has the address which is to be the gateway', () => {
    const subnets = [{ subnet: '10.70.1.0/24', gateway: '10.70.1.9' }];
    const found = edit({ subnets }, { containers: [pinned()] });
    expect(found.hosts[0]?.problems).toMatchObject([
      {
        ...{ code: 'address_is_gateway', field: 'segment.subnets' },
        params: { context: 'held', container: 'web', host: 'host-e1', address: '10.70.1.9' },
      },
    ]);
  });
  it('doubts no interface that its own network stands on already', () => {
    const doubts = (found: ReturnType<typeof edit>) =>
      found.hosts.flatMap(({ notices }) => notices.filter(({ code }) => code === 'parent_unchecked'));
    const found = edit({ mode: 'private' }, { containers: [pinned()] });
    expect(found.hosts.map(({ steps }) => steps.length)).toEqual([4, 2]);
    expect(doubts(found)).toEqual([]);
    const moved = edit({}, {}, [host('e1', { parentNic: 'eth7', ipRange: '10.70.1.128/26' })]);
    expect(doubts(moved)).toMatchObject([{ params: { parent: 'eth7', host: 'host-e1' } }]);
  });
  it('of what a config-only network says is refused, not taken for nothing to do', () => {
    const inherited = networks.map((one) => ({ ...one, configFrom: 'settings' }));
    const subnets = [{ subnet: '10.70.1.0/24', gateway: '10.70.1.254' }];
    expect(problems(edit({ subnets }, { networks: inherited }))).toEqual([
      'e1 network_not_recreatable',
      'e2 network_not_recreatable',
    ]);
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
  it('takes those with fixed addresses off last and puts them back first, before an automatic one is given theirs', () => {
    const named = (name: string, pin = {}) =>
      container({ id: name, name, endpoints: [endpoint(here, { ipv4: '10.70.1.9', ...pin })] });
    const containers = [named('auto'), named('fixed', { pinned4: '10.70.1.9' }), named('zauto')];
    const leaving = ['disconnect auto', 'disconnect zauto', 'disconnect fixed', 'remove-network office'];
    expect(ops(edit({ mode: 'private' }, { containers }))).toEqual([
      ...leaving,
      ...['create-network office', 'connect fixed', 'connect auto', 'connect zauto'],
    ]);
    const gone = plan(
      { kind: 'delete-segment', segmentId: 'seg-1', detachRunning: true },
      { networks, containers },
    );
    expect(ops(gone)).toEqual(leaving);
  });
  it('is refused while an automatic one would be given the fixed address of one that is stopped', () => {
    const off = (address: string) =>
      container({ id: 'off', name: 'off', state: 'exited', endpoints: [idle(here, { pinned4: address })] });
    const auto = (state: 'running' | 'exited' = 'running') =>
      container({ id: 'auto', name: 'auto', state, endpoints: [endpoint(here, { ipv4: '10.70.1.140' })] });
    const [low, high] = ['10.70.1.128', '10.70.1.180'];
    const told = (...containers: ReturnType<typeof auto>[]) =>
      problems(edit({ mode: 'private' }, { containers }));
    expect(told(off(low), auto())).toEqual(['e1 address_not_held']);
    expect(told(off(high), auto())).toEqual([]);
    expect(told(off(low), auto('exited'))).toEqual([]);
    expect(told(container({ endpoints: [endpoint(here, { ipv4: low, pinned4: low })] }), auto())).toEqual([]);
  });
  it('gives fixed MACs to the new network where the engine takes them, and says where they are lost', () => {
    const mac = '02:42:0a:46:01:09';
    const [one] = pinned().endpoints;
    const web = container({
      networkMode: { kind: 'network', network: 'office' },
      detail: { ...pinned().detail!, configuredMac: mac },
      endpoints: one ? [{ ...one, mac }] : [],
    });
    const steps = (over: object, world: object = {}) => {
      const found = edit(over, { containers: [web], ...world }).hosts[0];
      const macs = (found?.steps ?? []).flatMap((step) => {
        if (step.op === 'disconnect') return [step.mac];
        return step.op === 'connect' ? [step.endpoint.mac] : [];
      });
      return [macs, found?.notices.some(({ code }) => code === 'mac_lost')];
    };
    expect(steps({ mode: 'private' })).toEqual([[mac, mac], false]);
    // What the host's own NIC has can't be another; undo gives it back.
    expect(steps({ driver: 'ipvlan', mode: 'l2' })).toEqual([[mac, undefined], false]);
    const older = engine({ id: 'e1', capabilities: { ...engine().capabilities, macOnConnect: false } });
    expect(steps({ mode: 'private' }, { engines: [older, engine({ id: 'e2' })] })).toEqual([
      [undefined, undefined],
      true,
    ]);
  });
  it('keeps its name where a container runs that was made with it, and that the engine would put on no other', () => {
    const web = (over: object = {}) =>
      container({ ...pinned(), networkMode: { kind: 'network', network: 'office' }, ...over });
    const renamed = [{ engineId: 'e1', parentNic: 'eth0', networkName: 'bureau' }];
    const told = (one: ReturnType<typeof web>, engines?: object) =>
      problems(edit({}, { containers: [one], ...engines }, renamed));
    expect(told(web())).toEqual(['e1 mode_network_gone']);
    expect(told(web({ state: 'exited' }))).toEqual([]);
    expect(told(web({ networkMode: { kind: 'bridge' } }))).toEqual([]);
    expect(problems(edit({ mode: 'private' }, { containers: [web()] }))).toEqual([]);
  });
  it('leaves as they were what the segment says nothing of', () => {
    const ours = here.subnets[0]!;
    const old = {
      ...here,
      subnets: [{ ...ours, exclusions: { nas: '10.70.1.5', old: '10.70.1.254' } }],
      internal: true,
      options: { parent: 'eth0.10', macvlan_mode: 'bridge', extra: 'x' },
      labels: { ...here.labels, 'com.docker.compose.network': 'office' },
    };
    const world = { networks: [old, there] };
    const subnets = [{ subnet: '10.70.1.0/24', gateway: '10.70.1.254' }];
    expect(specs(edit({ subnets }, world))[0]).toMatchObject({
      gateway: '10.70.1.254',
      // What is the gateway now can't be excluded any more.
      exclusions: ['10.70.1.5'],
      internal: true,
      options: { extra: 'x' },
      labels: old.labels,
    });
    const other = specs(edit({ driver: 'ipvlan', mode: 'l2' }, world))[0];
    expect([other?.driver, other?.options]).toEqual(['ipvlan', undefined]);
    const moved = [{ subnet: '10.71.0.0/24', gateway: '10.71.0.1' }];
    expect(specs(edit({ subnets: moved }, world))[0]?.exclusions).toEqual([]);
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
      { kind: 'attach-to-segment', segmentId: 'seg-1', engineId: 'e1', containerId: 'e1-web', ...over },
      { networks, containers: [container()], ...world },
    );

  it('uses the network of the container’s own host', () => {
    const found = attach({ ipv4: '10.70.1.20' });
    expect(found.hosts[0]?.steps).toMatchObject([
      { op: 'connect', networkId: here.id, endpoint: { ipv4: '10.70.1.20' } },
    ]);
  });
  it('says nothing against what it suggests, nor that it lies outside: the plan has what is reserved', () => {
    const { suggestedIpv4: ipv4 } = attach();
    for (const address of [ipv4, '10.70.1.20']) {
      const codes = attach({ ipv4: address }).hosts[0]?.notices.map(({ code }) => code);
      expect(codes?.filter((code) => code.startsWith('pin_'))).toEqual([]);
    }
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
  it('suggests and accepts no IPv6 address that is reserved', () => {
    const dual: Segment = {
      ...planned,
      subnets: [...planned.subnets, { subnet: 'fd00:70::/64', gateway: 'fd00:70::1' }],
      reserved: [{ from: 'fd00:70::2', to: 'fd00:70::2f', kind: 'dhcp' }],
      members: planned.members.map((one, index) => ({
        ...one,
        ipRange6: `fd00:70::${String(index + 1)}:0/112`,
      })),
    };
    const world = { plan: [dual], networks: made(dual) };
    expect(attach({}, world)).toMatchObject({ suggestedIpv4: '10.70.1.2', suggestedIpv6: 'fd00:70::30' });
    expect(problems(attach({ ipv6: 'fd00:70::2a' }, world))).toEqual(['e1 address_reserved']);
    expect(attach({ ipv6: 'fd00:70::30' }, world).hosts[0]?.steps).toMatchObject([
      { op: 'connect', endpoint: { ipv6: 'fd00:70::30' } },
    ]);
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
