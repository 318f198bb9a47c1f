import type { InterfaceCounters } from '../../docker';

/** Rates of one interface in the order of `trafficColumns`: bits/s, packets/s, errors/s and drops/s. */
export type RateRow = [
  rxBits: number,
  txBits: number,
  rxPackets: number,
  txPackets: number,
  errors: number,
  drops: number,
];

/**
 * Rates between two readings, `seconds` apart by the engine's clock. Null where they can't be compared: no time went
 * by, or a counter went backwards because the interface was made anew.
 */
export function ratesBetween(
  before: InterfaceCounters,
  after: InterfaceCounters,
  seconds: number,
): RateRow | null {
  if (seconds <= 0) return null;
  const per = (value: number) => value / seconds;
  const rxBytes = after.rxBytes - before.rxBytes;
  const txBytes = after.txBytes - before.txBytes;
  if (rxBytes < 0 || txBytes < 0) return null;
  const errors = after.rxErrors + after.txErrors - before.rxErrors - before.txErrors;
  const drops = after.rxDropped + after.txDropped - before.rxDropped - before.txDropped;
  return [
    per(rxBytes * 8),
    per(txBytes * 8),
    per(after.rxPackets - before.rxPackets),
    per(after.txPackets - before.txPackets),
    per(Math.max(0, errors)),
    per(Math.max(0, drops)),
  ];
}
