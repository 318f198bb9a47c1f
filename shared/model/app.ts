import { z } from 'zod';
import { problemSchema } from './errors';

/** What the window shows about the console itself. */
export const appInfoSchema = z.object({
  version: z.string(),
  /** `desktop` runs in Electron, `web` in a browser on loopback. */
  transport: z.enum(['desktop', 'web']),
  /** True when only the simulated engines run: nothing real is touched. */
  demo: z.boolean(),
  /** Nothing on an engine can be changed: the commands that do don't exist. */
  readOnly: z.boolean(),
  /** Served beyond this machine: one signs in with a password, and can sign out. */
  remote: z.boolean().optional(),
  /** Why no real engine was found; present with `demo` unless it was asked for. */
  demoReason: problemSchema.optional(),
  /** What did not answer, by the name it was found under; empty where nothing was found. */
  demoTried: z.array(z.object({ name: z.string(), problem: problemSchema })).optional(),
  /** The operating system's locale, BCP 47. */
  locale: z.string(),
  platform: z.string(),
});
export type AppInfo = z.infer<typeof appInfoSchema>;

/** Empty while all is well. */
export const storageStatusSchema = z.object({ problems: z.array(problemSchema) });
