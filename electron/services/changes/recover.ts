import type { RecoverAction, Step } from '../../../shared/model';
import type { Run } from '../journal';
import { finished, type Outcome } from './run';
import type { Walk } from './walk';
import { isLost, LostError, problemOf } from './walk';
import { verifySteps } from './verify';

/** Whether the steps of a run are to be done, to have the engine as `action` says: an undo's steps take a change back. */
export const goesForward = (run: Run, action: Exclude<RecoverAction, 'keep'>): boolean =>
  (action === 'finish') === (run.kind === 'apply');

async function verifyBack(walk: Walk, sent: Step[]): Promise<Outcome> {
  await walk.patiently(() => verifySteps(walk.client, sent, []));
  return { ok: true, inverse: null };
}

/**
 * Brings one host of a run that was cut off to one of its ends. The engine is asked first what became of the call in doubt,
 * and what is already as it should be is left so: it can be cut off itself, and done again. Where a step fails nothing is
 * taken back: the admin decides anew, from where it stands then.
 */
export async function recoverWalk(walk: Walk, forward: boolean): Promise<Outcome> {
  try {
    await walk.resume();
    if (!forward) return await verifyBack(walk, await walk.back());
    await walk.forward(true);
    return await finished(walk);
  } catch (error) {
    const found = error instanceof LostError ? error.problem : problemOf(error);
    return { ok: false, problem: found, rolledBack: false, ...(isLost(error) ? { open: true } : {}) };
  }
}
