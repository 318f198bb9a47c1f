/**
 * The same list where nothing in it differs, and else one in which all that does not differ is the same object: what goes by a thing
 * is drawn anew only where that is another one.
 *
 * @param keyOf tells them apart; plain data, in the order of their keys
 */
export function kept<T>(
  before: readonly T[] | null,
  now: readonly T[],
  keyOf: (one: T) => string,
): readonly T[] {
  if (!before) return now;
  const old = new Map(before.map((one) => [keyOf(one), { one, text: JSON.stringify(one) }]));
  const next = now.map((one) => {
    const known = old.get(keyOf(one));
    return known?.text === JSON.stringify(one) ? known.one : one;
  });
  const same = next.length === before.length && next.every((one, index) => one === before[index]);
  return same ? before : next;
}
