import { contains, formatCidr, networkAddress, parseCidr, parseIp } from '../../../shared/rules';
import { asList, asRecord, asText, asTextMap, type Json } from './json';

/** The oldest version of Podman's own API that Podman 4 and 5 speak. It has to be named, unlike Docker's. */
export const LIBPOD = '/v4.0.0/libpod';

/** The mode that Podman takes where none is given; undefined where a driver has no modes. */
export function usualMode(driver: unknown): string | undefined {
  if (driver === 'macvlan') return 'bridge';
  return driver === 'ipvlan' ? 'l2' : undefined;
}

/** Docker's names for what Podman says of a network in its own API, and leaves out in Docker's. */
function optionsOf(network: Json): Record<string, string> {
  const link = asText(network.network_interface);
  const { mode, ...options } = asTextMap(network.options);
  if (network.driver === 'bridge')
    return { ...options, ...(link && { 'com.docker.network.bridge.name': link }) };
  const usual = usualMode(network.driver);
  if (usual === undefined) return options;
  return { ...options, [`${asText(network.driver)}_mode`]: mode ?? usual, ...(link && { parent: link }) };
}

/**
 * The block that a lease range lies in. Podman keeps its first and last address, and leaves out the network address of
 * a block that it was given: 10.0.0.128/26 becomes .129 to .191.
 */
function blockOf(json: unknown, subnet: string): string | undefined {
  const range = asRecord(json);
  const [first, last] = [parseIp(asText(range.start_ip)), parseIp(asText(range.end_ip))];
  const outer = parseCidr(subnet);
  if (!first || !last || !outer) return undefined;
  const bits = first.version === 4 ? 32 : 128;
  for (let prefix = bits; prefix > outer.prefix; prefix--) {
    const block = parseCidr(`${asText(range.start_ip)}/${prefix}`);
    if (block && contains(block, last)) return formatCidr({ ...block, base: networkAddress(block).value });
  }
  return undefined;
}

function rangesOf(network: Json): Map<string, string> {
  return new Map(
    asList(network.subnets).flatMap((json) => {
      const entry = asRecord(json);
      const block = blockOf(entry.lease_range, asText(entry.subnet));
      return block ? [[asText(entry.subnet), block] as const] : [];
    }),
  );
}

/** What Podman says in its own API of a network that it shows in Docker's. */
export function ownOf(json: unknown, own: readonly unknown[]): Json | undefined {
  const { Id } = asRecord(json);
  return Id === undefined ? undefined : own.map(asRecord).find((each) => each.id === Id);
}

/**
 * A network as Docker's API has it, filled up with what Podman says of it in its own: parent or bridge, mode, ranges.
 * Without an entry of the same id it stays as it is.
 */
export function withLibpod(json: unknown, own: readonly unknown[]): unknown {
  const network = asRecord(json);
  const more = ownOf(json, own);
  if (!more) return json;
  const ipam = asRecord(network.IPAM);
  const ranges = rangesOf(more);
  const config = asList(ipam.Config).map((entry) => {
    const range = ranges.get(asText(asRecord(entry).Subnet));
    return range ? { ...asRecord(entry), IPRange: range } : entry;
  });
  return { ...network, Options: optionsOf(more), IPAM: { ...ipam, Config: config } };
}
