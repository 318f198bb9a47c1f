import type { Container, Network, Notice } from '../../model';
import { sortNatural } from '../basics/names';
import type { Inventory } from '../inventory/inventory';
import { modeOf, startsByMode } from '../membership/start-mode';
import { notice } from '../../texts/messages';

type Parts = Pick<Inventory, 'engines' | 'containers'>;

interface MadeWith {
  byName: Container[];
  /** No network that is made later is the one they were made with. */
  byId: Container[];
}

/**
 * Containers that were made with a network as their own, be they on it or not: engines from v25 on start none of them
 * while that network is not there (docs/engine-facts.md §2).
 */
export function madeWith({ engineId, id, name }: Network, { engines, containers }: Parts): MadeWith {
  const engine = engines.find((one) => one.id === engineId);
  const here = startsByMode(engine)
    ? containers.filter((one) => one.engineId === engineId && modeOf(one) !== '')
    : [];
  return {
    byName: here.filter((one) => modeOf(one) === name),
    // A part of the id will do, and is completed at the next start.
    byId: here.filter((one) => modeOf(one) !== name && id.startsWith(modeOf(one))),
  };
}

/** Which of them can't start again when the network goes, `next` being the name of the one that takes its place. */
export function madeWithNotices(network: Network, inventory: Parts, next?: string): Notice[] {
  const { byName, byId } = madeWith(network, inventory);
  const params = (of: readonly Container[]) => ({
    container: of
      .map(({ name }) => name)
      .sort(sortNatural)
      .join(', '),
    network: network.name,
  });
  return [
    ...(byName.length > 0 && next !== network.name ? [notice('start_needs_network', params(byName))] : []),
    ...(byId.length > 0 ? [notice('start_needs_network', { context: 'by_id', ...params(byId) })] : []),
  ];
}
