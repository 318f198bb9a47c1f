import { worded } from './messages';
import type { Problem } from './shapes';

/**
 * A problem that an engine's answer stands for, with the name of its host: the answer does not say it, and the sentences
 * speak of it. Words that are not the code's own stay as they are.
 */
export function atHost(one: Problem, host: string): Problem {
  if (one.params?.host !== undefined) return one;
  const params = { ...one.params, host };
  const before = worded(one.code, one.params ?? {});
  if (one.message !== before.message) return { ...one, params };
  const { hint: _, ...rest } = one;
  return { ...rest, ...worded(one.code, params), params };
}
