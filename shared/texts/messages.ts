/**
 * Every problem and notice, in English, and the helpers that build them.
 *
 * Where a code has several causes, `params.context` names the variant (key `code_context`, i18next’s own convention). What
 * each must be told is what its text speaks of, as {@link ProblemParams} has it: `container`, `network`, `host`, `owner` are
 * names, `host` the engine’s name; `seconds` is a number; lists (`ports`, `choices`, several containers) are joined by “, ”.
 * Any value may be a {@link Reason}, a text of its own that is translated with the sentence; every `detail` that is ours is one.
 */
import type { ErrorCode, Notice, NoticeCode, Problem, Reason } from './shapes';
import { englishReasons, isReason, reason, reasonText } from './reason';
import { noticeTexts } from './notices';
import { problemTexts } from './problems';
import { fillText, type Names, type Text, type TextWithVariants } from './text';

type Params = Record<string, string | number>;

type NamesOf<T> =
  | (T extends { message: infer M extends string } ? Names<M> : never)
  | (T extends { hint: infer H extends string } ? Names<H> : never);
type VariantsOf<T> = T extends { when: infer W } ? W : Record<never, never>;
/** Words of nobody else: what these say as `detail` is ours, and is translated like the sentence around it. */
type Reasoned =
  | 'internal'
  | 'invalid_input'
  | 'settings_broken'
  | 'file_broken'
  | 'ssh_key_unreadable'
  | 'ssh_config_invalid'
  | 'context_invalid'
  | 'tls_expired'
  | 'tls_files';
type Values<N extends string, Detail> = { [K in N]: K extends 'detail' ? Detail : string | number | Reason };
/** The values that a text and its hint speak of; `context` picks the variant. */
type ParamsOf<T, Detail = string | number | Reason> =
  | (Values<NamesOf<T>, Detail> & { context?: undefined })
  | {
      [C in keyof VariantsOf<T> & string]: Values<NamesOf<VariantsOf<T>[C]>, Detail> & {
        context: C;
      };
    }[keyof VariantsOf<T> & string];

/** What a problem with this code must be told; checked by the compiler against the text. */
export type ProblemParams<C extends ErrorCode> = C extends Reasoned
  ? ParamsOf<(typeof problemTexts)[C], Reason>
  : ParamsOf<(typeof problemTexts)[C]>;
/** What a notice with this code must be told; checked by the compiler against the text. */
export type NoticeParams<C extends NoticeCode> = ParamsOf<(typeof noticeTexts)[C]>;
/** Where a problem belongs, and the engine's own words. */
export interface ProblemPlace extends Pick<Problem, 'engineId' | 'field' | 'engineText'> {
  /** Further values, for programs: the sentence does not speak of them. */
  more?: Params;
}
/** The same for whoever does not know the host's name. */
type Hostless<P> = P extends unknown ? Omit<P, 'host'> : never;

function variant<T extends TextWithVariants>(
  text: T,
  context: string | number | undefined,
): Text | undefined {
  return context === undefined ? undefined : text.when?.[String(context)];
}

type Given = Record<string, string | number | Reason | undefined>;

/** In English. Leaves out what is undefined, so that the plain data survive JSON unchanged. */
function defined(params: Given): Params {
  const values = Object.entries(params).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, isReason(value) ? reasonText(value) : value] as const],
  );
  return Object.fromEntries(values);
}

/** Those of the values that are texts themselves. */
function reasonsIn(params: Given): Pick<Problem, 'reasons'> {
  const reasons = Object.entries(params).flatMap(([name, value]) => (isReason(value) ? [[name, value]] : []));
  return reasons.length === 0 ? {} : { reasons: Object.fromEntries(reasons) as Record<string, Reason> };
}

/**
 * Puts the values into a sentence. A host whose name is not known is what `nameless` calls it, in the sentence's language.
 */
export function fillSentence(text: string, params: Params, nameless: string): string {
  // Chinese sets a name of Latin letters apart, and no word of its own.
  const apart = params.host === undefined && /^\p{Script=Han}/u.test(nameless);
  const filled = fillText(apart ? text.replace(/ ?(\{\{host\}\}) ?/g, '$1') : text, {
    host: nameless,
    ...params,
  });
  if (params.host !== undefined || !filled.startsWith(nameless)) return filled;
  return nameless.charAt(0).toUpperCase() + filled.slice(1);
}

/** The English of a code and its values. */
export function worded(code: ErrorCode, params: Params): Pick<Problem, 'message' | 'hint'> {
  const text: TextWithVariants = problemTexts[code];
  const { message, hint } = variant(text, params.context) ?? text;
  const fill = (one: string) => fillSentence(one, params, englishReasons.the_host ?? '');
  return { message: fill(message), ...(hint === undefined ? {} : { hint: fill(hint) }) };
}

function build(code: ErrorCode, given: Given, { more, ...place }: ProblemPlace = {}): Problem {
  const params = { ...defined(given), ...more };
  return { code, ...worded(code, params), params, ...reasonsIn(given), ...place };
}

/** Builds a {@link Problem} with its English text. Never throws. */
export const problem = <C extends ErrorCode>(
  code: C,
  params: ProblemParams<C>,
  place?: ProblemPlace,
): Problem => build(code, params as Given, place);

/** The same where the host has no name yet; {@link atHost} gives it one later. Until then it is “the host”. */
export const hostless = <C extends ErrorCode>(
  code: C,
  params: Hostless<ProblemParams<C>>,
  place?: ProblemPlace,
): Problem => build(code, params as Given, place);

/**
 * Stands behind a hint where the console does not give up. Also below what failed by it, which is not tried again: so it
 * names what is.
 */
const triedAgain = 'The connection is tried again by itself.';

/** The same problem of somebody who goes on trying, and its hint says so. */
export const retried = (one: Problem): Problem => ({
  ...one,
  hint: [one.hint, triedAgain].filter(Boolean).join(' '),
  retried: true,
});

const freeFirst =
  'An undo gives the old address back, so that must be free: take it from what has it now, then undo again. Or leave this change as it is, and choose an address in a new one.';

/** Those that advise another address. */
const ofAddresses: readonly ErrorCode[] = [
  'address_in_use',
  'address_in_use_elsewhere',
  'address_reserved',
  'address_is_gateway',
];

/** The same problem in the way of an undo, where there is no address to choose. */
export const inUndo = (one: Problem): Problem =>
  ofAddresses.includes(one.code) ? { ...one, hint: freeFirst, undoing: true } : one;

/** The same for values that no compiler has seen, such as those of an engine's answer. */
export const problemOfValues = (code: ErrorCode, params: Params, place?: ProblemPlace): Problem =>
  build(code, params, place);

/** What nobody has foreseen, in its own words. */
export const unexpected = (error: unknown, place?: ProblemPlace): Problem => {
  const words = error instanceof Error ? error.message : String(error);
  return problem('internal', { detail: reason('said', { words }) }, place);
};

/** Builds a {@link Notice} with its English text and its severity. Never throws. */
export function notice<C extends NoticeCode>(code: C, params: NoticeParams<C>): Notice {
  const text: TextWithVariants & { severity: Notice['severity'] } = noticeTexts[code];
  const values = defined(params);
  const chosen: Text & { severity?: Notice['severity'] } = variant(text, values.context) ?? text;
  return {
    code,
    severity: chosen.severity ?? text.severity,
    message: fillText(chosen.message, values),
    params: values,
  };
}

function flatten(texts: Record<string, TextWithVariants>, part: (text: Text) => string | undefined) {
  const flat: Record<string, string> = {};
  const put = (key: string, text: string | undefined) => {
    if (text !== undefined) flat[key] = text;
  };
  for (const [code, text] of Object.entries(texts)) {
    put(code, part(text));
    // A variant without a hint has none: the plain hint must not show through for it.
    for (const [context, other] of Object.entries(text.when ?? {})) put(`${code}_${context}`, part(other));
  }
  return flat;
}

/** The English texts under i18next's keys: `code`, and `code_context` for variants. */
export const englishProblems: Readonly<Record<string, string>> = flatten(
  problemTexts,
  (text) => text.message,
);
/** The English hints under the same keys. A code or variant that is absent here has no hint. */
export const englishHints: Readonly<Record<string, string>> = flatten(problemTexts, (text) => text.hint);
/** The English notices under the same keys. */
export const englishNotices: Readonly<Record<string, string>> = flatten(noticeTexts, (text) => text.message);
