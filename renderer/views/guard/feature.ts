import type { Feature } from '../../context/feature';
import type { GuardTargets } from '../../../shared/model';
import { GuardAllDialog } from './GuardAllDialog';
import { GuardDialog } from './GuardDialog';
import { GuardNews } from './GuardNews';
import { GuardSection } from './GuardSection';
import { GuardsSection } from './GuardsSection';
import { NetworkGuards } from './NetworkGuards';
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
    /** All containers on these networks; `name` is what the network or segment is called. */
    'guard-all': { purpose: 'set' | 'release'; targets: GuardTargets; name: string };
  }
}

export const guard = {
  words: { guard: { en, 'zh-CN': zh } },
  dialogs: {
    guard: { component: GuardDialog, changes: true },
    'guard-all': { component: GuardAllDialog, changes: true },
  },
  banners: [{ place: 'changes', component: GuardNews }],
  sections: { container: GuardSection, network: NetworkGuards, overview: GuardsSection },
} as const satisfies Feature;
