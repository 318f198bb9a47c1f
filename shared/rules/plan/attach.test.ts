import { describe, expect, it } from 'vitest';
import { bridge, container, endpoint, engine, idle, network, twoHosts } from '../testing';
import { attach, codes, detach, detail, docker0, first, lan, none, ops, plan, v26, web } from './testing';

describe('attach', () => {
  it('is one connect with the address asked for', () => {
    const made = plan(attach({ ipv4: '10.70.1.60' }), { containers: [web()] });
    expect(made.problems).toEqual([]);
    expect(made.steps).toEqual([
      {
        op: 'connect',
        containerId: 'e1-web',
        containerName: 'web',
        networkId: 'e1-lan',
        networkName: 'lan',
        endpoint: { ipv4: '10.70.1.60' },
      },
    ]);
    expect(made.suggestedIpv4).toBe('10.70.1.254');
    expect(codes(made.notices)).toEqual(['mac_random', 'pin_in_auto_range']);
  });
  it('takes the names that a script knows, and leaves blanks out', () => {
    const made = plan(attach({ containerId: 'web', networkId: 'lan', ipv4: ' ', ipv6: '' }), {
      containers: [web()],
    });
    expect(made.steps[0]).toMatchObject({ containerId: 'e1-web', networkId: 'e1-lan', endpoint: {} });
    expect(codes(made.notices)).toEqual(['address_automatic', 'mac_random']);
  });
  it('warns by what the engine and the container are', () => {
    const ports = ['0.0.0.0:8080->80/tcp'];
    const old = plan(attach(), { engines: [v26], containers: [web({ ports })] });
    expect(codes(old.notices)).toEqual(['address_automatic', 'interfaces_renumber', 'ports_unused']);
    const stopped = web({ state: 'exited', endpoints: [idle(docker0)] });
    expect(codes(plan(attach(), { engines: [v26], containers: [stopped] }).notices)).toEqual([
      'address_automatic',
      'container_stopped',
    ]);
    const rootless = engine({ rootless: true });
    expect(codes(plan(attach(), { engines: [rootless], containers: [web()] }).notices)).toContain(
      'lan_unreachable',
    );
  });
  it('says who else loses the network when a container is stopped', () => {
    const sharer = (name: string, over: object = {}) =>
      container({ name, endpoints: [], networkMode: { kind: 'container', containerId: 'e1-web' }, ...over });
    const by = sharer('proxy', { networkMode: { kind: 'container', containerId: 'e1-log' } });
    const off = sharer('off', { state: 'exited' });
    const containers = [web({ detail }), sharer('log'), by, off];
    const told = {
      code: 'interruption',
      params: { context: 'sharers', container: 'web', name: 'log, proxy' },
    };
    expect(plan(attach({ stopFirst: true }), { containers }).notices).toContainEqual(
      expect.objectContaining(told),
    );
    expect(plan(attach(), { containers }).notices).not.toContainEqual(expect.objectContaining(told));
  });
  it('says that the default route moves', () => {
    const aa = network({ name: 'aa' });
    const made = plan(attach({ networkId: 'e1-aa' }), { networks: [docker0, aa], containers: [web()] });
    expect(made.notices).toContainEqual(
      expect.objectContaining({ code: 'route_moves', params: { from: 'bridge', to: 'aa' } }),
    );
    const kept = plan(attach({ networkId: 'e1-aa', gatewayPriority: -10 }), {
      networks: [docker0, aa],
      containers: [web()],
    });
    expect(codes(kept.notices)).not.toContain('route_moves');
    expect(kept.steps[0]).toMatchObject({ endpoint: { gatewayPriority: -10 } });
  });
  it('leaves out what the engine can’t do, and says so', () => {
    const request = attach({ mac: '02:42:0A:46:01:05', gatewayPriority: 5 });
    const old = plan(request, { engines: [v26], containers: [web()] });
    expect(codes(old.notices)).toEqual(
      expect.arrayContaining(['gateway_priority_unsupported', 'mac_unsupported']),
    );
    expect(old.steps[0]).toMatchObject({ endpoint: {} });
    const made = plan(request, { containers: [web()] });
    expect(made.steps[0]).toMatchObject({ endpoint: { mac: '02:42:0a:46:01:05', gatewayPriority: 5 } });
    expect(codes(made.notices)).not.toContain('mac_random');
  });
  it.each(['nonsense', '03:42:0a:46:01:05', '00:00:00:00:00:00', '02-42-0a-46-01-05'])(
    'refuses the MAC %s',
    (mac) => {
      expect(first(plan(attach({ mac }), { containers: [web()] }))).toMatchObject({
        code: 'mac_invalid',
        field: 'mac',
      });
    },
  );
  it('leaves none before it enters another, and says so', () => {
    const alone = web({ networkMode: { kind: 'none' }, endpoints: [endpoint(none, { ipv4: '', mac: '' })] });
    const made = plan(attach({ ipv4: '10.70.1.60' }), { engines: [v26], containers: [alone] });
    expect(ops(made)).toEqual(['disconnect none', 'connect lan']);
    expect(made.notices[0]).toMatchObject({
      code: 'interruption',
      severity: 'info',
      params: { context: 'leaves_none' },
    });
    expect(codes(made.notices)).not.toContain('interfaces_renumber');
    const now = web({ networkMode: { kind: 'none' } });
    expect(ops(plan(attach(), { containers: [now] }))).toEqual(['connect lan']);
  });
  it('takes a phantom’s place, even with the phantom’s own address', () => {
    const left = endpoint(lan, { endpointId: '', ipv4: '', mac: '', pinned4: '10.70.1.60' });
    const made = plan(attach({ ipv4: '10.70.1.60' }), { containers: [web({ endpoints: [left] })] });
    expect(ops(made)).toEqual(['connect lan']);
  });
  it('knows when the engine has no address left', () => {
    const small = network({ subnet: { ipRange: '10.70.1.8/31' } });
    const others = ['10.70.1.8', '10.70.1.9'].map((ipv4) =>
      container({ name: ipv4, endpoints: [endpoint(small, { ipv4 })] }),
    );
    const world = { networks: [small, docker0], containers: [web(), ...others] };
    // The subnet has plenty: it is the range that is used up.
    expect(first(plan(attach(), world))).toMatchObject({
      code: 'subnet_full',
      params: { context: 'range', range: '10.70.1.8/31', network: 'lan' },
    });
    expect(plan(attach({ ipv4: '10.70.1.60' }), world).problems).toEqual([]);
    expect(plan(attach(), { ...world, containers: [web(), ...others.slice(1)] }).problems).toEqual([]);
  });
  it('knows it of IPv6 too, alone or beside IPv4', () => {
    const six = { subnet: 'fd00:77::/64', gateway: 'fd00:77::1', ipRange: 'fd00:77::80/127', exclusions: {} };
    const only = network({ ipv6: true, subnets: [six] });
    const both = network({ ipv6: true, subnets: [...lan.subnets, six] });
    const asked = (on: typeof lan, count: number, over = {}, state: 'running' | 'exited' = 'running') => {
      const others = ['fd00:77::80', 'fd00:77::81'].map((ipv6) =>
        container({ name: ipv6, endpoints: [endpoint(on, { ipv4: '', ipv6 })] }),
      );
      const containers = [web({ state }), ...others.slice(0, count)];
      return plan(attach(over), { networks: [on, docker0], containers }).problems;
    };
    for (const on of [only, both])
      expect(asked(on, 2)).toMatchObject([
        { code: 'subnet_full', params: { context: 'range', range: 'fd00:77::80/127', network: 'lan' } },
      ]);
    expect(codes(asked(both, 2, { ipv4: '10.70.1.60' }))).toEqual(['subnet_full']);
    expect(asked(only, 1)).toEqual([]);
    expect(asked(only, 2, { ipv6: 'fd00:77::99' })).toEqual([]);
    expect(asked(only, 2, {}, 'exited')).toEqual([]);
    expect(asked({ ...both, ipv6: false }, 2)).toEqual([]);
    // A subnet of any size, with as little in it.
    expect(asked({ ...only, subnets: [{ ...six, ipRange: undefined }] }, 2)).toEqual([]);
  });
  it('knows that a range of the gateway alone has none to begin with', () => {
    const none = network({ subnet: { ipRange: '10.70.1.1/32' } });
    const world = { networks: [none, docker0], containers: [web()] };
    expect(first(plan(attach(), world))).toMatchObject({
      code: 'subnet_full',
      params: { context: 'range', range: '10.70.1.1/32' },
    });
    expect(plan(attach({ ipv4: '10.70.1.60' }), world).problems).toEqual([]);
    // Nor will there be one at the start; what another container has may be free by then.
    const still = { ...world, containers: [web({ state: 'exited' })] };
    expect(codes(plan(attach(), still).problems)).toEqual(['subnet_full']);
    const taken = network({ subnet: { ipRange: '10.70.1.8/32' } });
    const other = container({ name: 'other', endpoints: [endpoint(taken, { ipv4: '10.70.1.8' })] });
    const later = { networks: [taken, docker0], containers: [web({ state: 'exited' }), other] };
    expect(plan(attach(), later).problems).toEqual([]);
    // A bridge that was given no gateway takes the first of its range for it.
    const alone = { subnet: '10.70.1.0/24', ipRange: '10.70.1.64/32', exclusions: {} };
    const own = bridge({ name: 'own', subnets: [alone] });
    const made = plan(attach({ networkId: own.id }), { ...still, networks: [own, docker0] });
    expect(codes(made.problems)).toEqual(['subnet_full']);
  });
  it('offers no address on the default bridge, which fixes none', () => {
    const made = plan(attach({ networkId: docker0.id, ipv4: '172.17.0.9' }), {
      networks: [lan, docker0],
      containers: [web({ endpoints: [] })],
    });
    expect(first(made)).toMatchObject({ code: 'pin_needs_user_network', field: 'ipv4' });
    expect(made).not.toHaveProperty('suggestedIpv4');
    expect(made).not.toHaveProperty('suggestedIpv6');
  });
  it('refuses an address that another host’s stopped container has fixed', () => {
    const { there, engines, networks } = twoHosts();
    const far = container({
      engineId: 'e2',
      name: 'far',
      state: 'exited',
      endpoints: [idle(there, { pinned4: '10.70.1.60' })],
    });
    const made = plan(attach({ ipv4: '10.70.1.60' }), { engines, networks, containers: [web(), far] });
    expect(first(made)).toMatchObject({
      code: 'address_in_use_elsewhere',
      field: 'ipv4',
      params: { container: 'far', host: 'host-e2' },
    });
    expect(made.suggestedIpv4).toBe('10.70.1.254');
  });
  it('refuses both addresses, each in its field', () => {
    const made = plan(attach({ ipv4: 'fd00::1', ipv6: '10.70.1.5' }), { containers: [web()] });
    expect(made.problems.map((one) => [one.code, one.field])).toEqual([
      ['address_invalid', 'ipv4'],
      ['address_invalid', 'ipv6'],
    ]);
  });
});

describe('a stopped container with an entry of a network that is gone', () => {
  const former = idle(lan, { networkId: 'former', pinned4: '10.70.1.60' });
  const stopped = web({ state: 'exited', endpoints: [former] });
  it('is attached to the one of its name that was made since, past the old entry', () => {
    const made = plan(attach({ ipv4: '10.70.1.60' }), { containers: [stopped] });
    expect(codes(made.problems)).toEqual([]);
    expect(ops(made)).toEqual(['disconnect lan', 'connect lan']);
  });
  it('is taken off by the name', () => {
    for (const networkId of ['former', lan.id])
      expect(ops(plan(detach({ networkId }), { containers: [stopped] }))).toEqual(['disconnect lan']);
  });
});
