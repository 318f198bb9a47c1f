import type { Ring } from './ring';

/** Which stretch, and how fine. */
export interface Span {
  /** The last second of it, since the epoch. */
  until: number;
  seconds: number;
  /** At most so many buckets. */
  points: number;
}

/** One column in buckets; null where nothing was measured. */
export interface Buckets {
  mean: (number | null)[];
  /** The highest second of each bucket, so that a short burst is still seen when an hour is shown. */
  peak: (number | null)[];
}

/** Sum over all rings in one second; NaN when none measured. */
function total(rings: readonly Ring[], second: number, column: number): number {
  let sum = NaN;
  for (const ring of rings) {
    const value = ring.read(second, column);
    if (!Number.isNaN(value)) sum = Number.isNaN(sum) ? value : sum + value;
  }
  return sum;
}

interface Bucket {
  mean: number | null;
  peak: number | null;
}

function bucket(rings: readonly Ring[], from: number, width: number, column: number): Bucket {
  let sum = 0;
  let count = 0;
  let peak = -Infinity;
  for (let second = from; second < from + width; second++) {
    const value = total(rings, second, column);
    if (Number.isNaN(value)) continue;
    sum += value;
    count += 1;
    peak = Math.max(peak, value);
  }
  return count === 0 ? { mean: null, peak: null } : { mean: sum / count, peak };
}

/**
 * Where the buckets begin, seconds since the epoch, and how long each is. They lie on multiples of their width, so that
 * they don't flicker as time goes by.
 */
export function bucketsOf({ until, seconds, points }: Span): { starts: number[]; width: number } {
  const width = Math.ceil(seconds / points);
  const count = Math.ceil(seconds / width);
  const first = (Math.floor(until / width) + 1 - count) * width;
  return { starts: Array.from({ length: count }, (_, index) => first + index * width), width };
}

/** One column of all rings together, in the buckets of {@link bucketsOf}. */
export function sumOf(
  rings: readonly Ring[],
  { starts, width }: ReturnType<typeof bucketsOf>,
  column: number,
): Buckets {
  const buckets = starts.map((from) => bucket(rings, from, width, column));
  return { mean: buckets.map(({ mean }) => mean), peak: buckets.map(({ peak }) => peak) };
}
