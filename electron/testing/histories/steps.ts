import fc from 'fast-check';
import type { CallFault } from './in-process';
import type { AdminKind } from './admin';
import type { HandKind } from './hands';

export type TroubleKind = 'fault' | 'fault-reading' | 'cut-off' | 'come-back' | 'kill' | 'restart' | 'quiet';

/** One step of a history. What it is about is picked among what is there by then. */
export interface Step {
  what: AdminKind | HandKind | TroubleKind;
  host: number;
  who: number;
  net: number;
  to: number;
  /** The last part of an address, which few share. */
  last: number | null;
  fault: CallFault;
  /** Milliseconds between the calls of one hand, and after the step. */
  gap: number;
  ms: number;
  /** Whoever makes a container anew has its address written down. */
  keeps: boolean;
  /** Compose is broken off halfway. */
  breaks: boolean;
}

export const at = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(1, list.length)];

const weights: Record<Step['what'], number> = {
  ...{ attach: 5, detach: 3, move: 3, readdress: 5, pin: 3, unpin: 1, reserve: 1 },
  ...{ guard: 6, unguard: 1, 'guard-all': 1, insist: 2, adopt: 1, undo: 5, recover: 2 },
  ...{ 'make-segment': 1, 'extend-segment': 1, 'delete-segment': 1 },
  ...{ connect: 3, disconnect: 3, recreate: 6, compose: 5, stop: 2, start: 4, 'restart-container': 3 },
  ...{ remove: 1, run: 3, 'remove-network': 1, 'create-network': 2 },
  ...{ fault: 4, 'fault-reading': 1, 'cut-off': 1, 'come-back': 2, kill: 1, restart: 1, quiet: 1 },
};

const faults: CallFault[] = [
  ...(['refused', 'cut-before', 'cut-after', 'hangs-before', 'hangs-after'] as const),
  ...(['late', 'very-late'] as const),
];
const pick = fc.nat(11);

export const step: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom(
    ...Object.entries(weights).flatMap(([what, n]) => Array<Step['what']>(n).fill(what as Step['what'])),
  ),
  host: fc.nat(2),
  ...{ who: pick, net: pick, to: pick },
  last: fc.option(fc.integer({ min: 10, max: 16 }), { freq: 4 }),
  fault: fc.constantFrom(...faults),
  gap: fc.constantFrom(0, 3, 60),
  ms: fc.constantFrom(0, 0, 5, 20, 60, 60, 300, 2_000),
  keeps: fc.boolean(),
  breaks: fc.constantFrom(false, false, false, false, true),
});

/** One line a step, for whoever reads a history. */
export const told = ({ what, ...rest }: Step): string =>
  `${what} ${Object.entries(rest)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ')}`;
