import type { Problem } from '../../shared/model';
import { attachmentErrors } from './attachment-errors';
import { networkErrors } from './network-errors';
import { podmanErrors } from './podman-errors';

/**
 * Wordings of Podman 4.3 and of engines 20.10, 26 and 29, the more special before the more general. Statuses don't help: one
 * mistake is 500 on 20.10 and 400 on 26, an address in use is 403, and so is a pool overlap.
 */
const errorPatterns = [...podmanErrors, ...networkErrors, ...attachmentErrors];

const fill = (text: string, found: RegExpExecArray) =>
  text.replace(/\$(\d)/g, (_, index: string) => found[Number(index)] ?? '');

/** What the engine's words mean; undefined for wordings that nobody has met yet. */
export function problemFromText(text: string): Problem | undefined {
  for (const pattern of errorPatterns) {
    const found = pattern.match.exec(text);
    if (!found) continue;
    const params: Record<string, string> = {};
    pattern.params?.forEach((name, index) => {
      const value = found[index + 1];
      if (value) params[name] = value;
    });
    if (pattern.context) params.context = pattern.context;
    return {
      code: pattern.code,
      message: fill(pattern.message, found),
      ...(pattern.hint && { hint: fill(pattern.hint, found) }),
      ...(pattern.field && { field: pattern.field }),
      params,
    };
  }
  return undefined;
}
