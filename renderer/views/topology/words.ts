import { useTranslation } from 'react-i18next';

export type Words = (key: string, values?: Record<string, string | number>) => string;

/** The topology's own texts. Looser than i18next's types: the texts are found by file name. */
export function useWords(): Words {
  return useTranslation('topology').t as Words;
}
