import type { Problem } from '../texts/shapes';

export * from '../texts/shapes';

/** A {@link Problem} as a throwable, for use inside one process; it never crosses a transport. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.message, options);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/** The answer to every command: nothing throws across a transport. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: Problem };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });
export const fail = (error: Problem): Result<never> => ({ ok: false, error });

/** Makes the compiler prove that a union was handled to its end. */
export function assertNever(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}
