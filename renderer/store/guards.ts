import { createStore, type StoreApi } from 'zustand/vanilla';
import type { GuardStatus } from '../../shared/model';
import { guardKey } from '../../shared/rules';

export interface GuardsState {
  /** Null until the main process has told them. Those that stand as before are the same objects. */
  guards: readonly GuardStatus[] | null;
}

/** By their keys; made once for each list. */
const indexes = new WeakMap<readonly GuardStatus[], ReadonlyMap<string, GuardStatus>>();

/** The guard of that key; undefined where there is none. */
export function guardIn({ guards }: GuardsState, key: string): GuardStatus | undefined {
  if (!guards) return undefined;
  const index = indexes.get(guards) ?? new Map(guards.map((one) => [guardKey(one), one]));
  indexes.set(guards, index);
  return index.get(key);
}

export type GuardsStore = StoreApi<GuardsState>;

export const createGuardsStore = (): GuardsStore => createStore<GuardsState>(() => ({ guards: null }));
