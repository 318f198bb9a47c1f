import type { HostChoice, Segment, SegmentDraft, SegmentMember } from '../../model';
import { addressHolders } from '../address-uses';
import { automaticRanges } from '../addresses';
import { formatCidr, parseCidr, parseIp, sameCidr, type Cidr } from '../cidr';
import type { Inventory } from '../inventory';
import { allocateRanges, intervalOf, reservedInterval, type Interval } from './ranges';
import { networkNameFor, plannedNetwork, specFor, subnetOf } from './spec';

const blank = (text: string | undefined): string | undefined => text?.trim() || undefined;

/** A member as chosen, with the segment's own name for its network when none was given. Ranges are filled later. */
export function memberFrom(choice: HostChoice, segment: Pick<SegmentDraft, 'name' | 'vlan'>): SegmentMember {
  const [parent, ipRange, ipRange6] = [blank(choice.parent), blank(choice.ipRange), blank(choice.ipRange6)];
  return {
    engineId: choice.engineId,
    parentNic: choice.parentNic.trim(),
    networkName: blank(choice.networkName) ?? networkNameFor(segment),
    ...(parent ? { parent } : {}),
    ...(ipRange ? { ipRange } : {}),
    ...(ipRange6 ? { ipRange6 } : {}),
  };
}

const single = (value: bigint): Interval => ({ first: value, last: value });

/** Everything that holds addresses of the segment's LAN now, on any engine, planned or not. */
function heldOnLan(segment: Segment, version: 4 | 6, subnet: Cidr, inventory: Inventory): Interval[] {
  const [any] = segment.members;
  if (!any) return [];
  const lan = plannedNetwork(specFor(segment, any), any.engineId);
  const among = { ...inventory, networks: [...inventory.networks, lan] };
  const holders = addressHolders(lan, among).flatMap(({ use }) => parseIp(use.address) ?? []);
  const ranges = automaticRanges(lan, among)
    .map((range) => range.cidr)
    // A network without an ip-range hands out from the whole subnet: no range could be disjoint from it.
    .filter((cidr) => cidr.version === version && !sameCidr(cidr, subnet));
  return [
    ...holders.flatMap((ip) => (ip.version === version ? [single(ip.value)] : [])),
    ...ranges.map(intervalOf),
  ];
}

function readRanges(segment: Segment, version: 4 | 6): Cidr[] {
  return segment.members.flatMap((one) => {
    const text = version === 4 ? one.ipRange : one.ipRange6;
    return (text && parseCidr(text)) || [];
  });
}

/** The size that a host added later gets: that of the largest range there is; 0 where there is none yet. */
const usualPrefix = (ranges: readonly Cidr[]): number =>
  ranges.length > 0 ? Math.min(...ranges.map((one) => one.prefix)) : 0;

function fill(segment: Segment, version: 4 | 6, wanting: readonly string[], inventory: Inventory): Segment {
  const key = version === 4 ? 'ipRange' : 'ipRange6';
  const mine = subnetOf(segment, version);
  const subnet = parseCidr(mine?.subnet ?? '');
  const hosts = segment.members.filter((one) => wanting.includes(one.engineId) && !one[key]);
  if (!subnet || hosts.length === 0) return segment;
  const ranges = readRanges(segment, version);
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
    return range ? { ...member, [key]: formatCidr(range) } : member;
  });
  return { ...segment, members };
}

/**
 * The segment with an automatic range for each of the hosts in `wanting` that has none: equal, disjoint, and apart from
 * the gateway, reserved ranges, and everything that any engine holds on this LAN. A host stays without one where there
 * is no room.
 */
export function withRanges(segment: Segment, wanting: readonly string[], inventory: Inventory): Segment {
  return fill(fill(segment, 4, wanting, inventory), 6, wanting, inventory);
}
