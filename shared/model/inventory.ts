import { z } from 'zod';
import { containerSchema } from './container';
import { engineSchema } from './engine';
import { networkSchema } from './network';

/** Everything known, at one revision. */
export const snapshotSchema = z.object({
  /** Rises by one with each delta; a delta of the same or a lower revision is already in the snapshot. */
  revision: z.number(),
  engines: z.array(engineSchema),
  networks: z.array(networkSchema),
  containers: z.array(containerSchema),
});
export type Snapshot = z.infer<typeof snapshotSchema>;

/** What changed on one engine since the previous revision. Whole entities replace those of the same id. */
export const deltaSchema = z.object({
  revision: z.number(),
  engineId: z.string(),
  /** Present when the engine itself changed. */
  engine: engineSchema.optional(),
  /** The engine was taken off the list: all of its entities go. */
  engineRemoved: z.boolean().optional(),
  networks: z.array(networkSchema),
  networksRemoved: z.array(z.string()),
  containers: z.array(containerSchema),
  containersRemoved: z.array(z.string()),
});
export type Delta = z.infer<typeof deltaSchema>;
