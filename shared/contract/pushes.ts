import { z } from 'zod';
import { storageStatusSchema } from './commands';
import {
  changeProgressSchema,
  changeRecordSchema,
  deltaSchema,
  engineConfigListSchema,
  isolationProgressSchema,
  preferencesSchema,
  segmentProgressSchema,
  segmentRecordSchema,
  shimStatusSchema,
  trafficIndexSchema,
  trafficTickSchema,
} from '../model';

/** Actions of the application menu that the window carries out. */
export const menuActions = [
  'search',
  'fit',
  'toggle-view',
  'new-network',
  'hosts',
  'shortcuts',
  'change-log',
] as const;
export const menuActionSchema = z.object({ action: z.enum(menuActions) });
export type MenuAction = (typeof menuActions)[number];

/** Everything the main process says unasked. */
export const pushes = {
  'inventory.delta': deltaSchema,
  'traffic.index': trafficIndexSchema,
  'traffic.tick': trafficTickSchema,
  'change.progress': changeProgressSchema,
  /** A change was applied, undone or failed, whoever asked for it. */
  'change.recorded': changeRecordSchema,
  'segments.progress': segmentProgressSchema,
  /** A segment change began or ended, whoever asked for it: ask `segments.list` again. */
  'segments.recorded': segmentRecordSchema,
  /** All shims, whenever any of them differs. */
  'shims.changed': z.array(shimStatusSchema),
  'isolation.progress': isolationProgressSchema,
  /** A file of the console's own folder can't be written, or can again. */
  'storage.changed': storageStatusSchema,
  'preferences.changed': preferencesSchema,
  /** Engines were added, edited, arranged or removed, whoever asked for it. */
  'engines.configured': engineConfigListSchema,
  /** Desktop only: a browser has no application menu. */
  'menu.action': menuActionSchema,
} as const;

export type Pushes = typeof pushes;
export type PushName = keyof Pushes;
export type PushData<N extends PushName> = z.output<Pushes[N]>;
export const pushNames = Object.keys(pushes) as PushName[];
