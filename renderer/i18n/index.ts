import { createInstance, type Resource, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Preferences } from '../../shared/model';
import { bundleOf, languages, type FeatureWords, type Language } from './resources';

export { languages, type Language } from './resources';
export { joinNames, useJoinNames } from './names';
export { useLanguage, useSentences, type Sentences } from './sentences';

/**
 * The language to speak: the preference, or with `auto` the first of the system's locales that is spoken here.
 * Every Chinese locale gets simplified Chinese, every other one English.
 */
export function chooseLanguage(preference: Preferences['language'], locales: readonly string[]): Language {
  if (preference !== 'auto') return preference;
  const first = locales.find((locale) => /^(en|zh)\b/i.test(locale));
  return first?.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

/** Letters written from right to left: Hebrew to Arabic, their presentation forms, and the scripts beyond. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]|[\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Between first-strong-isolate marks where it needs them (UAX #9). */
const isolated = (value: string): string => (rightToLeft.test(value) ? `\u2068${value}\u2069` : value);

/**
 * A ready i18next: the words are bundled, so that nothing is fetched and nothing flickers.
 *
 * @param words those of the features; sentences of problems and what is common need none of them
 */
export function createI18n(language: Language, words: FeatureWords = {}): i18n {
  const resources = Object.fromEntries(languages.map((each) => [each, bundleOf(each, words)]));
  const instance = createInstance();
  void instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    // The types have the words of each feature, as it declares them.
    resources: resources as Resource,
    defaultNS: 'common',
    ns: Object.keys(bundleOf('en', words)),
    initAsync: false,
    // React escapes by itself. What is left are names written from right to left: they must not turn the sentence.
    interpolation: { escapeValue: true, escape: isolated },
    returnNull: false,
  });
  return instance;
}
