import type { TrafficTick } from '../../shared/model';

/**
 * A tick as one binary WebSocket frame: two float64 (index version, time in ms), then the columns, little-endian.
 * Its counterpart is `renderer/bridge/tick-frame.ts`.
 */
export function encodeTick(tick: TrafficTick): Buffer {
  const numbers = new Float64Array(tick.values.length + 2);
  numbers[0] = tick.version;
  numbers[1] = tick.at;
  numbers.set(tick.values, 2);
  return Buffer.from(numbers.buffer);
}
