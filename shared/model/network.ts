import { z } from 'zod';

export const networkDrivers = ['bridge', 'macvlan', 'ipvlan', 'overlay', 'host', 'null', 'other'] as const;
export type NetworkKind = (typeof networkDrivers)[number];

/** One entry of a network's IPAM configuration. Addresses as text, subnets in CIDR notation. */
export const subnetSchema = z.object({
  subnet: z.string(),
  gateway: z.string().optional(),
  /** The part of the subnet from which the engine hands out addresses by itself. */
  ipRange: z.string().optional(),
  /** Addresses the engine never hands out: name → address. */
  exclusions: z.record(z.string(), z.string()),
});
export type Subnet = z.infer<typeof subnetSchema>;

/** A Docker network on one engine. */
export const networkSchema = z.object({
  id: z.string(),
  engineId: z.string(),
  name: z.string(),
  /** The driver's own name, as the engine says it (plugins included). */
  driver: z.string(),
  /** The driver as Trunkline understands it; `other` for plugins and whatever is new. */
  kind: z.enum(networkDrivers),
  scope: z.string(),
  internal: z.boolean(),
  attachable: z.boolean(),
  ingress: z.boolean(),
  /** Absent where the engine knows no network without IPv4 (before API 1.48). */
  ipv4: z.boolean().optional(),
  ipv6: z.boolean(),
  configOnly: z.boolean(),
  /** The config-only network that this one takes its settings from. */
  configFrom: z.string().optional(),
  ipamDriver: z.string(),
  /** Absent where there are none. */
  ipamOptions: z.record(z.string(), z.string()).optional(),
  subnets: z.array(subnetSchema),
  /** macvlan and ipvlan: the parent interface, for example `eth0` or `eth0.10`. Empty means a dummy link. */
  parent: z.string().optional(),
  /** macvlan and ipvlan: where the LAN of its parent is, as the admin says of the engine; absent where they don't. */
  site: z.string().optional(),
  /** macvlan: bridge, private, vepa, passthru; ipvlan: l2, l3, l3s. */
  mode: z.string().optional(),
  /** bridge: the Linux bridge on the host, for example `docker0` or `br-1a2b3c4d5e6f`. */
  bridge: z.string().optional(),
  options: z.record(z.string(), z.string()),
  labels: z.record(z.string(), z.string()),
  /** ISO 8601; empty where the engine does not say. */
  created: z.string(),
});
export type Network = z.infer<typeof networkSchema>;
