import type { Container, Endpoint, Engine, Network, NetworkSpec } from '../model';
import { capabilitiesOf } from './engines/capabilities';
import { checkNetworkSpec } from './networks/network-spec';

/** Builders for the tests of the rules: real models with sensible values, to be overridden. */

const v29 = capabilitiesOf('1.55');
const v26 = capabilitiesOf('1.45');

/** An engine as of v29, or with `apiVersion` 1.45 as of v26, named after its id. */
export function engine(over: Partial<Engine> = {}): Engine {
  const id = over.id ?? 'e1';
  const old = over.apiVersion === '1.45' || over.apiVersion === '1.41';
  return {
    id,
    name: `host-${id}`,
    hostName: `host-${id}`,
    position: 0,
    endpoint: `unix:///run/${id}.sock`,
    demo: false,
    state: 'online',
    since: 0,
    product: 'docker',
    version: old ? '26.1.5' : '29.7.2',
    apiVersion: '1.55',
    os: 'Debian',
    kernel: '6.1',
    architecture: 'x86_64',
    cpus: 2,
    memory: 1,
    rootless: false,
    desktopVm: false,
    swarm: 'inactive',
    cgroupVersion: '2',
    capabilities: old ? v26 : v29,
    ...over,
  };
}

/** Podman 4.3, as measured. */
export const podman = (over: Partial<Engine> = {}): Engine =>
  engine({
    product: 'podman',
    version: '4.3.1',
    apiVersion: '1.41',
    capabilities: capabilitiesOf('1.41', 'podman', '4.3.1'),
    ...over,
  });

/** A macvlan network `lan` on `e1`: 10.70.1.0/24 on eth1, gateway .1, no ip-range. */
export function network(
  over: Partial<Network> & { subnet?: Partial<Network['subnets'][number]> } = {},
): Network {
  const { subnet, ...rest } = over;
  const name = rest.name ?? 'lan';
  const engineId = rest.engineId ?? 'e1';
  return {
    id: `${engineId}-${name}`,
    engineId,
    name,
    driver: rest.kind ?? 'macvlan',
    kind: 'macvlan',
    scope: 'local',
    internal: false,
    attachable: false,
    ingress: false,
    ipv6: false,
    configOnly: false,
    ipamDriver: 'default',
    subnets: [{ subnet: '10.70.1.0/24', gateway: '10.70.1.1', exclusions: {}, ...subnet }],
    parent: 'eth1',
    mode: 'bridge',
    options: {},
    labels: {},
    created: '',
    ...rest,
  };
}

/** A bridge network; named `bridge` it is the engine's default one. */
export function bridge(over: Partial<Network> = {}): Network {
  const subnets = [{ subnet: '172.17.0.0/16', gateway: '172.17.0.1', exclusions: {} }];
  const name = over.name ?? 'bridge';
  return network({
    kind: 'bridge',
    name,
    parent: undefined,
    mode: undefined,
    bridge: 'docker0',
    subnets,
    ...over,
  });
}

/** `host` or `none`. */
export function special(name: 'host' | 'none', engineId = 'e1'): Network {
  const kind = name === 'none' ? 'null' : 'host';
  return network({ kind, name, engineId, parent: undefined, mode: undefined, subnets: [] });
}

/** A live endpoint on `on`; pass `endpointId: ''` and `ipv4: ''` for that of a stopped container. */
export function endpoint(on: Network, over: Partial<Endpoint> = {}): Endpoint {
  return {
    networkId: on.id,
    networkName: on.name,
    endpointId: `ep-${on.id}`,
    ipv4: '10.70.1.2',
    prefix: 24,
    ipv6: '',
    prefix6: 0,
    gateway: on.subnets[0]?.gateway ?? '',
    mac: '02:42:0a:46:01:02',
    aliases: [],
    driverOptions: {},
    ...over,
  };
}

/** The endpoint of a container that does not run, with what it is to have at its next start. */
export function idle(on: Network, over: Partial<Endpoint> = {}): Endpoint {
  return endpoint(on, { endpointId: '', ipv4: '', prefix: 0, gateway: '', mac: '', ...over });
}

/** A running container `web` on `e1` without endpoints. */
export function container(over: Partial<Container> = {}): Container {
  const name = over.name ?? 'web';
  const engineId = over.engineId ?? 'e1';
  return {
    id: `${engineId}-${name}`,
    engineId,
    name,
    image: 'sample',
    state: 'running',
    created: 0,
    networkMode: { kind: 'bridge' },
    endpoints: [],
    ports: [],
    labels: {},
    detail: null,
    ...over,
  };
}

/** A network on `e1` and its like on `e2`, each with its own engine. */
export function twoHosts(over: Partial<Network> & { subnet?: Partial<Network['subnets'][number]> } = {}) {
  const here = network({ ...over, engineId: 'e1' });
  const there = network({ ...over, engineId: 'e2' });
  return { here, there, engines: [engine({ id: 'e1' }), engine({ id: 'e2' })], networks: [here, there] };
}

/** A sound macvlan network to be made. */
export const networkSpec = (over: Partial<NetworkSpec> = {}): NetworkSpec => ({
  name: 'lan20',
  driver: 'macvlan',
  parent: 'eth2',
  mode: 'bridge',
  subnet: '10.70.2.0/24',
  gateway: '10.70.2.1',
  ipRange: '10.70.2.128/25',
  exclusions: ['10.70.2.9'],
  internal: false,
  ...over,
});
/** Checks that network as it would be made on an engine that has these networks, others being elsewhere. */
export function checkSpec(
  over: Partial<NetworkSpec> = {},
  networks: Network[] = [],
  on: Engine = engine(),
  elsewhere: Network[] = [],
) {
  const engines = [on, engine({ id: 'e2' })];
  return checkNetworkSpec(networkSpec(over), {
    engine: on,
    networks,
    allNetworks: [...networks, ...elsewhere],
    engines,
  });
}
