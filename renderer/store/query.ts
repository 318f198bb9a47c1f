import type { Container, Engine, Network, NetworkKind, Snapshot } from '../../shared/model';

import type { Filters } from './ui';

export const normalQuery = (query: string): string => query.trim().toLowerCase();

/**
 * How well a name answers a normal query, lower is better: 0 the name itself, 1 its beginning, 2 part of it; 3 when
 * whatever answers it is not the name.
 */
export function nameRank(name: string, query: string): 0 | 1 | 2 | 3 {
  const lower = name.toLowerCase();
  if (lower === query) return 0;
  if (lower.startsWith(query)) return 1;
  return lower.includes(query) ? 2 : 3;
}

/** Everything of a container that a search looks into: names, addresses, MACs, networks, image, host. */
export function containerHaystack(container: Container, engine: Engine | undefined): string {
  const endpoints = container.endpoints.flatMap((each) => [
    each.networkName,
    each.ipv4,
    each.pinned4 ?? '',
    each.ipv6,
    each.pinned6 ?? '',
    each.mac,
  ]);
  return [container.name, container.image, engine?.name ?? '', container.id.slice(0, 12), ...endpoints]
    .join('\n')
    .toLowerCase();
}

export const networkHaystack = (network: Network, engine: Engine | undefined): string =>
  [
    network.name,
    network.driver,
    network.parent ?? '',
    engine?.name ?? '',
    ...network.subnets.flatMap((each) => [each.subnet, each.gateway ?? '']),
  ]
    .join('\n')
    .toLowerCase();

export const hasFilters = (filters: Filters): boolean =>
  Object.values(filters).some((list: unknown[]) => list.length > 0);

const allows = <T>(list: readonly T[], value: T): boolean => list.length === 0 || list.includes(value);

/** Whether one attachment (or a container without any: `kind` null) on this host passes the filters. */
export const passesFilters = (
  container: Container,
  engine: Engine | undefined,
  kind: NetworkKind | null,
  filters: Filters,
): boolean =>
  allows(filters.engines, container.engineId) &&
  allows(filters.groups, engine?.group ?? '') &&
  allows(filters.states, container.state) &&
  (filters.drivers.length === 0 || (kind !== null && filters.drivers.includes(kind)));

/** The kinds of network that exist here, for the filter menu. */
export const kindsOf = (snapshot: Pick<Snapshot, 'networks'>): NetworkKind[] => [
  ...new Set(snapshot.networks.map((network) => network.kind)),
];
