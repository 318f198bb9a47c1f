import type { Feature } from '../../context/feature';
import en from './words/en';
import zh from './words/zh-CN';

declare module '../../i18n/words' {
  interface Words {
    topology: typeof en;
  }
}

/** The view itself is loaded with the first look at it: nothing here may import it. */
export const topology = {
  words: { topology: { en, 'zh-CN': zh } },
  commands: {
    topology: { key: 'g', run: ({ setView }) => setView('topology') },
    fit: { run: ({ stores }) => stores.ui.setState((state) => ({ fitRequests: state.fitRequests + 1 })) },
  },
} as const satisfies Feature;
