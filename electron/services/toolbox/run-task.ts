import type { Disposable, KeptHelper } from '../../docker';
import type { StayingTask, Task } from '../../toolbox';

/** Does something on a host by the toolbox. Rejects with a `ProblemError`: without consent, too. */
export type RunTask = <I, O>(engineId: string, task: Task<I, O>, input: I) => Promise<O>;

/** Helpers that go on. All that reject do so with a `ProblemError`. */
export interface KeptHelpers {
  /** Rejects without consent, too. */
  keep<I, O, S extends object>(
    engineId: string,
    task: StayingTask<I, O, S>,
    spec: S,
    name: string,
  ): Promise<void>;
  /** Runs nothing there, so it needs no consent; nor do the others. */
  list(engineId: string, task: string): Promise<KeptHelper[]>;
  remove(engineId: string, name: string): Promise<void>;
  /** Its last line and those that follow. @param onEnd once, unless the engine's client was closed before */
  follow(engineId: string, name: string, onLine: (line: string) => void, onEnd: () => void): Disposable;
  /** Another one each time that the engine was lost: what was followed by the one before is not any more. */
  connection(engineId: string): unknown;
}
