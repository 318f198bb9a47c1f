import type { Problem, Reason } from './shapes';
import { englishProblems } from './messages';

/** A whole problem as a text inside another sentence: the window says it as it would say the problem itself. */
export function problemReason({ code, params = {}, reasons = {} }: Problem): Reason {
  const variant = `${code}_${String(params['context'])}`;
  return { code: variant in englishProblems ? variant : code, params: { ...params, ...reasons } };
}
