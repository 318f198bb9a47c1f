import type { Container, Delta, Engine, Network, Snapshot } from '../../model';
import type { Beside } from './beside';

/** What the rules need to know: a {@link Snapshot} without its revision, and what is known beside it. */
export type Inventory = Pick<Snapshot, 'engines' | 'networks' | 'containers'> & Beside;

/** What is known, with a network that is only being made, or of which no event has told yet. */
export const withNetwork = (inventory: Inventory, network: Network): Inventory => {
  const { networks } = inventory;
  const known = networks.some(({ engineId, id }) => engineId === network.engineId && id === network.id);
  return known ? inventory : { ...inventory, networks: [...networks, network] };
};

interface Entity {
  id: string;
  engineId: string;
}

/** Unique over all engines: ids are unique on one engine only (Podman's networks have their name for an id). */
export const containerKey = (engineId: string, id: string): string => `${engineId}/${id}`;

function patch<T extends Entity>(list: T[], engineId: string, changed: T[], removed: string[]): T[] {
  if (changed.length === 0 && removed.length === 0) return list;
  const incoming = new Map(changed.map((entity) => [entity.id, entity]));
  const gone = new Set(removed);
  const next: T[] = [];
  for (const entity of list) {
    if (entity.engineId !== engineId) next.push(entity);
    else if (incoming.has(entity.id)) next.push(incoming.get(entity.id) ?? entity);
    else if (!gone.has(entity.id)) next.push(entity);
    if (entity.engineId === engineId) incoming.delete(entity.id);
  }
  return [...next, ...incoming.values()];
}

function patchEngines(engines: Engine[], incoming: Engine | undefined): Engine[] {
  if (!incoming) return engines;
  const known = engines.some((engine) => engine.id === incoming.id);
  const next = known
    ? engines.map((engine) => (engine.id === incoming.id ? incoming : engine))
    : [...engines, incoming];
  // In the admin's order, as the snapshot is; stable where two have one place for a moment.
  return next.sort((a, b) => a.position - b.position);
}

function without<T>(list: T[], goes: (entity: T) => boolean): T[] {
  return list.some(goes) ? list.filter((entity) => !goes(entity)) : list;
}

/**
 * The snapshot after a delta; the given one is not touched. A delta that is already contained gives the same object,
 * and lists that it does not speak of keep their identity, so that views of them need not draw again.
 */
export function applyDelta(snapshot: Snapshot, delta: Delta): Snapshot {
  if (delta.revision <= snapshot.revision) return snapshot;
  const { engineId, revision } = delta;
  if (delta.engineRemoved) {
    const of = (entity: Entity) => entity.engineId === engineId;
    return {
      revision,
      engines: without(snapshot.engines, (engine) => engine.id === engineId),
      networks: without(snapshot.networks, of),
      containers: without(snapshot.containers, of),
    };
  }
  return {
    revision,
    engines: patchEngines(snapshot.engines, delta.engine),
    networks: patch(snapshot.networks, engineId, delta.networks, delta.networksRemoved),
    containers: patch(snapshot.containers, engineId, delta.containers, delta.containersRemoved),
  };
}

/** The container whose network namespace a `container:X` container uses; null when it has its own or X is gone. */
export function resolveOwner(container: Container, containers: Container[]): Container | null {
  if (container.networkMode.kind !== 'container') return null;
  const wanted = container.networkMode.containerId;
  const here = containers.filter(
    (other) => other.engineId === container.engineId && other.id !== container.id,
  );
  const byId = here.find((other) => other.id === wanted) ?? here.find((other) => other.name === wanted);
  if (byId) return byId;
  // Twelve digits are what the engine's own tools show for an id.
  return (/^[0-9a-f]{12,}$/.test(wanted) && here.find((other) => other.id.startsWith(wanted))) || null;
}
