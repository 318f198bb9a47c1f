const wildcard = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .replace(/[\\^$+.()|[\]{}]/g, '\\$&')
      // Runs of stars match what one does, and many of them would take for ever.
      .replace(/\*+/g, '.*')
      .replaceAll('?', '.')}$`,
    's',
  );

/**
 * OpenSSH's pattern lists (`*`, `?`, a leading `!` for what must not match): true when one matches and no negated one
 * does. A list of negated patterns alone matches nothing, as there.
 */
export function matchesPatterns(patterns: readonly string[], text: string): boolean {
  let matched = false;
  for (const pattern of patterns) {
    const negated = pattern.startsWith('!');
    if (!wildcard(negated ? pattern.slice(1) : pattern).test(text)) continue;
    if (negated) return false;
    matched = true;
  }
  return matched;
}

/** Whether a pattern stands for one name alone. */
export const isPlainName = (pattern: string): boolean => !/[*?!]/.test(pattern);
