import { opens, type Feature } from '../../context/feature';
import { Demo, OfflineHosts, SettingsProblem } from './Banners';
import { EngineFormDialog } from './EngineFormDialog';
import { EnginesDialog } from './EnginesDialog';
import { KeyDialog } from './KeyDialog';
import { RemoveDialog } from './RemoveDialog';
import { UnlockDialog } from './UnlockDialog';
import en from './words/en';
import zh from './words/zh-CN';

declare module '../../i18n/words' {
  interface Words {
    engines: typeof en;
  }
}

declare module '../../store/ui' {
  interface Dialogs {
    /** All hosts and the ways to them. */
    engines: object;
    'engine-form': { engineId?: string; back?: Back };
    /** The key that an SSH host showed, to be compared. */
    'engine-key': { engineId: string; back?: Back };
    'engine-unlock': { engineId: string; back?: Back };
    'engine-remove': { engineId: string; back?: Back };
  }
}

/** How engines are reached is the console's own: none of it changes one. */
export const engines = {
  words: { engines: { en, 'zh-CN': zh } },
  dialogs: {
    engines: { component: EnginesDialog, changes: false },
    'engine-form': { component: EngineFormDialog, changes: false },
    'engine-key': { component: KeyDialog, changes: false },
    'engine-unlock': { component: UnlockDialog, changes: false },
    'engine-remove': { component: RemoveDialog, changes: false },
  },
  banners: [
    { place: 'picture', component: Demo },
    { place: 'console', component: SettingsProblem },
    { place: 'hosts', component: OfflineHosts },
  ],
  commands: { hosts: { key: 'h', run: opens({ kind: 'engines' }) } },
} as const satisfies Feature;
