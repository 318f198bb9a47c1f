import type { Feature } from '../../context/feature';
import en from './words/en';
import zh from './words/zh-CN';

declare module '../../i18n/words' {
  interface Words {
    table: typeof en;
  }
}

export const table = {
  words: { table: { en, 'zh-CN': zh } },
  commands: { table: { key: 't', run: ({ setView }) => setView('table') } },
} as const satisfies Feature;
