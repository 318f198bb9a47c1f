import { z } from 'zod';
import { noticeSchema, problemSchema } from './errors';
import { networkFormSchema } from './network-form';
import { networkSpecSchema } from './network-spec';
import { undoExceptionSchema, undoneSchema } from './picture';

const onContainer = { engineId: z.string(), containerId: z.string() };
/** Stops the container first and leaves it stopped: one that restarts again and again can't be changed otherwise. */
const stopping = { stopFirst: z.boolean().optional() };
/** An address to pin, or nothing for one that the engine hands out. */
const addresses = { ipv4: z.string().optional(), ipv6: z.string().optional() };

/** What an admin asks for. Every gesture ends as one of these. */
export const changeRequestSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('attach'),
    ...onContainer,
    networkId: z.string(),
    ...addresses,
    /** Colon-separated; only where the engine can (API 1.54). */
    mac: z.string().optional(),
    /** Only where the engine can (API 1.48). */
    gatewayPriority: z.number().int().optional(),
    ...stopping,
  }),
  z.object({ kind: z.literal('detach'), ...onContainer, networkId: z.string(), ...stopping }),
  z.object({
    kind: z.literal('move'),
    ...onContainer,
    fromNetworkId: z.string(),
    toNetworkId: z.string(),
    ...addresses,
    ...stopping,
  }),
  /**
   * Pins other addresses. A family that is left out keeps its pin, one that is empty text gives it up; where both
   * are left out both are given up.
   */
  z.object({
    kind: z.literal('readdress'),
    ...onContainer,
    networkId: z.string(),
    ...addresses,
    ...stopping,
  }),
  z.object({ kind: z.literal('create-network'), engineId: z.string(), spec: networkSpecSchema }),
  z.object({ kind: z.literal('remove-network'), engineId: z.string(), networkId: z.string() }),
]);
export type ChangeRequest = z.infer<typeof changeRequestSchema>;
export type ChangeKind = ChangeRequest['kind'];

/** The part of an endpoint that the engine lets us ask for. */
export const endpointRequestSchema = z.object({
  ...addresses,
  mac: z.string().optional(),
  gatewayPriority: z.number().optional(),
  aliases: z.array(z.string()).optional(),
  linkLocals: z.array(z.string()).optional(),
  links: z.array(z.string()).optional(),
  driverOptions: z.record(z.string(), z.string()).optional(),
});
export type EndpointRequest = z.infer<typeof endpointRequestSchema>;

/** One call to the engine. */
export const stepSchema = z.discriminatedUnion('op', [
  z.object({
    op: z.literal('connect'),
    containerId: z.string(),
    containerName: z.string(),
    networkId: z.string(),
    networkName: z.string(),
    endpoint: endpointRequestSchema,
  }),
  z.object({
    op: z.literal('disconnect'),
    containerId: z.string(),
    containerName: z.string(),
    networkId: z.string(),
    networkName: z.string(),
    /** The MAC that was fixed for this attachment, where the engine does not tell it: what takes the step back sets it. */
    mac: z.string().optional(),
    /** What is taken away was left by a failed connect: nothing puts it back, and nothing needs to. */
    leftover: z.literal(true).optional(),
  }),
  z.object({ op: z.literal('stop'), containerId: z.string(), containerName: z.string() }),
  z.object({ op: z.literal('start'), containerId: z.string(), containerName: z.string() }),
  /** Makes a removed network again, exactly as it was. */
  z.object({ op: z.literal('restore-network'), networkName: z.string(), form: networkFormSchema }),
  z.object({ op: z.literal('create-network'), networkName: z.string(), spec: networkSpecSchema }),
  z.object({ op: z.literal('remove-network'), networkId: z.string(), networkName: z.string() }),
]);
export type Step = z.infer<typeof stepSchema>;

/** What a change would do. `problems` non-empty means that it can't be applied. */
export const changePreviewSchema = z.object({
  /** Hand this to `change.apply`. */
  id: z.string(),
  request: changeRequestSchema,
  engineId: z.string(),
  engineName: z.string(),
  steps: z.array(stepSchema),
  notices: z.array(noticeSchema),
  problems: z.array(problemSchema),
  /**
   * A free address, over all engines that share the LAN, for attach, move and readdress: at the top of the network's own
   * range where a DHCP server may have the rest, else outside every range where possible.
   */
  suggestedIpv4: z.string().optional(),
  /** The same of IPv6, where the network has it. */
  suggestedIpv6: z.string().optional(),
});
export type ChangePreview = z.infer<typeof changePreviewSchema>;

/**
 * `interrupted`: the console ended in the midst of it, or lost the engine. Its first `stepsDone` steps are done, the next
 * may be; it waits for `change.recover`. `kept`: it was decided to leave the engine as that left it.
 */
export const changeStates = [
  'applying',
  'applied',
  'failed',
  'rolled-back',
  'undone',
  'interrupted',
  'kept',
] as const;

/**
 * What an admin can decide about an interrupted change. `finish`: the engine has it as the change wanted; `roll-back`: as it
 * was before the change, also where it was being undone when it was cut off. `keep` leaves the engine as it is (for
 * one that never comes back, or that was put right by hand).
 */
export const recoverActions = ['finish', 'roll-back', 'keep'] as const;
export type RecoverAction = (typeof recoverActions)[number];

/** What is left to do about an interrupted change on one engine, as its journal tells. */
export const recoverySchema = z.object({
  /** Whether the first step of either list was carried out is not known: the engine is asked before anything is done. */
  doubtful: z.boolean(),
  /** Null where there is no way: a network is gone that a plan can't make again. So for `rollBack`. */
  finish: z.array(stepSchema).nullable(),
  rollBack: z.array(stepSchema).nullable(),
});
export type Recovery = z.infer<typeof recoverySchema>;

/** Where an interrupted change stands on one engine. */
export const standing = {
  /** How many of its steps, from the first, surely hold on the engine. */
  stepsDone: z.number().optional(),
  recovery: recoverySchema.optional(),
};

/** A change that was applied or tried: one line of the change log. */
export const changeRecordSchema = z.object({
  id: z.string(),
  /** Milliseconds since the epoch. */
  at: z.number(),
  /** The operating system's user name of whoever runs the console. */
  who: z.string(),
  request: changeRequestSchema,
  engineId: z.string(),
  engineName: z.string(),
  steps: z.array(stepSchema),
  state: z.enum(changeStates),
  problem: problemSchema.optional(),
  /** The addresses that the engine confirmed, where the change gives any. */
  ipv4: z.string().optional(),
  ipv6: z.string().optional(),
  /** The addresses that a change of address found. */
  before: z.object(addresses).optional(),
  /** The network that was made, where the change makes one. */
  networkId: z.string().optional(),
  undoable: z.boolean(),
  /** Why undoing it would be refused now; told of the newest when the log is read, and kept nowhere. */
  undoProblem: problemSchema.optional(),
  /** Undone or rolled back, except for this: what the engine shows otherwise than before the change. */
  exceptions: z.array(undoExceptionSchema).optional(),
  /** Absent of one that was undone before this was written down. */
  undone: undoneSchema.optional(),
  ...standing,
  /** It was interrupted while being undone, or undoing it failed halfway. */
  wasUndoing: z.boolean().optional(),
});
export type ChangeRecord = z.infer<typeof changeRecordSchema>;

/** Where a running change stands. */
export const changeProgressSchema = z.object({
  id: z.string(),
  phase: z.enum(['step', 'verify', 'rollback']),
  /** Index of the step under way. */
  step: z.number(),
  of: z.number(),
});
export type ChangeProgress = z.infer<typeof changeProgressSchema>;
