/** Addresses from first to last, both included. */
export interface Span {
  readonly from: bigint;
  readonly to: bigint;
}

const smallerFirst = (a: Span, b: Span): number => {
  const [one, other] = [a.to - a.from, b.to - b.from];
  return one < other ? -1 : one > other ? 1 : 0;
};

/**
 * Colours the parts between all ends, the smallest span first: what a small one has, a larger one goes around. Each part is come
 * by once for a layer, however many spans lie upon each other.
 */
function layer<T extends Span>(spans: readonly T[], index: ReadonlyMap<bigint, number>): (T | null)[] {
  const parts = new Array<T | null>(index.size).fill(null);
  const next = Array.from({ length: index.size + 1 }, (_, at) => at);
  const free = (at: number): number => {
    let end = at;
    while (next[end] !== end) end = next[end] ?? end;
    for (let step = at; step !== end;) {
      const after = next[step] ?? end;
      next[step] = end;
      step = after;
    }
    return end;
  };
  for (const span of [...spans].sort(smallerFirst)) {
    const [first = 0, last = 0] = [index.get(span.from), index.get(span.to + 1n)];
    for (let at = free(first); at < last; at = free(at)) {
      parts[at] = span;
      next[at] = at + 1;
    }
  }
  return parts;
}

/** What is left of spans where smaller ones go before larger ones, in parts that lie under one other span, or under none. */
export function painted<T extends Span, U extends Span>(
  spans: readonly T[],
  ...others: readonly (readonly U[])[]
): (Span & { of: T; under: (U | null)[] })[] {
  const all = [...spans, ...others.flat()];
  const ends = [...new Set(all.flatMap(({ from, to }) => [from, to + 1n]))].sort((a, b) => (a < b ? -1 : 1));
  const index = new Map(ends.map((end, at) => [end, at]));
  const parts = layer(spans, index);
  const below = others.map((each) => layer(each, index));
  return parts.flatMap((of, at) => {
    const [from, end] = [ends[at], ends[at + 1]];
    if (!of || from === undefined || end === undefined) return [];
    return [{ from, to: end - 1n, of, under: below.map((each) => each[at] ?? null) }];
  });
}
