import type { Container, Endpoint, Network } from '../model';

/**
 * A container's entry for a network, left over or not. By id; by name only where the record has no id (stopped containers
 * on 20.10): a stale id belongs to a network that is gone, whatever has its name now.
 */
export const recordedEndpoint = (
  container: Container,
  network: Pick<Network, 'id' | 'name'>,
): Endpoint | undefined =>
  container.endpoints.find(
    (one) => one.networkId === network.id || (!one.networkId && one.networkName === network.name),
  );
