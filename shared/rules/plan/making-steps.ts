import type { Step } from '../../model';

export type MakingStep = Extract<Step, { op: 'create-network' | 'restore-network' }>;

/** Whether a step gives a network a new id. */
export const makesNetwork = (step: Step): step is MakingStep =>
  step.op === 'create-network' || step.op === 'restore-network';
