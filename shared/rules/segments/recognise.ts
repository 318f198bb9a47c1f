import type {
  Drift,
  MemberView,
  Network,
  NetworkSpec,
  Segment,
  SegmentMember,
  SegmentView,
} from '../../model';
import { formatCidr, formatIp, parseCidr, parseIp, sameCidr } from '../cidr';
import type { Inventory } from '../inventory';
import { onLan } from '../lan';
import { parentNic, vlanOf } from '../parent';
import { specOf } from './spec-of';
import { SEGMENT_LABEL, specFor, subnetOf } from './spec';

type View = Pick<Inventory, 'engines' | 'networks'>;

const sameSubnet = (a: string, b: string): boolean => {
  const [one, other] = [parseCidr(a), parseCidr(b)];
  return one !== null && other !== null && sameCidr(one, other);
};

/** Whether a network, by its own settings, stands in the segment: on a LAN, same VLAN id, a subnet in common. */
export function fitsSegment(network: Network, segment: Pick<Segment, 'vlan' | 'subnets'>): boolean {
  if (!onLan(network) && network.kind !== 'ipvlan') return false;
  if (vlanOf(network) !== segment.vlan) return false;
  return segment.subnets.some((one) => network.subnets.some((two) => sameSubnet(one.subnet, two.subnet)));
}

const isL2 = ({ kind, configOnly }: Network) => (kind === 'macvlan' || kind === 'ipvlan') && !configOnly;

/** The network of a member: by our label, else by its name. Labels can't be put on an adopted network. */
export function networkOfMember(
  segment: Segment,
  member: Pick<SegmentMember, 'engineId' | 'networkName'>,
  networks: readonly Network[],
): Network | undefined {
  const here = networks.filter((one) => one.engineId === member.engineId && isL2(one));
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

const both = (four: string | undefined, six: string | undefined): string =>
  [four, six].flatMap((text) => (text ? canonical(text) : [])).join(', ');

/** Where a network differs from what the plan says of it. */
export function driftOf(segment: Segment, member: SegmentMember, network: Network): Drift[] {
  const planned = specFor(segment, member);
  const actual = specOf(network) ?? { ...planned, ...looseSpec(network) };
  const found: Drift[] = [];
  const compare = (field: Drift['field'], mine: string, theirs: string) => {
    if (mine !== theirs) found.push({ field, planned: mine, actual: theirs });
  };
  compare('name', planned.name, actual.name);
  compare('parent', planned.parent, actual.parent);
  compare('driver', planned.driver, actual.driver);
  compare('mode', planned.mode, actual.mode);
  compare('subnet', both(planned.subnet, planned.subnet6), both(actual.subnet, actual.subnet6));
  compare('gateway', both(planned.gateway, planned.gateway6), both(actual.gateway, actual.gateway6));
  compare('ipRange', both(planned.ipRange, planned.ipRange6), both(actual.ipRange, actual.ipRange6));
  return found;
}

/** For what no spec can say: as much of it as can be compared. What Podman hides can't differ. */
function looseSpec(network: Network): Partial<NetworkSpec> {
  const { name, kind, parent, mode, subnets } = network;
  const [four, six] = [subnetOf(network, 4), subnetOf(network, 6)];
  return {
    name,
    subnet: subnets.map((one) => one.subnet).join(', '),
    subnet6: undefined,
    ...(kind === 'macvlan' || kind === 'ipvlan' ? { driver: kind } : {}),
    ...(parent ? { parent } : {}),
    ...(mode ? { mode } : {}),
    ...(four?.gateway ? { gateway: four.gateway } : {}),
    ...(four?.ipRange ? { ipRange: four.ipRange } : {}),
    ...(six?.gateway ? { gateway6: six.gateway } : {}),
    ...(six?.ipRange ? { ipRange6: six.ipRange } : {}),
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
  return {
    engineId: network.engineId,
    parentNic: nic,
    networkName: network.name,
    ...(ipRange ? { ipRange } : {}),
    ...(ipRange6 ? { ipRange6 } : {}),
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
      if (claimed.has(network) || !isL2(network)) return false;
      const label = network.labels[SEGMENT_LABEL];
      // A label of a segment that is not planned here says nothing against it.
      const elsewhere = label !== segment.id && plan.some((one) => one.id === label);
      return label === segment.id || (!elsewhere && fitsSegment(network, segment));
    });
    for (const network of others) claimed.add(network);
    const unplanned = others.map((network): MemberView => ({
      ...memberOf(network),
      networkId: network.id,
      state: 'unplanned',
      drift: [],
    }));
    return { segment, members: [...members, ...unplanned] };
  });
}
