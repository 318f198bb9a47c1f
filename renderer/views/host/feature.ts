import type { Feature } from '../../context/feature';
import { HostDialog } from './HostDialog';
import { HostSection } from './HostSection';
import { IsolationDialog } from './IsolationDialog';
import { ShimDialog } from './ShimDialog';
import { ToolboxDialog } from './ToolboxDialog';
import en from './words/en';
import zh from './words/zh-CN';

declare module '../../i18n/words' {
  interface Words {
    host: typeof en;
  }
}

declare module '../../store/ui' {
  interface Dialogs {
    /** What the toolbox would be given on a host, and whether it may. */
    toolbox: { engineId: string; back?: Back };
    /** Everything a host has. */
    host: { engineId: string };
    /** `typed`: the address that stood in the field before another dialog was opened. */
    shim: { engineId: string; networkId: string; typed?: string };
    /** Who reaches whom; without networks the admin chooses. `chosen`: what was chosen before another dialog was opened. */
    isolation: { networks?: NetworkRef[] | undefined; chosen?: NetworkRef[] };
  }
}

export const host = {
  words: { host: { en, 'zh-CN': zh } },
  dialogs: {
    toolbox: { component: ToolboxDialog, changes: true },
    host: { component: HostDialog, changes: true },
    shim: { component: ShimDialog, changes: true },
    isolation: { component: IsolationDialog, changes: true },
  },
  sections: { engine: HostSection },
} as const satisfies Feature;
