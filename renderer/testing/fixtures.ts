import type { Container, ContainerDetail, Endpoint, Engine, Network, Snapshot } from '../../shared/model';
import { capabilitiesOf } from '../../shared/rules';

export const engine = (id: string, patch: Partial<Engine> = {}): Engine => ({
  id,
  name: id,
  hostName: id,
  position: 0,
  endpoint: `unix:///run/${id}.sock`,
  demo: false,
  state: 'online',
  since: Date.UTC(2026, 0, 1),
  product: 'docker',
  version: '29.7.2',
  apiVersion: '1.55',
  os: 'Debian',
  kernel: '6.1',
  architecture: 'x86_64',
  cpus: 2,
  memory: 4 * 1024 ** 3,
  rootless: false,
  desktopVm: false,
  swarm: 'inactive',
  cgroupVersion: '2',
  capabilities: capabilitiesOf('1.55'),
  ...patch,
});

export const macvlan = (engineId: string, name: string, patch: Partial<Network> = {}): Network => ({
  id: `${name}-id`,
  engineId,
  name,
  driver: 'macvlan',
  kind: 'macvlan',
  scope: 'local',
  internal: false,
  attachable: false,
  ingress: false,
  ipv6: false,
  configOnly: false,
  ipamDriver: 'default',
  subnets: [{ subnet: '10.70.1.0/24', gateway: '10.70.1.1', ipRange: '10.70.1.128/25', exclusions: {} }],
  parent: 'eth0',
  mode: 'bridge',
  options: {},
  labels: {},
  created: '2026-01-01T00:00:00Z',
  ...patch,
});

/** As engines before 28 make it from the address: nobody has another's. */
const macOf = (ipv4: string) =>
  `02:42:${(ipv4 || '10.70.1.5')
    .split('.')
    .map((part) => Number(part).toString(16).padStart(2, '0'))
    .join(':')}`;

export const endpoint = (network: Network, ipv4: string, patch: Partial<Endpoint> = {}): Endpoint => ({
  networkId: network.id,
  networkName: network.name,
  endpointId: `ep-${ipv4}`,
  ipv4,
  prefix: ipv4 ? 24 : 0,
  ipv6: '',
  prefix6: 0,
  gateway: '10.70.1.1',
  mac: macOf(ipv4),
  aliases: [],
  driverOptions: {},
  ...patch,
});

export const container = (engineId: string, name: string, patch: Partial<Container> = {}): Container => ({
  id: `${name}-id`,
  engineId,
  name,
  image: 'busybox',
  state: 'running',
  created: Date.UTC(2026, 0, 1),
  networkMode: { kind: 'bridge' },
  endpoints: [],
  ports: [],
  labels: {},
  detail: null,
  ...patch,
});

/** What inspect tells of one that has run since 2026-01-01 00:00 UTC. */
export const detail = (patch: Partial<ContainerDetail> = {}): ContainerDetail => ({
  namespaces: { network: 'private', pid: '', ipc: '', uts: '', user: '', cgroup: '' },
  limits: {
    ...{
      memory: 0,
      memorySwap: 0,
      memoryReservation: 0,
      nanoCpus: 0,
      cpuShares: 0,
      cpuQuota: 0,
      cpuPeriod: 0,
    },
    ...{ cpuset: '', pids: 0, blkioWeight: 0, cgroupParent: '' },
  },
  pid: 1,
  startedAt: '2026-01-01T00:00:00Z',
  finishedAt: '',
  exitCode: 0,
  health: '',
  restartCount: 0,
  restartPolicy: 'no',
  hostname: '',
  privileged: false,
  capAdd: [],
  configuredMac: '',
  ...patch,
});

/** Two hosts on one LAN: `web` is not on it yet, `db` on the other host holds 10.70.1.2. */
export function twoHosts(): Snapshot {
  const lanA = macvlan('a', 'lan');
  const lanB = macvlan('b', 'lan');
  return {
    revision: 1,
    engines: [engine('a'), engine('b')],
    networks: [lanA, lanB],
    containers: [
      container('a', 'web'),
      container('b', 'db', { endpoints: [endpoint(lanB, '10.70.1.2', { pinned4: '10.70.1.2' })] }),
    ],
  };
}
