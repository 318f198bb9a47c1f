import type { i18n } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Notice, Problem } from '../../shared/model';
import { fillSentence, wordsOfReason } from '../../shared/texts';

type Params = Record<string, string | number>;

/** Problems and notices in the chosen language. */
export interface Sentences {
  problem(problem: Problem): string;
  hint(problem: Problem): string | undefined;
  /** What and why, and what to do, as one text. */
  whole(problem: Problem): string;
  notice(notice: Notice): string;
}

const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map((each) => each[1] ?? '');

/**
 * The sentence for a code and its context, or undefined where there is none or where a value that it speaks of is
 * missing: an English sentence that is whole serves better than a translated one with a gap.
 */
function translated(
  i18n: i18n,
  namespace: 'errors' | 'hints',
  code: string,
  params: Params,
): string | undefined {
  const language = i18n.resolvedLanguage ?? 'en';
  const variant = params.context === undefined ? undefined : `${code}_${params.context}`;
  const has = (key: string) => i18n.getResource(language, 'errors', key) !== undefined;
  // A variant without a hint has none: the plain code's hint is not about it.
  const key = variant !== undefined && has(variant) ? variant : code;
  const text: unknown = i18n.getResource(language, namespace, key);
  if (typeof text !== 'string') return undefined;
  const missing = placeholders(text).some((name) => name !== 'host' && !(name in params));
  return missing ? undefined : fillSentence(text, params, i18n.getResource(language, 'reasons', 'the_host'));
}

/** The values of a problem; those that are texts themselves in the chosen language. */
function valuesOf(i18n: i18n, { params = {}, reasons = {} }: Problem): Params {
  const language = i18n.resolvedLanguage ?? 'en';
  // English it is already.
  if (language === 'en') return params;
  const text = (code: string): string | undefined => {
    // A whole problem may be the reason of another.
    const found: unknown =
      i18n.getResource(language, 'reasons', code) ?? i18n.getResource(language, 'errors', code);
    return typeof found === 'string' ? found : undefined;
  };
  const values = { ...params };
  for (const [name, reason] of Object.entries(reasons))
    values[name] = wordsOfReason(reason, text) ?? params[name] ?? reason.code;
  return values;
}

export function createSentences(i18n: i18n): Sentences {
  const problem = (one: Problem) => translated(i18n, 'errors', one.code, valuesOf(i18n, one)) ?? one.message;
  // A Chinese full stop brings its own space.
  const joined = (...parts: (string | undefined)[]) => parts.filter(Boolean).join(' ').replace(/。 /g, '。');
  const common = (key: 'triedAgain' | 'freeFirst') => {
    const text: unknown = i18n.getResource(i18n.resolvedLanguage ?? 'en', 'common', key);
    return typeof text === 'string' ? text : undefined;
  };
  const hint = (one: Problem) => {
    if (one.undoing) return common('freeFirst') ?? one.hint;
    const own = translated(i18n, 'hints', one.code, valuesOf(i18n, one));
    if (!one.retried || !translated(i18n, 'errors', one.code, valuesOf(i18n, one))) return own ?? one.hint;
    return joined(own, common('triedAgain'));
  };
  return {
    problem,
    hint,
    whole: (one) => joined(problem(one), hint(one)),
    notice: (notice) => translated(i18n, 'errors', notice.code, notice.params) ?? notice.message,
  };
}

/** The chosen language as BCP 47, for Intl. */
export const useLanguage = (): string => useTranslation().i18n.resolvedLanguage ?? 'en';

export function useSentences(): Sentences {
  const { i18n } = useTranslation();
  const language = useLanguage();
  // The instance stays the same when the language changes; what it answers does not.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  return useMemo(() => createSentences(i18n), [i18n, language]);
}
