import { z } from 'zod';
import { problemSchema } from './errors';

export const taskWordsSchema = z.object({
  /** What it is called, in a few words. */
  title: z.string(),
  /** What it is for. */
  why: z.string(),
});
export type TaskWords = z.infer<typeof taskWordsSchema>;

/**
 * What the toolbox does, in a helper container of its own that is gone afterwards, unless it says that it stays. Its container is given what is named here, and
 * nothing else.
 */
export const toolboxTaskSchema = z.object({
  /** `facts`; the list is the toolbox's own. */
  id: z.string(),
  /** Whose network it sees: the host's, that of the container concerned, either (as asked), or none. */
  network: z.enum(['host', 'container', 'host-or-container', 'none']),
  /** It sees the host's processes. */
  hostPids: z.boolean(),
  /** Linux capabilities; all others are dropped. */
  capabilities: z.array(z.string()),
  /** Without AppArmor's usual profile, which keeps SYS_PTRACE from looking at processes outside containers. */
  unconfined: z.boolean(),
  /** It changes the host. */
  changes: z.boolean(),
  /** Its container goes on until it is removed; the engine starts it again. */
  stays: z.literal(true).optional(),
  /** It sends frames to the LAN. What neither changes the host nor sends only reads. */
  sends: z.boolean(),
  /** Both in English. */
  ...taskWordsSchema.shape,
  /** The same in other languages. */
  translations: z.object({ 'zh-CN': taskWordsSchema }),
});
export type ToolboxTask = z.infer<typeof toolboxTaskSchema>;

/** How the image gets onto an engine. */
export const toolboxMethods = ['load', 'build', 'pull'] as const;
export type ToolboxMethod = (typeof toolboxMethods)[number];

export const toolboxSettingsSchema = z.object({
  /** `load` and `build` need no registry. */
  method: z.enum(toolboxMethods),
  /** For `pull`: which image. The others make their own. */
  image: z.string().min(1),
});
export type ToolboxSettings = z.infer<typeof toolboxSettingsSchema>;

export const toolboxConsents = ['unasked', 'granted', 'refused'] as const;
export type ToolboxConsent = (typeof toolboxConsents)[number];

/** Everything an admin should see before the first use. */
export const toolboxDescriptionSchema = z.object({
  /** Version of the toolbox that this console needs. */
  version: z.string(),
  settings: toolboxSettingsSchema,
  tasks: z.array(toolboxTaskSchema),
  /** Bytes that `load` and `build` send to an engine of this machine's own architecture; null when it can't be made here. */
  size: z.number().nullable(),
  engines: z.array(
    z.object({
      engineId: z.string(),
      consent: z.enum(toolboxConsents),
      /** When consent was given or refused, milliseconds since the epoch; 0 while unasked. */
      at: z.number(),
      /**
       * Tasks that may do more than was consented to at that time, or than is known of it. What was allowed counts as unasked
       * because of them.
       */
      grown: z.array(z.string()).optional(),
      /** What was said at that time was said of another address of this engine. It counts as unasked because of that. */
      moved: z.literal(true).optional(),
      /** The image as it is on the engine: bytes and version; null when it is not there or the engine does not answer. */
      image: z.object({ reference: z.string(), size: z.number(), version: z.string() }).nullable(),
      /** What of the toolbox could not be taken away when it was refused; tried again while the console runs. */
      left: problemSchema.optional(),
    }),
  ),
});
export type ToolboxDescription = z.infer<typeof toolboxDescriptionSchema>;
