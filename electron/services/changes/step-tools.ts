import { isHostStep, type HostStep, type Step } from '../../../shared/model';
import type { EngineClient } from '../../docker';
import { effectOnHost, lookOnHost, sendToHost, type HostAccess } from './host-steps';
import { effectOf, lookAgain, lookAt, type Effect, type StepFindings } from './look';
import { checkEffect } from './check-effect';
import { sendStep } from './steps';

/** What steps are done with: the engine, and access to its host. */
export interface StepTools {
  readonly client: EngineClient;
  /** For steps of this kind. Throws where there is none. */
  accessFor(step: HostStep): HostAccess;
}

/** How things stand as to a step. @param again what is gone only means that nothing is left to take away */
export function lookFor(tools: StepTools, step: Step, again: boolean): Promise<StepFindings> {
  if (isHostStep(step)) return lookOnHost(tools.accessFor(step), step);
  return (again ? lookAgain : lookAt)(tools.client, step);
}

/** Gives the id of a network that it made. */
export async function send(
  tools: StepTools,
  step: Step,
  findings: StepFindings,
): Promise<string | undefined> {
  if (!isHostStep(step)) {
    const networkId = await sendStep(tools.client, step);
    await checkEffect(tools.client, step, findings.existing);
    return networkId;
  }
  await sendToHost(tools.accessFor(step), step, findings);
  return undefined;
}

/** What became of a call of which nobody knows. @param existing what was there before it */
export const effectFor = (tools: StepTools, step: Step, existing: readonly string[]): Promise<Effect> =>
  isHostStep(step)
    ? effectOnHost(tools.accessFor(step), step, existing)
    : effectOf(tools.client, step, existing);
