import type {
  HostChoice,
  HostFacts,
  HostPlan,
  Notice,
  Problem,
  Segment,
  SegmentMember,
  SegmentRequest,
} from '../../model';
import { parseCidr } from '../basics/cidr';
import { hostName } from '../engines/engines';
import type { Inventory } from '../inventory/inventory';
import { problem } from '../../texts/messages';
import { planCreateNetwork } from '../plan/network';
import { rangeNotices } from '../networks/spec-notices';
import { checkDraft, checkHosts, checkRanges, tidyDraft } from './check';
import { againstFacts, withHostAddresses } from '../host/check-host';
import { memberFrom, withRanges } from './members';
import { hostPlan } from '../plan/result';
import { refuseSegment, sealed, type SegmentPlan, type SegmentWorld } from './result';
import { siteProblems } from '../membership/segment-site';
import { subnetOf, specFor } from '../membership/segment-spec';

type Request<K extends SegmentRequest['kind']> = Extract<SegmentRequest, { kind: K }>;

/** That the segment stands on its other hosts as well is what it is for, and no news. */
function withoutOwn(notices: readonly Notice[], segment: Segment, inventory: Inventory): Notice[] {
  const hosts = new Map(inventory.engines.map((one) => [one.name, one.id]));
  return notices.filter(
    ({ code, params }) =>
      code !== 'subnet_shared' ||
      !segment.members.some(
        (one) => one.networkName === params.network && one.engineId === hosts.get(String(params.host)),
      ),
  );
}

/** Every member has a range by default; without room for one the engine would hand out from the whole subnet. */
function roomProblem(segment: Segment, member: SegmentMember): Problem[] {
  if (member.ipRange) return [];
  const subnet = subnetOf(segment, 4)?.subnet ?? '';
  const place = { engineId: member.engineId, field: 'ipRange' };
  return parseCidr(subnet) ? [problem('subnet_full', { context: 'ranges', subnet }, place)] : [];
}

/**
 * The network of one member, checked as every network is.
 * @param spec as it is to be made, where that is more than the segment says
 */
export function planMember(
  segment: Segment,
  member: SegmentMember,
  inventory: Inventory,
  facts: readonly HostFacts[] = [],
  spec = specFor(segment, member),
): HostPlan {
  const request = { kind: 'create-network', engineId: member.engineId, spec } as const;
  const plan = planCreateNetwork(request, inventory);
  const notices = withoutOwn(plan.notices, segment, inventory);
  const made = hostPlan(member.engineId, { ...plan, notices }, inventory);
  const own = facts.find((one) => one.engineId === member.engineId);
  return againstFacts(made, segment, member, own, inventory);
}

/** Members that are to come, on top of those that the segment has. */
function planMembers(
  base: Segment,
  added: SegmentMember[],
  world: SegmentWorld,
  own: Problem[],
): SegmentPlan {
  const { inventory, facts = [] } = world;
  const engines = added.map((one) => one.engineId);
  const joined = { ...base, members: [...base.members, ...added] };
  const wider = withRanges(withHostAddresses(joined, facts, inventory), engines, inventory);
  const full = { ...wider, reserved: base.reserved };
  const mine = full.members.slice(base.members.length);
  const problems = [
    ...own,
    ...siteProblems(joined, inventory.engines, base.members.length > 0 ? 'host' : 'hosts'),
    ...checkHosts(added, inventory),
    ...(own.length > 0 ? [] : mine.flatMap((one) => roomProblem(full, one))),
    ...checkRanges(wider, engines, inventory, base.reserved),
  ];
  const hosts = mine.map((one) => planMember(full, one, inventory, facts));
  return sealed({ segment: full, segmentId: full.id, segmentName: full.name, hosts, problems });
}

/** Tells each host's ranges that are taken in another spelling than they were typed in. */
export function withSpellings(plan: SegmentPlan, typed: readonly HostChoice[]): SegmentPlan {
  const told = (engineId: string) =>
    typed
      .filter((one) => one.engineId === engineId)
      .flatMap(({ ipRange, ipRange6, moreRanges = [] }) => rangeNotices([ipRange, ipRange6, ...moreRanges]));
  const hosts = plan.hosts.map((host) => ({ ...host, notices: [...host.notices, ...told(host.engineId)] }));
  return { ...plan, hosts };
}

/** Makes the segment on every host named. */
export function planCreate(request: Request<'create-segment'>, world: SegmentWorld): SegmentPlan {
  const draft = tidyDraft(request.segment);
  const base: Segment = { ...draft, internal: draft.internal ?? false, id: world.newId, members: [] };
  const added = request.hosts.map((host) => memberFrom(host, draft));
  const { engines } = world.inventory;
  const problems = checkDraft({ ...draft, members: added }, world.plan, engines);
  return withSpellings(planMembers(base, added, world, problems), request.hosts);
}

/** Makes the network of one more host. */
export function planAddHost(
  segment: Segment,
  request: Request<'add-segment-host'>,
  world: SegmentWorld,
): SegmentPlan {
  const { engineId } = request.host;
  if (segment.members.some((one) => one.engineId === engineId)) {
    const params = { segment: segment.name, host: hostName(engineId, world.inventory.engines) };
    const twice = problem('segment_has_host', params, { field: 'host.engineId', engineId });
    return refuseSegment(segment, segment.id, twice);
  }
  const usual = segment.members[0]?.networkName;
  const choice = { ...(usual ? { networkName: usual } : {}), ...request.host };
  return withSpellings(planMembers(segment, [memberFrom(choice, segment)], world, []), [request.host]);
}
