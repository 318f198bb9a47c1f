/** Things by what they tell, each group in their order. (`Map.groupBy` is newer than the Node that we run on.) */
export function groupBy<T, K>(things: readonly T[], tell: (thing: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const thing of things) {
    const key = tell(thing);
    const group = groups.get(key);
    if (group) group.push(thing);
    else groups.set(key, [thing]);
  }
  return groups;
}
