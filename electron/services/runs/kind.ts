import type { RunKind, RunRequest, RunResult } from '../../../shared/model';

/** A run while it is under way, as its kind sees it. */
export interface RunHandle {
  /** On each helper container of it. */
  readonly id: string;
  /** Aborted when it is to end. What is found until then is its result. */
  readonly signal: AbortSignal;
  /** `done` of `of` steps are over. */
  progress(done: number, of: number): void;
  /** Something of it is about to be put on this engine: it is looked at when the run is over. */
  uses(engineId: string): void;
}

export type RequestOf<K extends RunKind> = Extract<RunRequest, { kind: K }>;
export type ResultOf<K extends RunKind> = Extract<RunResult, { kind: K }>;

/**
 * How a kind of run is carried out. Aborted it resolves with what it has, and has ended what it began by then. Rejects with a
 * `ProblemError` where nothing can be told.
 */
export type RunKinds = {
  readonly [K in RunKind]: (request: RequestOf<K>, handle: RunHandle) => Promise<ResultOf<K>>;
};
