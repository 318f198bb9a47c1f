import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { DhcpStatus, Snapshot } from '../../shared/model';
import { leaseOn, withLeases } from '../store/leases';
import { useApp } from './context';

const none: readonly DhcpStatus[] = [];

/** Attachments whose addresses the LAN's own DHCP server gives. */
export const useLeases = (): readonly DhcpStatus[] =>
  useStore(useApp().stores.host, (state) => state.leases) ?? none;

export function useLeaseOn(
  engineId: string,
  containerId: string,
  networkName: string,
): DhcpStatus | undefined {
  return leaseOn(useLeases(), engineId, containerId, networkName);
}

/** The inventory with the addresses that containers really have. */
export function useLeased(snapshot: Snapshot): Snapshot {
  const leases = useLeases();
  return useMemo(() => withLeases(snapshot, leases), [snapshot, leases]);
}
