import { useMemo } from 'react';
import { useInventory } from '../../context/context';
import { useSegmentTags } from '../../context/segments';
import { findLans, type Lan, type Occupied } from '../../graph';

/** All LANs, whatever the picture's filters hide. */
export function useLans(): Lan[] {
  const networks = useInventory((state) => state.snapshot.networks);
  const { tags } = useSegmentTags();
  return useMemo(() => findLans(networks, tags), [networks, tags]);
}

/** Each subnet once, in the networks' order. */
export const subnetsOf = (groups: readonly Occupied[]): string[] => [
  ...new Set(groups.flatMap(({ network }) => network.subnets.map(({ subnet }) => subnet))),
];

/** Each container once, though it may be on several of the networks. */
export const containerCount = (groups: readonly Occupied[]): number =>
  new Set(
    groups.flatMap(({ occupants }) =>
      occupants.map(({ container }) => `${container.engineId}/${container.id}`),
    ),
  ).size;
