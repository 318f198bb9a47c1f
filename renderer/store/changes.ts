import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ChangeProgress, ChangeRecord } from '../../shared/model';

/** Where a change under way stands on each of its hosts, by engine id. */
export type HostsProgress = Readonly<Record<string, ChangeProgress>>;

export interface ChangesState {
  /** Newest first. */
  records: ChangeRecord[];
  /** Changes under way, by id. */
  progress: Record<string, HostsProgress>;
}

export type ChangesStore = StoreApi<ChangesState>;

/** Whether a change runs on a segment now, an undo of one too. */
export const isChanging = ({ records, progress }: ChangesState, segmentId: string): boolean =>
  records.some(
    ({ id, state, segment }) => segment?.id === segmentId && (state === 'applying' || id in progress),
  );

/** As many records as a window keeps, and asks for. */
export const keptRecords = 400;

export const createChangesStore = (): ChangesStore =>
  createStore<ChangesState>(() => ({ records: [], progress: {} }));

/** A record replaces the earlier state of the same change, in its place. */
export const withRecord = (state: ChangesState, record: ChangeRecord): ChangesState => {
  const { [record.id]: under, ...others } = state.progress;
  const progress = record.state === 'applying' && under ? { ...others, [record.id]: under } : others;
  const known = state.records.some((each) => each.id === record.id);
  const records = known
    ? state.records.map((each) => (each.id === record.id ? record : each))
    : [record, ...state.records].slice(0, keptRecords);
  return { records, progress };
};

export const withProgress = (state: ChangesState, progress: ChangeProgress): ChangesState => ({
  ...state,
  progress: {
    ...state.progress,
    [progress.id]: { ...state.progress[progress.id], [progress.engineId]: progress },
  },
});
