import type { Container, EndpointRequest, Network, Step } from '../../model';

const names = (container: Container, network: Pick<Network, 'id' | 'name'>) => ({
  containerId: container.id,
  containerName: container.name,
  networkId: network.id,
  networkName: network.name,
});

export const connect = (container: Container, network: Network, endpoint: EndpointRequest): Step => ({
  op: 'connect',
  ...names(container, network),
  endpoint,
});

/** @param mac that of the attachment, where it is fixed and sent again */
export const disconnect = (
  container: Container,
  network: Pick<Network, 'id' | 'name'>,
  mac?: string,
): Step => ({
  op: 'disconnect',
  ...names(container, network),
  ...(mac ? { mac } : {}),
});
