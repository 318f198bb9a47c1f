import type { Engine } from '../../shared/model';
import { hostName, sortNatural, type AddressClaim, type DuplicateAddress } from '../../shared/rules';
import type { CardContext } from './cards';

const keyOf = ({ container, network }: AddressClaim): string =>
  `${container.engineId}/${container.id}@${network.id}`;

/** Answers of each attachment who else has its address, as `name (host)`. */
export function sharedAddresses(
  duplicates: readonly DuplicateAddress[],
  engines: readonly Engine[],
): CardContext['alsoUsedBy'] {
  const by = new Map<string, Set<string>>();
  for (const { claims } of duplicates)
    for (const claim of claims) {
      const others = by.get(keyOf(claim)) ?? new Set();
      for (const { container } of claims)
        if (container !== claim.container)
          others.add(`${container.name} (${hostName(container.engineId, engines)})`);
      by.set(keyOf(claim), others);
    }
  const sorted = new Map([...by].map(([key, others]) => [key, [...others].sort(sortNatural)]));
  const nobody: readonly string[] = [];
  return (container, network) => sorted.get(keyOf({ container, network })) ?? nobody;
}
