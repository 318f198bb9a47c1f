import type { Container, Endpoint, Engine, Network, NetworkKind, Snapshot } from '../../../shared/model';
import {
  containerKey,
  networkFinders,
  orderEngines,
  pinsOf,
  resolveOwner,
  vlanOf,
  type Pins,
} from '../../../shared/rules';
import { containerHaystack, normalQuery, passesFilters } from '../../store/query';
import { attachmentKey } from '../../store/traffic';
import type { Filters, Selection } from '../../store/ui';

/** One attachment of a container, or a container without any. */
export interface Row {
  key: string;
  testId: string;
  container: Container;
  engine: Engine | undefined;
  /** Where its host stands among the hosts, in the admin's order. */
  place: number;
  endpoint: Endpoint | null;
  network: Network | null;
  kind: NetworkKind | null;
  networkName: string;
  driver: string;
  subnet: string;
  vlan: number | null;
  /** The address in use, or the one that is fixed for a container that does not run. */
  ipv4: string;
  /** The LAN's own DHCP server has given it. */
  leased: boolean;
  ipv6: string;
  pin: Pins['kind'] | null;
  mac: string;
  mode: string;
  /** Whose rates the row shows; null where there is nothing to measure. */
  trafficKey: string | null;
  selection: Selection;
}

type Host = Pick<Row, 'engine' | 'place'>;
const noHost: Host = { engine: undefined, place: Infinity };

const isV6 = (subnet: string): boolean => subnet.includes(':');

function attachmentRow(
  container: Container,
  { engine, place }: Host,
  endpoint: Endpoint,
  network: Network | null,
): Row {
  const { engineId, id } = container;
  const networkName = network?.name ?? endpoint.networkName;
  const networkId = network?.id ?? endpoint.networkId;
  const pins = pinsOf(container, endpoint, network, engine);
  const ipv4 = endpoint.leased || endpoint.ipv4 || (pins.ipv4 ?? '');
  const ipv6 = endpoint.ipv6 || (pins.ipv6 ?? '');
  const managed = ipv4 !== '' || ipv6 !== '' || (network?.subnets.length ?? 0) > 0;
  return {
    key: `${containerKey(engineId, id)} ${networkId || networkName}`,
    testId: `row-${container.name}-${networkName}`,
    container,
    engine,
    place,
    endpoint,
    network,
    kind: network?.kind ?? null,
    networkName,
    driver: network?.driver ?? '',
    subnet: network?.subnets.find((each) => !isV6(each.subnet))?.subnet ?? network?.subnets[0]?.subnet ?? '',
    vlan: network ? vlanOf(network) : null,
    ipv4,
    leased: endpoint.leased !== undefined,
    ipv6,
    pin: pins.kind === 'pinned' || managed ? pins.kind : null,
    mac: endpoint.mac,
    mode: network?.mode ?? '',
    trafficKey: attachmentKey(engineId, id, networkId),
    selection: network
      ? { kind: 'attachment', engineId, containerId: id, networkId: network.id }
      : { kind: 'container', engineId, id },
  };
}

const loneRow = (container: Container, { engine, place }: Host): Row => ({
  key: containerKey(container.engineId, container.id),
  testId: `row-${container.name}-none`,
  container,
  engine,
  place,
  endpoint: null,
  network: null,
  kind: null,
  networkName: '',
  driver: '',
  subnet: '',
  vlan: null,
  ipv4: '',
  leased: false,
  ipv6: '',
  pin: null,
  mac: '',
  mode: '',
  trafficKey: null,
  selection: { kind: 'container', engineId: container.engineId, id: container.id },
});

/** Every attachment of every container; containers without one once. */
export function buildRows(snapshot: Snapshot): Row[] {
  const hosts = new Map<string, Host>(
    orderEngines(snapshot.engines).map((engine, place) => [engine.id, { engine, place }]),
  );
  const networkFor = networkFinders(snapshot.networks);
  return snapshot.containers.flatMap((container) => {
    const host = hosts.get(container.engineId) ?? noHost;
    if (container.endpoints.length === 0) return [loneRow(container, host)];
    return container.endpoints.map((endpoint) =>
      attachmentRow(container, host, endpoint, networkFor(container.engineId, endpoint) ?? null),
    );
  });
}

/**
 * The rows that filters and search let through. A container found by its name shows all of its rows.
 * @param kept `engine/network` of what the filter by tenant leaves; null when it filters nothing
 */
export function filterRows(
  rows: readonly Row[],
  filters: Filters,
  text: string,
  kept: ReadonlySet<string> | null = null,
): Row[] {
  const query = normalQuery(text);
  return rows.filter(
    (row) =>
      passesFilters(row.container, row.engine, row.kind, filters) &&
      (kept === null || (row.network !== null && kept.has(`${row.network.engineId}/${row.network.id}`))) &&
      (query === '' || containerHaystack(row.container, row.engine).includes(query)),
  );
}

/** Whose network a container without one of its own uses; null when it is gone, undefined when it shares none. */
export const ownerOf = (container: Container, snapshot: Snapshot): Container | null | undefined =>
  container.networkMode.kind === 'container' ? resolveOwner(container, snapshot.containers) : undefined;
