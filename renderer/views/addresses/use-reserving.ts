import { useMemo } from 'react';
import type { Network, ReservedRange, Segment } from '../../../shared/model';
import { sharedSubnetNetworks, withoutReserved, withReserved, type RangeEnds } from '../../../shared/rules';
import { useApp, useInventory } from '../../context/context';
import { useSegmentScene } from '../../context/segments';
import type { Back } from '../../store/ui';

export interface Reserving {
  /** In whose plan reservations of the LAN are kept; null where none is. */
  segment: Segment | null;
  /** Whether the plan has any of it: a guard and a lease keep addresses too, and are let go elsewhere. */
  planned: (ends: RangeEnds) => boolean;
  reserve: (range: ReservedRange, back: Back) => void;
  release: (ends: RangeEnds, back: Back) => void;
}

/** Reservations of a network's LAN: a change of its segment's plan each, previewed first. */
export function useReserving(network: Network | undefined): Reserving {
  const { stores } = useApp();
  const networks = useInventory((state) => state.snapshot.networks);
  const { segments } = useSegmentScene();
  const segment = useMemo(() => {
    const lan = network ? sharedSubnetNetworks(network, networks) : [];
    const isOn = ({ engineId, networkId }: { engineId: string; networkId: string | null }) =>
      lan.some((each) => each.engineId === engineId && each.id === networkId);
    return segments.find(({ members }) => members.some(isOn))?.segment ?? null;
  }, [network, networks, segments]);
  const open = (reserved: ReservedRange[], back: Back) => {
    if (!segment) return;
    const { id, members: _members, ...draft } = segment;
    stores.ui.setState({
      dialog: {
        kind: 'segment-change',
        request: {
          kind: 'edit-segment',
          segmentId: id,
          segment: { ...draft, reserved },
          hosts: [],
          basedOn: segment,
        },
        back,
      },
    });
  };
  const now = segment?.reserved ?? [];
  return {
    segment,
    planned: (ends) => {
      const left = withoutReserved(now, ends);
      return left.length !== now.length || left.some((range) => !now.includes(range));
    },
    reserve: (range, back) => open(withReserved(now, range), back),
    release: (ends, back) => open(withoutReserved(now, ends), back),
  };
}
