import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ChangeProgress, ChangeRecord } from '../../shared/model';

export interface ChangesState {
  /** Newest first. */
  records: ChangeRecord[];
  /** Changes under way, by id. */
  progress: Record<string, ChangeProgress>;
}

export type ChangesStore = StoreApi<ChangesState>;

const kept = 200;

export const createChangesStore = (): ChangesStore =>
  createStore<ChangesState>(() => ({ records: [], progress: {} }));

/** A record replaces the earlier state of the same change, in its place. */
export const withRecord = (state: ChangesState, record: ChangeRecord): ChangesState => {
  const { [record.id]: _done, ...progress } = state.progress;
  const known = state.records.some((each) => each.id === record.id);
  const records = known
    ? state.records.map((each) => (each.id === record.id ? record : each))
    : [record, ...state.records].slice(0, kept);
  return { records, progress };
};

export const withProgress = (state: ChangesState, progress: ChangeProgress): ChangesState => ({
  ...state,
  progress: { ...state.progress, [progress.id]: progress },
});
