import type { TrafficHistory } from '../../shared/model';

/** One place on the time axis of a chart; null where nothing was measured. Bits per second. */
export interface TrafficPoint {
  /** Milliseconds since the epoch. */
  at: number;
  rx: number | null;
  tx: number | null;
  /** The highest second within the point. */
  rxPeak: number | null;
  txPeak: number | null;
  /** How many seconds were averaged. */
  count: number;
}

/** The ranges a chart offers, seconds. */
export const ranges = [60, 600, 3600] as const;
export type Range = (typeof ranges)[number];

/** At most this many points a series: more cost time and show nothing (one point per pixel pair). */
export const maxPoints = 120;

export const pointsOf = (seconds: number): number => Math.min(seconds, maxPoints);
/** What one point stands for, milliseconds. */
export const bucketOf = (seconds: number): number => (seconds * 1000) / pointsOf(seconds);

const measured = (point: TrafficPoint): boolean => point.rx !== null || point.tx !== null;

/** The history as points; what is not measured yet at its end is left to the live samples. */
export function fromHistory(history: TrafficHistory, bucketMs: number): TrafficPoint[] {
  const points = history.at.map((at, index) => ({
    at,
    rx: history.rxBits[index] ?? null,
    tx: history.txBits[index] ?? null,
    rxPeak: history.rxPeak[index] ?? null,
    txPeak: history.txPeak[index] ?? null,
    count: Math.max(1, Math.round(bucketMs / 1000)),
  }));
  return points.slice(0, points.findLastIndex(measured) + 1);
}

/**
 * Takes out what is missing between two measured points that are close: an engine's samples come every 1.1 to 1.65 s
 * under load, so that a second without one is no gap in the traffic.
 */
export function bridge(points: readonly TrafficPoint[], withinMs = 3_000): TrafficPoint[] {
  const out: TrafficPoint[] = [];
  let missing: TrafficPoint[] = [];
  for (const point of points) {
    if (!measured(point)) {
      missing.push(point);
      continue;
    }
    const before = out.at(-1);
    if (!before || point.at - before.at > withinMs) out.push(...missing);
    missing = [];
    out.push(point);
  }
  return [...out, ...missing];
}

export interface Sample {
  at: number;
  rx: number | null;
  tx: number | null;
}

const mean = (before: number | null, count: number, next: number | null): number | null =>
  before === null ? next : next === null ? before : (before * count + next) / (count + 1);

const highest = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.max(a, b);

const merged = (point: TrafficPoint, sample: Sample): TrafficPoint => {
  // A point of the history that is still filling holds fewer seconds than it will.
  const count = Math.min(point.count, Math.max(1, Math.round((sample.at - point.at) / 1000)));
  return {
    at: point.at,
    rx: mean(point.rx, count, sample.rx),
    tx: mean(point.tx, count, sample.tx),
    rxPeak: highest(point.rxPeak, sample.rx),
    txPeak: highest(point.txPeak, sample.tx),
    count: count + 1,
  };
};

const fresh = (at: number, { rx, tx }: Sample): TrafficPoint => ({
  at,
  rx,
  tx,
  rxPeak: rx,
  txPeak: tx,
  count: 1,
});

/**
 * Adds a live sample: to the last point while its time lasts, else as a new one, with a gap where nothing came for
 * more than two points. What has left the window is dropped.
 */
export function appendLive(
  points: readonly TrafficPoint[],
  sample: Sample,
  bucketMs: number,
  windowMs: number,
): TrafficPoint[] {
  const kept = points.filter((point) => point.at >= sample.at - windowMs - bucketMs);
  const last = kept.at(-1);
  if (!last) return [fresh(sample.at, sample)];
  if (sample.at < last.at) return kept;
  // Ticks jitter around a second: one-second points take their sample's own time, longer ones keep their grid.
  const single = bucketMs <= 1000;
  if (sample.at < last.at + (single ? bucketMs / 2 : bucketMs))
    return [...kept.slice(0, -1), merged(last, sample)];
  const at = single ? sample.at : last.at + Math.floor((sample.at - last.at) / bucketMs) * bucketMs;
  const gap = at - last.at > Math.max(3_000, 2.5 * bucketMs);
  const hole: TrafficPoint = fresh(last.at + bucketMs, { at, rx: null, tx: null });
  return [...kept, ...(gap ? [hole] : []), fresh(at, sample)].slice(-(maxPoints + 2));
}

/** The highest point of the window, bits/s; 0 when there is none. */
export const peakOf = (points: readonly TrafficPoint[], side: 'rx' | 'tx'): number =>
  points.reduce((peak, point) => Math.max(peak, (side === 'rx' ? point.rxPeak : point.txPeak) ?? 0), 0);

/** Round times for the axis, some four of them within the window. */
export function timeTicks(end: number, seconds: number): number[] {
  const step = { 60: 15, 600: 120, 3600: 900 }[seconds] ?? seconds / 4;
  const ms = step * 1000;
  const ticks: number[] = [];
  for (let at = Math.floor(end / ms) * ms; at >= end - seconds * 1000; at -= ms) ticks.unshift(at);
  return ticks;
}
