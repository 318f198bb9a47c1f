import type { Task } from '../../toolbox';

/** Does something on a host by the toolbox. Rejects with a `ProblemError`: without consent, too. */
export type RunTask = <I, O>(engineId: string, task: Task<I, O>, input: I) => Promise<O>;
