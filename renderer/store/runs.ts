import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Run, RunState } from '../../shared/model';

export interface RunsState {
  /** Newest first: those under way, and the last that are over. */
  runs: readonly Run[];
}

export type RunsStore = StoreApi<RunsState>;

export const createRunsStore = (): RunsStore => createStore<RunsState>(() => ({ runs: [] }));

/** More than the console keeps. */
const kept = 100;

const stages: Record<RunState, number> = { running: 0, cancelling: 1, done: 2, cancelled: 2, failed: 2 };

/** A list and the pushes come by different ways: what says less of a run than is known came late. */
const isBehind = (run: Run, known: Run): boolean =>
  stages[run.state] < stages[known.state] ||
  (run.state === known.state && run.progress.done < known.progress.done);

/** A run that has begun, or come further. */
export function withRun({ runs }: RunsState, run: Run): RunsState {
  const known = runs.find(({ id }) => id === run.id);
  if (!known) return { runs: [run, ...runs].slice(0, kept) };
  if (isBehind(run, known)) return { runs };
  return { runs: runs.map((each) => (each === known ? run : each)) };
}
