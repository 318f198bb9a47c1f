import { z } from 'zod';
import { changeRequestSchema } from './change-request';
import { noticeSchema, problemSchema } from './errors';
import { guardNoteSchema } from './guard';
import { undoExceptionSchema, undoneSchema } from './picture';
import { segmentDraftSchema, segmentSchema } from './segment';
import { addresses, stepSchema } from './step';

/** What would be done on one host. */
export const hostPlanSchema = z.object({
  engineId: z.string(),
  engineName: z.string(),
  /** In order. A step on a network that an earlier one makes names it by `networkName`. */
  steps: z.array(stepSchema),
  notices: z.array(noticeSchema),
  /** `field` speaks of this host's part of the request: `ipv4`, `spec.parent`, `ipRange`, `detachRunning`. */
  problems: z.array(problemSchema),
});
export type HostPlan = z.infer<typeof hostPlanSchema>;

/** What a change would do, on each of its hosts; a change of one engine has one. */
export const changePreviewSchema = z.object({
  /** Hand this to `change.apply`. */
  id: z.string(),
  request: changeRequestSchema,
  hosts: z.array(hostPlanSchema),
  /** All that stands in the way, what is a host's own as well: with any, it can't be applied, and no host has steps. */
  problems: z.array(problemSchema),
  /** What the admin should know of the change as a whole, such as of a host that it leaves out. */
  notices: z.array(noticeSchema).optional(),
  /** Of a segment's change: the segment as it will be planned, ranges filled in; null when it goes. */
  segment: segmentSchema.nullable().optional(),
  /**
   * A free address, over all engines that share the LAN, where the request gives one: at the top of the network's own
   * range where a DHCP server may have the rest, else outside every range where possible.
   */
  suggestedIpv4: z.string().optional(),
  /** The same of IPv6, where the network has it. */
  suggestedIpv6: z.string().optional(),
});
export type ChangePreview = z.infer<typeof changePreviewSchema>;

/**
 * What an admin can decide about an interrupted change. `finish`: the engines have it as the change wanted; `roll-back`: as it
 * was before the change, also where it was being undone when it was cut off. `keep` leaves the engines as they are (for
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

export const hostOutcomes = [
  /** Under way. */
  'applying',
  'done',
  /** Its own step failed, and the host is as before. */
  'failed',
  /** Taken back since another host failed. */
  'rolled-back',
  'rollback-failed',
  'interrupted',
  /** Its engine was off the list when the change was settled, and is as it was when the change was cut off. */
  'left',
] as const;

/** How it went on one host. */
export const hostResultSchema = z.object({
  engineId: z.string(),
  engineName: z.string(),
  steps: z.array(stepSchema),
  state: z.enum(hostOutcomes),
  problem: problemSchema.optional(),
  /**
   * Where it failed and others were kept: taken back, except for this. Where it is done: what attachments keep besides their
   * addresses (`before`), and the engine does not show so (`after`).
   */
  exceptions: z.array(undoExceptionSchema).optional(),
  /** The network that was made. */
  networkId: z.string().optional(),
  /** The addresses that the engine confirmed, where the request gives a container any. */
  ipv4: z.string().optional(),
  ipv6: z.string().optional(),
  /** Of one that was cut off: how many of its steps, from the first, surely hold on the engine. */
  stepsDone: z.number().optional(),
  /** Of one that was cut off: what is left to be done. */
  recovery: recoverySchema.optional(),
});
export type HostResult = z.infer<typeof hostResultSchema>;

export const changeStates = [
  'applying',
  'applied',
  /** Some hosts failed, and the admin asked to keep the others. */
  'partial',
  /** Some host could not be put back, or undoing it failed halfway (`wasUndoing`): see its `problem`. */
  'failed',
  /** Some host failed, and every host is as before, but for `exceptions`. */
  'rolled-back',
  'undone',
  /** The console ended in the midst of it, or lost an engine: it waits for `change.recover`. */
  'interrupted',
  /** It was decided to leave the engines as that left them. */
  'kept',
] as const;

/** A change that was applied or tried, over all of its hosts: one line of the change log. */
export const changeRecordSchema = z.object({
  id: z.string(),
  /** Milliseconds since the epoch. */
  at: z.number(),
  /** The operating system's user name of whoever runs the console. */
  who: z.string(),
  /** What asked for it where no window did: `guard`, which brings back what a container had, or `--apply`. */
  by: z.enum(['guard', 'command-line']).optional(),
  request: z.discriminatedUnion('kind', [...changeRequestSchema.options, guardNoteSchema]),
  state: z.enum(changeStates),
  hosts: z.array(hostResultSchema),
  /** Of a segment's change: whose it is, also of one that is gone by now. */
  segment: z.object({ id: z.string(), name: z.string() }).optional(),
  /** Of an edit of a segment: as it was. Absent of those of earlier versions. */
  segmentBefore: segmentDraftSchema.optional(),
  /** The addresses that a change of address found. */
  before: z.object(addresses).optional(),
  undoable: z.boolean(),
  /** Why undoing it would be refused now; told of the newest when the log is read, and kept nowhere. */
  undoProblem: problemSchema.optional(),
  /**
   * Undone or rolled back, except for this: what the engines show otherwise than before the change. Of one that stands since
   * undoing it failed: otherwise than before that.
   */
  exceptions: z.array(undoExceptionSchema).optional(),
  /** Stopped containers that another hand has attached to a network right before it was removed: they can't start. */
  stranded: z.array(problemSchema).optional(),
  /** Why what the console itself keeps of it, in `plan.yaml`, is not on disk yet; absent when it is. */
  unwritten: problemSchema.optional(),
  /** Why this state of the record is not on disk yet; absent when it is. Told, and never in the log itself. */
  unsaved: problemSchema.optional(),
  /** Absent of one that was undone before this was written down. */
  undone: undoneSchema.optional(),
  /** It was interrupted while being undone, or undoing it failed halfway. */
  wasUndoing: z.boolean().optional(),
});
export type ChangeRecord = z.infer<typeof changeRecordSchema>;

/** Where a running change stands on one of its hosts. */
export const changeProgressSchema = z.object({
  id: z.string(),
  engineId: z.string(),
  phase: z.enum(['step', 'verify', 'rollback']),
  /** Index of the step under way. */
  step: z.number(),
  of: z.number(),
});
export type ChangeProgress = z.infer<typeof changeProgressSchema>;
