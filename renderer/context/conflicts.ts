import { useStore } from 'zustand';
import type { AddressConflict } from '../../shared/model';
import { useApp } from './context';

const none: readonly AddressConflict[] = [];

/** Addresses of containers for which another device answers on their LAN. */
export const useConflicts = (): readonly AddressConflict[] =>
  useStore(useApp().stores.host, (state) => state.conflicts) ?? none;

/** That of a container on a network. */
export const useConflictOn = (
  engineId: string,
  containerId: string,
  networkId: string,
): AddressConflict | undefined =>
  useConflicts().find(
    (each) => each.engineId === engineId && each.containerId === containerId && each.networkId === networkId,
  );
