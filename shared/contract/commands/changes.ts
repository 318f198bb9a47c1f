import { z } from 'zod';
import {
  changePreviewSchema,
  changeRecordSchema,
  changeRequestSchema,
  hostResultSchema,
  recoverActions,
} from '../../model';
import { rows } from './row';
import { undo } from './shared-inputs';

const id = z.object({ id: z.string() });
/** The record's `hosts`, as whoever decides has read them. */
const seen = z.array(hostResultSchema);

export const changeCommands = rows({
  'change.preview': {
    input: z.object({ request: changeRequestSchema }),
    output: changePreviewSchema,
    effect: 'nothing',
    says: 'Everything checked on all hosts of a change, of whatever kind: the steps and notices of each, all problems, and suggested addresses; changes nothing.',
  },
  'change.apply': {
    input: id.extend({ keepPartial: z.boolean().default(false), by: z.literal('command-line').optional() }),
    output: changeRecordSchema,
    effect: 'engine',
    says: 'Applies a preview by its id, once; the record says what was read back from the engines. All hosts at once, all or nothing: an error says that no host was changed (`params.rolledBack` 1), that all was put back and the record’s `exceptions` tell what shows otherwise (2), or that one could not be put back (0). With `keepPartial` the hosts that worked are kept, and the record says `partial`. The log tells by `by` that no window asked for it.',
  },
  'change.undo': {
    input: id.extend({ seen: seen.optional() }),
    output: changeRecordSchema,
    effect: 'engine',
    says: 'Takes an applied change back on all of its hosts; the record says what was read back from the engines. With `seen`, the record’s `hosts` as they were read, it is `change_stale` where the record says something else by now.',
  },
  'change.recover': {
    input: id.extend({ action: z.enum(recoverActions), seen }),
    output: changeRecordSchema,
    effect: 'engine',
    says: 'Settles a change that was cut off, on every host of it: `finish` the rest of it, `roll-back` what it did, or `keep` it as it stands. `seen` are the record’s `hosts` as they were read: where the record says something else by now it is `change_stale`, and nothing is done.',
  },
  'change.list': {
    input: z.object({
      limit: z.number().int().min(1).max(10_000).default(100),
      find: z.string().max(500).default(''),
      undo,
    }),
    output: z.array(changeRecordSchema),
    effect: 'nothing',
    says: 'The change log, newest first, all kinds; `find` takes names, addresses, prefixes and ids, of which a record must meet all; with `undo`, the newest whose undo would be refused now say why.',
  },
});
