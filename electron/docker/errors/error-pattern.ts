import type { ErrorCode } from '../../../shared/model';

/** One wording of the engine and what it means. The sentence is the code's own (shared/texts), in every language. */
export interface ErrorPattern {
  match: RegExp;
  code: ErrorCode;
  /** The variant of the sentence: one that speaks only of what the engine tells, and of `host`. */
  context?: string;
  field?: string;
  /** Names for what the pattern caught, in order; an empty name is passed over. */
  params?: string[];
  /** What the sentence speaks of besides, and the engine does not say. */
  also?: (params: Readonly<Record<string, string>>) => Record<string, string>;
}
