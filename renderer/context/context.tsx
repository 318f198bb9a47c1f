import { createContext, use, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { TrunklineApi } from '../../shared/contract';
import type { AppInfo, Preferences } from '../../shared/model';
import type { Stores } from '../store';
import type { ChangesState } from '../store/changes';
import type { EnginesState } from '../store/engines';
import type { InventoryState } from '../store/inventory';
import type { Rates, TrafficKey } from '../store/traffic';
import type { SegmentsState } from '../store/segments';
import type { UiState } from '../store/ui';

export interface AppContextValue {
  api: TrunklineApi;
  stores: Stores;
  info: AppInfo;
}

export const AppContext = createContext<AppContextValue | null>(null);

/** The API, the stores and the facts about this console. */
export function useApp(): AppContextValue {
  const value = use(AppContext);
  if (!value) throw new Error('useApp outside of AppContext');
  return value;
}

export const useInventory = <T,>(select: (state: InventoryState) => T): T =>
  useStore(useApp().stores.inventory, select);

export const useUi = <T,>(select: (state: UiState) => T): T => useStore(useApp().stores.ui, select);

export const useChanges = <T,>(select: (state: ChangesState) => T): T =>
  useStore(useApp().stores.changes, select);

export const useSegments = <T,>(select: (state: SegmentsState) => T): T =>
  useStore(useApp().stores.segments, select);

export const useEngines = <T,>(select: (state: EnginesState) => T): T =>
  useStore(useApp().stores.engines, select);

export const usePreferences = <T,>(select: (state: Preferences) => T): T =>
  useStore(useApp().stores.preferences, select);

/** Nothing on an engine can be changed from here. */
export const useReadOnly = (): boolean => useApp().info.readOnly;

/** Live rates of one thing; renders only what shows it. */
export function useRates(key: TrafficKey): Rates | null {
  const { traffic } = useApp().stores;
  return useSyncExternalStore(
    (listener) => traffic.subscribe(key, listener),
    () => traffic.get(key),
  );
}
