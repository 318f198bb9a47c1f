import type { ChangeRecord, Problem, Snapshot, Step } from '../../../shared/model';
import { membersOf, problem, sortNatural } from '../../../shared/rules';

/** Nothing can be undone on a host that does not answer. */
export function offlineProblem(engineId: string, { engines }: Pick<Snapshot, 'engines'>): Problem | null {
  const engine = engines.find((one) => one.id === engineId);
  if (engine?.state !== 'offline') return null;
  return engine.problem ?? problem('engine_unreachable', { host: engine.name }, { engineId });
}

/** Steps for one engine. */
interface Job {
  engineId: string;
  steps: Step[];
}

/**
 * The same steps on the networks of today: one that was made anew since (an edit that was undone) has the old name and
 * another id.
 */
export function retarget<J extends Job>(job: J, { networks }: Pick<Snapshot, 'networks'>): J {
  const here = networks.filter((one) => one.engineId === job.engineId);
  const steps = job.steps.map((step): Step => {
    if (!('networkId' in step) || here.some((one) => one.id === step.networkId)) return step;
    const same = here.find((one) => one.name === step.networkName);
    return same ? { ...step, networkId: same.id } : step;
  });
  return { ...job, steps };
}

/**
 * A container that came to a network since, and that is not taken off it by these steps. While it is stopped the engine
 * would remove the network under it without a word, and it could never start again.
 */
export function strandedProblem(job: Job, snapshot: Snapshot): Problem | null {
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

/** What a step is about: a container's attachment, or a network as such. By name, which a network keeps when remade. */
const subjectOf = (step: Step): string => {
  if (!('containerId' in step)) return step.networkName;
  return 'networkName' in step ? `${step.containerId}@${step.networkName}` : step.containerId;
};

/**
 * A later change, still applied or left half-done, of the same attachment or network. Undoing the earlier one below it would take the
 * later one's work away unasked.
 *
 * @param newestFirst the change log
 */
export function overtakenBy(
  record: ChangeRecord,
  newestFirst: readonly ChangeRecord[],
): ChangeRecord | undefined {
  const mine = new Set(record.steps.map(subjectOf));
  const index = newestFirst.findIndex((each) => each.id === record.id);
  return newestFirst
    .slice(0, Math.max(0, index))
    .find(
      (each) =>
        (each.state === 'applied' || each.state === 'kept') &&
        each.engineId === record.engineId &&
        each.steps.some((step) => mine.has(subjectOf(step))),
    );
}
