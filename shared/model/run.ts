import { z } from 'zod';
import { problemSchema } from './errors';
import { isolationReportSchema } from './isolation';

/** What can be run that takes its time. */
export const runRequestSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('isolation'),
    /** What is held against each other. */
    networks: z
      .array(z.object({ engineId: z.string(), networkId: z.string() }))
      .min(1)
      .max(64),
  }),
]);
export type RunRequest = z.infer<typeof runRequestSchema>;
export type RunKind = RunRequest['kind'];

/** What a run found, by its kind. */
export const runResultSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('isolation'), report: isolationReportSchema }),
]);
export type RunResult = z.infer<typeof runResultSchema>;

/**
 * `cancelling`: nothing new is begun, and what is under way is being ended. `cancelled`: it was ended early, and has what it found
 * until then. `failed`: it found nothing that could be told.
 */
export const runStates = ['running', 'cancelling', 'done', 'cancelled', 'failed'] as const;
export const runStateSchema = z.enum(runStates);
export type RunState = z.infer<typeof runStateSchema>;

/** Something that takes its time, where it stands, and how it ended. */
export const runSchema = z.object({
  id: z.string(),
  request: runRequestSchema,
  state: runStateSchema,
  /** Milliseconds since the epoch. */
  startedAt: z.number(),
  /** When it was over and its hosts had been read back, milliseconds since the epoch; null until then. */
  endedAt: z.number().nullable(),
  /**
   * `done` of `of` steps are over; what a step is, is for its kind to say. An isolation run has one for each network, over
   * when it has been asked from: where that can't be, it stays open.
   */
  progress: z.object({ done: z.number(), of: z.number() }),
  /** Why it failed. */
  problem: problemSchema.optional(),
  /**
   * The hosts on which helper containers of it are left, or of which nobody could tell. Empty while it is under way; where it is
   * empty after the end, each engine that was asked has been read back and had none.
   */
  left: z.array(z.object({ engineId: z.string(), problem: problemSchema })),
});
export type Run = z.infer<typeof runSchema>;

/** A run with what it found; null while it is under way, and when it failed. */
export const runWithResultSchema = runSchema.extend({ result: runResultSchema.nullable() });
export type RunWithResult = z.infer<typeof runWithResultSchema>;

/** Whether it is over: it stays as it is from then on. */
export const isRunOver = ({ endedAt }: Pick<Run, 'endedAt'>): boolean => endedAt !== null;
