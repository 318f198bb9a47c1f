import {
  isHostStep,
  ProblemError,
  putBy,
  puts,
  stepFor,
  type HostStep,
  type Problem,
} from '../../../shared/model';
import { atHost, problemReason } from '../../../shared/texts';
import { isLost, problemOf } from './lost';
import type { Effect, StepFindings } from './look';

/** How a step ended that is told of: nothing is there that was not before, or that is not known; of a removal nothing is. */
export type HalfWay = 'gone' | 'left' | 'unread';

/**
 * How things of one kind are seen, put and removed on a host, by the toolbox. What touches the host rejects with a
 * `ProblemError`: without consent, too.
 *
 * @typeParam W what is put
 */
export interface HostAccess<W = unknown> {
  /** All that the host has of this kind, by name. */
  read(): Promise<ReadonlyMap<string, W>>;
  /**
   * Makes it, or brings it up to date.
   * @param was what is there by then, null where nothing is to be. Anything else is `change_stale` where others put the like
   * there, too; left out, or where nobody else does: whatever is there
   */
  put(it: W, was?: W | null): Promise<void>;
  /** What is not there is no failure; what another has put there since stays, and is `change_stale`. */
  remove(it: W): Promise<void>;
  /** By which the host has it. */
  nameOf(it: W): string;
  /** Whether the host has it as it is to be put. */
  same(there: W, it: W): boolean;
  /** Whether what is there by its name is what somebody else has put there since. */
  isOthers(found: W, it: W): boolean;
  /** Whether it can be put back as it was found: one that is half made can't. */
  isWhole(it: W): boolean;
  /** The problem with a step of which this came, by what went wrong first, in words. */
  halfWay(how: HalfWay, it: W, host: string, detail: string): Problem;
  /** Read back, the host has it otherwise than the step was to leave it. Its name is added later. */
  unlike(step: HostStep, it: W): Problem;
}

const found = async (access: HostAccess, step: HostStep): Promise<unknown> =>
  (await access.read()).get(access.nameOf(putBy(step)));

const isOthers = (access: HostAccess, there: unknown, step: HostStep): boolean =>
  access.isOthers(there, putBy(step));

/** How things stand on the host as to one step, and what takes it back: what another has put there since stays. */
export async function lookOnHost(access: HostAccess, step: HostStep): Promise<StepFindings> {
  const there = await found(access, step);
  const existing = there === undefined ? [] : [access.nameOf(there)];
  if (puts(step)) {
    const it = putBy(step);
    const inverse = there === undefined ? stepFor(step, 'remove', it) : stepFor(step, 'put', there);
    return { holds: there !== undefined && access.same(there, it), inverse, existing };
  }
  // What is another's is left so, and what takes that back leaves it so, too.
  if (there !== undefined && isOthers(access, there, step))
    return { holds: true, inverse: step, existing: [] };
  const it = there ?? putBy(step);
  const left = there === undefined ? step : null;
  return {
    holds: there === undefined,
    inverse: access.isWhole(it) ? stepFor(step, 'put', it) : left,
    existing,
  };
}

/** What a step was to find there; null where there was nothing. */
const wasThere = (step: HostStep, { inverse, existing }: StepFindings): unknown => {
  if (existing.length === 0) return null;
  return putBy(inverse && isHostStep(inverse) ? inverse : step);
};

/** @param findings what was found before: anything else stays */
export async function sendToHost(access: HostAccess, step: HostStep, findings: StepFindings): Promise<void> {
  const it = putBy(step);
  await (puts(step) ? access.put(it, wasThere(step, findings)) : access.remove(it));
}

/**
 * What became of a call of which nobody knows.
 *
 * @param existing what was there before it: with that, what is half made is cleared away
 */
export async function effectOnHost(
  access: HostAccess,
  step: HostStep,
  existing?: readonly string[],
): Promise<Effect> {
  const [there, it] = [await found(access, step), putBy(step)];
  if (!puts(step)) return { done: there === undefined || isOthers(access, there, step) };
  if (there === undefined) return { done: false };
  if (access.same(there, it)) return { done: true };
  if (existing?.length === 0 && !isOthers(access, there, step)) await access.remove(it);
  return { done: false };
}

/** What ended in the midst of a task, or may have: what it was to put may be there by then, whole or half made. */
const halfway: ReadonlySet<unknown> = new Set(['timeout', 'ended', 'failed', 'output']);
const mayBeHalfway = (error: unknown): boolean => {
  if (!(error instanceof ProblemError)) return true;
  const { code, params } = error.problem;
  return isLost(error) || (code === 'toolbox_unavailable' && halfway.has(params?.['context']));
};

/** Whether a task came to its own end, and said that it failed. */
const saysFailed = ({ code, params }: Problem): boolean =>
  code === 'toolbox_unavailable' && params?.['context'] === 'failed';

/** How it ended for the host: with what was wrong first, which alone would not say whether something is left. */
function ended(access: HostAccess, how: HalfWay, first: Problem, host: string, step: HostStep) {
  const cause = atHost(first, host);
  return new ProblemError({
    ...access.halfWay(how, putBy(step), host, cause.message),
    ...(first.engineId ? { engineId: first.engineId } : {}),
    ...(first.engineText ? { engineText: first.engineText } : {}),
    reasons: { detail: problemReason(cause) },
  });
}

const leftContexts: readonly unknown[] = ['shim_left', 'policy_left', 'shim_unread', 'policy_unread'];

/** Whether it says that how the host was left is not known. */
export const saysLeftOnHost = ({ code, params }: Problem): boolean =>
  code === 'toolbox_unavailable' && leftContexts.includes(params?.['context']);

/** As it was before, or nothing where there was nothing: what is not listed may be there without its sign yet. */
async function clear(access: HostAccess, step: HostStep, { inverse, existing }: StepFindings): Promise<void> {
  if (inverse && isHostStep(inverse) && puts(inverse)) {
    if (!(await effectOnHost(access, inverse)).done) await access.put(putBy(inverse));
  } else if (existing.length === 0) {
    // Of this step there is nothing where another's is there by now, and that is left alone.
    await access.remove(putBy(step)).catch((error: unknown) => {
      if (problemOf(error).code !== 'change_stale') throw error;
    });
  }
}

/** What is half removed may look as it did before, and is put as a whole. */
async function putBack(access: HostAccess, { inverse }: StepFindings): Promise<void> {
  if (inverse && isHostStep(inverse) && puts(inverse)) await access.put(putBy(inverse), putBy(inverse));
}

/**
 * What came of a step that failed. One that was stopped on the way may have left something: the host is read, and has it whole
 * after all, or as it was before.
 *
 * @throws ProblemError what went wrong, and whether something of it is left on the host
 */
export async function afterHostStep(
  access: HostAccess,
  step: HostStep,
  findings: StepFindings,
  error: unknown,
  host: string,
): Promise<Effect> {
  if (!mayBeHalfway(error)) return { done: false };
  const first = problemOf(error);
  const unknown = (second: unknown): never => {
    if (isLost(second)) throw second;
    throw ended(access, puts(step) ? 'left' : 'unread', first, host, step);
  };
  const effect = await effectOnHost(access, step).catch(unknown);
  // It is gone, but what it stood on has not got back what it had.
  if (effect.done && !puts(step) && saysFailed(first)) return { done: true, wrong: first };
  if (effect.done) return effect;
  await (puts(step) ? clear(access, step, findings) : putBack(access, findings)).catch(unknown);
  if (!puts(step)) return effect;
  if (findings.existing.length > 0) return { done: false };
  throw ended(access, 'gone', first, host, step);
}

/** Reads back what steps of one kind should have left on the host, and throws where it differs. */
export async function verifyOnHost(access: HostAccess, steps: readonly HostStep[]): Promise<void> {
  const last = new Map(steps.map((step) => [access.nameOf(putBy(step)), step]));
  const read = await access.read();
  for (const [name, step] of last) {
    const [there, it] = [read.get(name), putBy(step)];
    const asLeft = puts(step)
      ? there !== undefined && access.same(there, it)
      : there === undefined || isOthers(access, there, step);
    if (!asLeft) throw new ProblemError(access.unlike(step, it));
  }
}
