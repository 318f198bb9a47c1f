import { describe, expect, it } from 'vitest';
import { changePreviewSchema, type ChangeRequest, type Container, type Engine, type Network } from '../model';
import { planChange } from './plan';
import { bridge, container, endpoint, engine, idle, network, special, twoHosts } from './testing';

const lan = network();
const docker0 = bridge();
const none = special('none');
const host = special('host');
const v29 = engine();
const v26 = engine({ apiVersion: '1.45' });
interface World {
  engines?: Engine[];
  networks?: Network[];
  containers?: Container[];
}
function plan(request: ChangeRequest, world: World) {
  const networks = world.networks ?? [docker0, lan, none, host];
  const inventory = { engines: world.engines ?? [v29], networks, containers: world.containers ?? [] };
  const frozen = structuredClone(inventory);
  const made = planChange(request, inventory);
  expect(inventory).toEqual(frozen);
  expect(planChange(request, inventory)).toEqual(made);
  expect(JSON.stringify(made)).not.toContain('{{');
  changePreviewSchema.parse({ id: 'x', request, engineId: 'e1', engineName: 'h', ...made });
  if (made.problems.length > 0) expect(made.steps).toEqual([]);
  return made;
}
const web = (over: Partial<Container> = {}) =>
  container({ endpoints: [endpoint(docker0, { ipv4: '172.17.0.2' })], ...over });
type Of<K extends ChangeRequest['kind']> = Partial<Extract<ChangeRequest, { kind: K }>>;
const onWeb = { engineId: 'e1', containerId: 'e1-web' };
const attach = (over: Of<'attach'> = {}): ChangeRequest => ({
  kind: 'attach',
  ...onWeb,
  networkId: 'e1-lan',
  ...over,
});
const detach = (over: Of<'detach'> = {}): ChangeRequest => ({
  kind: 'detach',
  ...onWeb,
  networkId: 'e1-lan',
  ...over,
});
const move = (over: Of<'move'> = {}): ChangeRequest => ({
  kind: 'move',
  ...onWeb,
  fromNetworkId: 'e1-bridge',
  toNetworkId: 'e1-lan',
  ...over,
});
const readdress = (over: Of<'readdress'> = {}): ChangeRequest => ({
  kind: 'readdress',
  ...onWeb,
  networkId: 'e1-lan',
  ...over,
});
const remove = (networkId = 'e1-lan'): ChangeRequest => ({
  kind: 'remove-network',
  engineId: 'e1',
  networkId,
});
const codes = (found: { code: string }[]) => found.map((one) => one.code).sort();
const first = (made: ReturnType<typeof plan>) => made.problems[0];
const ops = (made: ReturnType<typeof plan>) => made.steps.map((step) => `${step.op} ${step.networkName}`);

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
        code: 'invalid_input',
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
    expect(first(plan(attach(), world))).toMatchObject({ code: 'subnet_full' });
    expect(plan(attach({ ipv4: '10.70.1.60' }), world).problems).toEqual([]);
    expect(plan(attach(), { ...world, containers: [web(), ...others.slice(1)] }).problems).toEqual([]);
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

describe('refused targets', () => {
  const swarm = { kind: 'overlay', scope: 'swarm', parent: undefined } as const;
  it.each<[string, Network, Of<'attach'>, object]>([
    ['host', host, {}, { code: 'host_network' }],
    ['none', none, {}, { code: 'none_network' }],
    ['config-only', network({ configOnly: true }), {}, { code: 'network_config_only' }],
    ['ingress', network({ ...swarm, ingress: true }), {}, { code: 'network_ingress' }],
    ['not attachable', network(swarm), {}, { code: 'network_not_attachable', params: { network: 'lan' } }],
    [
      'another engine’s',
      network({ engineId: 'e2' }),
      {},
      {
        code: 'network_other_engine',
        params: { network: 'lan', from: 'host-e2', container: 'web', host: 'host-e1' },
      },
    ],
    [
      'without addresses',
      network({ subnets: [], ipamDriver: 'null' }),
      { ipv4: '10.70.1.5' },
      { code: 'network_without_ipam', field: 'ipv4' },
    ],
    [
      'the default bridge',
      bridge(),
      { ipv4: '172.17.0.9' },
      { code: 'pin_needs_user_network', field: 'ipv4' },
    ],
  ])('%s', (_what, target, over, expected) => {
    const request = attach({ networkId: target.id, ...over });
    const world = { engines: [v29, engine({ id: 'e2' })], networks: [target], containers: [container()] };
    expect(plan(request, world).problems).toEqual([expect.objectContaining(expected)]);
  });
  it('an attachable overlay is none of them', () => {
    const open = network({ ...swarm, attachable: true });
    expect(plan(attach(), { networks: [open], containers: [container()] }).problems).toEqual([]);
  });
  it('a network where it is already, or that is gone', () => {
    expect(first(plan(attach(), { containers: [web({ endpoints: [endpoint(lan)] })] }))?.code).toBe(
      'already_connected',
    );
    expect(first(plan(attach({ networkId: 'gone' }), { containers: [web()] }))).toMatchObject({
      code: 'network_not_found',
      params: { network: 'gone', host: 'host-e1' },
    });
  });
  it.each(['running', 'exited'] as const)('a passthru network that a %s container has', (state) => {
    const through = network({ mode: 'passthru' });
    const other = container({ name: 'db', state, endpoints: [idle(through)] });
    expect(first(plan(attach(), { networks: [through], containers: [web(), other] }))).toMatchObject({
      code: 'passthru_occupied',
      params: { container: 'db', parent: 'eth1' },
    });
    expect(plan(attach(), { networks: [through], containers: [web()] }).problems).toEqual([]);
  });
});

describe('refused containers', () => {
  const requests = [attach(), detach(), move(), readdress({ ipv4: '10.70.1.60' })];
  it.each(requests)('$kind: host mode', (request) => {
    const direct = web({ networkMode: { kind: 'host' }, endpoints: [endpoint(host)] });
    expect(codes(plan(request, { containers: [direct] }).problems)).toEqual(['host_mode']);
  });
  it.each(requests)(
    '$kind: a shared namespace, the sharer running or stopped, the owner there or gone',
    (request) => {
      for (const state of ['running', 'exited'] as const) {
        const sharer = web({
          state,
          endpoints: [],
          networkMode: { kind: 'container', containerId: 'e1-app' },
        });
        expect(first(plan(request, { containers: [sharer, container({ name: 'app' })] }))).toMatchObject({
          code: 'shares_namespace',
          params: { container: 'web', owner: 'app' },
        });
        expect(first(plan(request, { containers: [sharer] }))?.params).toMatchObject({
          context: 'owner_gone',
        });
      }
    },
  );
  it.each(requests)('$kind: a container or engine that is gone or offline', (request) => {
    expect(codes(plan(request, {}).problems)).toEqual(['container_not_found']);
    expect(codes(plan(request, { engines: [engine({ id: 'e2' })], containers: [web()] }).problems)).toEqual([
      'engine_unknown',
    ]);
    expect(
      codes(plan(request, { engines: [engine({ state: 'offline' })], containers: [web()] }).problems),
    ).toEqual(['engine_unreachable']);
  });
});

describe('detach', () => {
  it('warns that connections end, and that an automatic address may not come back', () => {
    const made = plan(detach(), { containers: [web({ endpoints: [endpoint(docker0), endpoint(lan)] })] });
    expect(ops(made)).toEqual(['disconnect lan']);
    expect(codes(made.notices)).toEqual(['interruption', 'undo_may_change_address']);
    const pinned = web({ endpoints: [endpoint(docker0), endpoint(lan, { pinned4: '10.70.1.2' })] });
    expect(codes(plan(detach(), { containers: [pinned] }).notices)).toEqual(['interruption']);
  });
  it('says that the default route goes', () => {
    const made = plan(detach(), { containers: [web({ endpoints: [endpoint(lan)] })] });
    expect(codes(made.notices)).toContain('route_lost');
  });
  it('refuses where it is not, and the none network', () => {
    expect(codes(plan(detach(), { containers: [web()] }).problems)).toEqual(['not_connected']);
    const alone = web({ networkMode: { kind: 'none' }, endpoints: [endpoint(none)] });
    expect(codes(plan(detach({ networkId: none.id }), { containers: [alone] }).problems)).toEqual([
      'none_mode',
    ]);
  });
  it('takes a stopped container off a network that is gone, by the network’s name', () => {
    const left = idle(network({ name: 'old' }));
    const stopped = web({ state: 'exited', endpoints: [left] });
    const made = plan(detach({ networkId: left.networkId }), { containers: [stopped] });
    expect(made.steps).toEqual([
      expect.objectContaining({ op: 'disconnect', networkId: 'old', networkName: 'old' }),
    ]);
  });
  it('makes a live container’s phantom real before it takes it off', () => {
    const left = endpoint(lan, { endpointId: '', ipv4: '', mac: '' });
    expect(ops(plan(detach(), { containers: [web({ endpoints: [left] })] }))).toEqual([
      'connect lan',
      'disconnect lan',
    ]);
    const stopped = web({ state: 'exited', endpoints: [idle(lan)] });
    expect(ops(plan(detach(), { containers: [stopped] }))).toEqual(['disconnect lan']);
  });
});

describe('move', () => {
  it('enters the new network first, and keeps what is the container’s own', () => {
    const old = endpoint(docker0, {
      ipv4: '172.17.0.2',
      aliases: ['app'],
      gatewayPriority: 3,
      driverOptions: { 'other.driver': 'x' },
    });
    const made = plan(move({ ipv4: '10.70.1.60' }), { containers: [web({ endpoints: [old] })] });
    expect(ops(made)).toEqual(['connect lan', 'disconnect bridge']);
    expect(made.steps[0]).toMatchObject({
      endpoint: { ipv4: '10.70.1.60', aliases: ['app'], gatewayPriority: 3 },
    });
    expect(made.steps[0]).not.toHaveProperty('endpoint.driverOptions');
    expect(made.suggestedIpv4).toBe('10.70.1.254');
    expect(made.notices[0]).toMatchObject({ code: 'interruption', params: { context: 'moves', to: 'lan' } });
    expect(codes(made.notices)).toContain('undo_may_change_address');
  });
  it('leaves first where both cannot be: one subnet, none, a fixed interface name', () => {
    const twin = network({ name: 'twin', parent: 'eth2', subnet: { ipRange: '10.70.1.0/26' } });
    const inTwin = web({ endpoints: [endpoint(twin, { ipv4: '10.70.1.60', pinned4: '10.70.1.60' })] });
    const request = move({ fromNetworkId: 'e1-twin', ipv4: '10.70.1.60' });
    const made = plan(request, { networks: [twin, lan], containers: [inTwin] });
    expect(ops(made)).toEqual(['disconnect twin', 'connect lan']);
    expect(made.notices[0]).toMatchObject({ code: 'interruption', params: { network: 'twin' } });
    expect(made.notices[0]?.params.seconds).toBeGreaterThan(0);
    const alone = web({ networkMode: { kind: 'none' }, endpoints: [endpoint(none)] });
    expect(ops(plan(move({ fromNetworkId: none.id }), { containers: [alone] }))).toEqual([
      'disconnect none',
      'connect lan',
    ]);
    const ifname = { 'com.docker.network.endpoint.ifname': 'lan0' };
    const named = plan(move(), {
      containers: [web({ endpoints: [endpoint(docker0, { driverOptions: ifname })] })],
    });
    expect(ops(named)).toEqual(['disconnect bridge', 'connect lan']);
    expect(named.steps[1]).toMatchObject({ endpoint: { driverOptions: ifname } });
  });
  it('takes no aliases to the default bridge', () => {
    const made = plan(move({ fromNetworkId: 'e1-lan', toNetworkId: 'e1-bridge' }), {
      containers: [web({ endpoints: [endpoint(lan, { aliases: ['app'] })] })],
    });
    expect(made.steps[0]).toMatchObject({ op: 'connect', endpoint: {} });
    expect(made.steps[0]).not.toHaveProperty('endpoint.aliases');
  });
  it('refuses what is no move', () => {
    const both = web({ endpoints: [endpoint(docker0), endpoint(lan)] });
    expect(first(plan(move({ toNetworkId: 'e1-bridge' }), { containers: [web()] }))).toMatchObject({
      code: 'nothing_to_do',
      params: { context: 'same_network' },
    });
    expect(first(plan(move(), { containers: [both] }))).toMatchObject({
      code: 'already_connected',
      field: 'toNetworkId',
    });
    expect(first(plan(move(), { containers: [container()] }))).toMatchObject({
      code: 'not_connected',
      field: 'fromNetworkId',
    });
    expect(first(plan(move({ toNetworkId: none.id }), { containers: [web()] }))).toMatchObject({
      code: 'none_network',
      field: 'toNetworkId',
    });
  });
  it('interrupts nothing in a stopped container', () => {
    const stopped = web({ state: 'exited', endpoints: [idle(docker0)] });
    expect(codes(plan(move(), { containers: [stopped] }).notices)).not.toContain('interruption');
  });
});

describe('readdress', () => {
  const full = endpoint(lan, {
    ipv4: '10.70.1.60',
    pinned4: '10.70.1.60',
    pinned6: 'fd00:70::60',
    aliases: ['app'],
    gatewayPriority: 7,
    driverOptions: { 'com.docker.network.endpoint.ifname': 'lan0' },
  });
  const dual = network({ ipv6: true });
  dual.subnets.push({ subnet: 'fd00:70::/64', exclusions: {} });
  const world = (on = full, over: Partial<Container> = {}) => ({
    networks: [dual],
    containers: [web({ endpoints: [on], ...over })],
  });
  it('takes it off and puts it back with all that it had, but never its MAC', () => {
    const made = plan(readdress({ ipv4: '10.70.1.61' }), world());
    expect(ops(made)).toEqual(['disconnect lan', 'connect lan']);
    expect(made.steps[1]).toHaveProperty('endpoint', {
      ipv4: '10.70.1.61',
      ipv6: 'fd00:70::60',
      aliases: ['app'],
      gatewayPriority: 7,
      driverOptions: { 'com.docker.network.endpoint.ifname': 'lan0' },
    });
    expect(made.notices[0]?.code).toBe('interruption');
    expect(codes(made.notices)).not.toContain('undo_may_change_address');
  });
  it('keeps the family that is not spoken of, and releases both without an address', () => {
    expect(plan(readdress({ ipv6: 'fd00:70::61' }), world()).steps[1]).toMatchObject({
      endpoint: { ipv4: '10.70.1.60', ipv6: 'fd00:70::61' },
    });
    const released = plan(readdress(), world());
    expect(released.steps[1]).not.toHaveProperty('endpoint.ipv4');
    expect(released.steps[1]).not.toHaveProperty('endpoint.ipv6');
    expect(codes(released.notices)).toContain('address_automatic');
  });
  it('fixes the address that it has by chance', () => {
    const made = plan(readdress({ ipv4: '10.70.1.2' }), world(endpoint(lan)));
    expect(made.steps[1]).toMatchObject({ endpoint: { ipv4: '10.70.1.2' } });
    expect(codes(made.notices)).toContain('undo_may_change_address');
  });
  it('refuses what is already so, in whatever spelling', () => {
    const context = (request: ChangeRequest, on = full) => first(plan(request, world(on)))?.params?.context;
    expect(context(readdress({ ipv4: '10.70.1.60' }))).toBe('same_address');
    expect(context(readdress({ ipv6: 'FD00:70:0::60' }))).toBe('same_address');
    expect(context(readdress(), endpoint(lan))).toBe('automatic');
  });
  it('refuses another’s address, a network where it is not, and the default bridge', () => {
    const other = container({ name: 'db', endpoints: [endpoint(lan, { ipv4: '10.70.1.61' })] });
    const { networks, containers } = world();
    expect(
      codes(
        plan(readdress({ ipv4: '10.70.1.61' }), { networks, containers: [...containers, other] }).problems,
      ),
    ).toEqual(['address_in_use']);
    expect(codes(plan(readdress({ ipv4: '10.70.1.61' }), { containers: [web()] }).problems)).toEqual([
      'not_connected',
    ]);
    const request = readdress({ networkId: 'e1-bridge', ipv4: '172.17.0.9' });
    expect(codes(plan(request, { containers: [web()] }).problems)).toEqual(['pin_needs_user_network']);
  });
});

describe('create-network', () => {
  const spec = {
    name: ' lan20 ',
    driver: 'macvlan',
    parent: 'eth2',
    mode: 'bridge',
    subnet: '10.70.2.0/24',
    gateway: '10.70.2.1',
    ipRange: '',
    exclusions: [],
    internal: false,
  } as const;
  const create = (over: object = {}): ChangeRequest => ({
    kind: 'create-network',
    engineId: 'e1',
    spec: { ...spec, exclusions: [], ...over },
  });
  it('is one step with the spec tidied', () => {
    const made = plan(create(), {});
    const { ipRange: _blank, ...rest } = spec;
    expect(made.steps).toEqual([
      { op: 'create-network', networkName: 'lan20', spec: { ...rest, name: 'lan20' } },
    ]);
    expect(made.steps[0]).not.toHaveProperty('spec.ipRange');
  });
  it('is refused by the rules for specs, and by an engine that does not answer', () => {
    expect(codes(plan(create({ subnet: '10.70.1.0/25', gateway: undefined }), {}).problems)).toEqual([
      'subnet_overlap',
    ]);
    expect(codes(plan(create(), { engines: [engine({ state: 'offline' })] }).problems)).toEqual([
      'engine_unreachable',
    ]);
  });
  it('shows an offline engine’s own problem', () => {
    const reason = { code: 'engine_permission' as const, message: 'no access' };
    expect(plan(create(), { engines: [engine({ state: 'offline', problem: reason })] }).problems).toEqual([
      reason,
    ]);
  });
});

describe('remove-network', () => {
  it('is one step when nothing is on it', () => {
    expect(plan(remove(), { containers: [web()] })).toEqual({
      steps: [{ op: 'remove-network', networkId: 'e1-lan', networkName: 'lan' }],
      notices: [],
      problems: [],
    });
  });
  it('names who uses it, running before stopped', () => {
    const on = (name: string, over: Partial<Container> = {}) =>
      container({ name, endpoints: [endpoint(lan)], ...over });
    const off = container({ name: 'off', state: 'exited', endpoints: [idle(lan, { networkId: '' })] });
    expect(
      first(plan(remove(), { containers: [on('web10'), on('web2', { state: 'paused' }), off] })),
    ).toMatchObject({
      code: 'network_in_use',
      params: { network: 'lan', container: 'web2, web10' },
    });
    expect(first(plan(remove(), { containers: [off] }))).toMatchObject({
      code: 'network_has_stopped_members',
      params: { network: 'lan', container: 'off' },
    });
  });
  it.each([docker0, host, none, bridge({ name: 'docker_gwbridge' })])('refuses $name', (own) => {
    expect(codes(plan(remove(own.id), { networks: [own] }).problems)).toEqual(['network_predefined']);
  });
  it('refuses the ingress, a config in use, and what is not there', () => {
    const ingress = network({ ingress: true, kind: 'overlay' });
    expect(codes(plan(remove(), { networks: [ingress] }).problems)).toEqual(['network_ingress']);
    const config = network({ configOnly: true });
    const user = network({ name: 'user', configFrom: 'lan' });
    expect(first(plan(remove(), { networks: [config, user] }))?.params).toMatchObject({
      context: 'config',
      name: 'user',
    });
    expect(plan(remove(), { networks: [config] }).problems).toEqual([]);
    expect(codes(plan(remove('gone'), {}).problems)).toEqual(['network_not_found']);
  });
  it('says that the VLAN link goes with its last network', () => {
    const tagged = network({ parent: 'eth1.10' });
    expect(plan(remove(), { networks: [tagged] }).notices).toMatchObject([
      { code: 'vlan_link_made', params: { context: 'removed', parent: 'eth1.10', vlan: 10 } },
    ]);
    expect(plan(remove(), { networks: [tagged, network({ name: 'b', parent: 'eth1.10' })] }).notices).toEqual(
      [],
    );
  });
});
