import { describe, expect, it } from 'vitest';
import {
  appendLive,
  bridge,
  bucketOf,
  fromHistory,
  maxPoints,
  peakOf,
  pointsOf,
  timeTicks,
  type TrafficPoint,
} from './traffic-series';

const sample = (at: number, rx: number | null, tx: number | null = rx) => ({ at, rx, tx });
const run = (samples: ReturnType<typeof sample>[], seconds: number, from: TrafficPoint[] = []) =>
  samples.reduce((points, each) => appendLive(points, each, bucketOf(seconds), seconds * 1000), from);

describe('a minute', () => {
  it('keeps one point per second, however the ticks jitter', () => {
    const points = run([sample(0, 1), sample(1_090, 2), sample(1_960, 3), sample(3_040, 4)], 60);
    expect(points.map((point) => point.rx)).toEqual([1, 2, 3, 4]);
  });

  it('shows a gap where nothing came', () => {
    const points = run([sample(0, 1), sample(1_000, 2), sample(9_000, 3)], 60);
    expect(points.map((point) => point.rx)).toEqual([1, 2, null, 3]);
  });

  it('keeps nulls as they are', () => {
    expect(run([sample(0, 1), sample(1_000, null), sample(2_000, 3)], 60)[1]?.rx).toBeNull();
  });

  it('drops what has left the window, and never exceeds the limit', () => {
    const points = run(
      Array.from({ length: 500 }, (_, second) => sample(second * 1000, second)),
      60,
    );
    expect(points.length).toBeLessThanOrEqual(maxPoints + 2);
    expect(points[0]?.at).toBeGreaterThanOrEqual(499_000 - 61_000);
    expect(points.at(-1)?.rx).toBe(499);
  });

  it('ignores a sample from before the last one', () => {
    expect(run([sample(5_000, 1), sample(1_000, 9)], 60)).toHaveLength(1);
  });
});

describe('ten minutes', () => {
  it('averages five seconds into a point and keeps their peak', () => {
    const points = run(
      [0, 1, 2, 3, 4, 5].map((second) => sample(second * 1000, second * 10)),
      600,
    );
    expect(points).toHaveLength(2);
    expect(points[0]).toMatchObject({ at: 0, rx: 20, rxPeak: 40 });
    expect(points[1]).toMatchObject({ at: 5_000, rx: 50 });
  });

  it('goes on where the history ends', () => {
    const history = {
      at: [0, 5_000],
      rxBits: [10, null],
      txBits: [1, null],
      rxPeak: [15, null],
      txPeak: [2, null],
    };
    const points = run([sample(7_000, 30), sample(10_500, 40)], 600, fromHistory(history, bucketOf(600)));
    expect(points.map((point) => point.rx)).toEqual([10, 30, 40]);
    expect(points[2]?.at).toBe(10_000);
    expect(peakOf(points, 'rx')).toBe(40);
  });
});

it('bridges a second without a sample, but not a silence', () => {
  const at = (seconds: number, rx: number | null) => run([sample(seconds * 1000, rx)], 60)[0]!;
  const near = [at(0, 1), at(1, null), at(2, 3)];
  expect(bridge(near).map((point) => point.rx)).toEqual([1, 3]);
  const far = [at(0, 1), at(1, null), at(5, 3), at(6, null)];
  expect(bridge(far).map((point) => point.rx)).toEqual([1, null, 3, null]);
});

it('asks for at most 120 points', () => {
  expect([60, 600, 3600].map(pointsOf)).toEqual([60, 120, 120]);
  expect([60, 600, 3600].map(bucketOf)).toEqual([1_000, 5_000, 30_000]);
});

it('puts ticks on round times inside the window', () => {
  expect(timeTicks(100_000, 60)).toEqual([45_000, 60_000, 75_000, 90_000]);
});
