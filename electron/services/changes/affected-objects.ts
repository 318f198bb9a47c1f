import type { Step } from '../../../shared/model';

/**
 * What a run has asked an engine to change, on the way forth and back, whatever came of it: it is read again before the
 * answer leaves, so that the picture is never behind it.
 */
export class AffectedObjects {
  readonly containers = new Set<string>();
  readonly networks = new Set<string>();

  /** @param networkId of the network that the step made */
  add(step: Step, networkId?: string): void {
    if (networkId) this.networks.add(networkId);
    if (step.op === 'remove-network') this.networks.add(step.networkId);
    if ('containerId' in step) this.containers.add(step.containerId);
  }
}
