import type { Container, ContainerState, NetworkKind, Snapshot } from '../../shared/model';
import { networkFinders } from '../../shared/rules';

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
const kindsOf = (container: Container, networkFor: ReturnType<typeof networkFinders>): NetworkKind[] => {
  if (container.networkMode.kind === 'host') return ['host'];
  if (container.networkMode.kind === 'none') return ['null'];
  return container.endpoints.map((endpoint) => networkFor(container.engineId, endpoint)?.kind ?? 'other');
};

/**
 * Hides what the filters leave out. Hosts that the host filter leaves out go too; by driver and state they stay, as
 * empty as they may become.
 */
export function filterSnapshot(snapshot: Snapshot, filters: GraphFilters): Snapshot {
  const { engines, groups, drivers, states } = filters;
  if (engines.length + groups.length + drivers.length + states.length === 0) return snapshot;
  const networkFor = networkFinders(snapshot.networks);
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
        (drivers.length === 0 || kindsOf(container, networkFor).some((kind) => drivers.includes(kind))),
    ),
  };
}
