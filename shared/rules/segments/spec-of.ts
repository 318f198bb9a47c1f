import type { Network, NetworkSpec } from '../../model';
import { contains, parseCidr, parseIp } from '../cidr';

/** The driver's options besides those that a spec has fields for. */
function otherOptions({ options, kind }: Network): Pick<NetworkSpec, 'options'> {
  const others = Object.entries(options).filter(([name]) => name !== 'parent' && name !== `${kind}_mode`);
  return others.length > 0 ? { options: Object.fromEntries(others) } : {};
}

const versionOf = (subnet: string): 4 | 6 | null => parseCidr(subnet)?.version ?? null;

/**
 * What would make this network again; null where a {@link NetworkSpec} can't say all of it: another driver, settings
 * taken from a config-only network, Swarm's, another IPAM driver, no parent, or subnets other than one IPv4 with at most
 * one IPv6 beside it.
 */
export function specOf(network: Network): NetworkSpec | null {
  const { parent, mode, kind } = network;
  if (!parent || !mode || (kind !== 'macvlan' && kind !== 'ipvlan')) return null;
  if (network.configFrom || network.configOnly || network.scope !== 'local') return null;
  // Another address management than the engine's own has settings that nobody tells.
  if (network.ipamDriver !== 'default') return null;
  const four = network.subnets.filter((one) => versionOf(one.subnet) === 4);
  const six = network.subnets.filter((one) => versionOf(one.subnet) === 6);
  const [only, ...more] = four;
  const [second, ...others] = six;
  if (!only || more.length > 0 || others.length > 0 || (network.ipv6 && !second)) return null;
  // The spec excludes addresses of the IPv4 subnet only.
  if (second && Object.keys(second.exclusions).length > 0) return null;
  return {
    name: network.name,
    driver: kind,
    parent,
    mode,
    subnet: only.subnet,
    ...(only.gateway ? { gateway: only.gateway } : {}),
    ...(only.ipRange ? { ipRange: only.ipRange } : {}),
    ...(second ? { subnet6: second.subnet } : {}),
    ...(second?.gateway ? { gateway6: second.gateway } : {}),
    ...(second?.ipRange ? { ipRange6: second.ipRange } : {}),
    exclusions: Object.values(only.exclusions),
    internal: network.internal,
    labels: network.labels,
    ...otherOptions(network),
    ...(network.attachable ? { attachable: true } : {}),
  };
}

/**
 * The network that is to take the place of `old`. What a segment says nothing of stays as it was: excluded addresses
 * that are still inside, labels of others (Compose knows its own by them), options, whether it is internal.
 */
export function specInPlaceOf(old: Network, spec: NetworkSpec): NetworkSpec {
  const was = specOf(old);
  if (!was) return spec;
  const subnet = parseCidr(spec.subnet);
  const stillInside = (text: string) => {
    const ip = parseIp(text);
    return ip !== null && subnet !== null && contains(subnet, ip) && text !== spec.gateway;
  };
  return {
    ...spec,
    exclusions: was.exclusions.filter(stillInside),
    internal: was.internal,
    labels: { ...was.labels, ...spec.labels },
    ...(was.options && was.driver === spec.driver ? { options: was.options } : {}),
    ...(was.attachable ? { attachable: true } : {}),
  };
}
