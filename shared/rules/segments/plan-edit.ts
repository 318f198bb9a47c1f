import type {
  Container,
  Endpoint,
  Engine,
  HostChoice,
  HostFacts,
  HostPlan,
  Network,
  NetworkSpec,
  Notice,
  Problem,
  Segment,
  SegmentMember,
  SegmentRequest,
  Step,
} from '../../model';
import { addressProblem } from '../addresses/check';
import { contains, containsCidr, parseCidr, parseIp } from '../basics/cidr';
import { hostName, sinceV28 } from '../engines/engines';
import type { Inventory } from '../inventory/inventory';
import { isLive } from '../membership/leftover';
import { notice, problem } from '../../texts/messages';
import { parentNic, standsOn } from '../lans/parent';
import { modeProblems } from '../plan/gone-mode';
import { madeWithNotices } from '../plan/made-with';
import { connect } from '../plan/steps';
import { findEngine } from '../plan/subject';
import { hostPlan, refuse } from '../plan/result';
import { checkDraft, checkHosts, checkRanges, tidyDraft } from './check';
import { withHostAddresses } from '../host/check-host';
import { memberFrom, withRanges } from './members';
import { planMember, withSpellings } from './plan-create';
import {
  comersOf,
  leave,
  leaversOf,
  lostNotices,
  macOf,
  untoldNotices,
  withUntoldPins,
  type Leaver,
} from './leavers';
import { againProblem, stuckProblems, withoutNetworks } from './plan-remove';
import { driftOf, networkOfMember } from '../membership/recognise';
import { notHeldProblems } from './not-held';
import { requestOf } from './request-of';
import { sealed, type SegmentPlan, type SegmentWorld } from './result';
import { siteProblems, sitesApart } from '../membership/segment-site';
import { plannedNetwork } from '../networks/planned-network';
import { furtherSubnets, specFor, subnetOf } from '../membership/segment-spec';
import { isListed, unlistedNotices } from './unlisted';
import { specInPlaceOf } from '../membership/segment-spec-of';

type Edit = Extract<SegmentRequest, { kind: 'edit-segment' }>;

/** A disconnect, a removal, a creation and a connect, each well within a second, and neighbours that learn a new MAC. */
const recreateSeconds = 3;

/** A range stays while it is inside the subnet; where the subnet moves, another is found. */
function keptRanges(member: SegmentMember, after: Segment): SegmentMember {
  const { ipRange, ipRange6, moreRanges = [], exclusions = {}, ...rest } = member;
  const kept = (text: string | undefined, version: 4 | 6) => {
    const [range, subnet] = [parseCidr(text ?? ''), parseCidr(subnetOf(after, version)?.subnet ?? '')];
    return range && subnet && containsCidr(subnet, range) ? text : undefined;
  };
  const [four, six] = [kept(ipRange, 4), kept(ipRange6, 6)];
  const subnets = after.subnets.flatMap((one) => parseCidr(one.subnet) ?? []);
  const further = furtherSubnets(after).flatMap((one) => parseCidr(one.subnet) ?? []);
  const ranges = moreRanges.filter((text) => {
    const range = parseCidr(text);
    return range !== null && further.some((one) => containsCidr(one, range));
  });
  const excluded = Object.entries(exclusions).filter(([, address]) => {
    const ip = parseIp(address);
    return ip !== null && subnets.some((one) => contains(one, ip));
  });
  return {
    ...rest,
    ...(four ? { ipRange: four } : {}),
    ...(six ? { ipRange6: six } : {}),
    ...(ranges.length > 0 ? { moreRanges: ranges } : {}),
    ...(excluded.length > 0 ? { exclusions: Object.fromEntries(excluded) } : {}),
  };
}

function chosen(member: SegmentMember, hosts: readonly HostChoice[], after: Segment): SegmentMember {
  const choice = hosts.find((one) => one.engineId === member.engineId);
  const kept = keptRanges(member, after);
  if (!choice) return kept;
  // Another NIC makes the special name of the old one's link void.
  const { parent: _parent, ...loose } = kept;
  const base = choice.parentNic === member.parentNic ? kept : loose;
  return memberFrom({ ...base, ...choice }, after);
}

/** The segment as it is to be, ranges found for hosts that lost theirs. */
function editedSegment(
  segment: Segment,
  request: Edit,
  inventory: Inventory,
  facts: readonly HostFacts[],
): Segment {
  const after: Segment = { ...tidyDraft(request.segment), id: segment.id, members: [] };
  after.members = segment.members.map((one) => chosen(one, request.hosts, after));
  const wanting = segment.members.flatMap((one, index) => {
    const now = after.members[index];
    const lost =
      (one.ipRange && !now?.ipRange) ||
      (one.ipRange6 && !now?.ipRange6) ||
      (one.moreRanges?.length ?? 0) > (now?.moreRanges?.length ?? 0);
    const gained = after.subnets.length > segment.subnets.length;
    return lost || gained ? [one.engineId] : [];
  });
  return withRanges(withHostAddresses(after, facts, inventory), wanting, inventory);
}

interface Replacement {
  member: SegmentMember;
  old: Network | undefined;
  spec: NetworkSpec;
  next: Network;
}

const replacement = (
  segment: Segment,
  member: SegmentMember,
  old: Network | undefined,
  engines: readonly Engine[],
): Replacement => {
  const own = specFor(segment, member);
  const inPlace = old ? specInPlaceOf(old, own) : own;
  const spec = segment.internal === undefined && old ? { ...inPlace, internal: old.internal } : inPlace;
  return { member, old, spec, next: plannedNetwork(spec, member.engineId, engines) };
};

/** The inventory as it will be: new networks in the place of the old, with the pins of everything put back. */
function rehomed(replaced: readonly Replacement[], inventory: Inventory): Inventory {
  const homes = new Map<Endpoint, Network>();
  for (const { old, next } of replaced) {
    if (old) for (const { endpoint } of leaversOf(old, inventory)) homes.set(endpoint, next);
  }
  const gone = replaced.map((one) => one.old);
  const move = (endpoint: Endpoint): Endpoint => {
    const home = homes.get(endpoint);
    return home
      ? { ...endpoint, networkId: home.id, networkName: home.name, endpointId: '', ipv4: '', ipv6: '' }
      : endpoint;
  };
  return {
    ...inventory,
    networks: [
      ...inventory.networks.filter((one) => !gone.includes(one)),
      ...replaced.map((one) => one.next),
    ],
    containers: inventory.containers.map((one) => ({ ...one, endpoints: one.endpoints.map(move) })),
  };
}

function pinProblems(
  endpoint: Endpoint,
  container: Pick<Container, 'engineId' | 'id' | 'name'>,
  next: Network,
  world: Inventory,
) {
  const { engineId, name } = container;
  const place = { engineId, field: 'segment.subnets' };
  const held = { context: 'held', container: name, host: hostName(engineId, world.engines) } as const;
  return [endpoint.pinned4, endpoint.pinned6].flatMap((pin): Problem[] => {
    if (!pin) return [];
    // The address was there first: it is the gateway that has to be another.
    const told = (each: Problem): Problem =>
      each.code === 'address_is_gateway'
        ? problem('address_is_gateway', { ...held, address: pin }, place)
        : each;
    const found = addressProblem(pin, next, world, { own: container, field: place.field });
    return found ? [told(found)] : [];
  });
}

/** A running one gets another MAC where its engine makes one at each connect, or of an address that it does not keep. */
function macNotices(old: Network, next: Network, leaver: Leaver, inventory: Inventory): Notice[] {
  const { container, endpoint } = leaver;
  // What has the MAC of the host's NIC is not told of.
  const changes = isLive(container) && next.kind === 'macvlan';
  const renewed = changes ? { ipv4: endpoint.pinned4 ?? '' } : undefined;
  const { mac, notices } = macOf(old, leaver, inventory, undefined, renewed);
  const engine = inventory.engines.find((one) => one.id === old.engineId);
  if (!changes || mac || !engine || !sinceV28(engine)) return notices;
  return [...notices, notice('mac_random', { container: container.name, network: old.name })];
}

function memberNotices(old: Network, next: Network, inventory: Inventory): Notice[] {
  return leaversOf(old, inventory).flatMap((leaver) => {
    const { container, endpoint } = leaver;
    const untold = untoldNotices(old, leaver, inventory);
    const mac = macNotices(old, next, leaver, inventory);
    const lost = lostNotices(old, leaver, inventory);
    if (!isLive(container)) return [...lost, ...(untold ?? []), ...mac];
    const params = { container: container.name, network: old.name };
    const made = [notice('interruption', { ...params, seconds: recreateSeconds }), ...mac];
    if (untold) return [...made, ...lost, ...untold];
    // Putting an automatic address back as a pin would fix what nobody asked to be fixed.
    if (endpoint.pinned4 || !endpoint.ipv4) return made;
    return [...made, notice('undo_may_change_address', { ...params, address: endpoint.ipv4 })];
  });
}

/** What engines tell, and the same with what is fixed and they don't. */
interface Before {
  inventory: Inventory;
  told: Inventory;
}

/** Detach, remove, create, attach: networks can't be edited. */
function replace(
  one: Replacement,
  after: Segment,
  { inventory: before, told }: Before,
  world: Inventory,
  facts: readonly HostFacts[],
): HostPlan {
  const { member, old, spec, next } = one;
  const cleared = { ...world, networks: world.networks.filter((network) => network !== next) };
  const made = planMember(after, member, cleared, facts, spec);
  if (!old) return made;
  const leavers = leaversOf(old, told);
  const problems = [
    ...made.problems,
    ...againProblem(old, before),
    ...stuckProblems(old, before),
    ...leavers.flatMap(({ container, endpoint }) => pinProblems(endpoint, container, next, world)),
    ...modeProblems(leavers, world),
    ...notHeldProblems(next, leavers, world),
  ];
  const steps: Step[] = [
    ...leave(old, before),
    { op: 'remove-network', networkId: old.id, networkName: old.name },
    ...made.steps,
    ...comersOf(old, told).map((leaver) => {
      const { mac } = macOf(old, leaver, told, next);
      return connect(leaver.container, next, { ...requestOf(leaver.endpoint), ...(mac && { mac }) });
    }),
  ];
  // The old network is gone from `cleared`, but what it stands on is there.
  const known = ({ code, params }: Notice) =>
    code === 'parent_unchecked' && standsOn(String(params.parent), member.engineId, before.networks);
  const notices = [
    ...memberNotices(old, next, before),
    ...made.notices.filter((each) => !known(each)),
    ...madeWithNotices(old, before, next.name),
  ];
  return { ...made, steps: problems.length > 0 ? [] : steps, notices, problems };
}

function hostPlans(after: Segment, before: Segment, known: Before, facts: readonly HostFacts[]): HostPlan[] {
  const { inventory, told } = known;
  const replaced: Replacement[] = [];
  const offline: HostPlan[] = [];
  for (const [index, member] of after.members.entries()) {
    if (!isListed(member, inventory)) continue;
    const was = before.members[index] ?? member;
    const old = networkOfMember(before, was, inventory.networks);
    if (old && driftOf(after, member, old).length === 0) continue;
    const engine = findEngine(member.engineId, inventory);
    if (!engine.ok) offline.push(hostPlan(member.engineId, refuse(engine.error), inventory));
    else replaced.push(replacement(after, member, old, inventory.engines));
  }
  const world = rehomed(replaced, told);
  return [...offline, ...replaced.map((one) => replace(one, after, known, world, facts))];
}

/** Brings the segment, and every host of it, to what is wanted; hosts that are so already are left alone. */
export function planEdit(segment: Segment, request: Edit, world: SegmentWorld): SegmentPlan {
  const { inventory, plan, facts = [] } = world;
  const old = segment.members.flatMap((one) => networkOfMember(segment, one, inventory.networks) ?? []);
  const subnets = request.segment.subnets.flatMap(({ subnet }) => parseCidr(subnet) ?? []);
  const told = withUntoldPins(inventory, old, (address) => {
    const ip = parseIp(address);
    return ip !== null && subnets.some((one) => contains(one, ip));
  });
  const pins = rehomedPins(segment, request, old, told);
  const wider = editedSegment(segment, request, pins, facts);
  const after = { ...wider, reserved: tidyDraft(request.segment).reserved };
  const unknown = request.hosts.filter(
    (host) => !segment.members.some((one) => one.engineId === host.engineId),
  );
  const problems = [
    ...checkDraft(after, plan, inventory.engines, segment.id),
    // One that has members of two sites already is told so, and can be edited all the same.
    ...(sitesApart(segment, inventory.engines) ? [] : siteProblems(after, inventory.engines, 'hosts')),
    ...checkHosts(request.hosts, inventory),
    ...unknown.map(({ engineId }) => {
      const params = { segment: segment.name, host: hostName(engineId, inventory.engines) };
      return problem('segment_lacks_host', params, { field: 'hosts', engineId });
    }),
    ...checkRanges(
      wider,
      after.members.map((one) => one.engineId),
      inventory,
      after.reserved,
    ),
  ];
  const hosts = problems.length > 0 ? [] : hostPlans(after, segment, { inventory, told }, facts);
  const names = { segmentId: segment.id, segmentName: after.name };
  const left = unlistedNotices(after.members, inventory, 'stays');
  const made = sealed({ segment: after, ...names, hosts, problems, ...left });
  return withSpellings(made, request.hosts);
}

/** For finding ranges: the old networks gone, and their pins on the LAN to come. */
function rehomedPins(
  segment: Segment,
  request: Edit,
  old: readonly Network[],
  inventory: Inventory,
): Inventory {
  const draft: Segment = { ...tidyDraft(request.segment), id: segment.id, members: [] };
  const replaced = old.map((network) => {
    const member = {
      engineId: network.engineId,
      parentNic: parentNic(network) ?? 'any',
      networkName: network.name,
    };
    return replacement(draft, member, network, inventory.engines);
  });
  return old.length > 0 ? rehomed(replaced, inventory) : withoutNetworks(inventory, []);
}
