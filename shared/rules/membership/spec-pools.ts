import type { NetworkSpec, Subnet } from '../../model';
import { contains, parseCidr, parseIp } from '../basics/cidr';

type Named = readonly [name: string, address: string];

const isInside = (subnet: string, address: string): boolean => {
  const [cidr, ip] = [parseCidr(subnet), parseIp(address)];
  return cidr !== null && ip !== null && contains(cidr, ip);
};

/** What an excluded address is called where nobody gave it a name; `index` from 0. */
export const exclusionName = (index: number): string => `excluded${String(index + 1)}`;

/** One name each, to lose none: two subnets may call different addresses alike. */
export function oneNameEach(all: Iterable<Named>): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [wanted, address] of all) {
    let name = wanted;
    for (let next = 2; Object.hasOwn(found, name); next += 1) name = `${wanted}-${String(next)}`;
    found[name] = address;
  }
  return found;
}

/** The excluded addresses of a spec under their names. */
export const namedExclusions = ({ exclusions, exclusionNames = {} }: NetworkSpec): Record<string, string> =>
  oneNameEach(
    exclusions.map((address, index) => [exclusionNames[address] ?? exclusionName(index), address] as const),
  );

/**
 * Every subnet of a spec with all that belongs to it, in the order in which an engine is told of them. An excluded address
 * that is inside of none stays with the first, where the engine refuses it.
 */
export function poolsOf(spec: NetworkSpec): Subnet[] {
  const { subnet, gateway, ipRange, subnet6, gateway6, ipRange6, more = [] } = spec;
  const all = [
    // Without one the network has IPv6 alone.
    ...(subnet || !subnet6 ? [{ subnet, gateway, ipRange }] : []),
    ...(subnet6 ? [{ subnet: subnet6, gateway: gateway6, ipRange: ipRange6 }] : []),
    ...more,
  ];
  const homeOf = (address: string) =>
    Math.max(
      all.findIndex((one) => isInside(one.subnet, address)),
      0,
    );
  const named: Named[] = Object.entries(namedExclusions(spec));
  return all.map((one, index) => ({
    subnet: one.subnet,
    ...(one.gateway ? { gateway: one.gateway } : {}),
    ...(one.ipRange ? { ipRange: one.ipRange } : {}),
    exclusions: Object.fromEntries(named.filter(([, address]) => homeOf(address) === index)),
  }));
}
