/**
 * Where a target answers otherwise than the suite expects, for a reason that is none of the engine's logic. Each is
 * left out of the run for that target only, and says so in the test's name.
 */
export const knownDifferences = {
  /** The engine makes a VLAN link through the kernel: without 8021q it answers 500 `operation not supported`. */
  'vlan-links': 'the host kernel has no 802.1Q',
  /** A macvlan network without a parent sits on a dummy link, which the kernel must have. */
  'dummy-links': 'the host kernel has no dummy links',
  /** The simulation knows no runtime: it runs nothing but the reading of MAC addresses. */
  'real-programs': 'no programs run in simulated containers',
} as const;

export type KnownDifference = keyof typeof knownDifferences;
