/** Keeps the newest `most` entries of a map: a map hands out its entries in the order in which they were put in. */
export function keepNewest<K>(map: Map<K, unknown>, most: number): void {
  for (const oldest of map.keys()) {
    if (map.size <= most) break;
    map.delete(oldest);
  }
}
