import type {
  NetworkSpec,
  ReservedRange,
  Segment,
  SegmentDraft,
  SegmentMember,
  SegmentSubnet,
} from '../../model';
import { contains, containsCidr, parseCidr, parseIp } from '../basics/cidr';

/** On every network that Trunkline makes for a segment: the segment's id. */
export const SEGMENT_LABEL = 'io.trunkline.segment';

/** The subnet of an address family, of a segment or of a network. */
export function subnetOf<S extends { subnet: string }>(
  { subnets }: { subnets: readonly S[] },
  version: 4 | 6,
): S | undefined {
  return subnets.find((one) => parseCidr(one.subnet)?.version === version);
}

/** The interface that a member's network stands on: the NIC, or its VLAN link. */
export function memberParent(
  segment: Pick<SegmentDraft, 'vlan'>,
  member: Pick<SegmentMember, 'parentNic' | 'parent'>,
): string {
  if (member.parent) return member.parent;
  // `.10` alone would be called a bad name, where none was given.
  if (member.parentNic === '') return '';
  return segment.vlan === null ? member.parentNic : `${member.parentNic}.${String(segment.vlan)}`;
}

/**
 * The name that a network gets when nobody says otherwise: the segment's, as engines can take it. They take Latin letters
 * only; a name without any gives that of the VLAN, so that two such segments don't clash.
 */
export function networkNameFor({ name, vlan }: Pick<SegmentDraft, 'name' | 'vlan'>): string {
  const plain = name
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9_.-]+/g, '-')
    .replace(/^[^a-z0-9]+|-+$/g, '');
  return plain || (vlan === null ? 'segment' : `vlan${String(vlan)}`);
}

/** The subnets of a segment beside the first of each family. */
export function furtherSubnets<S extends { subnet: string }>(segment: { subnets: readonly S[] }): S[] {
  const first = [subnetOf(segment, 4), subnetOf(segment, 6)];
  return segment.subnets.filter((one) => !first.includes(one));
}

const partOf = (subnet: string, range: string): boolean => {
  const [cidr, part] = [parseCidr(subnet), parseCidr(range)];
  return cidr !== null && part !== null && containsCidr(cidr, part);
};

function moreOf(segment: Segment, { moreRanges = [] }: SegmentMember): Pick<NetworkSpec, 'more'> {
  const further = furtherSubnets(segment);
  if (further.length === 0) return {};
  return {
    more: further.map(({ subnet, gateway }) => {
      const ipRange = moreRanges.find((range) => partOf(subnet, range));
      return { subnet, ...(gateway ? { gateway } : {}), ...(ipRange ? { ipRange } : {}) };
    }),
  };
}

/** The automatic ranges of a member, over all subnets. */
export const rangesOfMember = (member: SegmentMember): string[] =>
  [member.ipRange, member.ipRange6, ...(member.moreRanges ?? [])].filter((one) => one !== undefined);

/**
 * A member with each range where its subnet stands in the segment. Engines keep several subnets in any order (that of a Go
 * map where `docker network create` names them), so the first of one host may be the second of another.
 */
export function aligned<M extends SegmentMember>(segment: Pick<Segment, 'subnets'>, member: M): M {
  const { ipRange, ipRange6, moreRanges: _more, ...rest } = member;
  const all = rangesOfMember(member);
  const own = (subnet: SegmentSubnet | undefined) =>
    subnet && all.find((range) => partOf(subnet.subnet, range));
  // One that is inside of none stays where it was, to be refused there.
  const stray = (range: string | undefined) =>
    range && !segment.subnets.some((one) => partOf(one.subnet, range)) ? range : undefined;
  const four = own(subnetOf(segment, 4)) ?? stray(ipRange);
  const six = own(subnetOf(segment, 6)) ?? stray(ipRange6);
  const moreRanges = all.filter((range) => range !== four && range !== six);
  return {
    ...rest,
    ...(four ? { ipRange: four } : {}),
    ...(six ? { ipRange6: six } : {}),
    ...(moreRanges.length > 0 ? { moreRanges } : {}),
  } as M;
}

/** A reserved address that stands alone: an engine can keep it out of a range. */
export const isSingle = ({ from, to }: ReservedRange): boolean => from === to;

/**
 * What a member's engine is never to hand out: its own exclusions, and the reserved addresses that stand alone inside its
 * automatic ranges, under their notes.
 */
function excludedOf(
  segment: Segment,
  member: SegmentMember,
): Pick<NetworkSpec, 'exclusions' | 'exclusionNames'> {
  const names = new Map(Object.entries(member.exclusions ?? {}).map(([name, address]) => [address, name]));
  const ranges = rangesOfMember(member).flatMap((text) => parseCidr(text) ?? []);
  const gateways = segment.subnets.map((one) => one.gateway);
  for (const one of segment.reserved.filter(isSingle)) {
    const ip = parseIp(one.from);
    const inside = ip !== null && ranges.some((range) => contains(range, ip));
    if (inside && !names.has(one.from) && !gateways.includes(one.from)) names.set(one.from, one.note ?? '');
  }
  const called = [...names].filter(([, name]) => name !== '');
  return {
    exclusions: [...names.keys()],
    ...(called.length > 0 ? { exclusionNames: Object.fromEntries(called) } : {}),
  };
}

/** The network to make for a member. */
export function specFor(segment: Segment, member: SegmentMember): NetworkSpec {
  const four = subnetOf(segment, 4);
  const six = subnetOf(segment, 6);
  const { options } = segment;
  return {
    name: member.networkName,
    driver: segment.driver,
    parent: memberParent(segment, member),
    mode: segment.mode,
    subnet: four?.subnet ?? '',
    ...(four?.gateway ? { gateway: four.gateway } : {}),
    ...(member.ipRange ? { ipRange: member.ipRange } : {}),
    ...(six ? { subnet6: six.subnet } : {}),
    ...(six?.gateway ? { gateway6: six.gateway } : {}),
    ...(six && member.ipRange6 ? { ipRange6: member.ipRange6 } : {}),
    ...moreOf(segment, member),
    ...excludedOf(segment, member),
    internal: segment.internal ?? false,
    labels: { [SEGMENT_LABEL]: segment.id },
    ...(options && Object.keys(options).length > 0 ? { options } : {}),
  };
}
