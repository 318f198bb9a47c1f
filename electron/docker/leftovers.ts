import { ProblemError, type Container, type Endpoint } from '../../shared/model';
import { isLeftover, isLive } from '../../shared/rules/leftover';
import { asRecord, asText } from './json';

/**
 * Whether an entry may be the rest of a failed connect. A good one has a gateway, which engines write down last; without
 * one are those of internal, gateway-less and routing networks, and they are asked for one by one.
 */
const isSuspect = (container: Container, endpoint: Endpoint): boolean =>
  endpoint.endpointId !== '' &&
  endpoint.gateway === '' &&
  // These two have no gateway, and nothing is ever left of them.
  !['none', 'host'].includes(endpoint.networkName) &&
  isLive(container) &&
  !isLeftover(container, endpoint);

/** Whether the network itself knows the endpoint. Engines list all of a local network's there. */
async function isKnown(
  container: Container,
  { networkId, networkName, endpointId }: Endpoint,
  network: (id: string) => Promise<Record<string, unknown>>,
): Promise<boolean> {
  try {
    const json = await network(networkId || networkName);
    if (asText(json.Driver) === 'overlay') return true;
    return asText(asRecord(asRecord(json.Containers)[container.id]).EndpointID) === endpointId;
  } catch (error) {
    // Nothing is on a network that has gone; without an answer nothing is said against it.
    return !(error instanceof ProblemError && error.problem.code === 'network_not_found');
  }
}

/**
 * Reads a container, with what a failed connect left in it marked as that. On 20.10 to 28.5 such an entry has an id, an
 * address and a MAC; only the network's own list of containers tells it from a good one (docs/engine-facts.md §2).
 *
 * @param read reads the container; is asked once more where something was found, which may have just come or gone
 */
export async function withLeftovers(
  read: () => Promise<Container>,
  network: (id: string) => Promise<Record<string, unknown>>,
): Promise<Container> {
  const container = await read();
  const suspects = container.endpoints.filter((endpoint) => isSuspect(container, endpoint));
  const known = await Promise.all(suspects.map((endpoint) => isKnown(container, endpoint, network)));
  const ids = new Set(suspects.filter((_, index) => !known[index]).map((endpoint) => endpoint.endpointId));
  if (ids.size === 0) return container;
  const again = await read();
  const endpoints = again.endpoints.map((endpoint): Endpoint =>
    ids.has(endpoint.endpointId) && isSuspect(again, endpoint) ? { ...endpoint, leftover: true } : endpoint,
  );
  return { ...again, endpoints };
}
