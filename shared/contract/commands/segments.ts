import { z } from 'zod';
import {
  recoverActions,
  segmentFileSchema,
  segmentFormats,
  segmentImportSchema,
  segmentListSchema,
  segmentPreviewSchema,
  segmentRecordSchema,
  segmentRequestSchema,
} from '../../model';
import { rows } from './row';
import { none, undo } from './shared-inputs';

const id = z.object({ id: z.string() });

export const segmentCommands = rows({
  'segments.list': {
    input: none,
    output: segmentListSchema,
    effect: 'nothing',
    says: 'The plan’s segments with each member as it is, and networks that look like segments nobody has planned.',
  },
  'segments.preview': {
    input: z.object({ request: segmentRequestSchema }),
    output: segmentPreviewSchema,
    effect: 'nothing',
    says: 'Everything checked on all hosts, ranges found, the steps, notices and problems of each host; changes nothing.',
  },
  'segments.apply': {
    input: id.extend({ keepPartial: z.boolean().default(false) }),
    output: segmentRecordSchema,
    effect: 'engine',
    says: 'All hosts at once, all or nothing: an error says that no host was changed (`params.rolledBack` 1) or which could not be put back (0). With `keepPartial` the hosts that worked are kept, and the record says `partial`.',
  },
  'segments.undo': {
    input: id,
    output: segmentRecordSchema,
    effect: 'engine',
    says: 'Takes an applied segment change back on all of its hosts.',
  },
  'segments.recover': {
    input: id.extend({ action: z.enum(recoverActions) }),
    output: segmentRecordSchema,
    effect: 'engine',
    says: 'As `change.recover`, on every host of the segment change that was cut off.',
  },
  'segments.history': {
    input: z.object({ limit: z.number().int().min(1).max(500).default(100), undo }),
    output: z.array(segmentRecordSchema),
    effect: 'nothing',
    says: 'The segment changes, newest first; the single changes are in `change.list`, which has `undo`, too.',
  },
  'segments.export': {
    input: id.extend({ format: z.enum(segmentFormats) }),
    output: z.array(segmentFileSchema),
    effect: 'nothing',
    says: 'A segment of the plan, or a candidate, as files.',
  },
  'segments.import': {
    input: z.object({
      text: z.string().max(1_000_000),
      format: z.enum(['docker', 'compose']),
      /** What the text's variables stand for, by name. */
      values: z.record(z.string().max(1000), z.string().max(1000)).optional(),
    }),
    output: segmentImportSchema,
    effect: 'nothing',
    says: 'Reads a text into drafts for `create`; changes nothing. Swarm’s commands are read by `docker`.',
  },
});
