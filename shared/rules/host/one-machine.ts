import type { HostFacts, ProbeTarget } from '../../model';

/**
 * Whether all who answered for an address are interfaces of one host that has the address itself. A host answers ARP on
 * every link that hears the question, unless it is told otherwise: on a shim and its parent, or on two NICs of
 * one LAN. That is one machine, and no duplicate.
 */
export function answersOfOneHost(
  { address, macs }: Pick<ProbeTarget, 'address' | 'macs'>,
  hosts: readonly Pick<HostFacts, 'nics'>[],
): boolean {
  if (!macs?.length) return false;
  return hosts.some(({ nics }) => {
    const own = new Set(nics.map(({ mac }) => mac));
    const has = nics.some(({ addresses }) => addresses.some((each) => each.address === address));
    return has && macs.every((mac) => own.has(mac));
  });
}
