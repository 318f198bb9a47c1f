import { z } from 'zod';
import { changePreviewSchema, changeRecordSchema, changeRequestSchema, recoverActions } from '../../model';
import { rows } from './row';
import { undo } from './shared-inputs';

const id = z.object({ id: z.string() });

export const changeCommands = rows({
  'change.preview': {
    input: z.object({ request: changeRequestSchema }),
    output: changePreviewSchema,
    effect: 'nothing',
    says: 'The steps, notices and problems of a change, and suggested addresses; changes nothing.',
  },
  'change.apply': {
    input: id,
    output: changeRecordSchema,
    effect: 'engine',
    says: 'Applies a preview by its id; the record says what was read back from the engine.',
  },
  'change.undo': {
    input: id,
    output: changeRecordSchema,
    effect: 'engine',
    says: 'Takes an applied change back; the record says what was read back from the engine.',
  },
  'change.recover': {
    input: id.extend({ action: z.enum(recoverActions) }),
    output: changeRecordSchema,
    effect: 'engine',
    says: 'Settles a change that was cut off: `finish` the rest of it, `roll-back` what it did, or `keep` it as it stands.',
  },
  'change.list': {
    input: z.object({ limit: z.number().int().min(1).max(1000).default(100), undo }),
    output: z.array(changeRecordSchema),
    effect: 'nothing',
    says: 'The change log, newest first; with `undo`, the newest whose undo would be refused now say why.',
  },
});
