import type { Container, Delta } from '../../../shared/model';
import { networkFinder, type Inventory } from '../../../shared/rules';

/**
 * The containers that a delta is about: also those that are on one of its networks, which can be read after them.
 *
 * @param world with the delta
 */
export function touchedBy(
  { engineId, containers, networks }: Pick<Delta, 'engineId' | 'containers' | 'networks'>,
  world: Pick<Inventory, 'containers'>,
): readonly Container[] {
  if (networks.length === 0) return containers;
  const told = new Set(containers.map(({ id }) => id));
  const networkOf = networkFinder(networks);
  const others = world.containers.filter(
    (one) => one.engineId === engineId && !told.has(one.id) && one.endpoints.some(networkOf),
  );
  return [...containers, ...others];
}
