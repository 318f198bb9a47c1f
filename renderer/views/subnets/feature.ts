import { opens, type Feature } from '../../context/feature';
import { SubnetsDialog } from './SubnetsDialog';
import en from './words/en';
import zh from './words/zh-CN';

declare module '../../i18n/words' {
  interface Words {
    subnets: typeof en;
  }
}

declare module '../../store/ui' {
  interface Dialogs {
    /** All subnets that are known of, which overlap, and how many engines have left. `host`: of this one at first. */
    subnets: { host?: string };
  }
}

export const subnets = {
  words: { subnets: { en, 'zh-CN': zh } },
  dialogs: { subnets: { component: SubnetsDialog, changes: false } },
  commands: { subnets: { key: 'i', run: opens({ kind: 'subnets' }) } },
} as const satisfies Feature;
