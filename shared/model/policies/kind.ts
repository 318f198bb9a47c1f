import { z } from 'zod';
import { problemSchema } from '../errors';

/**
 * How a policy stands on its host. `applied`: the host has what is wanted, as read there last; `pending`: it is being put
 * there; `waiting`: the engine is offline, or the console read-only; `drifted`: it was in place, and another hand has removed or
 * changed it, until it is put back; `undecided`: a change of it was cut off, and it is left alone until it is decided what
 * becomes of that; `unlooked`: nobody may look at the host, as `problem` says, and what is there stays; `kept-elsewhere`: what is
 * there was not made for it, and stays; `failed`: `problem` says why, and it is tried again.
 */
export const policyStates = [
  ...(['applied', 'pending', 'waiting', 'drifted', 'undecided', 'unlooked'] as const),
  ...(['kept-elsewhere', 'failed'] as const),
] as const;

/** What of a policy's status is alike in all kinds. @param rests states of its own in which there is nothing to be put */
export const standing = <R extends string = never>(...rests: readonly R[]) => ({
  state: z.enum([...policyStates, ...rests]),
  problem: problemSchema.optional(),
});

/** What a change keeps of a policy: as it was, and as it is to be; null where there is none. */
export const keptOf = <K extends string, P extends z.ZodType>(kind: K, policy: P) =>
  z.object({
    what: z.literal(kind),
    engineId: z.string(),
    /** See `policySubject`. */
    name: z.string(),
    before: policy.nullable(),
    after: policy.nullable(),
  });
