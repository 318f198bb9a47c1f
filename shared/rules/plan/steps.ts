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

/** @param kept what is fixed for the attachment, is sent again, and is not told by the engine */
export const disconnect = (
  container: Container,
  network: Pick<Network, 'id' | 'name'>,
  { mac, ipv4, ipv6 }: Pick<EndpointRequest, 'mac' | 'ipv4' | 'ipv6'> = {},
): Step => ({
  op: 'disconnect',
  ...names(container, network),
  ...(mac ? { mac } : {}),
  ...(ipv4 ? { ipv4 } : {}),
  ...(ipv6 ? { ipv6 } : {}),
});

/** Takes away what a failed connect left. The container must not run. */
export const clear = (container: Container, network: Pick<Network, 'id' | 'name'>): Step => ({
  op: 'disconnect',
  ...names(container, network),
  leftover: true,
});

export const stop = ({ id, name }: Container): Step => ({
  op: 'stop',
  containerId: id,
  containerName: name,
});

export const start = ({ id, name }: Container): Step => ({
  op: 'start',
  containerId: id,
  containerName: name,
});

/** What comes before everything else where the container is to be stopped first. */
export const stopped = ({ stops, container }: { stops: boolean; container: Container }): Step[] =>
  stops ? [stop(container)] : [];
