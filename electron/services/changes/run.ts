import {
  isHostStep,
  policyKindOf,
  ProblemError,
  type HostStep,
  type Problem,
  type Reason,
  type Step,
  type UndoException,
} from '../../../shared/model';
import { lastConnects } from '../../../shared/rules';
import { atHost, problem, problemReason, reason, reasonText } from '../../../shared/texts';
import type { EngineClient } from '../../docker';
import type { Done } from '../storage/journal';
import { isGone, stillThere } from './gone';
import { saysLeftOnHost, verifyOnHost } from './host-steps';
import { byNames } from './last-names';
import { isLost, LostError, problemOf } from './lost';
import { isLeft, saysLeftover, sendStep } from './steps';
import { isOthersNow } from './others-work';
import { OthersError, type StepRunner } from './step-runner';
import { verifyContainers, verifyNetworks, type OnUnlike, type ReadBack } from './verify';

/**
 * How a list of steps ended: done, with what takes it back, or failed, with the engine as before or not. `open`: the
 * engine was lost on the way, and the journal says how far it came; it can be gone on from there.
 */
export type Outcome =
  | {
      ok: true;
      inverse: Step[] | null;
      networkId?: string;
      readBack: ReadBack[];
      /** What was carried over, and the engine does not show. */
      exceptions?: UndoException[];
    }
  | { ok: false; problem: Problem; rolledBack: boolean; open?: true };

/** Whether somebody else has an address that steps have just given a container: see `LanAddresses.clash`. */
export type Clash = (client: EngineClient, sent: readonly Step[]) => Promise<Problem | null>;

/** Why an address that is to be given back can't be any more: see `LanAddresses.takenSince`. */
export type Taken = (client: EngineClient, back: readonly Step[]) => Promise<Problem | null>;

/**
 * Reads back once more, and gives what there was; null where there is nothing to ask. Rejects when an address is somebody else's, too: what was sent must not stay. To ask the LAN takes its time, in which another
 * hand may undo what was read back before.
 */
export async function checkClash(
  runner: StepRunner,
  sent: readonly Step[],
  clash: Clash | undefined,
): Promise<ReadBack[] | null> {
  if (!clash) return null;
  const found = await runner.patiently(() => clash(runner.client, sent));
  if (found) throw new ProblemError(found);
  return runner.patiently(() => verifyContainers(runner.client, sent));
}

/** Null when a step can't be taken back: then the whole can't. */
const inverseOf = (done: readonly Done[]): Step[] | null => {
  const steps = done.map((each) => each.inverse).reverse();
  return steps.every((step) => step !== null) ? steps : null;
};

/**
 * Reads back what steps should have left, on the engine and on its host.
 *
 * @param unlike with all that was asked for. What is taken back is compared with its pictures later, and stands with what they
 *   show otherwise
 */
export async function verifyAll(
  runner: StepRunner,
  sent: readonly Step[],
  unlike?: OnUnlike,
): Promise<ReadBack[]> {
  const found = await verifyContainers(runner.client, sent, unlike);
  await verifyNetworks(runner.client, sent, runner.host, unlike);
  const onHost = sent.filter(isHostStep);
  for (const kind of new Set(onHost.map(policyKindOf))) {
    const steps = onHost.filter((step) => policyKindOf(step) === kind);
    await verifyOnHost(runner.accessFor(steps[0] as HostStep), steps);
  }
  return found;
}

/**
 * Verifies the steps of a runner, all of them being done, and says what they came to.
 *
 * @param sent those that are read back
 * @param late it was cut off: what it asked for besides addresses can't be left out of it any more
 */
export async function finished(
  runner: StepRunner,
  sent: readonly Step[],
  clash?: Clash,
  late = false,
): Promise<Outcome> {
  const { steps, done } = runner.host;
  runner.tell('verify', steps.length);
  let exceptions: UndoException[] = [];
  const unlike: OnUnlike = (one, error) => {
    if (!late && (one.container === undefined || !runner.carries)) throw error;
    exceptions.push(one);
  };
  const found = await runner.patiently(() => {
    exceptions = [];
    return verifyAll(runner, sent, runner.undoes ? undefined : unlike);
  });
  const readBack = (await checkClash(runner, sent, clash)) ?? found;
  const networkId = done.findLast((each) => each.networkId)?.networkId;
  return {
    ok: true,
    inverse: inverseOf(done),
    readBack,
    ...(networkId ? { networkId } : {}),
    ...(exceptions.length > 0 ? { exceptions } : {}),
  };
}

/** Does the steps of a runner in order, verifies them on the engine, and takes all back when one fails. */
export async function doSteps(runner: StepRunner, clash?: Clash, taken?: Taken): Promise<Outcome> {
  try {
    await runner.forward();
    return await finished(runner, runner.sent(), clash);
  } catch (error) {
    if (error instanceof LostError)
      return { ok: false, problem: error.problem, rolledBack: false, open: true };
    return takeBack(runner, problemOf(error), taken);
  }
}

type ConnectStep = Extract<Step, { op: 'connect' }>;

/** A part of a sentence, in English and for the window. */
interface Told {
  message: string;
  reason: Reason;
}

/** What was wrong at first is said with it. */
class TakenError extends ProblemError {
  /** The same without what was wrong at first. */
  readonly notBack: Told;

  constructor(step: ConnectStep, holder: Problem, first: Problem, engineId: string) {
    const { ipv4, ipv6 } = step.endpoint;
    const address = String(holder.params?.['address'] ?? ipv4 ?? ipv6 ?? '');
    const names = { container: step.containerName, network: step.networkName, address };
    const params = {
      ...({ context: 'taken', ...names } as const),
      first: first.message,
      detail: holder.message,
    };
    super({
      ...problem('rollback_failed', params, { engineId }),
      reasons: { first: problemReason(first), detail: problemReason(holder) },
      ...(first.engineText ? { engineText: first.engineText } : {}),
    });
    this.notBack = {
      message: reasonText(reason('not_back', { ...names, why: holder.message })),
      reason: reason('not_back', { ...names, why: problemReason(holder) }),
    };
  }
}

/**
 * Puts back what a runner did, and gives what was sent for it. An address that another has come to have meanwhile is not given back: nobody on the LAN could
 * use it. Nor is taken away what another hand has attached meanwhile. It is looked for before the connect, and, for those who came at the same moment, after it.
 */
async function backUnlessTaken(
  runner: StepRunner,
  first: Problem,
  taken: Taken | undefined,
): Promise<Step[]> {
  const check = async (step: Step) => {
    if (step.op !== 'connect' || !taken) return;
    const holder = await taken(runner.client, [step]);
    if (!holder) return;
    // One that is gone misses no address.
    await runner.client.container(step.containerId).catch(byNames(step));
    throw new TakenError(step, holder, first, runner.host.engineId);
  };
  const { sent } = await runner.back(0, async (step, at) => {
    if (step.op === 'disconnect' && (await isOthersNow(runner.client, runner.host, at)))
      throw new OthersError();
    await check(step);
  });
  for (const step of lastConnects(sent)) {
    try {
      await runner.patiently(() => check(step));
    } catch (error) {
      if (isGone(error, 'container_not_found')) continue;
      const { op: _op, endpoint: _endpoint, ...names } = step;
      if (error instanceof TakenError) await sendStep(runner.client, { op: 'disconnect', ...names });
      throw error;
    }
  }
  return sent;
}

/** Puts back what a runner did, and reads that back as far as it is still there. */
async function backAndVerified(runner: StepRunner, first: Problem, taken: Taken | undefined): Promise<void> {
  const sent = await backUnlessTaken(runner, first, taken);
  const there = await runner.patiently(() => stillThere(runner.client, sent, runner.host));
  await runner.patiently(() => verifyAll(runner, there));
}

/** Takes back what a runner did, because of the problem that came first, and reads that back as far as it is still there. */
export async function takeBack(runner: StepRunner, first: Problem, taken?: Taken): Promise<Outcome> {
  if (saysLeftover(first) || saysLeftOnHost(first)) return takeBackRest(runner, first, taken);
  try {
    await backAndVerified(runner, first, taken);
    return { ok: false, problem: first, rolledBack: true };
  } catch (error) {
    if (error instanceof TakenError) return { ok: false, problem: error.problem, rolledBack: false };
    return notBack(error, rollbackFailed(runner.host.engineName, first, whyOf(error)));
  }
}

/**
 * What a failed connect left is still there, so nothing is “rolled back”; the rest is put back as far as it can be, and what could
 * not be is said besides.
 */
async function takeBackRest(runner: StepRunner, first: Problem, taken?: Taken): Promise<Outcome> {
  try {
    await backAndVerified(runner, first, taken);
    const { cause } = runner;
    // A network that was removed on the way back has taken along what was left on it.
    if (cause && saysLeftover(first) && !(await runner.patiently(() => isStillLeft(runner, first))))
      return { ok: false, problem: cause, rolledBack: true };
    return { ok: false, problem: first, rolledBack: false };
  } catch (error) {
    const why = whyOf(error);
    const known = 'code' in why && (why.code === 'none_network' || isSameLeftover(first, why));
    return notBack(error, known ? first : rollbackFailed(runner.host.engineName, first, why));
  }
}

/** Whether a failed connect’s rest is there that a problem tells of. */
async function isStillLeft(runner: StepRunner, { params = {} }: Problem): Promise<boolean> {
  const step = runner
    .sent()
    .find(
      (each) =>
        each.op === 'connect' &&
        each.containerName === params['container'] &&
        each.networkName === params['network'],
    );
  return step?.op !== 'connect' || isLeft(runner.client, step);
}

const notBack = (error: unknown, problem: Problem): Outcome => {
  const lost = error instanceof LostError || isLost(error);
  return { ok: false, problem, rolledBack: false, ...(lost ? { open: true } : {}) };
};

function whyOf(error: unknown): Problem | Told {
  if (error instanceof TakenError) return error.notBack;
  return error instanceof LostError ? error.problem : problemOf(error);
}

/** The way back led to the very attachment that the way forth had failed at, and there is no more to say of it. */
const isSameLeftover = (first: Problem, second: Problem): boolean =>
  saysLeftover(first) &&
  saysLeftover(second) &&
  first.params?.['container'] === second.params?.['container'] &&
  first.params?.['network'] === second.params?.['network'];

/** What a failed connect left has a remedy of its own. */
function bothParams(host: string, first: Problem, texts: { first: string; second: string }) {
  const { context, container = '', network = '' } = first.params ?? {};
  if (!saysLeftover(first)) return { context: 'both', host, ...texts } as const;
  const values = { container, network, host, ...texts };
  return context === 'leftover_rm'
    ? ({ context: 'leftover_rm_both', ...values } as const)
    : ({ context: 'leftover_both', ...values } as const);
}

/** @param host what the admin calls the host that could not be put back */
export function rollbackFailed(host: string, first: Problem, second: Problem | Told): Problem {
  const one = atHost(first, host);
  const other = 'code' in second ? atHost(second, host) : null;
  const why = 'reason' in second ? second.reason : problemReason(atHost(second, host));
  const texts = { first: one.message, second: (other ?? second).message };
  const engineText = [first.engineText, other?.engineText].filter(Boolean).join(' / ');
  const engineId = first.engineId ?? other?.engineId;
  return {
    ...problem('rollback_failed', bothParams(host, first, texts), {
      ...(engineId && { engineId }),
      ...(engineText && { engineText }),
    }),
    reasons: { first: problemReason(one), second: why },
  };
}
