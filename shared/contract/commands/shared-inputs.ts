import { z } from 'zod';

export const none = z.object({});
export const engine = z.object({ engineId: z.string() });
export const onNetwork = engine.extend({ networkId: z.string() });
