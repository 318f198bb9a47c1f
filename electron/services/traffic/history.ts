import type { TrafficHistory } from '../../../shared/model';
import type { TrafficRing } from './ring';

interface Bucket {
  mean: number | null;
  peak: number | null;
}

/** Sum over all rings in one second; NaN when none measured. */
function total(rings: readonly TrafficRing[], second: number, direction: 0 | 1): number {
  let sum = NaN;
  for (const ring of rings) {
    const value = ring.read(second, direction);
    if (!Number.isNaN(value)) sum = Number.isNaN(sum) ? value : sum + value;
  }
  return sum;
}

function bucket(rings: readonly TrafficRing[], from: number, width: number, direction: 0 | 1): Bucket {
  let sum = 0;
  let count = 0;
  let peak = -Infinity;
  for (let second = from; second < from + width; second++) {
    const value = total(rings, second, direction);
    if (Number.isNaN(value)) continue;
    sum += value;
    count += 1;
    peak = Math.max(peak, value);
  }
  return count === 0 ? { mean: null, peak: null } : { mean: sum / count, peak };
}

/**
 * The last `seconds` up to and including second `until`, summed over all rings, in at most `points` buckets. Each
 * keeps its mean and its highest second, so that a short burst is still seen when an hour is shown.
 */
export function history(
  rings: readonly TrafficRing[],
  until: number,
  seconds: number,
  points: number,
): TrafficHistory {
  const width = Math.ceil(seconds / points);
  const count = Math.ceil(seconds / width);
  // Buckets lie on multiples of their width, so that they don't flicker as time goes by.
  const end = (Math.floor(until / width) + 1) * width;
  const result: TrafficHistory = { at: [], rxBits: [], txBits: [], rxPeak: [], txPeak: [] };
  for (let from = end - count * width; from < end; from += width) {
    const rx = bucket(rings, from, width, 0);
    const tx = bucket(rings, from, width, 1);
    result.at.push(from * 1000);
    result.rxBits.push(rx.mean);
    result.txBits.push(tx.mean);
    result.rxPeak.push(rx.peak);
    result.txPeak.push(tx.peak);
  }
  return result;
}
