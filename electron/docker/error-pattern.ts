import type { ErrorCode } from '../../shared/model';

/** One wording of the engine and what it means. `$1`, `$2` in `message` stand for what the pattern caught. */
export interface ErrorPattern {
  match: RegExp;
  code: ErrorCode;
  message: string;
  hint?: string;
  field?: string;
  /** Names for what the pattern caught, in order; an empty name is passed over. */
  params?: string[];
  /** The variant of the code's sentence that says why, for the window. */
  context?: string;
}
