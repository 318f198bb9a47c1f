import { z } from 'zod';
import { engineColours, engineSiteSchema } from './engine-config';
import { problemSchema } from './errors';

/** What an engine can do, asked of its negotiated API version, and of the product for Podman (docs/engines.md). */
export const capabilitiesSchema = z.object({
  /** Several networks on one macvlan parent: v27, API 1.46. */
  sharedParent: z.boolean(),
  /** A MAC address per endpoint when connecting: API 1.54. */
  macOnConnect: z.boolean(),
  /** `GwPriority` of an endpoint: v28, API 1.48. */
  gatewayPriority: z.boolean(),
  /** The interface-name driver option of an endpoint: v28, API 1.48. */
  interfaceName: z.boolean(),
  /** Networks without address management for macvlan: `EnableIPv4:false`, API 1.48. */
  nullIpam: z.boolean(),
  /** The engine itself validates subnets, ranges and exclusions (v26, API 1.45). */
  validatesIpam: z.boolean(),
  /** Single addresses are kept out of what a network hands out by itself (`AuxiliaryAddresses`). */
  exclusions: z.boolean(),
  /** The parent `eth0.10` is made where it is absent. */
  vlanLinks: z.boolean(),
  /** Networks of the driver ipvlan. */
  ipvlan: z.boolean(),
  /** A container that was made without a network can be attached to one. */
  leavesNone: z.boolean(),
  /** A container that is paused can be attached and detached. */
  changesPaused: z.boolean(),
});
export type Capabilities = z.infer<typeof capabilitiesSchema>;

/** Where an engine takes the subnets of new networks from that ask for none: `base`, cut into subnets of `size` bits. */
export const addressPoolSchema = z.object({ base: z.string(), size: z.number() });
export type AddressPool = z.infer<typeof addressPoolSchema>;

export const engineStates = ['connecting', 'online', 'offline'] as const;

/** One Docker Engine API endpoint and the facts that it tells of its host. */
export const engineSchema = z.object({
  /** Stable key derived from the endpoint; `/info.ID` is not unique on 20.10. */
  id: z.string(),
  /** What the admin reads: the name that they gave, the host's own, or the endpoint where that is not known. */
  name: z.string(),
  /** The host's own name as it told it last, be it in an earlier session; empty until first reached. */
  hostName: z.string(),
  /** The admin's colour and group for it. */
  colour: z.enum(engineColours).optional(),
  group: z.string().optional(),
  /** Where its LANs are, as the admin says. */
  ...engineSiteSchema.shape,
  /** Its place in the admin's order, from 0. */
  position: z.number(),
  /** `unix:///path`, `tcp://address:port`, `ssh://user@host:port`. */
  endpoint: z.string(),
  /** The embedded simulated engine: nothing real behind it. */
  demo: z.boolean(),
  state: z.enum(engineStates),
  /** When the state was entered, milliseconds since the epoch. */
  since: z.number(),
  /** Why the engine is offline; of one that is online, what on it can't be read. */
  problem: problemSchema.optional(),
  product: z.enum(['docker', 'podman', 'unknown']),
  /** `29.7.2`; empty until first reached. */
  version: z.string(),
  /** The negotiated API version, `1.55`; empty until first reached. */
  apiVersion: z.string(),
  os: z.string(),
  kernel: z.string(),
  architecture: z.string(),
  cpus: z.number(),
  /** Memory of the host, bytes. */
  memory: z.number(),
  rootless: z.boolean(),
  /** Docker Desktop and its like: macvlan ends inside a hidden VM. */
  desktopVm: z.boolean(),
  swarm: z.enum(['inactive', 'worker', 'manager']),
  cgroupVersion: z.string(),
  /** What it was told to take subnets from (`default-address-pools`); absent where it tells none, and takes its usual ones. */
  addressPools: z.array(addressPoolSchema).optional(),
  capabilities: capabilitiesSchema,
});
export type Engine = z.infer<typeof engineSchema>;
