import type { Problem, RecoverAction, Step } from '../../../shared/model';
import type { Run } from '../storage/journal';
import { checkClash, finished, rollbackFailed, verifyAll, type Clash, type Outcome } from './run';
import { GoneError, type Back, type Walk } from './walk';
import { isLost, LostError, problemOf } from './lost';

/** Whether the steps of a run are to be done, to have the engine as `action` says: an undo's steps take a change back. */
export const goesForward = (run: Run, action: Exclude<RecoverAction, 'keep'>): boolean =>
  (action === 'finish') === (run.kind === 'apply');

interface Ended {
  sent: Step[];
  outcome: Outcome;
}

async function verifyBack(walk: Walk, { sent, gone }: Back): Promise<Ended> {
  await walk.patiently(() => verifyAll(walk, sent, []));
  if (gone) throw gone;
  return { sent, outcome: { ok: true, inverse: null } };
}

async function allDone(walk: Walk): Promise<Ended> {
  await walk.forward(true);
  const outcome = await finished(walk);
  return { sent: walk.host.steps.map((step) => walk.resolve(step)), outcome };
}

async function clashOf(walk: Walk, { sent }: Ended, clash: Clash | undefined): Promise<Problem | null> {
  try {
    await checkClash(walk, sent, clash);
    return null;
  } catch (error) {
    if (error instanceof LostError || isLost(error)) throw error;
    return problemOf(error);
  }
}

/** Somebody else has got an address in the meantime: it stands again as it was found, and stays cut off. */
async function giveWay(walk: Walk, stood: number, found: Problem): Promise<Outcome> {
  try {
    await walk.forward(true, stood);
    const { gone } = await walk.back(stood);
    if (gone) throw gone;
    return { ok: false, problem: found, rolledBack: false };
  } catch (error) {
    const second = error instanceof LostError ? error.problem : problemOf(error);
    const lost = error instanceof LostError || isLost(error);
    const both = rollbackFailed(walk.host.engineName, found, second, error instanceof GoneError);
    return { ok: false, problem: both, rolledBack: false, ...(lost ? { open: true } : {}) };
  }
}

/**
 * Brings one host of a run that was cut off to one of its ends. The engine is asked first what became of the call in doubt,
 * and what is already as it should be is left so: it can be cut off itself, and done again. Where a step fails nothing is
 * taken back: the admin decides anew, from where it stands then.
 */
export async function recoverWalk(walk: Walk, forward: boolean, clash?: Clash): Promise<Outcome> {
  try {
    await walk.resume();
    const stood = walk.host.done.length;
    const ended = forward ? await allDone(walk) : await verifyBack(walk, await walk.back());
    const found = await clashOf(walk, ended, clash);
    return found ? await giveWay(walk, stood, found) : ended.outcome;
  } catch (error) {
    const found = error instanceof LostError ? error.problem : problemOf(error);
    return { ok: false, problem: found, rolledBack: false, ...(isLost(error) ? { open: true } : {}) };
  }
}
