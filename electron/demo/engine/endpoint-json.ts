import { aliasesOf } from './allocate';
import type { DemoEngine } from './engine';
import { formatAddress } from './ip';
import { isPredefined, type DemoContainer, type DemoEndpoint, type DemoNetwork } from './model';

function dnsNames(container: DemoContainer, endpoint: DemoEndpoint): string[] | null {
  if (isPredefined(endpoint.networkName) || !endpoint.named) return null;
  const names = [
    container.name,
    ...(endpoint.config.Aliases ?? []),
    container.id.slice(0, 12),
    container.hostname,
  ];
  return [...new Set(names)];
}

/** One entry of `NetworkSettings.Networks`, with the fields of the engine's version. */
export function endpointJson(engine: DemoEngine, container: DemoContainer, endpoint: DemoEndpoint): object {
  const { config } = endpoint;
  const attached = endpoint.attached ?? endpoint.left;
  const base = {
    IPAMConfig: config.IPAMConfig ?? null,
    Links: config.Links ?? null,
    Aliases: aliasesOf(engine, container, endpoint),
    ...(engine.quirks.gwPriority ? { GwPriority: config.GwPriority ?? 0 } : {}),
    NetworkID: endpoint.networkId,
    EndpointID: attached?.endpointId ?? '',
    Gateway: attached?.gateway ?? '',
    IPAddress: attached?.ipv4 ? formatAddress(attached.ipv4) : '',
    IPPrefixLen: attached?.prefix ?? 0,
    IPv6Gateway: attached?.gateway6 ?? '',
    GlobalIPv6Address: attached?.ipv6 ? formatAddress(attached.ipv6) : '',
    GlobalIPv6PrefixLen: attached?.prefix6 ?? 0,
    MacAddress: attached?.mac ?? '',
    DriverOpts: config.DriverOpts ?? null,
  };
  return engine.quirks.shortIdAlias ? base : { ...base, DNSNames: dnsNames(container, endpoint) };
}

/** `NetworkSettings.Networks`, by network name as the engine sorts it. */
export function networksJson(engine: DemoEngine, container: DemoContainer): Record<string, object> {
  const endpoints = [...container.endpoints.values()].sort((a, b) =>
    a.networkName < b.networkName ? -1 : 1,
  );
  return Object.fromEntries(
    endpoints.map((endpoint) => [endpoint.networkName, endpointJson(engine, container, endpoint)]),
  );
}

function membersJson(network: DemoNetwork): Record<string, object> {
  const entries = [...network.members].map((container) => {
    const attached = container.endpoints.get(network.name)?.attached;
    const member = {
      Name: container.name,
      EndpointID: attached?.endpointId ?? '',
      MacAddress: attached?.mac ?? '',
      IPv4Address: attached?.ipv4 ? `${formatAddress(attached.ipv4)}/${attached.prefix}` : '',
      IPv6Address: attached?.ipv6 ? `${formatAddress(attached.ipv6)}/${attached.prefix6}` : '',
    };
    return [container.id, member] as const;
  });
  return Object.fromEntries(entries);
}

/** A network as list or inspect show it: only inspect tells the members, and only those that run. */
export function networkJson(
  engine: DemoEngine,
  network: DemoNetwork,
  created: string,
  inspect: boolean,
): object {
  const predefined = ['host', 'none'].includes(network.name);
  // 29 shows null for a network without subnets of its own, older engines an empty list.
  const noConfig = engine.quirks.enableIpv4 ? null : [];
  const hideConfig = network.configOnly && engine.quirks.enableIpv4;
  return {
    Name: network.name,
    Id: network.id,
    Created: created,
    Scope: network.scope,
    Driver: network.driver,
    ...(engine.quirks.enableIpv4 ? { EnableIPv4: network.enableIpv4 } : {}),
    EnableIPv6: network.enableIpv6,
    IPAM: {
      Driver: network.ipamDriver,
      Options: network.ipamOptions,
      Config: predefined || hideConfig ? noConfig : (network.ipamConfig ?? noConfig),
    },
    Internal: network.internal,
    Attachable: network.attachable,
    Ingress: network.ingress,
    ConfigFrom: { Network: network.configFrom },
    ConfigOnly: network.configOnly,
    ...(inspect ? { Containers: membersJson(network) } : engine.quirks.enableIpv4 ? {} : { Containers: {} }),
    Options: network.options,
    Labels: network.labels,
  };
}
