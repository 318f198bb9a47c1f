import { ProblemError, type Problem, type RecoverAction, type Step } from '../../../shared/model';
import type { Run } from '../storage/journal';
import { goneContainers, stillThere } from './gone';
import { othersWork } from './others-work';
import { checkClash, finished, rollbackFailed, verifyAll, type Clash, type Outcome } from './run';
import type { StepRunner } from './step-runner';
import { isLost, LostError, problemOf } from './lost';

/** Whether the steps of a run are to be done, to have the engine as `action` says: an undo's steps take a change back. */
export const goesForward = (run: Run, action: Exclude<RecoverAction, 'keep'>): boolean =>
  (action === 'finish') === (run.kind === 'apply');

interface Ended {
  sent: readonly Step[];
  outcome: Outcome;
}

/** A change whose container is gone does not stand, whatever else is done. */
async function checkContainers(runner: StepRunner): Promise<void> {
  const found = await runner.patiently(() => goneContainers(runner.client, runner.host.steps));
  const [gone] = found.values();
  if (gone) throw gone;
}

/** Of steps that were done, those that are read back: all, where all has to be there. */
const readBack = async (
  runner: StepRunner,
  steps: readonly Step[],
  past: boolean,
): Promise<readonly Step[]> =>
  past ? runner.patiently(() => stillThere(runner.client, steps, runner.host)) : steps;

async function allBack(runner: StepRunner, past: boolean): Promise<Ended> {
  const { sent: all, gone } = await runner.back();
  const sent = await readBack(runner, all, past);
  const found = await runner.patiently(() => verifyAll(runner, sent));
  if (gone) throw gone;
  return { sent, outcome: { ok: true, inverse: null, readBack: found } };
}

async function allDone(runner: StepRunner, past: boolean): Promise<Ended> {
  await runner.forward(true);
  const sent = await readBack(runner, runner.sent(), past);
  return { sent, outcome: await finished(runner, sent, undefined, true) };
}

async function clashOf(
  runner: StepRunner,
  { sent }: Ended,
  clash: Clash | undefined,
): Promise<Problem | null> {
  try {
    await checkClash(runner, sent, clash);
    return null;
  } catch (error) {
    if (error instanceof LostError || isLost(error)) throw error;
    return problemOf(error);
  }
}

/** Somebody else has got an address in the meantime: it stands again as it was found, and stays cut off. */
async function giveWay(runner: StepRunner, stood: number, found: Problem): Promise<Outcome> {
  try {
    await runner.forward(true, stood);
    await runner.back(stood);
    return { ok: false, problem: found, rolledBack: false };
  } catch (error) {
    const second = error instanceof LostError ? error.problem : problemOf(error);
    const lost = error instanceof LostError || isLost(error);
    const both = rollbackFailed(runner.host.engineName, found, second);
    return { ok: false, problem: both, rolledBack: false, ...(lost ? { open: true } : {}) };
  }
}

/**
 * Brings one host of a run that was cut off to one of its ends. The engine is asked first what became of the call in doubt,
 * and what is already as it should be is left so: it can be cut off itself, and done again. Where a step fails nothing is
 * taken back: the admin decides anew, from where it stands then.
 *
 * @param past what another hand has removed meanwhile keeps it from nothing, see {@link RunnerContext}
 */
export async function recoverSteps(
  runner: StepRunner,
  forward: boolean,
  clash?: Clash,
  past = false,
): Promise<Outcome> {
  try {
    const others = await runner.patiently(() => othersWork(runner.client, runner.host, forward));
    if (others) throw new ProblemError(others);
    await runner.resume();
    if (!past) await checkContainers(runner);
    const stood = runner.host.done.length;
    const ended = forward ? await allDone(runner, past) : await allBack(runner, past);
    const found = await clashOf(runner, ended, clash);
    return found ? await giveWay(runner, stood, found) : ended.outcome;
  } catch (error) {
    const found = error instanceof LostError ? error.problem : problemOf(error);
    return { ok: false, problem: found, rolledBack: false, ...(isLost(error) ? { open: true } : {}) };
  }
}
