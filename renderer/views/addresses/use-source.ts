import { useMemo } from 'react';
import type { AddressPlan } from '../../../shared/model';
import { hostName, type ExportSource } from '../../../shared/rules';
import { useInventory } from '../../context/context';
import { useLeases } from '../../context/leases';
import { findNetwork } from '../../store/inventory';
import { leaseOn } from '../../store/leases';

/** What a LAN is written from, and what a text is compared with. */
export function useSource(plan: AddressPlan, network: string): ExportSource {
  const snapshot = useInventory((state) => state.snapshot);
  const leases = useLeases();
  return useMemo(() => {
    const networkOf = (engineId: string, id: string) => findNetwork(snapshot, engineId, id)?.name ?? id;
    return {
      plan,
      network,
      networkOf,
      hostOf: (id) => hostName(id, snapshot.engines),
      leases: (engineId, containerId, networkId) =>
        leaseOn(leases, engineId, containerId, networkOf(engineId, networkId)) !== undefined,
    };
  }, [plan, network, snapshot, leases]);
}
