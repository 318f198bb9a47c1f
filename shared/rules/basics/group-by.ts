/** The things by what is told of each, in the order in which they come. */
export function groupBy<T, K>(things: Iterable<T>, tell: (thing: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const thing of things) {
    const key = tell(thing);
    const group = groups.get(key);
    if (group) group.push(thing);
    else groups.set(key, [thing]);
  }
  return groups;
}
