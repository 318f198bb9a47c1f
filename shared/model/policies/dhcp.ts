import { z } from 'zod';
import { containerIdentitySchema } from '../identity';
import { keptOf, standing } from './kind';

/** That a container has its address on a macvlan network from the LAN's own DHCP server. Kept by the console: no engine stores it. */
export const dhcpPolicySchema = z.object({
  engineId: z.string(),
  /** The network as it was last; after a recreate it is found again by its name. */
  networkId: z.string(),
  networkName: z.string(),
  /** By which the container is found when it is made anew. */
  identity: containerIdentitySchema,
  /** As it was called when this was asked for. */
  containerName: z.string(),
  /** Of its link while it leases, by which the server knows it again: engines give another one at each start, or after a recreate. */
  mac: z.string(),
  /** Milliseconds since the epoch. */
  since: z.number(),
});
export type DhcpPolicy = z.infer<typeof dhcpPolicySchema>;

/** The helper container that leases for another one, as it is put beside it. */
export const leaseHelperSchema = z.object({
  name: z.string(),
  /** Whose network it shares; an id, which a recreate makes another one. Empty where there is no such container. */
  containerId: z.string(),
  networkName: z.string(),
  mac: z.string(),
  /** What the server is told. */
  hostName: z.string(),
  /** By which it finds the link; of the network. */
  subnets: z.array(z.string()),
  /** Of its script: another one is put in the place of an older one. */
  revision: z.number(),
  /** It has ended for good, or never began. */
  ended: z.literal(true).optional(),
});
export type LeaseHelper = z.infer<typeof leaseHelperSchema>;

/** As it stands on the label of a helper; null where that is of no console that is known here. */
export const keptLeaseHelper = (label: unknown): LeaseHelper | null =>
  leaseHelperSchema.safeParse(label).data ?? null;

/**
 * `asking`: no answer yet; `bound`; `no-answer`: no server has answered, or none has an address left, which a client can't tell apart;
 * `refused`: the server took the address back, and another one is asked for; `expired`: the lease is over and was not
 * renewed; `waiting`: the container does not run, or its link is not there.
 */
export const leaseStates = ['asking', 'bound', 'no-answer', 'refused', 'expired', 'waiting'] as const;

/** What the helper has told last. Times are of the host's own clock, milliseconds since the epoch. */
export const leaseSchema = z.object({
  state: z.enum(leaseStates),
  at: z.number(),
  /** With its prefix; while it is bound. */
  address: z.string().optional(),
  /** Who gave it. */
  server: z.string().optional(),
  /** The default gateway that came with it. */
  router: z.string().optional(),
  /** When the lease ends unless it is renewed. */
  until: z.number().optional(),
  /** The address before, where it is another one now or none. */
  before: z.string().optional(),
});
export type Lease = z.infer<typeof leaseSchema>;

/**
 * `no-container`: there is none, or it is not clear which; `not-attached`: it is not on the network, or that is gone; `stopped`: it does not
 * run.
 */
export const dhcpStatusSchema = dhcpPolicySchema.extend({
  kind: z.literal('dhcp'),
  ...standing('no-container', 'not-attached', 'stopped'),
  /** The helper as last put there; null before. */
  dhcp: leaseHelperSchema.nullable(),
  /** The container that it is about now; null where there is none. */
  current: z.string().nullable(),
  /** Null before its helper has said anything. */
  lease: leaseSchema.nullable(),
});
export type DhcpStatus = z.infer<typeof dhcpStatusSchema>;
export type DhcpState = DhcpStatus['state'];

const requests = [
  z.object({
    kind: z.literal('put-dhcp'),
    engineId: z.string(),
    networkId: z.string(),
    containerId: z.string(),
  }),
  /** Found by names, which stay when the container or the network is gone; the ids are those that they had last. */
  z.object({
    kind: z.literal('remove-dhcp'),
    engineId: z.string(),
    networkId: z.string(),
    containerId: z.string(),
    networkName: z.string(),
    containerName: z.string(),
  }),
] as const;
/** What an admin asks of where a container has its address on a network from. */
export type DhcpRequest = z.infer<(typeof requests)[number]>;

const ofAttachment = {
  networkId: z.string(),
  networkName: z.string(),
  containerName: z.string(),
  dhcp: leaseHelperSchema,
};

export const dhcpModel = {
  policy: dhcpPolicySchema,
  status: dhcpStatusSchema,
  kept: keptOf('dhcp', dhcpPolicySchema),
  requests,
  steps: [
    /** The helper that leases is put beside its container, or in the place of another one. */
    z.object({ op: z.literal('put-dhcp'), ...ofAttachment }),
    /** It is removed, and the link has again what the engine gave it. */
    z.object({ op: z.literal('remove-dhcp'), ...ofAttachment }),
  ],
} as const;
