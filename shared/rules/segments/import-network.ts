import { contains, containsCidr, parseCidr, parseIp } from '../cidr';

/** A network as a text describes it, whatever the text's form. */
export interface DescribedNetwork {
  name: string;
  hostName: string;
  driver: string;
  options: Record<string, string>;
  labels: Record<string, string>;
  pools: { subnet: string; gateway?: string; ipRange?: string }[];
  /** Excluded addresses: name → address. */
  excluded: Record<string, string>;
  configOnly: boolean;
  configFrom: string;
}

/** Gateways and ranges come in lists of their own, and belong to the subnet that they are inside of. */
export function matchPools(
  subnets: readonly string[],
  gateways: readonly string[],
  ranges: readonly string[],
): DescribedNetwork['pools'] {
  return subnets.map((subnet) => {
    const cidr = parseCidr(subnet);
    const gateway = gateways.find((text) => {
      const ip = parseIp(text);
      return cidr !== null && ip !== null && contains(cidr, ip);
    });
    const ipRange = ranges.find((text) => {
      const range = parseCidr(text);
      return cidr !== null && range !== null && containsCidr(cidr, range);
    });
    return { subnet, ...(gateway ? { gateway } : {}), ...(ipRange ? { ipRange } : {}) };
  });
}
