import type {
  Engine,
  HostFacts,
  HostPlan,
  Nic,
  Problem,
  ReservedRange,
  Segment,
  SegmentMember,
} from '../../model';
import { lacks } from '../engines/capabilities';
import { parseCidr } from '../basics/cidr';
import { hostName } from '../engines/engines';
import { parentVerdict, type ParentReason } from '../lans/parent-verdict';
import { ownAddresses } from '../lans/host-addresses';
import type { Inventory } from '../inventory/inventory';
import { notice, problem } from '../../texts/messages';
import { parseParent } from '../lans/parent';
import { siteOfSegment } from '../membership/segment-site';
import { memberParent } from '../membership/segment-spec';

const field = 'spec.parent';

/** As much of a segment and of its member as tells the interface that a network is to stand on. */
type Tagged = Pick<Segment, 'vlan' | 'driver' | 'mtu'>;
type Standing = Pick<SegmentMember, 'engineId' | 'parentNic' | 'parent'>;
type Findings = Pick<HostPlan, 'notices' | 'problems'>;

/** An untagged segment on `eth0.10` would be VLAN 10 on that host, and untagged on the others. */
export function tagProblem(segment: Tagged, member: Standing): Problem | null {
  const parent = memberParent(segment, member);
  const parsed = parseParent(parent);
  if (!parsed.ok || parsed.vlan === null || parsed.vlan === segment.vlan) return null;
  const wanted = segment.vlan === null ? ({ context: 'untagged' } as const) : { wanted: segment.vlan };
  const params = { parent, vlan: parsed.vlan, ...wanted };
  return problem('vlan_mismatch', params, { engineId: member.engineId, field });
}

/** Engines take a VLAN link that exists as it is, without a look at its id or at what it stands on. */
function linkProblem(link: Nic, segment: Tagged, member: Standing, host: string): Problem | null {
  const place = { engineId: member.engineId, field };
  const params = { parent: link.name, host };
  if (segment.vlan === null) return null;
  if (link.kind !== 'vlan') {
    return member.parent ? null : problem('link_mismatch', { ...params, context: 'not_vlan' }, place);
  }
  if (link.vlan !== segment.vlan) {
    const ids = { vlan: link.vlan ?? '?', wanted: segment.vlan };
    return problem('vlan_mismatch', { ...params, ...ids, context: 'link' }, place);
  }
  if (!link.parent || link.parent === member.parentNic) return null;
  return problem('link_mismatch', { ...params, other: link.parent, nic: member.parentNic }, place);
}

/** What is wrong with an interface that is refused as a parent. */
function refusal(reason: ParentReason, parent: string, engine: Engine): Problem {
  const params = { parent, host: engine.name };
  const place = { engineId: engine.id, field };
  if (reason === 'loopback') return problem('parent_invalid', { parent, context: 'loopback' }, place);
  if (reason === 'not_ethernet') {
    return problem('parent_invalid', { ...params, context: 'not_ethernet' }, place);
  }
  return problem('parent_busy', params, place);
}

function unfit<P extends Findings>(
  nic: Nic,
  facts: HostFacts,
  plan: P,
  driver: Segment['driver'],
  inventory: Inventory,
): P {
  const engine = inventory.engines.find((one) => one.id === facts.engineId);
  if (!engine) return plan;
  const { state, remarks } = parentVerdict(nic, facts, engine, driver);
  const known = new Set(plan.notices.map((one) => one.message));
  // Desktop, rootless and Docker's bridges are told already, without a look at the host.
  const told = plan.notices.filter((one) => one.code === 'lan_unreachable').map((one) => one.params.context);
  const fresh = remarks
    .map((one) => one.notice)
    .filter((one) => !told.includes(one.params.context) && !known.has(one.message));
  const notices = [...plan.notices, ...fresh];
  const [worst] = remarks;
  if (state !== 'refused' || !worst) return { ...plan, notices };
  return { ...plan, notices, problems: [...plan.problems, refusal(worst.reason, nic.name, engine)] };
}

/** Engines accept an MTU for macvlan and ipvlan, and ignore it: containers have that of the link below them. */
function withMtu<P extends Findings>(
  plan: P,
  { mtu, vlan }: Tagged,
  member: Standing,
  below: Nic | undefined,
  host: string,
): P {
  if (mtu === undefined || below?.mtu === mtu) return plan;
  const params = { mtu, host };
  const told = below
    ? notice('mtu_ignored', { ...params, context: 'differs', parent: below.name, actual: below.mtu })
    : notice('mtu_ignored', { ...params, parent: memberParent({ vlan }, member) });
  return { ...plan, notices: [...plan.notices, told] };
}

/** The interface that is not there and that the engine won't make; it makes a VLAN link at most. */
function missingProblem(
  segment: Tagged,
  member: Standing,
  found: { nic: Nic | undefined; link: Nic | undefined },
  { engines }: Inventory,
): Problem | null {
  const { engineId, parentNic } = member;
  const engine = engines.find((one) => one.id === engineId);
  const makesLinks = !engine || !lacks(engine, 'vlanLinks');
  const [host, place] = [hostName(engineId, engines), { engineId, field }];
  if (!found.nic) {
    const params = { parent: member.parent ?? parentNic, host };
    return makesLinks
      ? problem('parent_missing', params, place)
      : problem('parent_missing', { ...params, context: 'no_links' }, place);
  }
  if (makesLinks || found.link || segment.vlan === null) return null;
  const params = { parent: memberParent(segment, member), host, nic: parentNic, vlan: segment.vlan };
  return problem('parent_missing', { ...params, context: 'vlan' }, place);
}

/**
 * Holds the plan of a network against what its host really has: NIC there and fit, VLAN link right where there is one. Without
 * facts (the admin has not allowed a look) the plan stays as it is, with its notice that nobody has looked.
 */
export function againstFacts<P extends Findings>(
  plan: P,
  segment: Tagged,
  member: Standing,
  facts: HostFacts | undefined,
  inventory: Inventory,
): P {
  const tag = tagProblem(segment, member);
  if (tag) return { ...plan, problems: [...plan.problems, tag] };
  const host = hostName(member.engineId, inventory.engines);
  if (!facts) return withMtu(plan, segment, member, undefined, host);
  const unseen: readonly string[] = ['parent_unchecked', 'vlan_link_needed'];
  const seen = { ...plan, notices: plan.notices.filter((one) => !unseen.includes(one.code)) };
  const find = (name: string) => facts.nics.find((one) => one.name === name);
  const link = find(memberParent(segment, member));
  const nic = member.parent ? link : find(member.parentNic);
  const missing = missingProblem(segment, member, { nic, link }, inventory);
  if (!nic || missing) return { ...seen, problems: [...seen.problems, ...(missing ? [missing] : [])] };
  const wrong = link ? linkProblem(link, segment, member, host) : null;
  if (wrong) return { ...seen, problems: [...seen.problems, wrong] };
  const { driver } = segment;
  // A VLAN link that is there already may be a bridge's port or down, whatever it stands on.
  const judged = [nic, ...(link && link !== nic ? [link] : [])].reduce(
    (now, one) => unfit(one, facts, now, driver, inventory),
    seen,
  );
  // A link that the engine makes has the MTU of what it stands on.
  return withMtu(judged, segment, member, link ?? nic, host);
}

/**
 * The segment with the hosts' own addresses among its reserved ones: they are on the LAN like any other, and no engine
 * knows of them. For planning only; the plan keeps what the admin reserved.
 */
export function withHostAddresses(
  segment: Segment,
  facts: readonly HostFacts[],
  inventory: Inventory,
): Segment {
  const { engines } = inventory;
  const subnets = segment.subnets.flatMap((one) => parseCidr(one.subnet) ?? []);
  const lan = { subnets, vlan: segment.vlan, site: siteOfSegment(segment, engines) };
  const own = facts.flatMap((one) => {
    const note = hostName(one.engineId, engines);
    const engine = engines.find(({ id }) => id === one.engineId);
    return ownAddresses(one, lan, engine).map(({ address }): ReservedRange => ({
      from: address,
      to: address,
      kind: 'reserved',
      note,
    }));
  });
  return own.length > 0 ? { ...segment, reserved: [...segment.reserved, ...own] } : segment;
}
