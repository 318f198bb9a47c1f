import { z } from 'zod';

/** How the admin likes it; never truth about networks. */
export const preferencesSchema = z.object({
  theme: z.enum(['auto', 'light', 'dark']),
  language: z.enum(['auto', 'en', 'zh-CN']),
  view: z.enum(['topology', 'table']),
  /** Where the admin put things in the picture: node id → graph coordinates in CSS pixels. */
  positions: z.record(z.string(), z.object({ x: z.number(), y: z.number() })),
  /** Ids of collapsed hosts. */
  collapsed: z.array(z.string()),
  inspectorWidth: z.number().min(240).max(800),
});
export type Preferences = z.infer<typeof preferencesSchema>;

export const defaultPreferences: Preferences = {
  theme: 'auto',
  language: 'auto',
  view: 'topology',
  positions: {},
  collapsed: [],
  inspectorWidth: 380,
};
