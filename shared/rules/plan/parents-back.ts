import type { Engine, Network, Problem } from '../../model';
import type { Inventory } from '../inventory/inventory';
import { parseParent } from '../lans/parent';
import { networkOfStep, type LanJob } from './lan-claims';
import { makesNetwork } from './making-steps';
import { parentFindings } from './parent';

/** The networks that these steps put containers on (or also make) and that stand on an interface of their host. */
const standing = (job: LanJob, known: Inventory, andMade = false): Network[] =>
  job.steps
    .filter((step) => step.op === 'connect' || (andMade && makesNetwork(step)))
    .map((step) => networkOfStep(step, job, known))
    .filter((one) => one !== undefined)
    .filter(({ parent }) => parent !== undefined);

/** The engine makes the VLAN's interface with the network, which is made by these very steps. */
const comesWith = (network: Network, known: Inventory): boolean => {
  const parent = parseParent(network.parent ?? '');
  return parent.ok && parent.engineCreates && !known.networks.includes(network);
};

function problemsOf(network: Network, engine: Engine, inventory: Inventory): Problem[] {
  const found = parentFindings(network, { engine, inventory }).problems;
  const told = comesWith(network, inventory) ? found.filter(({ code }) => code !== 'parent_missing') : found;
  // No field of a form is about it.
  return told.map(({ field: _field, ...rest }) => rest);
}

/** The hosts on whose interfaces these steps put containers, or also networks that they make. */
export const parentEngines = (jobs: readonly LanJob[], known: Inventory, andMade = false): string[] => [
  ...new Set(jobs.flatMap((job) => standing(job, known, andMade).map(() => job.engineId))),
];

/**
 * Why containers can't be put back on their networks: an interface of the host is gone, or somebody else's by now. Null also
 * where nobody has looked.
 */
export function parentProblem(jobs: readonly LanJob[], inventory: Inventory): Problem | null {
  for (const job of jobs) {
    const engine = inventory.engines.find((one) => one.id === job.engineId);
    const found = engine && standing(job, inventory).flatMap((one) => problemsOf(one, engine, inventory))[0];
    if (found) return found;
  }
  return null;
}
