import type { Container, ContainerState, Network, NetworkKind, Snapshot } from '../../shared/model';

/** What to show. Empty lists filter nothing. */
export interface GraphFilters {
  engines: readonly string[];
  /** Names of groups; an empty one is for hosts without a group. */
  groups: readonly string[];
  drivers: readonly NetworkKind[];
  states: readonly ContainerState[];
}

export const noFilters: GraphFilters = { engines: [], groups: [], drivers: [], states: [] };

const passes = <T>(list: readonly T[], value: T): boolean => list.length === 0 || list.includes(value);

/** Kinds of all networks that a container is on; its mode counts where it has no network. */
const kindsOf = (container: Container, kinds: ReadonlyMap<string, NetworkKind>): NetworkKind[] => {
  if (container.networkMode.kind === 'host') return ['host'];
  if (container.networkMode.kind === 'none') return ['null'];
  return container.endpoints.map(
    (endpoint) =>
      kinds.get(`${container.engineId}/${endpoint.networkId}`) ??
      kinds.get(`${container.engineId}/${endpoint.networkName}`) ??
      'other',
  );
};

const kindMap = (networks: readonly Network[]): Map<string, NetworkKind> => {
  const kinds = new Map<string, NetworkKind>();
  for (const { engineId, id, name, kind } of networks) {
    kinds.set(`${engineId}/${name}`, kind);
    kinds.set(`${engineId}/${id}`, kind);
  }
  return kinds;
};

/**
 * Hides what the filters leave out. Hosts that the host filter leaves out go too; by driver and state they stay, as
 * empty as they may become.
 */
export function filterSnapshot(snapshot: Snapshot, filters: GraphFilters): Snapshot {
  const { engines, groups, drivers, states } = filters;
  if (engines.length + groups.length + drivers.length + states.length === 0) return snapshot;
  const kinds = kindMap(snapshot.networks);
  const hosts = snapshot.engines.filter(
    (engine) => passes(engines, engine.id) && passes(groups, engine.group ?? ''),
  );
  const shown = new Set(hosts.map((engine) => engine.id));
  return {
    ...snapshot,
    engines: hosts,
    networks: snapshot.networks.filter(
      (network) => shown.has(network.engineId) && passes(drivers, network.kind),
    ),
    containers: snapshot.containers.filter(
      (container) =>
        shown.has(container.engineId) &&
        passes(states, container.state) &&
        (drivers.length === 0 || kindsOf(container, kinds).some((kind) => drivers.includes(kind))),
    ),
  };
}
