import type { Problem, Snapshot, Step } from '../../../shared/model';
import { membersOf, problem, sortNatural } from '../../../shared/rules';
import type { HostJob } from './run-hosts';

/**
 * The same steps on the networks of today: one that was made anew since (an edit that was undone) has the old name and
 * another id.
 */
export function retarget(job: HostJob, { networks }: Pick<Snapshot, 'networks'>): HostJob {
  const here = networks.filter((one) => one.engineId === job.engineId);
  const steps = job.steps.map((step): Step => {
    if (step.op === 'create-network' || here.some((one) => one.id === step.networkId)) return step;
    const same = here.find((one) => one.name === step.networkName);
    return same ? { ...step, networkId: same.id } : step;
  });
  return { ...job, steps };
}

/**
 * A container that came to a network since, and that is not taken off it by these steps. While it is stopped the engine
 * would remove the network under it without a word, and it could never start again.
 */
export function strandedProblem(job: HostJob, snapshot: Snapshot): Problem | null {
  const off = new Set<string>();
  for (const step of job.steps) {
    if (step.op === 'disconnect') off.add(`${step.containerId}@${step.networkName}`);
    if (step.op !== 'remove-network') continue;
    const network = snapshot.networks.find(
      (one) => one.engineId === job.engineId && one.id === step.networkId,
    );
    const left = network ? membersOf(network, snapshot) : [];
    const names = left
      .map(({ container }) => container)
      .filter((one) => !off.has(`${one.id}@${step.networkName}`))
      .map((one) => one.name);
    if (names.length === 0) continue;
    const container = names.sort(sortNatural).join(', ');
    return problem('network_in_use', { network: step.networkName, container }, { engineId: job.engineId });
  }
  return null;
}
