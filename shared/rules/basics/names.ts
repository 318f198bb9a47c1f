// One fixed locale: the order must be the same on every machine, whatever its language.
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Orders as people do: `web2` before `web10`. Total: equal only for equal strings. */
export function sortNatural(a: string, b: string): number {
  return collator.compare(a, b) || dictionaryOrder(a, b);
}

/** The engine's own order of names (Go's string comparison), by which it chooses the default route. */
export function dictionaryOrder(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** The first 12 digits of an engine's id, as its own tools show it. */
export function shortId(id: string): string {
  return id.replace(/^sha256:/, '').slice(0, 12);
}
