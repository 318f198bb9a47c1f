import type { Network, NetworkSpec } from '../../model';
import { contains, parseCidr, parseIp } from '../basics/cidr';
import { exclusionName, poolsOf } from './spec-pools';
import { isLanDriver } from '../lans/parent';

/** The driver's options besides those that a spec has fields for. */
export function otherOptions({ options, kind }: Network): Pick<NetworkSpec, 'options'> {
  const others = Object.entries(options).filter(([name]) => name !== 'parent' && name !== `${kind}_mode`);
  return others.length > 0 ? { options: Object.fromEntries(others) } : {};
}

const versionOf = (subnet: string): 4 | 6 | null => parseCidr(subnet)?.version ?? null;

/** The excluded addresses of all subnets, and what they are called where that is more than their number. */
function exclusionsOf({
  subnets,
}: Pick<Network, 'subnets'>): Pick<NetworkSpec, 'exclusions' | 'exclusionNames'> {
  const all = subnets.flatMap((one) => Object.entries(one.exclusions));
  const exclusions = all.map(([, address]) => address);
  const called = all.filter(([name], index) => name !== exclusionName(index));
  if (called.length === 0) return { exclusions };
  return { exclusions, exclusionNames: Object.fromEntries(called.map(([name, address]) => [address, name])) };
}

/**
 * What would make this network again; null where a {@link NetworkSpec} can't say all of it: another driver, settings
 * taken from a config-only network, Swarm's, another IPAM driver, no parent, or no IPv4 subnet.
 */
export function specOf(network: Network): NetworkSpec | null {
  const { parent, mode, kind } = network;
  if (!parent || !mode || !isLanDriver(kind)) return null;
  if (network.configFrom || network.configOnly || network.scope !== 'local') return null;
  // Another address management than the engine's own has settings that nobody tells.
  if (network.ipamDriver !== 'default') return null;
  const four = network.subnets.filter((one) => versionOf(one.subnet) === 4);
  const six = network.subnets.filter((one) => versionOf(one.subnet) === 6);
  const [only, ...further4] = four;
  const [second, ...further6] = six;
  if (!only || (network.ipv6 && !second)) return null;
  const more = [...further4, ...further6].map(({ exclusions: _own, ...one }) => one);
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
    ...(more.length > 0 ? { more } : {}),
    ...exclusionsOf(network),
    internal: network.internal,
    labels: network.labels,
    ...otherOptions(network),
    ...(network.attachable ? { attachable: true } : {}),
  };
}

/**
 * The network that is to take the place of `old`. What a segment says nothing of stays as it was: excluded addresses
 * that are still inside, labels of others (Compose knows its own by them), options.
 */
export function specInPlaceOf(old: Network, spec: NetworkSpec): NetworkSpec {
  const was = specOf(old);
  if (!was) return spec;
  const pools = poolsOf(spec);
  const stillInside = (text: string) => {
    const ip = parseIp(text);
    return (
      ip !== null &&
      pools.some(({ subnet, gateway }) => {
        const cidr = parseCidr(subnet);
        return cidr !== null && contains(cidr, ip) && text !== gateway;
      })
    );
  };
  const kept = was.exclusions.filter((one) => stillInside(one) && !spec.exclusions.includes(one));
  const exclusionNames = { ...was.exclusionNames, ...spec.exclusionNames };
  const options = { ...(was.driver === spec.driver ? was.options : {}), ...spec.options };
  return {
    ...spec,
    exclusions: [...kept, ...spec.exclusions],
    ...(Object.keys(exclusionNames).length > 0 ? { exclusionNames } : {}),
    labels: { ...was.labels, ...spec.labels },
    ...(Object.keys(options).length > 0 ? { options } : {}),
    ...(was.attachable ? { attachable: true } : {}),
  };
}
