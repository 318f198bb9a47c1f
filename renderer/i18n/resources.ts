import enCommon from './locales/en/common';
import enErrors from './locales/en/errors';
import enHints from './locales/en/hints';
import enReasons from './locales/en/reasons';
import zhCommon from './locales/zh-CN/common';
import zhErrors from './locales/zh-CN/errors';
import zhHints from './locales/zh-CN/hints';
import zhReasons from './locales/zh-CN/reasons';

/** The words that belong to no feature. */
export const resources = {
  en: { common: enCommon, errors: enErrors, hints: enHints, reasons: enReasons },
  'zh-CN': { common: zhCommon, errors: zhErrors, hints: zhHints, reasons: zhReasons },
} as const;

export type Language = keyof typeof resources;
export const languages = Object.keys(resources) as Language[];

/** Words of both languages by namespace, as the features bring them. */
export type FeatureWords = Readonly<Record<string, Readonly<Record<Language, object>>>>;

/** All the words of a language by namespace. */
export const bundleOf = (language: Language, words: FeatureWords): Record<string, object> => ({
  ...resources[language],
  ...Object.fromEntries(Object.entries(words).map(([namespace, both]) => [namespace, both[language]])),
});
