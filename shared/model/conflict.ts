import { z } from 'zod';

/** Asked on the LAN, another device answers for an address that a running container has. */
export const addressConflictSchema = z.object({
  engineId: z.string(),
  containerId: z.string(),
  networkId: z.string(),
  address: z.string(),
  /** Of those that answer, lower case. That of the container itself where another device has the same one. */
  macs: z.array(z.string()).min(1),
  /** When that was heard first, milliseconds since the epoch. */
  since: z.number(),
});
export type AddressConflict = z.infer<typeof addressConflictSchema>;
