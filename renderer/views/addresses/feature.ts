import type { RangeEnds } from '../../../shared/rules';
import type { Feature } from '../../context/feature';
import { AddressesDialog } from './AddressesDialog';
import { ExportDialog } from './ExportDialog';
import { ImportDialog } from './ImportDialog';
import type { ImportText } from './ImportSource';
import en from './words/en';
import zh from './words/zh-CN';

declare module '../../i18n/words' {
  interface Words {
    addresses: typeof en;
  }
}

declare module '../../store/ui' {
  interface Dialogs {
    /**
     * The addresses of a network's LAN, over all hosts. `at`: the one to begin at; `version`: of the subnet to begin with.
     * `pick`: a free one is chosen for a form that is open, and this follows then; `back`, where none is, and to where it was opened from.
     */
    addresses: {
      engineId: string;
      networkId: string;
      at?: string;
      version?: 4 | 6;
      pick?: (address: string) => Back;
      back?: Back;
    };
    /** The same as a file for another program; `range`: the addresses that were selected. */
    'addresses-export': { engineId: string; networkId: string; range?: RangeEnds; back?: Back };
    /** A table of addresses to reserve; `start`: the text that it begins with. */
    'addresses-import': { engineId: string; networkId: string; start?: ImportText; back?: Back };
  }
}

export const addresses = {
  words: { addresses: { en, 'zh-CN': zh } },
  dialogs: {
    addresses: { component: AddressesDialog, changes: false },
    'addresses-export': { component: ExportDialog, changes: false },
    'addresses-import': { component: ImportDialog, changes: true },
  },
} as const satisfies Feature;
