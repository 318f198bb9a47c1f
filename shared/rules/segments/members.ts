import type { HostChoice, Segment, SegmentDraft, SegmentMember, SegmentSubnet } from '../../model';
import { lanOf } from '../addresses/lan-read';
import { containsCidr, formatCidr, parseCidr, parseIp, plainCidr, sameCidr, type Cidr } from '../basics/cidr';
import type { Inventory } from '../inventory/inventory';
import { allocateRanges, intervalOf, reservedInterval, type Interval } from '../addresses/ranges';
import { plannedNetwork } from '../networks/planned-network';
import { furtherSubnets, networkNameFor, specFor, subnetOf } from '../membership/segment-spec';

const blank = (text: string | undefined): string | undefined => text?.trim() || undefined;

/** Without host bits, which newer engines refuse: 192.168.30.243/28 is the range 192.168.30.240/28. */
const plainRange = (text: string | undefined): string | undefined => {
  const given = blank(text);
  return given && plainCidr(given);
};

/** A member as chosen, with the segment's own name for its network when none was given. Ranges are filled later. */
export function memberFrom(choice: HostChoice, segment: Pick<SegmentDraft, 'name' | 'vlan'>): SegmentMember {
  const parent = blank(choice.parent);
  const [ipRange, ipRange6] = [plainRange(choice.ipRange), plainRange(choice.ipRange6)];
  const moreRanges = (choice.moreRanges ?? []).flatMap((one) => plainRange(one) ?? []);
  const { exclusions = {} } = choice;
  return {
    engineId: choice.engineId,
    parentNic: choice.parentNic.trim(),
    networkName: blank(choice.networkName) ?? networkNameFor(segment),
    ...(parent ? { parent } : {}),
    ...(ipRange ? { ipRange } : {}),
    ...(ipRange6 ? { ipRange6 } : {}),
    ...(moreRanges.length > 0 ? { moreRanges } : {}),
    ...(Object.keys(exclusions).length > 0 ? { exclusions } : {}),
  };
}

const single = (value: bigint): Interval => ({ first: value, last: value });

/** Everything that holds addresses of the segment's LAN now, on any engine, planned or not. */
function heldOnLan(segment: Segment, version: 4 | 6, subnet: Cidr, inventory: Inventory): Interval[] {
  const [any] = segment.members;
  if (!any) return [];
  const lan = plannedNetwork(specFor(segment, any), any.engineId, inventory.engines);
  const among = { ...inventory, networks: [...inventory.networks, lan] };
  const held = lanOf(lan, among).holders.flatMap(
    ({ use }) => reservedInterval({ from: use.address, to: use.to ?? use.address }, version) ?? [],
  );
  const ranges = lanOf(lan, among)
    .ranges.map((range) => range.cidr)
    // A network without an ip-range hands out from the whole subnet: no range could be disjoint from it.
    .filter((cidr) => cidr.version === version && !sameCidr(cidr, subnet));
  return [...held, ...ranges.map(intervalOf)];
}

/** The size that a host added later gets: that of the largest range there is; 0 where there is none yet. */
const usualPrefix = (ranges: readonly Cidr[]): number =>
  ranges.length > 0 ? Math.min(...ranges.map((one) => one.prefix)) : 0;

type Fields = Partial<Pick<SegmentMember, 'ipRange' | 'ipRange6' | 'moreRanges'>>;

/** One of a segment's subnets, with the range that a member has in it, and how it gets one. */
interface Filling {
  mine: SegmentSubnet | undefined;
  rangeOf: (member: SegmentMember) => string | undefined;
  give: (member: SegmentMember, range: string) => Fields;
}

function fillingsOf(segment: Segment): Filling[] {
  const further = furtherSubnets(segment).map((mine): Filling => {
    const cidr = parseCidr(mine.subnet);
    return {
      mine,
      rangeOf: ({ moreRanges = [] }) =>
        moreRanges.find((text) => {
          const range = parseCidr(text);
          return cidr !== null && range !== null && containsCidr(cidr, range);
        }),
      give: ({ moreRanges = [] }, range) => ({ moreRanges: [...moreRanges, range] }),
    };
  });
  return [
    { mine: subnetOf(segment, 4), rangeOf: (one) => one.ipRange, give: (_one, ipRange) => ({ ipRange }) },
    { mine: subnetOf(segment, 6), rangeOf: (one) => one.ipRange6, give: (_one, ipRange6) => ({ ipRange6 }) },
    ...further,
  ];
}

function fill(
  segment: Segment,
  { mine, rangeOf, give }: Filling,
  wanting: readonly string[],
  inventory: Inventory,
): Segment {
  const subnet = parseCidr(mine?.subnet ?? '');
  const hosts = segment.members.filter((one) => wanting.includes(one.engineId) && !rangeOf(one));
  if (!subnet || hosts.length === 0) return segment;
  const { version } = subnet;
  const ranges = segment.members.flatMap((one) => parseCidr(rangeOf(one) ?? '') ?? []);
  const gateway = parseIp(mine?.gateway ?? '');
  const taken = [
    ...heldOnLan(segment, version, subnet, inventory),
    ...segment.reserved.flatMap((one) => reservedInterval(one, version) ?? []),
    ...ranges.map(intervalOf),
    ...(gateway ? [single(gateway.value)] : []),
  ];
  const found = allocateRanges(subnet, hosts.length, taken, usualPrefix(ranges));
  const given = new Map(hosts.map((host, index) => [host, found[index]]));
  const members = segment.members.map((member) => {
    const range = given.get(member);
    return range ? { ...member, ...give(member, formatCidr(range)) } : member;
  });
  return { ...segment, members };
}

/**
 * The segment with an automatic range in each of its subnets for each of the hosts in `wanting` that has none there:
 * equal, disjoint, and apart from the gateway, reserved ranges, and everything that any engine holds on this LAN. A host
 * stays without one where there is no room.
 */
export function withRanges(segment: Segment, wanting: readonly string[], inventory: Inventory): Segment {
  return fillingsOf(segment).reduce((so, filling) => fill(so, filling, wanting, inventory), segment);
}
