import { ProblemError, type Container, type ErrorCode, type Network } from '../../../shared/model';
import { capabilitiesOf } from '../../../shared/rules';
import type { EngineFacts } from '../../docker';

/** What unit tests put into a fake engine: an engine's facts, networks, endpoints and containers, each field to be changed. */
export const problem = (code: ErrorCode, message: string = code): ProblemError =>
  new ProblemError({ code, message });

export const capabilities = capabilitiesOf('1.41');

export const facts: EngineFacts = {
  hostName: 'atlas',
  product: 'docker',
  version: '20.10.24',
  apiVersion: '1.41',
  os: 'Debian GNU/Linux 12',
  kernel: '6.1.0',
  architecture: 'x86_64',
  cpus: 4,
  memory: 8e9,
  rootless: false,
  desktopVm: false,
  swarm: 'inactive',
  cgroupVersion: '2',
  capabilities,
};

export const network = (id: string, name: string, extra: Partial<Network> = {}): Network => ({
  id,
  engineId: 'e1',
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
  subnets: [{ subnet: '10.70.1.0/24', gateway: '10.70.1.1', ipRange: '10.70.1.32/27', exclusions: {} }],
  parent: 'eth1',
  mode: 'bridge',
  options: { parent: extra.parent ?? 'eth1', macvlan_mode: 'bridge' },
  labels: {},
  created: '',
  ...extra,
});

export const endpoint = (on: Network, extra: Partial<Container['endpoints'][number]> = {}) => ({
  networkId: on.id,
  networkName: on.name,
  endpointId: `ep-${on.id}`,
  ipv4: '',
  prefix: 24,
  ipv6: '',
  prefix6: 0,
  gateway: '',
  mac: '02:42:0a:46:01:21',
  aliases: [],
  driverOptions: {},
  ...extra,
});

/** As much of what inspect tells as changes read. */
const detail = { configuredMac: '' } as NonNullable<Container['detail']>;

export const container = (id: string, name: string, extra: Partial<Container> = {}): Container => ({
  id,
  engineId: 'e1',
  name,
  image: 'busybox',
  state: 'running',
  created: 0,
  networkMode: { kind: 'bridge' },
  endpoints: [],
  ports: [],
  labels: {},
  detail,
  ...extra,
});
