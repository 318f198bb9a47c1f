import type { Feature } from '../../context/feature';
import { LeasesSection } from './LeasesSection';
import en from './words/en';
import zh from './words/zh-CN';

declare module '../../i18n/words' {
  interface Words {
    inspector: typeof en;
  }
}

export const inspector = {
  words: { inspector: { en, 'zh-CN': zh } },
  sections: { engine: LeasesSection },
} as const satisfies Feature;
