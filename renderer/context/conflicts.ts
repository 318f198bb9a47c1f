import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { AddressConflict } from '../../shared/model';
import { useApp, useInventory } from './context';

const none: readonly AddressConflict[] = [];

/** Addresses of containers for which another device answers on their LAN. Of a host that does not answer nobody knows it now. */
export function useConflicts(): readonly AddressConflict[] {
  const told = useStore(useApp().stores.host, (state) => state.conflicts) ?? none;
  const engines = useInventory((state) => state.snapshot.engines);
  return useMemo(() => {
    const online = new Set(engines.filter(({ state }) => state === 'online').map(({ id }) => id));
    return told.length === 0 ? none : told.filter(({ engineId }) => online.has(engineId));
  }, [told, engines]);
}

/** That of a container on a network. */
export const useConflictOn = (
  engineId: string,
  containerId: string,
  networkId: string,
): AddressConflict | undefined =>
  useConflicts().find(
    (each) => each.engineId === engineId && each.containerId === containerId && each.networkId === networkId,
  );
