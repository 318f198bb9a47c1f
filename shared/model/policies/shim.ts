import { z } from 'zod';
import { shimSchema } from '../host';
import { keptOf, standing } from './kind';

/** That a host is to reach its own containers on a macvlan network. Kept by the console: no engine stores it. */
export const shimPolicySchema = z.object({
  engineId: z.string(),
  /** The network as it was last; after a recreate it is found again by its name. */
  networkId: z.string(),
  networkName: z.string(),
  /** The host's address on the LAN for this; IPv4, outside every pool. */
  address: z.string(),
  /** Milliseconds since the epoch. */
  since: z.number(),
});
export type ShimPolicy = z.infer<typeof shimPolicySchema>;

/** `no-network`: the network is gone. */
export const shimStatusSchema = shimPolicySchema.extend({
  kind: z.literal('shim'),
  ...standing('no-network'),
  /** The link and its routes as last put there; null before. */
  shim: shimSchema.nullable(),
});
export type ShimStatus = z.infer<typeof shimStatusSchema>;
export type ShimState = ShimStatus['state'];

const ofNetwork = { engineId: z.string(), networkId: z.string() };
const requests = [
  z.object({
    kind: z.literal('put-shim'),
    ...ofNetwork,
    /** The host's address on the LAN for this, IPv4; the one that is suggested when left out. */
    address: z.string().optional(),
  }),
  z.object({ kind: z.literal('remove-shim'), ...ofNetwork }),
] as const;
/** What an admin asks of the way from a host to its own containers on a network. */
export type ShimRequest = z.infer<(typeof requests)[number]>;

const ofShim = { networkId: z.string(), networkName: z.string(), shim: shimSchema };

export const shimModel = {
  policy: shimPolicySchema,
  status: shimStatusSchema,
  kept: keptOf('shim', shimPolicySchema),
  requests,
  steps: [
    /** The link by which the host reaches its own containers on a network: made, or brought up to this. */
    z.object({ op: z.literal('put-shim'), ...ofShim }),
    /** `shim` as it was last put there: what takes the step back puts it there again. */
    z.object({ op: z.literal('remove-shim'), ...ofShim }),
  ],
} as const;
