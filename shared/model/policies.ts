import { z } from 'zod';
import { problemSchema } from './errors';
import { shimSchema } from './host';

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

/**
 * `applied`: the host has the link and all routes, as read there last; `pending`: being put there; `waiting`: the engine is
 * offline, or the console read-only; `no-network`: the network is gone; `drifted`: it was in place, and another hand has
 * removed or changed it, until it is put back; `undecided`: a change of it was cut off, and it is left alone until it is decided
 * what becomes of that; `kept-elsewhere`: the link that is there is another console's, and stays; `failed`: `problem` says why, and it is tried again.
 */
export const shimStates = [
  'applied',
  'pending',
  'waiting',
  'no-network',
  'drifted',
  'undecided',
  'kept-elsewhere',
  'failed',
] as const;
export type ShimState = (typeof shimStates)[number];

export const shimStatusSchema = shimPolicySchema.extend({
  state: z.enum(shimStates),
  /** The link and its routes as last put there; null before. */
  shim: shimSchema.nullable(),
  problem: problemSchema.optional(),
});
export type ShimStatus = z.infer<typeof shimStatusSchema>;
