import type { ChangePreview, EngineRequest, PolicyRequest, RecoverAction } from '../../../shared/model';
import { opens, type Feature } from '../../context/feature';
import { policyWordsIn } from '../../i18n/policies';
import { AttachDialog } from './AttachDialog';
import { CutOff, NoLan } from './Banners';
import { ChangeDialog } from './ChangeDialog';
import { ChangeLogDialog } from './ChangeLogDialog';
import { NewNetworkDialog } from './NewNetworkDialog';
import { RecoverDialog } from './RecoverDialog';
import en from './words/en';
import zh from './words/zh-CN';

declare module '../../i18n/words' {
  interface Words {
    change: typeof en & { policies: ReturnType<typeof policyWordsIn<'en'>> };
  }
}

declare module '../../store/ui' {
  interface Dialogs {
    /** Previews `request`, and lets the admin edit its address. `filled`: part of it was filled in before. */
    change: {
      request: EngineRequest | PolicyRequest;
      preview?: ChangePreview;
      back?: Back;
      filled?: boolean;
    };
    /** `from`: the network that it leaves for the one chosen; without, it gains one more. */
    attach: { engineId: string; containerId: string; from?: string | undefined };
    /** `parent`: the interface that it is to stand on, `eth0` or `eth0.20`. */
    'new-network': { engineId?: string; parent?: string };
    /** `find`: what it is searched for at first. */
    'change-log': { find?: string };
    /** What becomes of a change that was cut off. */
    recover: { id: string; action: RecoverAction; back?: Back };
  }
}

export const change = {
  words: {
    change: {
      en: { ...en, policies: policyWordsIn('en') },
      'zh-CN': { ...zh, policies: policyWordsIn('zh-CN') },
    },
  },
  dialogs: {
    change: { component: ChangeDialog, changes: true },
    attach: { component: AttachDialog, changes: true },
    'new-network': { component: NewNetworkDialog, changes: true },
    'change-log': { component: ChangeLogDialog, changes: false },
    recover: { component: RecoverDialog, changes: true },
  },
  banners: [
    { place: 'changes', component: CutOff },
    { place: 'hints', component: NoLan },
  ],
  commands: {
    'new-network': { key: 'n', run: opens({ kind: 'new-network' }) },
    'change-log': { key: 'l', run: opens({ kind: 'change-log' }) },
    undo: { key: 'z', mod: true, changes: true, run: ({ undo }) => undo() },
  },
} as const satisfies Feature;
