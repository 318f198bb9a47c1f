import type { Container, Endpoint, Network } from '../../model';
import { groupBy } from '../basics/group-by';
import { isLive } from './leftover';

type Names = Pick<Network, 'id' | 'name'>;

/**
 * Whether an entry of a container is for a network of its engine. By id; by name only where the record has no id (stopped
 * containers on 20.10, Podman): a stale id belongs to a network that is gone, and the container can't start, whatever
 * has its name now (docs/engine-facts.md §2).
 */
const isFor = (endpoint: Endpoint, network: Names): boolean =>
  endpoint.networkId ? endpoint.networkId === network.id : endpoint.networkName === network.name;

/** A container's entry for a network of its engine, left over or not. */
export const recordedEndpoint = (container: Container, network: Names): Endpoint | undefined =>
  container.endpoints.find((endpoint) => isFor(endpoint, network));

/**
 * The entry that a connect to a network would meet: that for it, or what a container that does not run still has of one of
 * its name that is gone. Engines keep one entry a name, and a disconnect takes away either.
 */
export const entryUnderName = (
  container: Container,
  network: Names,
  networks: readonly Network[],
): Endpoint | undefined =>
  recordedEndpoint(container, network) ??
  (isLive(container)
    ? undefined
    : container.endpoints.find(
        (endpoint) => endpoint.networkName === network.name && networkOf(endpoint, networks) === null,
      ));

/** The network of an endpoint, among the networks of its engine (pass those); null when it is gone. */
export const networkOf = (endpoint: Endpoint, networks: readonly Network[]): Network | null =>
  networks.find((network) => isFor(endpoint, network)) ?? null;

/** The same for many endpoints. */
export function networkFinder(networks: readonly Network[]): (endpoint: Endpoint) => Network | undefined {
  const byId = new Map(networks.map((network) => [network.id, network]));
  // Of several of one name the first, as above.
  const byName = new Map(networks.map((network) => [network.name, network] as const).reverse());
  return ({ networkId, networkName }) => (networkId ? byId.get(networkId) : byName.get(networkName));
}

/** The same among the networks of all engines. */
export function networkFinders(
  networks: readonly Network[],
): (engineId: string, endpoint: Endpoint) => Network | undefined {
  const byEngine = groupBy(networks, ({ engineId }) => engineId);
  const finders = new Map([...byEngine].map(([engineId, own]) => [engineId, networkFinder(own)]));
  return (engineId, endpoint) => finders.get(engineId)?.(endpoint);
}

/** The endpoints on one network. */
export function membersOf(
  network: Network,
  { containers }: { containers: readonly Container[] },
): { container: Container; endpoint: Endpoint }[] {
  return containers
    .filter((container) => container.engineId === network.engineId)
    .flatMap((container) => {
      const endpoint = recordedEndpoint(container, network);
      return endpoint ? [{ container, endpoint }] : [];
    });
}
