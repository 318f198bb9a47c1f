import { z } from 'zod';

export const none = z.object({});
export const engine = z.object({ engineId: z.string() });
/** Of a log: the records say which undo would be refused now. Engines are read for that. */
export const undo = z.boolean().default(false);
export const onNetwork = engine.extend({ networkId: z.string() });
