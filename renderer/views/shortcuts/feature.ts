import { opens, type Feature } from '../../context/feature';
import { ShortcutsDialog } from './ShortcutsDialog';

declare module '../../store/ui' {
  interface Dialogs {
    shortcuts: object;
  }
}

export const shortcuts = {
  dialogs: { shortcuts: { component: ShortcutsDialog, changes: false } },
  commands: { shortcuts: { key: '?', run: opens({ kind: 'shortcuts' }) } },
} as const satisfies Feature;
