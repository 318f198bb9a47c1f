import { asList, asNumber, asRecord, asText } from './json';

const withBrackets = (address: string) => (address.includes(':') ? `[${address}]` : address || '0.0.0.0');

const portText = (address: string, published: string, container: string) =>
  `${withBrackets(address)}:${published}->${container}`;

/** Published ports of the list: `[{IP, PrivatePort, PublicPort, Type}]`; ports merely exposed have no PublicPort. */
export function mapListedPorts(json: unknown): string[] {
  return asList(json)
    .map(asRecord)
    .filter((port) => asNumber(port.PublicPort) > 0)
    .map((port) =>
      portText(
        asText(port.IP),
        String(port.PublicPort),
        `${asNumber(port.PrivatePort)}/${asText(port.Type) || 'tcp'}`,
      ),
    )
    .sort();
}

/** Published ports of inspect: `{"80/tcp": [{HostIp, HostPort}] | null}`. */
export function mapInspectedPorts(json: unknown): string[] {
  return Object.entries(asRecord(json))
    .flatMap(([container, bindings]) =>
      asList(bindings)
        .map(asRecord)
        .map((binding) => portText(asText(binding.HostIp), asText(binding.HostPort) || '0', container)),
    )
    .sort();
}
