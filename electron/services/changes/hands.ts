import { isHostStep, type HostStep, type Step } from '../../../shared/model';
import type { EngineClient } from '../../docker';
import { effectOnHost, lookOnHost, sendToHost, type HostHand } from './host-steps';
import { effectOf, lookAgain, lookAt, type Effect, type Sight } from './look';
import { sendStep } from './steps';

/** What steps are done with: the engine, and a hand on its host. */
export interface Hands {
  readonly client: EngineClient;
  /** For steps of this kind. Throws where there is none. */
  handFor(step: HostStep): HostHand;
}

/** How things stand as to a step. @param again what is gone only means that nothing is left to take away */
export function lookFor(hands: Hands, step: Step, again: boolean): Promise<Sight> {
  if (isHostStep(step)) return lookOnHost(hands.handFor(step), step);
  return (again ? lookAgain : lookAt)(hands.client, step);
}

/** Gives the id of a network that it made. */
export async function send(hands: Hands, step: Step, sight: Sight): Promise<string | undefined> {
  if (!isHostStep(step)) return sendStep(hands.client, step);
  await sendToHost(hands.handFor(step), step, sight);
  return undefined;
}

/** What became of a call of which nobody knows. @param existing what was there before it */
export const effectFor = (hands: Hands, step: Step, existing: readonly string[]): Promise<Effect> =>
  isHostStep(step)
    ? effectOnHost(hands.handFor(step), step, existing)
    : effectOf(hands.client, step, existing);
