/**
 * Splits things by what they tell. Those that tell nothing (`null`) are with the others where these all tell the same, and
 * else by themselves; a group that nothing sets apart has the key ''.
 */
export function splitBy<T>(things: readonly T[], tell: (thing: T) => string | null): Map<string, T[]> {
  const told = new Set(things.map(tell).filter((one) => one !== null));
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const key = told.size > 1 ? (tell(thing) ?? '') : '';
    const group = groups.get(key);
    if (group) group.push(thing);
    else groups.set(key, [thing]);
  }
  return groups;
}
