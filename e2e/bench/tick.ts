import { performance } from 'node:perf_hooks';
import { encodeTick } from '../../electron/web/tick-frame';
import { trafficColumns } from '../../shared/model';

const rounds = 300;

/** Median milliseconds of one call. */
export function medianMs(work: () => unknown): number {
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] ?? NaN;
}

/** One tick of every container's rates: our binary frame against JSON. */
export function benchTick(containers: number): string[] {
  const values = new Float64Array(containers * trafficColumns.length).map((_, at) => (at * 7919) % 1e8);
  const tick = { version: 1, at: 1_700_000_000_000, values };
  const binary = medianMs(() => encodeTick(tick));
  const json = medianMs(() => JSON.stringify({ ...tick, values: [...values] }));
  return [
    `tick of all rates: binary ${binary.toFixed(3)} ms, JSON ${json.toFixed(3)} ms: ${(json / binary).toFixed(0)} times less`,
  ];
}
