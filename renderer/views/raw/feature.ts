import type { Feature } from '../../context/feature';
import { RawDialog } from './RawDialog';

declare module '../../store/ui' {
  interface Dialogs {
    raw: { selection: EngineSelection };
  }
}

export const raw = {
  dialogs: { raw: { component: RawDialog, changes: false } },
} as const satisfies Feature;
