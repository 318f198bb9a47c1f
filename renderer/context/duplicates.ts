import { useMemo } from 'react';
import { duplicatesOf, type AddressClaim, type DuplicateAddress } from '../../shared/rules';
import type { Container, Snapshot } from '../../shared/model';
import type { NetworkRef } from '../store/ui';
import { useInventory } from './context';

const known = new WeakMap<Snapshot, readonly DuplicateAddress[]>();

/** Read once for each picture, whoever asks. */
export function duplicatesIn(snapshot: Snapshot): readonly DuplicateAddress[] {
  const before = known.get(snapshot);
  if (before) return before;
  const found = duplicatesOf(snapshot);
  known.set(snapshot, found);
  return found;
}

/** The addresses that several containers of a LAN have. */
export const useDuplicates = (): readonly DuplicateAddress[] =>
  duplicatesIn(useInventory((state) => state.snapshot));

/** Those that a container has on any of these networks. */
export function useDuplicatesOn(networks: readonly NetworkRef[]): readonly DuplicateAddress[] {
  const all = useDuplicates();
  return useMemo(() => {
    const keys = new Set(networks.map(({ engineId, networkId }) => `${engineId}/${networkId}`));
    return all.filter(({ claims }) =>
      claims.some(({ network }) => keys.has(`${network.engineId}/${network.id}`)),
    );
  }, [all, networks]);
}

/** Who else has an address that a container has on a network. */
export const othersWith = (
  { address, claims }: DuplicateAddress,
  { engineId, id }: Pick<Container, 'engineId' | 'id'>,
): { address: string; others: AddressClaim[] } => ({
  address,
  others: claims.filter(({ container }) => container.engineId !== engineId || container.id !== id),
});
