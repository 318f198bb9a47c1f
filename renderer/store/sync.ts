import type { MenuAction, TrunklineApi } from '../../shared/contract';
import type { Stores } from './index';
import { keepChanges } from './sync/changes';
import { keepInventory } from './sync/inventory';
import { keepTold } from './sync/told';

/**
 * Keeps the stores in step with the main process: what there is first, what changes after it, everything anew when the
 * connection comes back. Gives the function that ends it.
 */
export function syncStores(
  api: TrunklineApi,
  stores: Stores,
  onMenu: (action: MenuAction) => void,
): () => void {
  const parts = [keepInventory(api, stores), keepChanges(api, stores), ...keepTold(api, stores)];
  const opened = () => {
    stores.guards.setState({ guards: null });
    stores.host.setState({ leases: null, conflicts: null });
    // Each by itself: the slowest answer holds up none of the others.
    for (const part of parts) void part.load();
  };
  const lost = () =>
    stores.inventory.setState((now) => (now.phase === 'ready' ? { ...now, phase: 'lost' } : now));
  const ends = [
    api.on('traffic.tick', (tick) => stores.traffic.setTick(tick)),
    api.on('menu.action', ({ action }) => onMenu(action)),
    api.onConnection((state) => {
      if (state === 'open') opened();
      if (state === 'closed') lost();
    }),
  ];
  return () => {
    for (const end of ends) end();
    for (const part of parts) part.end();
  };
}
