import { z } from 'zod';
import { noticeSchema } from './errors';

/** Who holds an address on a LAN, and why. */
export const addressUseSchema = z.object({
  address: z.string(),
  /** The last address, where a range is held; `address` is its first. */
  to: z.string().optional(),
  /**
   * What engines know: `gateway`, `excluded`, `pinned`, `automatic`. What they don't: ranges of the segment (`reserved`,
   * and `dhcp` for a foreign server's), what a container has `leased` from that server, the `shim` by which a host reaches its containers, a `host`'s own address; and
   * `foreign`: somebody answered for it on the LAN whom nobody here knows.
   */
  kind: z.enum([
    ...[
      'gateway',
      'excluded',
      'pinned',
      'automatic',
      'reserved',
      'dhcp',
      'leased',
      'shim',
      'host',
      'foreign',
    ],
  ] as const),
  /** For a segment's range, which is no host's: the engine that was asked about. */
  engineId: z.string(),
  /** Name of the container, exclusion or interface, or a range's note, else its segment; empty for gateways; who answers, by MAC. */
  owner: z.string(),
  /** Where a container has it: which one, on which network, and whether it answers now (a stopped one's pin does not). */
  container: z
    .object({ id: z.string(), networkId: z.string(), live: z.boolean(), mac: z.string() })
    .optional(),
});
export type AddressUse = z.infer<typeof addressUseSchema>;

/** Who holds what in the subnets of a network, over all engines that share it. */
export const addressPlanSchema = z.object({
  /** The first IPv4 one, else the first; empty where the network has none. */
  subnet: z.string(),
  /** All of them. */
  subnets: z.array(z.string()),
  gateways: z.array(z.string()),
  /** Automatic range of each engine that shares the subnet. */
  ranges: z.array(z.object({ engineId: z.string(), networkId: z.string(), range: z.string() })),
  used: z.array(addressUseSchema),
  /** The next IPv4 address that is free. */
  suggestion: z.string().optional(),
  /** The same of IPv6, where the network has it. */
  suggestion6: z.string().optional(),
  /** What to know before one of the two is given to anybody. */
  notices: z.array(noticeSchema),
});
export type AddressPlan = z.infer<typeof addressPlanSchema>;
