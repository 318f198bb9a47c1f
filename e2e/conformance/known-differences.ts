/**
 * Where a target may answer otherwise than the suite expects, for a reason that is none of the engine's logic; with
 * the one answer that is taken instead.
 */
export const knownDifferences = {
  /** The engine makes a VLAN link through the kernel, which may have no 802.1Q. */
  'vlan-links': { status: 500, message: /^failed to create \S+ vlan link: operation not supported$/ },
  /** A macvlan network without a parent sits on a dummy link, which the kernel may lack. */
  'dummy-links': { status: 500, message: /^operation not supported$/ },
} as const;

export type KnownDifference = keyof typeof knownDifferences;
