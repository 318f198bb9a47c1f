import type { Meter } from '../engine/model';
import { Random } from '../engine/random';

/** Counters of one interface, as the kernel would have counted them. Bytes and packets. */
export interface Counters {
  rxBytes: number;
  rxPackets: number;
  rxErrors: number;
  rxDropped: number;
  txBytes: number;
  txPackets: number;
  txErrors: number;
  txDropped: number;
}

/** How one interface talks, drawn once from its seed. Rates in bytes per second, times in seconds. */
interface Character {
  rx: number;
  /** Share of the receive rate that is sent. */
  tx: number;
  slow: number;
  fast: number;
  phase: number;
  burstEvery: number;
  burstFor: number;
  burstHeight: number;
  packet: number;
  drops: number;
}

const characters = new Map<number, Character>();

function characterOf(seed: number): Character {
  const known = characters.get(seed);
  if (known) return known;
  const random = new Random(seed);
  // Log-uniform from 4 kbit/s to some 20 Mbit/s (100 in bursts), weighted towards the low end: most containers are quiet.
  const loudness = random.next() ** 1.7;
  const character: Character = {
    rx: 500 * 5000 ** loudness,
    tx: 0.15 + random.next() * 0.85,
    slow: (2 * Math.PI) / random.between(90, 420),
    fast: (2 * Math.PI) / random.between(11, 37),
    phase: random.next() * 6.28,
    burstEvery: random.between(40, 240),
    burstFor: random.between(4, 14),
    burstHeight: random.next() * 3,
    packet: random.between(180, 1250),
    drops: random.next() > 0.93 ? 2e-4 : 0,
  };
  characters.set(seed, character);
  return character;
}

/** Integral of a raised cosine that rises and falls once every `every` seconds, within `length` of them. */
function bursts(t: number, every: number, length: number): number {
  const whole = Math.floor(t / every);
  const within = Math.min(t - whole * every, length);
  return (
    whole * (length / 2) + within / 2 - (length / (4 * Math.PI)) * Math.sin((2 * Math.PI * within) / length)
  );
}

/**
 * Seconds of average traffic after `t` seconds: the integral of `1 + waves + bursts`, in closed form, so that any
 * moment can be asked for and nothing runs between two questions. The rate is never negative, so counters never fall.
 */
function volume(c: Character, t: number): number {
  const slow = (0.55 / c.slow) * (Math.cos(c.phase) - Math.cos(c.slow * t + c.phase));
  const fast = (0.3 / c.fast) * (Math.cos(2 * c.phase) - Math.cos(c.fast * t + 2 * c.phase));
  return t + slow + fast + c.burstHeight * bursts(t, c.burstEvery, c.burstFor);
}

/** @param now milliseconds since the epoch */
export function countersAt(meter: Meter, now: number): Counters {
  const active = meter.carried + (meter.since === null ? 0 : Math.max(0, now - meter.since) / 1000);
  const character = characterOf(meter.seed);
  const rxBytes = Math.floor(character.rx * volume(character, active));
  const txBytes = Math.floor(rxBytes * character.tx);
  const rxPackets = Math.floor(rxBytes / character.packet);
  return {
    rxBytes,
    rxPackets,
    rxErrors: 0,
    rxDropped: Math.floor(rxPackets * character.drops),
    txBytes,
    txPackets: Math.floor(txBytes / character.packet),
    txErrors: 0,
    txDropped: 0,
  };
}
