import type { Reason } from './shapes';
import { reasonTexts } from './reasons';
import { fillText, type Names } from './text';

export type ReasonCode = keyof typeof reasonTexts;
type Value = string | number | Reason;
/** What a reason must be told; checked by the compiler against the text. */
export type ReasonParams<C extends ReasonCode> = { [N in Names<(typeof reasonTexts)[C]>]: Value };

/** Builds a text inside a sentence. */
export function reason<C extends ReasonCode>(
  code: C,
  ...[params]: Names<(typeof reasonTexts)[C]> extends never ? [] : [ReasonParams<C>]
): Reason {
  return { code, params: { ...params } };
}

export const isReason = (value: Value | undefined): value is Reason => typeof value === 'object';

/** A reason in the words of `text`, which gives the text of a code; undefined where it, or a value of it, is unknown. */
export function wordsOfReason(one: Reason, text: (code: string) => string | undefined): string | undefined {
  const own = text(one.code);
  if (own === undefined) return undefined;
  const values: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(one.params)) {
    const said = isReason(value) ? wordsOfReason(value, text) : value;
    if (said === undefined) return undefined;
    values[name] = said;
  }
  const missing = [...own.matchAll(/\{\{(\w+)\}\}/g)].some(([, name = '']) => !(name in values));
  return missing ? undefined : fillText(own, values);
}

/** The English of every reason, under its code. */
export const englishReasons: Readonly<Record<string, string>> = reasonTexts;

/** A reason in English, for scripts and the log. */
export const reasonText = (one: Reason): string =>
  wordsOfReason(one, (code) => englishReasons[code]) ?? one.code;

/** Several of them, one after the other. */
export const reasonList = ([first, ...rest]: readonly [Reason, ...Reason[]]): Reason => {
  const [next, ...others] = rest;
  return next === undefined ? first : reason('list', { first, rest: reasonList([next, ...others]) });
};
