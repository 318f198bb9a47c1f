import { z } from 'zod';
import { noticeTexts } from './notices';
import { problemTexts } from './problems';

const keysOf = <T extends object>(texts: T) =>
  Object.keys(texts) as [keyof T & string, ...(keyof T & string)[]];

/** A code for every text of a problem. */
export const errorCodes = keysOf(problemTexts);
export const errorCodeSchema = z.enum(errorCodes);
export type ErrorCode = keyof typeof problemTexts;

/** A code for every text of a notice. */
export const noticeCodes = keysOf(noticeTexts);
export type NoticeCode = keyof typeof noticeTexts;

/**
 * A text inside a sentence: why something failed, as a key of the texts in `reasons*` and its values,
 * which may be such texts themselves. The window says it in its own language.
 */
export interface Reason {
  code: string;
  params: Record<string, string | number | Reason>;
}
export const reasonSchema: z.ZodType<Reason> = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.lazy(() => reasonSchema)])),
});

/** What failed, where, why, and what to do. Plain data: it crosses the transport as it is. */
export const problemSchema = z.object({
  code: errorCodeSchema,
  /** One English sentence: what and why. The window translates by `code` and `params`; scripts read this. */
  message: z.string(),
  /** What the user can do about it, in English. */
  hint: z.string().optional(),
  /** The console tries again by itself until it succeeds; `hint` says so. Absent where it was tried once. */
  retried: z.literal(true).optional(),
  /** It stands in the way of an undo, which can't choose: `hint` says what can be done then. */
  undoing: z.literal(true).optional(),
  /** The values that the sentence speaks of; also fed to the translated sentence. */
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  /** Those of `params` that are texts themselves: there they are in English, here as what to translate. */
  reasons: z.record(z.string(), reasonSchema).optional(),
  /** Which engine it happened on. */
  engineId: z.string().optional(),
  /** The form field or request property at fault, for example `spec.subnet`. */
  field: z.string().optional(),
  /** The engine's own words, untouched. */
  engineText: z.string().optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/** What an admin should know before applying. Plain data. */
export const noticeSchema = z.object({
  code: z.enum(noticeCodes),
  severity: z.enum(['info', 'warning']),
  /** English; the window translates by `code` and `params`. */
  message: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Notice = z.infer<typeof noticeSchema>;
