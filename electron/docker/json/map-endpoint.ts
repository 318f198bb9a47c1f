import type { Endpoint, NetworkMode } from '../../../shared/model';
import { asAddress, asNumber, asOptionalText, asRecord, asText, asTextList, asTextMap } from './json';

/** `HostConfig.NetworkMode` in all its forms; empty and `default` mean the default bridge. */
export function mapNetworkMode(mode: string): NetworkMode {
  switch (mode) {
    case '':
    case 'default':
    case 'bridge':
      return { kind: 'bridge' };
    case 'host':
      return { kind: 'host' };
    case 'none':
      return { kind: 'none' };
  }
  return mode.startsWith('container:')
    ? { kind: 'container', containerId: mode.slice('container:'.length) }
    : { kind: 'network', network: mode };
}

/**
 * One entry of `NetworkSettings.Networks`. Pins are read from IPAMConfig alone: the top-level IPAddress is what is in
 * use now. A phantom, the rest of a failed connect, is an entry with an empty EndpointID; it is kept as it is.
 */
function mapEndpoint(networkName: string, json: unknown, containerId: string): Endpoint {
  const entry = asRecord(json);
  const pins = asRecord(entry.IPAMConfig);
  const pinned4 = asOptionalText(pins.IPv4Address);
  const pinned6 = asOptionalText(pins.IPv6Address);
  const linkLocals = asTextList(pins.LinkLocalIPs);
  const links = asTextList(entry.Links);
  const networkId = asText(entry.NetworkID);
  const ipv4 = asText(entry.IPAddress);
  const ipv6 = asText(entry.GlobalIPv6Address);
  return {
    // Podman gives the name for the id: then the record names no id.
    networkId: networkId === networkName ? '' : networkId,
    networkName,
    endpointId: asText(entry.EndpointID),
    ipv4,
    prefix: ipv4 ? asNumber(entry.IPPrefixLen) : 0,
    ipv6,
    prefix6: ipv6 ? asNumber(entry.GlobalIPv6PrefixLen) : 0,
    gateway: asAddress(entry.Gateway) ?? '',
    mac: asText(entry.MacAddress).toLowerCase(),
    ...(pinned4 && { pinned4 }),
    ...(pinned6 && { pinned6 }),
    // The engine adds the short id by itself at each connect; passing it back would make it an alias for good.
    // Podman adds the name of a pod at each connect, had or not.
    aliases: [...new Set(asTextList(entry.Aliases))].filter((alias) => alias !== containerId.slice(0, 12)),
    ...(typeof entry.GwPriority === 'number' && { gatewayPriority: entry.GwPriority }),
    ...(linkLocals.length > 0 && { linkLocals }),
    ...(links.length > 0 && { links }),
    driverOptions: asTextMap(entry.DriverOpts),
  };
}

/**
 * Podman gives no endpoint an id. One in use is told by its address or MAC, and is given an id here: without one it would
 * pass for the rest of a failed connect, which is taken away.
 */
function inUse(endpoint: Endpoint, containerId: string): Endpoint {
  const { endpointId, ipv4, ipv6, mac, networkName } = endpoint;
  if (endpointId || !(ipv4 || ipv6 || mac)) return endpoint;
  return { ...endpoint, endpointId: `${containerId.slice(0, 12)}-${networkName}` };
}

/** Podman's own network is `bridge` in its list of networks, as with Docker, and `podman` in its containers. */
const podmanName = (name: string) => (name === 'podman' ? 'bridge' : name);

/** All endpoints of a container, sorted by network name so that equal states compare equal. */
export function mapEndpoints(networks: unknown, containerId: string, podman = false): Endpoint[] {
  return Object.entries(asRecord(networks))
    .map(([name, entry]) => mapEndpoint(name, entry, containerId))
    .map((endpoint) =>
      podman ? inUse({ ...endpoint, networkName: podmanName(endpoint.networkName) }, containerId) : endpoint,
    )
    .sort((a, b) => (a.networkName < b.networkName ? -1 : 1));
}
