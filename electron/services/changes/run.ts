import { ProblemError, type Problem, type Step } from '../../../shared/model';
import type { EngineClient } from '../../docker';
import { runStep, type Done } from './steps';
import { verifySteps } from './verify';

/** How a list of steps ended: done, with what takes it back, or failed, with the engine as before or not. */
export type Outcome =
  | { ok: true; inverse: Step[] | null; networkId?: string }
  | { ok: false; problem: Problem; rolledBack: boolean };

export type OnPhase = (phase: 'step' | 'verify' | 'rollback', step: number) => void;

export const problemOf = (error: unknown): Problem =>
  error instanceof ProblemError
    ? error.problem
    : { code: 'internal', message: error instanceof Error ? error.message : String(error) };

/** Null when a step can't be taken back: then the whole can't. */
const inverseOf = (done: Done[]): Step[] | null => {
  const steps = done.map((each) => each.inverse).reverse();
  return steps.every((step) => step !== null) ? steps : null;
};

/**
 * A network that was made in this run has an id that no plan could know, and one that was made anew has another id than
 * the steps after it say: once a step has made a network, its name means that one.
 */
class MadeNetworks {
  private readonly ids = new Map<string, string>();

  resolve(step: Step): Step {
    if (step.op === 'create-network') return step;
    const networkId = this.ids.get(step.networkName);
    return networkId ? { ...step, networkId } : step;
  }

  note(step: Step, done: Done): void {
    if (step.op === 'create-network' && done.networkId) this.ids.set(step.networkName, done.networkId);
    else if (step.op === 'remove-network') this.ids.delete(step.networkName);
  }
}

/** Runs the steps in order, verifies them on the engine, and takes all back when one fails. */
export async function runSteps(client: EngineClient, steps: Step[], onPhase: OnPhase): Promise<Outcome> {
  const done: Done[] = [];
  const made = new MadeNetworks();
  const ran: Step[] = [];
  try {
    for (const [index, planned] of steps.entries()) {
      onPhase('step', index);
      const step = made.resolve(planned);
      const each = await runStep(client, step);
      made.note(step, each);
      done.push(each);
      ran.push(step);
    }
    onPhase('verify', steps.length);
    await verifySteps(client, ran, done);
  } catch (error) {
    return rollBack(client, done, problemOf(error), onPhase);
  }
  const networkId = done.findLast((each) => each.networkId)?.networkId;
  return { ok: true, inverse: inverseOf(done), ...(networkId ? { networkId } : {}) };
}

async function rollBack(
  client: EngineClient,
  done: Done[],
  problem: Problem,
  onPhase: OnPhase,
): Promise<Outcome> {
  if (problem.code === 'rollback_failed') return { ok: false, problem, rolledBack: false };
  const made = new MadeNetworks();
  for (const [index, each] of [...done].reverse().entries()) {
    onPhase('rollback', index);
    try {
      if (!each.inverse) throw new Error('this step can’t be taken back');
      const step = made.resolve(each.inverse);
      made.note(step, await runStep(client, step));
    } catch (error) {
      return { ok: false, problem: rollbackFailed(problem, problemOf(error)), rolledBack: false };
    }
  }
  return { ok: false, problem, rolledBack: true };
}

const rollbackFailed = (first: Problem, second: Problem): Problem => ({
  ...first,
  code: 'rollback_failed',
  message: `${first.message} Putting things back failed too: ${second.message}`,
  hint: 'Look at the container’s networks as they are now, and attach or detach by hand what is missing.',
  params: { ...first.params, first: first.message, second: second.message },
  engineText: [first.engineText, second.engineText].filter(Boolean).join(' / ') || undefined,
});
