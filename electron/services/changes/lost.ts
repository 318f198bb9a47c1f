import { ProblemError, type Problem } from '../../../shared/model';
import { unexpected } from '../../../shared/texts';

export const problemOf = (error: unknown): Problem =>
  error instanceof ProblemError ? error.problem : unexpected(error);

/**
 * Whether the engine itself has refused: then nothing was done. Without an answer, or with that of a proxy which waited in
 * vain (502 to 504), it may have been; and with an engine's own 500 in words that nobody knows, which may tell of something
 * that went wrong afterwards.
 */
export function refused(error: unknown): boolean {
  const { code, params } = problemOf(error);
  const status = Number(params?.['status'] ?? 0);
  return status >= 400 && (status < 500 || (status === 500 && code !== 'engine_error'));
}

const lostCodes: readonly string[] = ['engine_unreachable', 'engine_timeout'];
/** Whether nobody is there to answer, so that trying again later makes sense. */
export const isLost = (error: unknown): boolean =>
  lostCodes.includes(problemOf(error).code) || problemOf(error).code.startsWith('ssh_');

/** The engine is gone, and whether the last call was carried out is not known. */
export class LostError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}
