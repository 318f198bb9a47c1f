import { z } from 'zod';
import {
  addressConflictSchema,
  changeProgressSchema,
  changeRecordSchema,
  deltaSchema,
  engineConfigListSchema,
  guardStatusSchema,
  preferencesSchema,
  runSchema,
  policyStatusSchema,
  storageStatusSchema,
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
  'subnets',
] as const;
export const menuActionSchema = z.object({ action: z.enum(menuActions) });
export type MenuAction = (typeof menuActions)[number];

/** What the main process says unasked, and when. */
export interface PushRow {
  readonly data: z.ZodType;
  readonly says: string;
}

/** Everything the main process says unasked. */
export const pushes = {
  'inventory.delta': {
    data: deltaSchema,
    says: 'What changed since the previous revision; whole entities replace those of the same id.',
  },
  'traffic.index': { data: trafficIndexSchema, says: 'The rows of the ticks that follow.' },
  'traffic.tick': {
    data: trafficTickSchema,
    says: 'Once a second, all rates; over the WebSocket a binary frame, see below.',
  },
  'change.progress': { data: changeProgressSchema, says: 'Where a change stands on one of its hosts.' },
  'change.recorded': {
    data: changeRecordSchema,
    says: 'A change began or ended, whoever asked for it; after one that has a `segment`, `segments.list` is another.',
  },
  'policies.changed': {
    data: z.array(policyStatusSchema),
    says: 'All policies, whenever any of them stands otherwise.',
  },
  'guards.changed': {
    data: z.array(guardStatusSchema),
    says: 'All guards, whenever any of them stands otherwise.',
  },
  'addresses.answered': {
    data: z.object({ engineId: z.string() }),
    says: 'Asked on the LAN of that host, other devices answer for addresses than was known: a preview or address plan there may differ by now.',
  },
  'addresses.conflicts': {
    data: z.array(addressConflictSchema),
    says: 'All addresses for which another device answers, whenever they are others.',
  },
  'run.changed': {
    data: runSchema,
    says: 'A run began, came further, is being cancelled, or is over; `run.get` then has its result.',
  },
  'storage.changed': {
    data: storageStatusSchema,
    says: 'A file of the console’s own folder can’t be written, or can again.',
  },
  'preferences.changed': { data: preferencesSchema, says: 'The preferences, whoever changed them.' },
  'engines.configured': {
    data: engineConfigListSchema,
    says: 'The list as `engines.configs` gives it, whenever it or its file differs.',
  },
  'menu.action': {
    data: menuActionSchema,
    says: 'Desktop only: an entry of the application menu was chosen.',
  },
} as const satisfies Record<string, PushRow>;

export type Pushes = typeof pushes;
export type PushName = keyof Pushes;
export type PushData<N extends PushName> = z.output<Pushes[N]['data']>;
export const pushNames = Object.keys(pushes) as PushName[];
