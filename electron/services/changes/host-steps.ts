import {
  isHostStep,
  ProblemError,
  type HostStep,
  type Problem,
  type Shim,
  type Step,
} from '../../../shared/model';
import { sameShim } from '../../../shared/rules';
import { atHost, hostless, problem, problemReason } from '../../../shared/texts';
import { isLost, problemOf } from './lost';
import type { Effect, Sight } from './look';

/** What is done on a host itself, by the toolbox. All reject with a `ProblemError`: without consent, too. */
export interface HostHand {
  /** The shims that the host has. */
  shims(): Promise<Shim[]>;
  /** Makes one, or brings the one of the address `was` up to date; null: none is to be there. Another one is `change_stale`. */
  putShim(shim: Shim, was?: string | null): Promise<void>;
  /** One that is not there is no failure; another than that of this address stays, and is `change_stale`. */
  removeShim(name: string, address: string): Promise<void>;
}

const foundOn = async (hand: HostHand, { shim }: HostStep): Promise<Shim | undefined> =>
  (await hand.shims()).find((each) => each.name === shim.name);

/** Whether a link of that name is one that somebody else has put there since. */
const isOthers = (found: Shim, { shim }: HostStep): boolean =>
  found.address !== '' && found.address !== shim.address;

/**
 * How things stand on the host as to one step, and what takes it back.
 *
 * @param again what is to be removed is gone where another's link is there by now
 */
export async function lookOnHost(hand: HostHand, step: HostStep, again: boolean): Promise<Sight> {
  const { op, ...about } = step;
  const found = await foundOn(hand, step);
  const existing = found ? [found.name] : [];
  if (op === 'put-shim')
    return {
      holds: found !== undefined && sameShim(found, step.shim),
      inverse: found ? { ...step, shim: found } : { ...about, op: 'remove-shim' },
      existing,
    };
  if (found && again && isOthers(found, step)) return { holds: true, inverse: null, existing: [] };
  const shim = found ?? step.shim;
  // Of a network that is gone nothing tells what the link stood on; one that is half made has no address yet.
  return {
    holds: !found,
    inverse: shim.parent && shim.address ? { ...about, op: 'put-shim', shim } : null,
    existing,
  };
}

/** The address of the link that a step was to find; null where there was none. One that is half made is its own, or nobody's. */
const addressBefore = ({ shim }: HostStep, { inverse, existing }: Sight): string | null => {
  if (existing.length === 0) return null;
  const before = inverse && isHostStep(inverse) ? inverse.shim.address : '';
  return before || shim.address;
};

/** @param sight how things stood before: another link than that stays */
export async function sendToHost(hand: HostHand, step: HostStep, sight: Sight): Promise<void> {
  const { op, shim } = step;
  await (op === 'put-shim'
    ? hand.putShim(shim, addressBefore(step, sight))
    : hand.removeShim(shim.name, shim.address));
}

/**
 * What became of a call of which nobody knows.
 *
 * @param existing what was there before it: with that, a link that is half made is cleared away
 */
export async function effectOnHost(
  hand: HostHand,
  step: HostStep,
  existing?: readonly string[],
): Promise<Effect> {
  const found = await foundOn(hand, step);
  if (step.op === 'remove-shim') return { done: !found || isOthers(found, step) };
  if (found && sameShim(found, step.shim)) return { done: true };
  if (found && existing?.length === 0 && !isOthers(found, step))
    await hand.removeShim(found.name, step.shim.address);
  return { done: false };
}

/** What ended in the midst of a task, or may have: a link may be there by then, whole or half made. */
const halfway: ReadonlySet<unknown> = new Set(['timeout', 'failed', 'output']);
const mayBeHalfway = (error: unknown): boolean => {
  if (!(error instanceof ProblemError)) return true;
  const { code, params } = error.problem;
  return isLost(error) || (code === 'toolbox_unavailable' && halfway.has(params?.['context']));
};

/** Whether a task came to its own end, and said that it failed. */
const saysFailed = ({ code, params }: Problem): boolean =>
  code === 'toolbox_unavailable' && params?.['context'] === 'failed';

/** How it ended for the host: with what was wrong first, which alone would not say whether something is left. */
function ended(context: 'shim_gone' | 'shim_left', first: Problem, host: string, { name }: Shim) {
  const cause = atHost(first, host);
  const params = { context, host, link: name, detail: cause.message } as const;
  return new ProblemError({
    ...problem('toolbox_unavailable', params, {
      ...(first.engineId ? { engineId: first.engineId } : {}),
      ...(first.engineText ? { engineText: first.engineText } : {}),
    }),
    reasons: { detail: problemReason(cause) },
  });
}

/** Whether it says that a link may be left on the host which nobody keeps. */
export const saysLinkLeft = ({ code, params }: Problem): boolean =>
  code === 'toolbox_unavailable' && params?.['context'] === 'shim_left';

/** The link as it was before, or none where there was none: what is not listed may be there without its sign yet. */
async function clear(hand: HostHand, step: HostStep, { inverse, existing }: Sight): Promise<void> {
  if (inverse && isHostStep(inverse) && inverse.op === 'put-shim') {
    if (!(await effectOnHost(hand, inverse)).done) await hand.putShim(inverse.shim);
  } else if (existing.length === 0) {
    const { name, address } = step.shim;
    // Of this step there is nothing where another's link is there by now, and that is left alone.
    await hand.removeShim(name, address).catch((error: unknown) => {
      if (problemOf(error).code !== 'change_stale') throw error;
    });
  }
}

/**
 * What came of a step that failed. One that was stopped on the way may have left a link: the host is read, and has it whole
 * after all, or as it was before.
 *
 * @throws ProblemError what went wrong, and whether something of it is left on the host
 */
export async function afterHostStep(
  hand: HostHand,
  step: HostStep,
  sight: Sight,
  error: unknown,
  host: string,
): Promise<Effect> {
  if (!mayBeHalfway(error)) return { done: false };
  const effect = await effectOnHost(hand, step);
  const first = problemOf(error);
  // The link is gone, but its parent has not got back what it had.
  if (effect.done && step.op === 'remove-shim' && saysFailed(first)) return { done: true, wrong: first };
  if (effect.done || step.op === 'remove-shim') return effect;
  try {
    await clear(hand, step, sight);
  } catch (second) {
    if (isLost(second)) throw second;
    throw ended('shim_left', first, host, step.shim);
  }
  if (sight.existing.length > 0) return { done: false };
  throw ended('shim_gone', first, host, step.shim);
}

/** Reads the host back and throws where it differs from what the steps should have left. */
export async function verifyOnHost(hand: HostHand, steps: readonly Step[], engineId: string): Promise<void> {
  const last = new Map(steps.filter(isHostStep).map((step) => [step.shim.name, step]));
  const there = await hand.shims();
  for (const step of last.values()) {
    const { op, shim, networkName: network } = step;
    const found = there.find((each) => each.name === shim.name);
    if (op === 'put-shim' ? found && sameShim(found, shim) : !found || isOthers(found, step)) continue;
    const context = op === 'put-shim' ? ('link_missing' as const) : ('link_stays' as const);
    throw new ProblemError(hostless('verify_failed', { context, link: shim.name, network }, { engineId }));
  }
}
