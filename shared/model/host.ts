import { z } from 'zod';
import { problemSchema } from './errors';

export const nicKinds = [
  'physical',
  'wireless',
  'bond',
  'bridge',
  'vlan',
  'macvlan',
  'ipvlan',
  'veth',
  'dummy',
  'tunnel',
  'loopback',
  'other',
] as const;
export type NicKind = (typeof nicKinds)[number];

/** The kernel's counters since the interface was made. Bytes and packets. */
export const nicCountersSchema = z.object({
  rxBytes: z.number(),
  txBytes: z.number(),
  rxPackets: z.number(),
  txPackets: z.number(),
  rxErrors: z.number(),
  txErrors: z.number(),
  rxDropped: z.number(),
  txDropped: z.number(),
});
export type NicCounters = z.infer<typeof nicCountersSchema>;

/** An address of the host itself. */
export const nicAddressSchema = z.object({
  address: z.string(),
  prefix: z.number(),
  /** `global`, `link`, `host`: as far as the address is good. */
  scope: z.string(),
});
export type NicAddress = z.infer<typeof nicAddressSchema>;

/** A network interface of a host. Source: `ip -j -d -s addr` and /sys/class/net in the host's namespace. */
export const nicSchema = z.object({
  name: z.string(),
  /** The kernel's number for it. */
  index: z.number(),
  kind: z.enum(nicKinds),
  /** The kernel's own word (`vxlan`, `team`, `macvtap`); empty for real hardware. */
  driver: z.string(),
  /** False for links without Ethernet frames (WireGuard, tun, GRE): they can't be parents. */
  ethernet: z.boolean(),
  /** Lower case; empty where it has none. */
  mac: z.string(),
  mtu: z.number(),
  /** Mbit/s; null when it has none or the link is down. */
  speed: z.number().nullable(),
  /** Switched on by the administrator. */
  up: z.boolean(),
  /** The cable is in and the far end is on. */
  carrier: z.boolean(),
  addresses: z.array(nicAddressSchema),
  /** The bridge, bond or team that this one is a port of. */
  master: z.string().optional(),
  masterKind: z.enum(['bridge', 'bond', 'other']).optional(),
  /** What it stands on: `eth0` for a VLAN, macvlan or ipvlan link on it. Absent when that is in another namespace. */
  parent: z.string().optional(),
  /** 802.1Q id of a VLAN link, 1–4094. */
  vlan: z.number().optional(),
  /** macvlan and ipvlan links: `bridge`, `l2`, … */
  mode: z.string().optional(),
  /** How many users have asked it to take every frame; above 0 somebody captures, bridges or uses macvlan on it. */
  promiscuity: z.number(),
  counters: nicCountersSchema,
  /** The alias that somebody gave it; Trunkline marks its own links by it. */
  alias: z.string().optional(),
  /** Made by Docker for its own purposes (docker0, the bridges of its networks, their cables). */
  docker: z.boolean(),
});
export type Nic = z.infer<typeof nicSchema>;

/** A network namespace on the host that is not Docker's: LXC, Podman, `ip netns`, a virtual router. */
export const foreignNamespaceSchema = z.object({
  /** Inode number of the namespace, as `lsns` shows it. */
  id: z.string(),
  /** The name that `ip netns` has for it. */
  name: z.string().optional(),
  /** Lowest process id in it; absent when nobody is in it. */
  pid: z.number().optional(),
  /** Name of that process. */
  command: z.string().optional(),
  processes: z.number(),
});
export type ForeignNamespace = z.infer<typeof foreignNamespaceSchema>;

/** What the machine says of itself (DMI); empty on machines without. */
export const machineSchema = z.object({ vendor: z.string(), product: z.string(), assetTag: z.string() });
export type Machine = z.infer<typeof machineSchema>;

/** A way of a host's to other addresses than those of its own interfaces: a VPN's, or by another router. */
export const hostRouteSchema = z.object({
  /** CIDR: what goes this way. */
  to: z.string(),
  nic: z.string(),
  /** Straight on the interface (`scope link`), with no router between. */
  onLink: z.boolean(),
});
export type HostRoute = z.infer<typeof hostRouteSchema>;

/** What a host really has, read by the toolbox in the host's own namespaces. */
export const hostFactsSchema = z.object({
  engineId: z.string(),
  /** When it was read, milliseconds since the epoch, by the console's clock. */
  at: z.number(),
  /** Ids of the networks that the engine was known to have by then: of later ones, and their links, this says nothing. */
  networkIds: z.array(z.string()).optional(),
  nics: z.array(nicSchema),
  /** The default routes: through which interface, to which router (empty for a router that needs no address). */
  gateways: z.array(z.object({ nic: z.string(), address: z.string() })),
  /** The main table without its default routes, link-local ones and those that lead nowhere; absent where it was not read. */
  routes: z.array(hostRouteSchema).optional(),
  /** The host has more routes than are read. */
  moreRoutes: z.boolean().optional(),
  machine: machineSchema,
  /** Null when they could not be read; `foreignProblem` says why. */
  foreign: z.array(foreignNamespaceSchema).nullable(),
  foreignProblem: problemSchema.optional(),
});
export type HostFacts = z.infer<typeof hostFactsSchema>;

/** As Linux allows them (dev_valid_name), and none that a program could take for an option. */
const nicName = z.string().regex(/^[^\s/:-][^\s/:]{0,14}$/, 'shape_nic_name');

/** Where a probe is made from: inside a container's network namespace, or on the host itself. */
export const probeFromSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('container'),
    containerId: z.string().regex(/^[\w][\w.-]*$/),
    /** The container's address on the network to ask on, which all goes out by; by its routes when absent. */
    address: z.union([z.ipv4(), z.ipv6()]).optional(),
  }),
  z.object({
    kind: z.literal('host'),
    /** The interface to ask on; by the host's routes when absent. */
    nic: nicName.optional(),
  }),
]);
export type ProbeFrom = z.infer<typeof probeFromSchema>;

/** What was found out about one address. */
export const probeTargetSchema = z.object({
  address: z.string(),
  /** `link`: on the same LAN; `gateway`: through a router; `own`: it is the asker's own; `none`: no way there. */
  via: z.enum(['link', 'gateway', 'own', 'none']),
  /** The interface that it was asked on; empty for `none`. */
  interface: z.string(),
  /**
   * MACs of all who answered for the address on the link (ARP, or neighbour discovery for IPv6), lower case; beyond a
   * router too, where an answer means that it is no other LAN after all. Null where nobody could be asked (IPv6 on a link
   * without it). For one's own address: of everybody else who claims it.
   */
  macs: z.array(z.string()).nullable(),
  /** Echo requests answered, and their mean time in milliseconds; null when none was sent. */
  ping: z.object({ sent: z.number(), received: z.number(), ms: z.number().nullable() }).nullable(),
  /** Somebody answers. */
  answers: z.boolean(),
  /** Two machines claim the address. */
  duplicate: z.boolean(),
  /** Through a router: whether that router answers on the link (ARP, neighbour discovery). Absent where that is not known. */
  routerAnswers: z.boolean().optional(),
});
export type ProbeTarget = z.infer<typeof probeTargetSchema>;

export const probeResultSchema = z.object({
  /** Milliseconds since the epoch. */
  at: z.number(),
  targets: z.array(probeTargetSchema),
});
export type ProbeResult = z.infer<typeof probeResultSchema>;

/** A macvlan link in the host's own namespace, by which the host reaches its macvlan containers. */
export const shimSchema = z.object({
  /** The link's name, at most 15 characters. */
  name: z.string(),
  /** The NIC or VLAN link that the containers' network is on. */
  parent: z.string(),
  /** IPv4, outside every pool of the LAN. */
  address: z.string(),
  /** What goes through it: containers' addresses or ranges, `10.70.1.60/32`. */
  routes: z.array(z.string()),
  /** Found so: it is down, does not answer ARP, or is in another mode than `bridge`, and leads to no container. */
  impaired: z.literal(true).optional(),
});
export type Shim = z.infer<typeof shimSchema>;
