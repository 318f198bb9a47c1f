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
  const rxBytes = after.rxBytes - before.rxBytes;
  const txBytes = after.txBytes - before.txBytes;
  const rxPackets = after.rxPackets - before.rxPackets;
  const txPackets = after.txPackets - before.txPackets;
  if (Math.min(rxBytes, txBytes, rxPackets, txPackets) < 0) return null;
  const errors = after.rxErrors + after.txErrors - before.rxErrors - before.txErrors;
  const drops = after.rxDropped + after.txDropped - before.rxDropped - before.txDropped;
  const per = (value: number) => value / seconds;
  const row: RateRow = [
    per(rxBytes * 8),
    per(txBytes * 8),
    per(rxPackets),
    per(txPackets),
    per(Math.max(0, errors)),
    per(Math.max(0, drops)),
  ];
  return row.every(Number.isFinite) ? row : null;
}

/**
 * Rates are taken over at least so long, milliseconds. Engines read the counters every 1.002 to 1.65 s
 * (docs/engine-facts.md §4): of what comes once a second, every so many readings truly have two, and one reading alone
 * would show twice the traffic that any second had. Whether one second had twice as much, two readings can't tell; so
 * what is shown is called a mean of two seconds, also where it is a peak.
 */
const spanMs = 1_900;

/** Readings further apart than this don't tell a rate of now: the host slept, or its clock was set. Milliseconds. */
const gapMs = 30_000;

interface Reading {
  /** Milliseconds since the epoch, by the engine's clock. */
  at: number;
  counters: InterfaceCounters;
}

/** The newest readings of one interface, as far back as a rate needs them. */
export class Readings {
  private readings: Reading[] = [];

  /** Takes the next reading; the rates now, or null where they can't be told yet. */
  take(at: number, counters: InterfaceCounters): RateRow | null {
    const last = this.readings.at(-1);
    // An engine may send one reading twice; time that goes back is a clock that was set.
    if (last && at === last.at) this.readings.pop();
    else if (last && (at < last.at || at - last.at > gapMs || !ratesBetween(last.counters, counters, 1)))
      this.readings = [];
    this.readings.push({ at, counters });
    // One that is old enough is needed, older ones are not.
    while ((this.readings[1]?.at ?? Infinity) <= at - spanMs) this.readings.shift();
    const [first] = this.readings;
    return first ? ratesBetween(first.counters, counters, (at - first.at) / 1_000) : null;
  }
}
