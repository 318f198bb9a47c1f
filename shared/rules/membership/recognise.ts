import type {
  Drift,
  Engine,
  MemberView,
  Network,
  NetworkSpec,
  Segment,
  SegmentMember,
  SegmentView,
  Subnet,
} from '../../model';
import { formatCidr, formatIp, parseCidr, parseIp, sameCidr } from '../basics/cidr';
import type { Inventory } from '../inventory/inventory';
import { onLan } from '../lans/lan';
import { isLanDriver, parentNic, vlanOf } from '../lans/parent';
import { sameSite } from '../lans/site';
import { oneNameEach, poolsOf } from './spec-pools';
import { siteOfSegment } from './segment-site';
import { specOf } from './segment-spec-of';
import { aligned, furtherSubnets, SEGMENT_LABEL, specFor, subnetOf } from './segment-spec';

type View = Pick<Inventory, 'engines' | 'networks'>;

const sameSubnet = (a: string, b: string): boolean => {
  const [one, other] = [parseCidr(a), parseCidr(b)];
  return one !== null && other !== null && sameCidr(one, other);
};

/**
 * Whether a network, by its own settings, stands in the segment: on a LAN, same VLAN id, a subnet in common, and no other
 * site than the segment's members.
 */
export function fitsSegment(
  network: Network,
  segment: Pick<Segment, 'vlan' | 'subnets' | 'members'>,
  engines: readonly Engine[],
): boolean {
  if (!sameSite(network.site, siteOfSegment(segment, engines))) return false;
  if (!onLan(network) && network.kind !== 'ipvlan') return false;
  if (vlanOf(network) !== segment.vlan) return false;
  return segment.subnets.some((one) => network.subnets.some((two) => sameSubnet(one.subnet, two.subnet)));
}

const mayBeMember = ({ kind, configOnly }: Network) => isLanDriver(kind) && !configOnly;

/** The network of a member: by our label, else by its name. Labels can't be put on an adopted network. */
export function networkOfMember(
  segment: Segment,
  member: Pick<SegmentMember, 'engineId' | 'networkName'>,
  networks: readonly Network[],
): Network | undefined {
  const here = networks.filter((one) => one.engineId === member.engineId && mayBeMember(one));
  const labelled = here.filter((one) => one.labels[SEGMENT_LABEL] === segment.id);
  const byName = (list: Network[]) => list.find((one) => one.name === member.networkName);
  // Several may carry the label (one engine can have two NICs in the segment); then the name decides.
  const unclaimed = labelled.filter(
    (one) => !segment.members.some((other) => other !== member && isNameOf(other, one)),
  );
  return byName(labelled) ?? byName(here.filter((one) => !one.labels[SEGMENT_LABEL])) ?? unclaimed[0];
}

const isNameOf = (member: Pick<SegmentMember, 'engineId' | 'networkName'>, network: Network): boolean =>
  member.engineId === network.engineId && member.networkName === network.name;

/** One spelling, whoever wrote it. */
function canonical(text: string): string {
  const cidr = parseCidr(text);
  if (cidr) return formatCidr(cidr);
  const ip = parseIp(text);
  return ip ? formatIp(ip) : text;
}

/** A list in one spelling and order: whoever made a network may have named its subnets the other way round. */
const listed = (texts: readonly (string | undefined)[]): string =>
  texts
    .flatMap((text) => (text ? canonical(text) : []))
    .sort()
    .join(', ');

/** The subnets as an engine shows them; where it hides what no spec can say, what it hides can't differ. */
function shownPools(network: Network, planned: readonly Subnet[], hides: boolean): Subnet[] {
  if (!hides) return network.subnets;
  return network.subnets.map((one) => ({
    ...planned.find((each) => sameSubnet(each.subnet, one.subnet)),
    ...one,
  }));
}

/** Addresses that a network does not exclude though it should; what it excludes besides is nothing of the plan's. */
function exclusionDrift(planned: readonly Subnet[], network: Network): Drift[] {
  const all = (pools: readonly Subnet[]) =>
    pools.flatMap((one) => Object.values(one.exclusions)).map(canonical);
  const [wanted, actual] = [all(planned), all(network.subnets)];
  if (wanted.every((one) => actual.includes(one))) return [];
  return [{ field: 'exclusions', planned: listed(wanted), actual: listed(actual) }];
}

/** The option of `docker network create` says it in every language. */
const internalText = (internal: boolean): string => (internal ? '--internal' : '');

const optionsText = (options: Record<string, string>, names: readonly string[]): string =>
  names.flatMap((name) => (name in options ? `${name}=${options[name] ?? ''}` : [])).join(', ');

/** Where a network differs from what the plan says of it. */
export function driftOf(segment: Segment, member: SegmentMember, network: Network): Drift[] {
  const planned = specFor(segment, member);
  const hides = specOf(network) === null;
  const [pools, there] = [poolsOf(planned), { ...planned, ...looseSpec(network) }];
  const shown = shownPools(network, pools, hides);
  const found: Drift[] = [];
  const compare = (field: Drift['field'], mine: string, theirs: string) => {
    if (mine !== theirs) found.push({ field, planned: mine, actual: theirs });
  };
  const compareAll = (field: Drift['field'], key: 'subnet' | 'gateway' | 'ipRange') =>
    compare(field, listed(pools.map((one) => one[key])), listed(shown.map((one) => one[key])));
  compare('name', planned.name, there.name);
  compare('parent', planned.parent, there.parent);
  compare('driver', planned.driver, there.driver);
  compare('mode', planned.mode, there.mode);
  compareAll('subnet', 'subnet');
  compareAll('gateway', 'gateway');
  compareAll('ipRange', 'ipRange');
  if (segment.internal !== undefined) {
    compare('internal', internalText(segment.internal), internalText(network.internal));
  }
  const names = Object.keys(planned.options ?? {}).sort();
  const options = hides ? { ...planned.options, ...network.options } : network.options;
  compare('options', optionsText(planned.options ?? {}, names), optionsText(options, names));
  return [...found, ...exclusionDrift(pools, network)];
}

/** What a network says of itself. What Podman hides, and what is inherited, can't differ. */
function looseSpec({ name, kind, parent, mode }: Network): Partial<NetworkSpec> {
  return {
    name,
    ...(isLanDriver(kind) ? { driver: kind } : {}),
    ...(parent ? { parent } : {}),
    ...(mode ? { mode } : {}),
  };
}

function memberView(segment: Segment, member: SegmentMember, { engines, networks }: View): MemberView {
  const network = networkOfMember(segment, member, networks);
  const engine = engines.find((one) => one.id === member.engineId);
  if (!network) {
    const known = engine !== undefined && engine.apiVersion !== '';
    return { ...member, networkId: null, state: known ? 'missing' : 'unknown', drift: [] };
  }
  const drift = driftOf(segment, member, network);
  return { ...member, networkId: network.id, state: drift.length > 0 ? 'drifted' : 'present', drift };
}

/** A member as a network itself says it. */
export function memberOf(network: Network): SegmentMember {
  const nic = parentNic(network) ?? '';
  const [ipRange, ipRange6] = [subnetOf(network, 4)?.ipRange, subnetOf(network, 6)?.ipRange];
  const moreRanges = furtherSubnets(network).flatMap((one) => one.ipRange ?? []);
  const named = network.subnets.flatMap((one) => Object.entries(one.exclusions));
  return {
    engineId: network.engineId,
    parentNic: nic,
    networkName: network.name,
    ...(ipRange ? { ipRange } : {}),
    ...(ipRange6 ? { ipRange6 } : {}),
    ...(moreRanges.length > 0 ? { moreRanges } : {}),
    ...(named.length > 0 ? { exclusions: oneNameEach(named) } : {}),
  };
}

/**
 * Every segment of the plan with its members as the engines have them, and the networks that belong to it without
 * being planned: labelled ones first, then those of the same VLAN id and subnet that no other segment has.
 */
export function recogniseSegments(plan: readonly Segment[], view: View): SegmentView[] {
  const claimed = new Set<Network>();
  const planned = plan.map((segment) => ({
    segment,
    members: segment.members.map((member) => {
      const network = networkOfMember(segment, member, view.networks);
      if (network) claimed.add(network);
      return memberView(segment, member, view);
    }),
  }));
  return planned.map(({ segment, members }) => {
    const others = view.networks.filter((network) => {
      if (claimed.has(network) || !mayBeMember(network)) return false;
      const label = network.labels[SEGMENT_LABEL];
      // A label of a segment that is not planned here says nothing against it.
      const elsewhere = label !== segment.id && plan.some((one) => one.id === label);
      return label === segment.id || (!elsewhere && fitsSegment(network, segment, view.engines));
    });
    for (const network of others) claimed.add(network);
    const unplanned = others.map((network): MemberView => ({
      ...aligned(segment, memberOf(network)),
      networkId: network.id,
      state: 'unplanned',
      drift: [],
    }));
    return { segment, members: [...members, ...unplanned] };
  });
}
