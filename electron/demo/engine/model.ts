import type { Address } from './ip';
import type { Pool } from './ipam';

/** The addresses that a caller fixes; kept exactly as given, for inspect shows them so. */
export interface EndpointIpam {
  IPv4Address?: string;
  IPv6Address?: string;
  LinkLocalIPs?: string[];
}

/** What a caller may ask of an endpoint, by the names of the engine's API. */
export interface EndpointConfig {
  IPAMConfig?: EndpointIpam | null;
  Aliases?: string[] | null;
  Links?: string[] | null;
  MacAddress?: string;
  DriverOpts?: Record<string, string> | null;
  GwPriority?: number;
}

/** What exists only while the container runs. */
export interface Attached {
  endpointId: string;
  ipv4: Address | null;
  prefix: number;
  gateway: string;
  ipv6: Address | null;
  prefix6: number;
  gateway6: string;
  mac: string;
  interface: string;
  /** Which traffic this interface has seen. */
  meter: Meter;
  /** The parent went, and took this interface with it; the engine shows the endpoint as before. */
  lost?: true;
}

/** Where the counters of an interface stand; the rest is computed from the time. */
export interface Meter {
  seed: number;
  /** Active seconds before `since`. */
  carried: number;
  /** Milliseconds since the epoch; null while the container is paused. */
  since: number | null;
}

export interface DemoEndpoint {
  networkName: string;
  /** Empty until the container first starts with it. */
  networkId: string;
  config: EndpointConfig;
  /** Whether the engine has added the container's own names; a plain create does so only at the first start. */
  named: boolean;
  attached: Attached | null;
  /** What a failed live connect left: shown like an attachment, and none. */
  left: Attached | null;
}

export type DemoState = 'created' | 'running' | 'paused' | 'restarting' | 'exited';

export interface PortBinding {
  HostIp?: string;
  HostPort?: string;
}

export interface DemoContainer {
  id: string;
  name: string;
  image: string;
  imageId: string;
  command: string[];
  hostname: string;
  configuredMac: string;
  /** Milliseconds since the epoch; 0 never. */
  created: number;
  startedAt: number;
  finishedAt: number;
  state: DemoState;
  exitCode: number;
  error: string;
  pid: number;
  restartCount: number;
  networkMode: string;
  labels: Record<string, string>;
  env: string[] | null;
  exposedPorts: Record<string, object>;
  /** The parts of HostConfig that the creator gave; the rest has the engine's defaults. */
  hostConfig: Record<string, unknown>;
  portBindings: Record<string, PortBinding[] | null>;
  endpoints: Map<string, DemoEndpoint>;
  sandboxId: string;
  execIds: string[];
  /** The list entry as JSON, with the status it was built for; dropped whenever the container changes. */
  listCache: { status: string; json: string } | null;
}

export interface IpamConfigEntry {
  Subnet?: string;
  IPRange?: string;
  Gateway?: string;
  AuxiliaryAddresses?: Record<string, string>;
}

export interface DemoNetwork {
  id: string;
  name: string;
  created: number;
  driver: string;
  scope: string;
  internal: boolean;
  attachable: boolean;
  ingress: boolean;
  enableIpv4: boolean;
  enableIpv6: boolean;
  configOnly: boolean;
  configFrom: string;
  ipamDriver: string;
  ipamOptions: Record<string, string> | null;
  ipamConfig: IpamConfigEntry[] | null;
  /** True when the creator named a subnet: only then may an endpoint be pinned. */
  userSubnet: boolean;
  options: Record<string, string>;
  labels: Record<string, string>;
  pools: { pool: Pool; gateway: string; reserved: Address[] }[];
  /** Containers attached right now. */
  members: Set<DemoContainer>;
  /** The VLAN link that the engine made for this network, to be deleted with its last user. */
  madeLink: string;
}

/** A NIC as it should be; set down; taken by a bridge; or gone from the host. */
export type NicState = 'up' | 'down' | 'port' | 'gone';

/** The machine that the engine pretends to run on. */
export interface DemoHost {
  name: string;
  engineId: string;
  nics: { name: string; mac: string }[];
  cpus: number;
  memory: number;
  kernel: string;
  os: string;
  osVersion: string;
  swarm: 'inactive' | 'manager';
}

/** `bridge`, `host` and `none`; every other name is a network of the user's own. */
export const isPredefined = (name: string): boolean => ['bridge', 'host', 'none', 'default'].includes(name);

/** A container whose processes exist and whose interfaces are up. */
export const isLive = (container: DemoContainer): boolean =>
  container.state === 'running' || container.state === 'paused';
