import { z } from 'zod';
import { segmentFileSchema, segmentFormats, segmentImportSchema, segmentListSchema } from '../../model';
import { rows } from './row';
import { none } from './shared-inputs';

export const segmentCommands = rows({
  'segments.list': {
    input: none,
    output: segmentListSchema,
    effect: 'nothing',
    says: 'The plan’s segments with each member as it is, and networks that look like segments nobody has planned.',
  },
  'segments.export': {
    input: z.object({ id: z.string(), format: z.enum(segmentFormats) }),
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
    says: 'Reads a text into drafts for `create-segment`; changes nothing. Swarm’s commands are read by `docker`.',
  },
});
