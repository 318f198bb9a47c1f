import type { Endpoint, EndpointRequest } from '../../model';

/** Asks for an endpoint as it is now: pins as pins, automatic addresses as automatic. */
export const requestOf = (endpoint: Endpoint): EndpointRequest => ({
  ...(endpoint.pinned4 ? { ipv4: endpoint.pinned4 } : {}),
  ...(endpoint.pinned6 ? { ipv6: endpoint.pinned6 } : {}),
  ...(endpoint.aliases.length > 0 ? { aliases: endpoint.aliases } : {}),
  ...(endpoint.linkLocals ? { linkLocals: endpoint.linkLocals } : {}),
  ...(endpoint.links ? { links: endpoint.links } : {}),
  ...(endpoint.gatewayPriority === undefined ? {} : { gatewayPriority: endpoint.gatewayPriority }),
  ...(Object.keys(endpoint.driverOptions).length > 0 ? { driverOptions: endpoint.driverOptions } : {}),
});
