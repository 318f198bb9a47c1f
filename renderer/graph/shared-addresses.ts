import type { AddressConflict, Engine } from '../../shared/model';
import { hostName, sortNatural, type AddressClaim, type DuplicateAddress } from '../../shared/rules';
import type { CardContext } from './cards';

const keyOf = (engineId: string, containerId: string, networkId: string): string =>
  `${engineId}/${containerId}@${networkId}`;
const keyOfClaim = ({ container, network }: AddressClaim): string =>
  keyOf(container.engineId, container.id, network.id);

/** Answers of each attachment who else has its address, as `name (host)`, or by MAC where that is no container of ours. */
export function sharedAddresses(
  duplicates: readonly DuplicateAddress[],
  engines: readonly Engine[],
  conflicts: readonly AddressConflict[] = [],
): CardContext['alsoUsedBy'] {
  const by = new Map<string, Set<string>>();
  for (const { claims } of duplicates)
    for (const claim of claims) {
      const others = by.get(keyOfClaim(claim)) ?? new Set();
      for (const { container } of claims)
        if (container !== claim.container)
          others.add(`${container.name} (${hostName(container.engineId, engines)})`);
      by.set(keyOfClaim(claim), others);
    }
  for (const { engineId, containerId, networkId, macs } of conflicts) {
    const key = keyOf(engineId, containerId, networkId);
    by.set(key, new Set([...(by.get(key) ?? []), ...macs]));
  }
  const sorted = new Map([...by].map(([key, others]) => [key, [...others].sort(sortNatural)]));
  const nobody: readonly string[] = [];
  return (container, network) => sorted.get(keyOfClaim({ container, network })) ?? nobody;
}
