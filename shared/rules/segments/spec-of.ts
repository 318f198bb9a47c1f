import type { Network, NetworkSpec } from '../../model';
import { parseCidr } from '../cidr';

const versionOf = (subnet: string): 4 | 6 | null => parseCidr(subnet)?.version ?? null;

/**
 * What would make this network again; null where a {@link NetworkSpec} can't say all of it: another driver, settings
 * taken from a config-only network, Swarm's, no parent, or subnets other than one IPv4 with at most one IPv6 beside it.
 */
export function specOf(network: Network): NetworkSpec | null {
  const { parent, mode, kind } = network;
  if (!parent || !mode || (kind !== 'macvlan' && kind !== 'ipvlan')) return null;
  if (network.configFrom || network.configOnly || network.scope !== 'local') return null;
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
  };
}
