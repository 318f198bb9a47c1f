import { z } from 'zod';

/**
 * What a container is known by when it is made anew: by what compose calls it, else by its name. An id is another one each
 * time.
 */
export const containerIdentitySchema = z.discriminatedUnion('by', [
  z.object({
    by: z.literal('compose'),
    project: z.string(),
    service: z.string(),
    /** Which of the service's containers, from 1. */
    number: z.string(),
  }),
  z.object({ by: z.literal('name'), name: z.string() }),
]);
export type ContainerIdentity = z.infer<typeof containerIdentitySchema>;
