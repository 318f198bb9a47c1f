import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Container, Delta, Engine, Network, Problem, Snapshot } from '../../shared/model';
import { applyDelta } from '../../shared/rules';

export interface InventoryState {
  /** `loading` until the first snapshot; `lost` while the pushes don't flow and what is shown may be old. */
  phase: 'loading' | 'ready' | 'lost' | 'failed';
  problem: Problem | null;
  snapshot: Snapshot;
}

export type InventoryStore = StoreApi<InventoryState>;

export const emptySnapshot: Snapshot = { revision: -1, engines: [], networks: [], containers: [] };

export const createInventoryStore = (): InventoryStore =>
  createStore<InventoryState>(() => ({ phase: 'loading', problem: null, snapshot: emptySnapshot }));

/** Pure transitions. */
export const withSnapshot = (_state: InventoryState, snapshot: Snapshot): InventoryState => ({
  phase: 'ready',
  problem: null,
  snapshot,
});

export const withDelta = (state: InventoryState, delta: Delta): InventoryState => {
  const snapshot = applyDelta(state.snapshot, delta);
  return snapshot === state.snapshot ? state : { ...state, snapshot };
};

export const withFailure = (state: InventoryState, problem: Problem): InventoryState => ({
  ...state,
  phase: state.snapshot.revision < 0 ? 'failed' : 'lost',
  problem,
});

export const findEngine = (snapshot: Snapshot, engineId: string): Engine | undefined =>
  snapshot.engines.find((engine) => engine.id === engineId);

export const findNetwork = (snapshot: Snapshot, engineId: string, id: string): Network | undefined =>
  snapshot.networks.find((network) => network.id === id && network.engineId === engineId);

export const findContainer = (snapshot: Snapshot, engineId: string, id: string): Container | undefined =>
  snapshot.containers.find((container) => container.id === id && container.engineId === engineId);
