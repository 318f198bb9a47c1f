import { z } from 'zod';
import { problemSchema } from './errors';
import { containerIdentitySchema } from './identity';
import { endpointRequestSchema } from './step';

/** An attachment as it is to come back. Its network is found by name, which stays when it is made anew. */
export const guardedAttachmentSchema = endpointRequestSchema.extend({ networkName: z.string() });
export type GuardedAttachment = z.infer<typeof guardedAttachmentSchema>;

/** That a container is to have its attachments and addresses again whoever makes it anew. Kept in `plan.yaml`. */
export const guardSchema = z.object({
  engineId: z.string(),
  identity: containerIdentitySchema,
  /** As it was called last. */
  containerName: z.string(),
  /** The one that had all of it last, as read on its engine; empty while none has. */
  containerId: z.string(),
  attachments: z.array(guardedAttachmentSchema).min(1),
  /** Milliseconds since the epoch. */
  since: z.number(),
});
export type Guard = z.infer<typeof guardSchema>;

/** What a container has otherwise than its guard keeps it. */
export const guardDifferenceSchema = z.object({
  networkName: z.string(),
  /**
   * `missing`: it is not on the network; `automatic`: it is, and its address is not fixed; `other`: another address is
   * fixed there; `no-network`: its engine has no network of that name.
   */
  what: z.enum(['missing', 'automatic', 'other', 'no-network']),
  /** Addresses; empty where there are none. */
  kept: z.string(),
  actual: z.string(),
});
export type GuardDifference = z.infer<typeof guardDifferenceSchema>;

/**
 * `kept`: the container has what is kept, as read on its engine; `restoring`: it is about to get it back; `away`: there is no such
 * container now, and its addresses wait for it; `waiting`: the engine is offline, or the console read-only; `asked`: it was
 * changed by another hand, or made anew with another address of its own, and the admin decides; `doubled`: two containers
 * claim to be it; `untold`: it does not run, and its engine tells nothing of what it has until it does (Podman); `barred`: it has all of it and
 * does not run, and another container has the address meanwhile, so that it can't start; `failed`: `problem` says
 * why, and it is tried again; `stuck`: it failed in the midst several times, which cuts the container off each time, and is not tried
 * again for this container.
 */
export const guardStates = [
  ...([
    'kept',
    'restoring',
    'away',
    'waiting',
    'asked',
    'doubled',
    'untold',
    'barred',
    'failed',
    'stuck',
  ] as const),
] as const;

/** Another guard that keeps the same address on one LAN. Only one of the two gives anything back. */
export const guardRivalSchema = z.object({
  address: z.string(),
  engineId: z.string(),
  containerName: z.string(),
  /** Whether this guard is the one that counts. */
  wins: z.boolean(),
  /** Why the one that counts does: its container has the address, or it is the older guard. */
  why: z.enum(['has', 'older']),
});
export type GuardRivalNote = z.infer<typeof guardRivalSchema>;

/** How a guard stands. */
export const guardStatusSchema = guardSchema.extend({
  state: z.enum(guardStates),
  /** The container that it is about now; null where there is none, or which is not clear. */
  current: z.string().nullable(),
  differences: z.array(guardDifferenceSchema),
  problem: problemSchema.optional(),
  /** Made before it was known that both hosts are on one LAN. */
  rivals: z.array(guardRivalSchema).optional(),
});
export type GuardStatus = z.infer<typeof guardStatusSchema>;

/** The containers on these networks or on those of a segment, on all of its hosts, and others. */
export const guardTargetsSchema = z.object({
  containers: z.array(z.object({ engineId: z.string(), containerId: z.string() })).optional(),
  networks: z.array(z.object({ engineId: z.string(), networkId: z.string() })).optional(),
  segmentId: z.string().optional(),
});
export type GuardTargets = z.infer<typeof guardTargetsSchema>;

/** A container that was to be guarded, and why it is not. */
export const guardRefusalSchema = z.object({
  engineId: z.string(),
  containerId: z.string(),
  containerName: z.string(),
  problem: problemSchema,
});
export type GuardRefusal = z.infer<typeof guardRefusalSchema>;

/** What an admin has said about guards, as the change log has it: on the engines nothing was changed by that itself. */
export const guardNoteSchema = z.object({
  kind: z.literal('guard'),
  what: z.enum(['set', 'release', 'restore', 'adopt']),
  guards: z.array(
    z.object({
      engineId: z.string(),
      containerName: z.string(),
      /** What is guarded from then on, or was until then. */
      addresses: z.array(z.string()),
    }),
  ),
});
export type GuardNote = z.infer<typeof guardNoteSchema>;

/** What an admin decides where a guard asks: it is put back, or what is there is kept from now on. */
export const guardDecisions = ['restore', 'adopt'] as const;
export type GuardDecision = (typeof guardDecisions)[number];
