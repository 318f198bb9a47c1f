import type { Problem } from '../../../shared/model';
import { parentEngines, parentProblem, type LanJob } from '../../../shared/rules';
import type { PlanningInventory } from './planning-inventory';

/**
 * Why steps that put containers back would fail and leave half of it: the interface of a network is gone, or belongs to a
 * bridge by now. Hosts are looked at for it, where that is allowed.
 */
export async function unusableParent(
  jobs: readonly LanJob[],
  world: Pick<PlanningInventory, 'now' | 'looked'>,
): Promise<Problem | null> {
  const asked = parentEngines(jobs, world.now());
  return asked.length > 0 ? parentProblem(jobs, await world.looked(asked)) : null;
}
