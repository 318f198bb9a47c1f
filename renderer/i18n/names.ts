import { useCallback } from 'react';
import { useLanguage } from './sentences';

/** Names one after the other, as the language does it: Chinese has a comma of its own for lists. */
export const joinNames = (names: readonly string[], language: string): string =>
  names.join(language.startsWith('zh') ? '、' : ', ');

/** The same in the window's language. */
export function useJoinNames(): (names: readonly string[]) => string {
  const language = useLanguage();
  return useCallback((names) => joinNames(names, language), [language]);
}
