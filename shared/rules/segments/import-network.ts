import { contains, containsCidr, parseCidr, parseIp } from '../basics/cidr';
import { cleanText } from './import-text';

/** What a comment above networks tells of them: whose host's they are, and which segment's. */
export interface Heading {
  hostName: string;
  segmentName: string;
}
export const noHeading: Heading = { hostName: '', segmentName: '' };

/** The heading as it is after this line. Exports begin with `# Segment NAME (VLAN 20)` and `# host: NAME`. */
export function readHeading(line: string, before: Heading): Heading {
  const hostName = /^\s*#\s*host:\s*(.*?)\s*$/i.exec(line)?.[1];
  const segmentName = /^# Segment (.+) \((?:VLAN \d+|untagged)\)\s*$/.exec(line)?.[1];
  return {
    ...before,
    ...(hostName === undefined ? {} : { hostName }),
    ...(segmentName === undefined ? {} : { segmentName }),
  };
}

/** The hosts that a text's comments name, whatever becomes of the networks below them. */
export function hostsNamedIn(source: string): string[] {
  const names = cleanText(source)
    .split('\n')
    .map((line) => readHeading(line, noHeading).hostName);
  return [...new Set(names)].filter((name) => name !== '');
}

/** A key that nobody knows, and where it stands. */
export interface UnknownKey {
  key: string;
  line: number;
}

/** A network as a text describes it, whatever the text's form. */
export interface DescribedNetwork extends Heading {
  /** What the engine will call it. */
  name: string;
  /** What the text calls it, where that is another name (Compose puts the project's in front). */
  title: string;
  /** Where it begins in the text, from 1. */
  line: number;
  driver: string;
  options: Record<string, string>;
  labels: Record<string, string>;
  pools: { subnet: string; gateway?: string; ipRange?: string }[];
  /** Excluded addresses: name → address. */
  excluded: Record<string, string>;
  internal: boolean;
  configOnly: boolean;
  configFrom: string;
  /** Expansions in it that nobody knows a value of, as they are written. */
  missing: string[];
  /** What it says and no segment holds, in the text's own words: `--attachable`. */
  leftOut: string[];
  unknown: UnknownKey[];
  /** Its line was told to be wrong already: the rest that is wrong with it is told, and no segment made. */
  refused?: boolean;
}

const inSubnet = (subnet: string, gateway: string): boolean => {
  const [cidr, ip] = [parseCidr(subnet), parseIp(gateway)];
  return cidr !== null && ip !== null && contains(cidr, ip);
};
const partOf = (subnet: string, text: string): boolean => {
  const [cidr, range] = [parseCidr(subnet), parseCidr(text)];
  return cidr !== null && range !== null && containsCidr(cidr, range);
};

/**
 * Gateways and ranges come in lists of their own, and belong to the subnet that they are inside of. One that is inside of
 * none stays with the first, where its check refuses it: to drop it would make another network than the one described.
 */
export function matchPools(
  subnets: readonly string[],
  gateways: readonly string[],
  ranges: readonly string[],
): DescribedNetwork['pools'] {
  const stray = (texts: readonly string[], fits: typeof inSubnet) =>
    texts.find((text) => !subnets.some((subnet) => fits(subnet, text)));
  return subnets.map((subnet, index) => {
    const own = (texts: readonly string[], fits: typeof inSubnet) =>
      (index === 0 ? stray(texts, fits) : undefined) ?? texts.find((text) => fits(subnet, text));
    const [gateway, ipRange] = [own(gateways, inSubnet), own(ranges, partOf)];
    return { subnet, ...(gateway ? { gateway } : {}), ...(ipRange ? { ipRange } : {}) };
  });
}
