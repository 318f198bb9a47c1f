import { ProblemError, type Guard, type GuardStatus, type Problem } from '../../../shared/model';
import { guardRivals, type GuardJudgement, type Inventory } from '../../../shared/rules';
import { unexpected } from '../../../shared/texts';

/** Milliseconds. What could not be given back is tried again, less and less often. */
const times = { firstRetry: 1_000, lastRetry: 300_000 };

/** A container is off its network each time that giving back fails in the midst: so often, and no more. */
const mostCuts = 3;

/** What is known of one guard beside the engines; lost with the process. */
export interface Mark {
  busy: boolean;
  problem?: Problem;
  /** For which container it failed. */
  failedFor?: string;
  /** That was before anything was asked of its engine, by what is known: another one that is to get something back may be in its way. */
  refused?: boolean;
  /** It was given back to this container, and nobody has seen yet that it has it. */
  unseen?: { containerId: string; problem: Problem };
  /** How often that was in the midst. */
  cuts: number;
  retryMs: number;
  /** By the console's clock, milliseconds. */
  retryAt: number;
  /** The admin wants this container to get it back, whatever the guard makes of it. */
  insists?: string;
  /** Since when its container is seen to lack it; absent while it has it, and where it was never seen to. */
  lostAt?: number;
  /** It was seen to have all of it. */
  had: boolean;
  /** Since when that does not run: somebody else may have its addresses on the LAN. 0: it did not when it was seen first. */
  restsSince?: number;
}

export const newMark = (): Mark => ({
  busy: false,
  cuts: 0,
  retryMs: times.firstRetry,
  retryAt: 0,
  had: false,
});

/** Nothing stands in the way of another try. */
export function clear(mark: Mark): void {
  delete mark.problem;
  delete mark.failedFor;
  delete mark.refused;
  delete mark.unseen;
  Object.assign(mark, { cuts: 0, retryMs: times.firstRetry, retryAt: 0 });
}

/**
 * It was given back. Where that is not seen to be so, it is not done once more at once.
 *
 * @param unseen what is said until then
 * @param now as below
 */
export function noteDone(mark: Mark, unseen: NonNullable<Mark['unseen']>, now: number): void {
  mark.unseen = unseen;
  delete mark.problem;
  delete mark.failedFor;
  delete mark.refused;
  delete mark.insists;
  mark.retryAt = now + mark.retryMs;
  mark.retryMs = Math.min(mark.retryMs * 2, times.lastRetry);
}

/** It could not be given back. @param now milliseconds by the console's clock */
export function noteFailure(mark: Mark, containerId: string, error: unknown, now: number): void {
  const problem = error instanceof ProblemError ? error.problem : unexpected(error);
  delete mark.refused;
  delete mark.unseen;
  const midst = problem.params?.['rolledBack'] !== undefined;
  Object.assign(mark, { problem, failedFor: containerId, cuts: mark.cuts + (midst ? 1 : 0) });
  mark.retryAt = mark.cuts >= mostCuts ? Infinity : now + mark.retryMs;
  mark.retryMs = Math.min(mark.retryMs * 2, times.lastRetry);
}

/** Something has changed elsewhere: what was refused before anything was done may be possible now. */
export function hurry(mark: Mark, now: number): void {
  if (mark.problem && mark.cuts === 0) mark.retryAt = Math.min(mark.retryAt, now + times.firstRetry);
}

/** The others that keep its addresses, too. */
export function rivalsOf(guard: Guard, world: Inventory): Pick<GuardStatus, 'rivals'> {
  const rivals = guardRivals(guard, world).map(({ guard: { engineId, containerName }, ...one }) => ({
    ...{ engineId, containerName },
    ...one,
  }));
  return rivals.length > 0 ? { rivals } : {};
}

/** How a guard stands by what is there and by what was tried. */
export function statusOf(
  guard: Guard,
  judged: GuardJudgement,
  mark: Mark | undefined,
  readOnly: boolean,
): GuardStatus {
  const { differences } = judged;
  const current = 'container' in judged ? judged.container.id : null;
  const told = (state: GuardStatus['state'], problem?: Problem): GuardStatus => ({
    ...guard,
    ...{ state, current, differences },
    ...(problem && { problem }),
  });
  if (readOnly && judged.state !== 'kept') return told('waiting');
  // Until the change is over nobody can say that it stays.
  if (mark?.busy) return told('restoring');
  if (judged.state === 'failed' || judged.state === 'barred') return told(judged.state, judged.problem);
  const failed = mark?.problem !== undefined && mark.failedFor === current;
  const wanted = judged.state === 'restoring' || (judged.state === 'asked' && mark?.insists === current);
  if (failed && wanted) return told(mark.retryAt === Infinity ? 'stuck' : 'failed', mark.problem);
  if (wanted && mark?.unseen?.containerId === current) return told('failed', mark.unseen.problem);
  return told(judged.state);
}
