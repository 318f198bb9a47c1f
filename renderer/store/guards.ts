import { createStore, type StoreApi } from 'zustand/vanilla';
import type { GuardStatus } from '../../shared/model';

export interface GuardsState {
  /** Null until the main process has told them. */
  guards: readonly GuardStatus[] | null;
}

export type GuardsStore = StoreApi<GuardsState>;

export const createGuardsStore = (): GuardsStore => createStore<GuardsState>(() => ({ guards: null }));
