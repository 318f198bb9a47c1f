import type { Feature } from '../../context/feature';
import { GuardDialog } from './GuardDialog';
import { GuardSection } from './GuardSection';
import { GuardsSection } from './GuardsSection';
import en from './words/en';
import zh from './words/zh-CN';

declare module '../../i18n/words' {
  interface Words {
    guard: typeof en;
  }
}

declare module '../../store/ui' {
  interface Dialogs {
    /** What of a container would come back whoever makes it anew. */
    guard: { engineId: string; containerId: string };
  }
}

export const guard = {
  words: { guard: { en, 'zh-CN': zh } },
  dialogs: { guard: { component: GuardDialog, changes: true } },
  sections: { container: GuardSection, overview: GuardsSection },
} as const satisfies Feature;
