import { useMemo } from 'react';
import type { Network, ReservedRange, Segment } from '../../../shared/model';
import { sharedSubnetNetworks, withoutReserved, withReserved, type RangeEnds } from '../../../shared/rules';
import { useApp, useInventory } from '../../context/context';
import { useSegmentScene } from '../../context/segments';
import type { Back } from '../../store/ui';

export interface Reserving {
  /** In whose plan reservations of the LAN are kept; null where none is. */
  segment: Segment | null;
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
  return {
    segment,
    reserve: (range, back) => open(withReserved(segment?.reserved ?? [], range), back),
    release: (ends, back) => open(withoutReserved(segment?.reserved ?? [], ends), back),
  };
}
