import type { HostPlan, Network, Segment, SegmentMember, SegmentRequest } from '../../model';
import { suggestAddress, type Suggestions } from '../addresses/suggest';
import { formatCidr, type Cidr } from '../basics/cidr';
import { hostName } from '../engines/engines';
import type { Inventory } from '../inventory/inventory';
import { problem } from '../../texts/messages';
import { planAttach } from '../plan/attach';
import { parentFindings } from '../plan/parent';
import { reservedProblem } from './check';
import { withHostAddresses } from '../host/check-host';
import { planAddHost } from './plan-create';
import { networkOfMember } from '../membership/recognise';
import { reservedInterval } from '../addresses/ranges';
import { hostPlan } from '../plan/result';
import { refuseSegment, sealed, type SegmentPlan, type SegmentWorld } from './result';
import { plannedNetwork } from '../networks/planned-network';
import { specFor, subnetOf } from '../membership/segment-spec';

type Attach = Extract<SegmentRequest, { kind: 'attach-to-segment' }>;

/** The fewest subnets that cover a range of addresses of one family exactly. */
export function coverRange(first: bigint, last: bigint, version: 4 | 6): Cidr[] {
  const width = version === 4 ? 32 : 128;
  const found: Cidr[] = [];
  let base = first;
  while (base <= last) {
    let prefix = width;
    // Grown while it stays aligned and inside.
    while (prefix > 0) {
      const bits = BigInt(width + 1 - prefix);
      const aligned = (base >> bits) << bits === base;
      if (!aligned || base + (1n << bits) - 1n > last) break;
      prefix -= 1;
    }
    found.push({ version, base, prefix, hostBitsSet: false, address: base });
    base += 1n << BigInt(width - prefix);
  }
  return found;
}

/** Reserved ranges in the guise of a neighbour's automatic ranges: the suggestion keeps out of those anyhow. */
function withReserved(segment: Segment, network: Network, inventory: Inventory, version: 4 | 6): Inventory {
  const blocks = segment.reserved.flatMap((range) => {
    const read = reservedInterval(range, version);
    return read ? coverRange(read.first, read.last, version) : [];
  });
  const subnet = subnetOf(network, version);
  if (!subnet) return inventory;
  const guises = blocks.map((block, index): Network => ({
    ...network,
    id: `reserved:${String(index)}`,
    subnets: [{ subnet: subnet.subnet, ipRange: formatCidr(block), exclusions: {} }],
  }));
  return { ...inventory, networks: [...inventory.networks, ...guises] };
}

/** A free address of one family outside every automatic and reserved range; undefined when there is none. */
export function suggestInSegment(
  segment: Segment,
  network: Network,
  inventory: Inventory,
  version: 4 | 6 = 4,
): string | undefined {
  const around = withReserved(segment, network, inventory, version);
  // The plan says itself what a DHCP server has.
  const found = suggestAddress(network, around, undefined, version, true);
  if (!found) return undefined;
  const place = { engineId: network.engineId, field: `ipv${String(version)}` };
  return reservedProblem(found, segment, place, inventory) ? undefined : found;
}

function attachTo(network: Network, segment: Segment, request: Attach, inventory: Inventory): HostPlan {
  const { kind: _kind, segmentId: _segment, host: _host, ...rest } = request;
  const plan = planAttach({ kind: 'attach', ...rest, networkId: network.id }, inventory);
  // A shim is told as such; the host that has it lists its address once more.
  const told = (field: string) =>
    plan.problems.some((one) => one.code === 'address_reserved' && one.field === field);
  const reserved = (['ipv4', 'ipv6'] as const).flatMap((field) => {
    if (told(field)) return [];
    const place = { engineId: request.engineId, field };
    return reservedProblem(request[field] ?? '', segment, place, inventory) ?? [];
  });
  const problems = [...plan.problems, ...reserved];
  // As where it is offered: the plan says itself what a DHCP server has, and its range is nobody else's bound.
  const notices = plan.notices.filter(({ code }) => code !== 'pin_outside_range');
  return hostPlan(request.engineId, { ...plan, notices, problems }, inventory);
}

/** With what is known of the hosts' own addresses. Parents are judged beside this: no host counts as looked at. */
const withFacts = ({ inventory, facts = [] }: SegmentWorld): Inventory => ({
  ...inventory,
  facts: [...(inventory.facts ?? []), ...facts],
});

const suggestions = (segment: Segment, network: Network, inventory: Inventory): Suggestions => {
  const suggestedIpv4 = suggestInSegment(segment, network, inventory);
  const suggestedIpv6 = suggestInSegment(segment, network, inventory, 6);
  return { ...(suggestedIpv4 ? { suggestedIpv4 } : {}), ...(suggestedIpv6 ? { suggestedIpv6 } : {}) };
};

function toPresent(segment: Segment, network: Network, request: Attach, world: SegmentWorld): SegmentPlan {
  const { facts } = world;
  const inventory = withFacts(world);
  const plan = attachTo(network, segment, request, inventory);
  const engine = inventory.engines.find((one) => one.id === network.engineId);
  const looked = facts?.map((one) => one.engineId) ?? [];
  const parent = engine && parentFindings(network, { engine, inventory: { facts: facts ?? [], looked } });
  const host: HostPlan = {
    ...plan,
    notices: [...plan.notices, ...(parent?.notices ?? [])],
    problems: [...plan.problems, ...(parent?.problems ?? [])],
  };
  return sealed({
    segment,
    segmentId: segment.id,
    segmentName: segment.name,
    hosts: [host],
    problems: [],
    ...suggestions(segment, network, inventory),
  });
}

/** The network first, then the container on it, as one change. */
function toMade(
  segment: Segment,
  member: SegmentMember,
  made: SegmentPlan,
  request: Attach,
  world: SegmentWorld,
) {
  const grown = { ...(made.segment ?? segment), reserved: segment.reserved };
  const network = plannedNetwork(specFor(grown, member), member.engineId, world.inventory.engines);
  const inventory = { ...withFacts(world), networks: [...world.inventory.networks, network] };
  const attach = attachTo(network, grown, request, inventory);
  const [create] = made.hosts;
  const host: HostPlan = create
    ? {
        ...create,
        steps: [...create.steps, ...attach.steps],
        notices: [...create.notices, ...attach.notices],
        problems: [...create.problems, ...attach.problems],
      }
    : attach;
  return sealed({ ...made, hosts: [host], ...suggestions(grown, network, inventory) });
}

/** Puts a container on the segment, whose network on the container's host is made first where there is none. */
export function planSegmentAttach(segment: Segment, request: Attach, world: SegmentWorld): SegmentPlan {
  const own = withHostAddresses(segment, world.facts ?? [], world.inventory);
  const plan = planOn(segment, own, request, world);
  // The hosts' addresses are for planning only.
  return plan.segment ? { ...plan, segment: { ...plan.segment, reserved: segment.reserved } } : plan;
}

function planOn(bare: Segment, segment: Segment, request: Attach, world: SegmentWorld): SegmentPlan {
  const { engineId, host } = request;
  const nameOf = (id: string) => hostName(id, world.inventory.engines);
  const planned = segment.members.find((one) => one.engineId === engineId);
  const network = planned && networkOfMember(segment, planned, world.inventory.networks);
  if (network) return toPresent(segment, network, request, world);
  const choice = host ?? planned;
  if (!choice) {
    const params = { context: 'attach', segment: segment.name, host: nameOf(engineId) } as const;
    const absent = problem('segment_lacks_host', params, { field: 'host', engineId });
    return refuseSegment(segment, segment.id, absent);
  }
  if (choice.engineId !== engineId) {
    const params = { host: nameOf(engineId), other: nameOf(choice.engineId) };
    return refuseSegment(segment, segment.id, problem('segment_other_host', params, { field: 'host' }));
  }
  // Planned and gone: made again as planned, not a second time.
  const rest = { ...bare, members: segment.members.filter((one) => one !== planned) };
  const made = planAddHost(
    rest,
    { kind: 'add-segment-host', segmentId: segment.id, host: { ...planned, ...choice } },
    world,
  );
  const member = made.segment?.members.find((one) => one.engineId === engineId);
  return member ? toMade({ ...segment, members: rest.members }, member, made, request, world) : made;
}
