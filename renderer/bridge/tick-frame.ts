import type { TrafficTick } from '../../shared/model';

/**
 * A tick as it comes over the WebSocket: two float64 (index version, time in ms) and then the columns, little-endian.
 * The counterpart is `electron/web/tick-frame.ts`; JSON would cost a hundred times as much.
 */
export function decodeTick(frame: ArrayBuffer): TrafficTick {
  const numbers = new Float64Array(frame);
  return { version: numbers[0] ?? 0, at: numbers[1] ?? 0, values: numbers.subarray(2) };
}
