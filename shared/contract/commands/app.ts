import { z } from 'zod';
import { appInfoSchema, fileKinds, preferencesSchema, storageStatusSchema } from '../../model';
import { rows } from './row';
import { none } from './shared-inputs';

export const appCommands = rows({
  'app.info': {
    input: none,
    output: appInfoSchema,
    effect: 'nothing',
    says: 'Version, transport, whether it is read-only, and whether the engines are simulated and why.',
  },
  'files.choose': {
    input: z.object({
      kind: z.enum(fileKinds),
      /** The path that the field has now, where the dialog begins. */
      current: z.string().max(4096).default(''),
    }),
    output: z.object({
      path: z.string().nullable(),
      beside: z.object({ ca: z.string(), cert: z.string(), key: z.string() }).partial(),
    }),
    effect: 'nothing',
    says: 'Asks the admin for a file by the system’s own dialog, over the window that asks. `path` is null when nothing was chosen. `beside` names the files of TLS that lie in the same folder under Docker’s names. Reads no file.',
    desktopOnly: true,
  },
  'storage.status': {
    input: none,
    output: storageStatusSchema,
    effect: 'nothing',
    says: 'Files of the console’s own folder that can’t be written; they are tried again until they can. `storage.changed` tells of changes.',
  },
  'preferences.get': {
    input: none,
    output: preferencesSchema,
    effect: 'nothing',
    says: 'How the admin likes it: theme, language, what is shown.',
  },
  'preferences.set': {
    input: preferencesSchema.partial(),
    output: preferencesSchema,
    effect: 'console',
    says: 'Changes the preferences that are named; gives all of them.',
  },
});
