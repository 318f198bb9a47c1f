import { z } from 'zod';

/** What the admin asks for when making a macvlan network. Checked by `rules/network-spec` before anything is sent. */
export const networkSpecSchema = z.object({
  name: z.string(),
  driver: z.enum(['macvlan', 'ipvlan']),
  /** Interface on the host, `eth0` or `eth0.10`. */
  parent: z.string(),
  /** macvlan: bridge, private, vepa, passthru; ipvlan: l2, l3, l3s. */
  mode: z.string(),
  /** CIDR, `10.70.1.0/24`. */
  subnet: z.string(),
  gateway: z.string().optional(),
  /** CIDR inside the subnet; where the engine may hand out addresses by itself. */
  ipRange: z.string().optional(),
  /** A second, IPv6 subnet beside it, with its own gateway and automatic range. */
  subnet6: z.string().optional(),
  gateway6: z.string().optional(),
  ipRange6: z.string().optional(),
  /** Further subnets of either family: engines take any number (`docker network create --subnet A --subnet B`). */
  more: z
    .array(z.object({ subnet: z.string(), gateway: z.string().optional(), ipRange: z.string().optional() }))
    .optional(),
  /** Addresses never to be handed out, of any of the subnets. */
  exclusions: z.array(z.string()),
  /** What they are called on the engine: address → name. One that is not here is `excluded1` and so on. */
  exclusionNames: z.record(z.string(), z.string()).optional(),
  internal: z.boolean(),
  labels: z.record(z.string(), z.string()).optional(),
  /** Of a network that exists and is made again: its driver's options besides parent and mode (`ipvlan_flag`). */
  options: z.record(z.string(), z.string()).optional(),
  /** `docker network create --attachable`; says nothing on one engine alone, and is kept where it was said. */
  attachable: z.boolean().optional(),
});
export type NetworkSpec = z.infer<typeof networkSpecSchema>;
