import type { Problem } from '../../../shared/model';
import { shortId } from '../../../shared/rules';
import { problemOfValues } from '../../../shared/texts';
import { attachmentErrors } from './attachment-errors';
import type { ErrorPattern } from './error-pattern';
import { networkErrors } from './network-errors';
import { podmanErrors } from './podman-errors';

/**
 * Wordings of Podman 4.3 and of engines 20.10, 26 and 29, the more special before the more general. Statuses don't help: one
 * mistake is 500 on 20.10 and 400 on 26, an address in use is 403, and so is a pool overlap.
 */
export const errorPatterns: readonly ErrorPattern[] = [
  ...podmanErrors,
  ...networkErrors,
  ...attachmentErrors,
];

/** Engines say the whole of an id; people know it by its beginning. */
const isId = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

function caught({ params = [] }: ErrorPattern, found: RegExpExecArray): Record<string, string> {
  return Object.fromEntries(
    params.flatMap((name, index) => {
      const value = found[index + 1];
      return value ? [[name, isId(value) ? shortId(value) : value]] : [];
    }),
  );
}

/** What the engine's words mean, without the host's name; undefined for wordings that nobody has met yet. */
export function problemFromText(text: string): Problem | undefined {
  for (const pattern of errorPatterns) {
    const found = pattern.match.exec(text);
    if (!found) continue;
    const { code, context, field, also } = pattern;
    const said = caught(pattern, found);
    const params = { ...said, ...also?.(said), ...(context && { context }) };
    return problemOfValues(code, params, field ? { field } : {});
  }
  return undefined;
}
