import type { Inventory } from '../inventory/inventory';
import type {
  Engine,
  Problem,
  ReservedRange,
  Segment,
  SegmentDraft,
  SegmentMember,
  SegmentSubnet,
} from '../../model';
import {
  contains,
  containsCidr,
  formatCidr,
  formatIp,
  overlaps,
  parseCidr,
  parseIp,
  type Cidr,
} from '../basics/cidr';
import { hostName } from '../engines/engines';
import { problem, type ProblemPlace } from '../../texts/messages';
import { sameSite } from '../lans/site';
import { checkGateway, checkSubnet, gatewayShape } from '../networks/spec-subnet';
import { checkSubnet6 } from '../networks/spec-subnet6';
import { intervalOf, meets, reservedInterval, type Interval } from '../addresses/ranges';
import { siteOfSegment } from '../membership/segment-site';
import { furtherSubnets, isSingle, subnetOf } from '../membership/segment-spec';

const present = (found: (Problem | null)[]): Problem[] => found.filter((one) => one !== null);

/** A draft as a form gives it: without surrounding space, subnets and addresses in their one spelling. */
export function tidyDraft(draft: SegmentDraft): SegmentDraft {
  const { name, colour, tenant, vlan, driver, mode, mtu, internal, options = {} } = draft;
  const cidr = (text: string) => {
    const parsed = parseCidr(text.trim());
    return parsed && !parsed.hostBitsSet ? formatCidr(parsed) : text.trim();
  };
  const address = (text: string) => {
    const parsed = parseIp(text.trim());
    return parsed ? formatIp(parsed) : text.trim();
  };
  return {
    name: name.trim(),
    ...(colour ? { colour: colour.toLowerCase() } : {}),
    ...(tenant?.trim() ? { tenant: tenant.trim() } : {}),
    vlan,
    subnets: draft.subnets.map(({ subnet, gateway }) => ({
      subnet: cidr(subnet),
      ...(gateway?.trim() ? { gateway: address(gateway) } : {}),
    })),
    driver,
    mode,
    ...(mtu ? { mtu } : {}),
    reserved: draft.reserved.map((one) => ({ ...one, from: address(one.from), to: address(one.to) })),
    ...(internal === undefined ? {} : { internal }),
    ...(Object.keys(options).length > 0 ? { options } : {}),
  };
}

function oneSubnetProblems({ subnet, gateway }: SegmentSubnet, index: number): Problem[] {
  const place = (name: string): ProblemPlace => ({ field: `segment.subnets.${String(index)}.${name}` });
  const check = subnet.includes(':') ? checkSubnet6 : checkSubnet;
  const checked = check(subnet, place('subnet'));
  if ('problem' in checked) {
    const version = subnet.includes(':') ? 6 : 4;
    return [checked.problem, ...present([gatewayShape(gateway, version, place('gateway'))])];
  }
  return present([checkGateway(gateway, checked.subnet, place('gateway'))]);
}

/** Engines refuse a network whose own subnets overlap: “Pool overlaps with other one on this address space”. */
function ownOverlap(subnets: SegmentDraft['subnets']): Problem[] {
  return subnets.flatMap(({ subnet }, index) => {
    const other = subnets.slice(0, index).find((one) => meet(one.subnet, subnet));
    if (!other) return [];
    const params = { context: 'overlap', subnet, other: other.subnet } as const;
    return [problem('segment_subnets_invalid', params, { field: `segment.subnets.${String(index)}.subnet` })];
  });
}

function subnetProblems({ subnets }: SegmentDraft): Problem[] {
  if (!subnets.some((one) => one.subnet !== '' && !one.subnet.includes(':'))) {
    return [problem('segment_subnets_invalid', {}, { field: 'segment.subnets' })];
  }
  return [...subnets.flatMap(oneSubnetProblems), ...ownOverlap(subnets)];
}

function reservedProblems(draft: SegmentDraft): Problem[] {
  const subnets = draft.subnets.flatMap((one) => parseCidr(one.subnet) ?? []);
  return draft.reserved.flatMap((range, index) => {
    const { from, to } = range;
    const place = { field: `segment.reserved.${String(index)}` };
    const version = range.from.includes(':') ? 6 : 4;
    const read = reservedInterval(range, version);
    if (!read) return [problem('reserved_invalid', { from, to }, place)];
    // Beside a subnet that can't be read nothing is inside or outside.
    const inside =
      subnets.length < draft.subnets.length ||
      subnets.some((subnet) =>
        [read.first, read.last].every((value) => contains(subnet, { version, value })),
      );
    return inside ? [] : [problem('reserved_invalid', { context: 'outside', from, to }, place)];
  });
}

/** What is wrong with a segment's addresses by themselves, whatever else is wrong with it. */
export const addressProblems = (draft: SegmentDraft): Problem[] => {
  const tidy = tidyDraft(draft);
  return [...subnetProblems(tidy), ...reservedProblems(tidy)];
};

/**
 * What is wrong with a segment by itself and beside the others of the plan; `id` is its own, when it has one. Of two sites,
 * as far as its members tell them, equal subnets are two LANs.
 */
export function checkDraft(
  draft: SegmentDraft & Pick<Segment, 'members'>,
  plan: readonly Segment[],
  engines: readonly Engine[],
  id?: string,
): Problem[] {
  const others = plan.filter((one) => one.id !== id);
  const found = [...subnetProblems(draft), ...reservedProblems(draft)];
  const { name, vlan } = draft;
  const place = { field: 'segment.name' };
  if (name === '') found.push(problem('segment_name_missing', {}, place));
  if (others.some((one) => one.name.toLowerCase() === name.toLowerCase())) {
    found.push(problem('segment_name_taken', { segment: name }, place));
  }
  const site = siteOfSegment(draft, engines);
  const isNear = (one: Segment) => one.vlan === vlan && sameSite(siteOfSegment(one, engines), site);
  for (const other of others.filter(isNear)) {
    const clash = draft.subnets.find((mine) =>
      other.subnets.some((theirs) => meet(mine.subnet, theirs.subnet)),
    );
    if (!clash) continue;
    const lan = vlan === null ? ({ context: 'untagged' } as const) : { vlan };
    const params = { segment: other.name, subnet: clash.subnet, ...lan };
    found.push(problem('segment_overlap', params, { field: 'segment.subnets' }));
  }
  return found;
}

function meet(a: string, b: string): boolean {
  const [one, other] = [parseCidr(a), parseCidr(b)];
  return one !== null && other !== null && overlaps(one, other);
}

interface MemberRange {
  member: SegmentMember;
  cidr: Cidr;
  field: 'ipRange' | 'ipRange6' | 'moreRanges';
}

function rangesOf({ members }: Segment): MemberRange[] {
  return members.flatMap((member) => {
    const { ipRange, ipRange6, moreRanges = [] } = member;
    const texts = [
      ['ipRange', ipRange],
      ['ipRange6', ipRange6],
      ...moreRanges.map((one) => ['moreRanges', one] as const),
    ] as const;
    return texts.flatMap(([field, text]) => {
      const cidr = text ? parseCidr(text) : null;
      return cidr ? [{ member, cidr, field }] : [];
    });
  });
}

interface Reserved extends Interval {
  from: string;
  to: string;
}

/** The subnet that a range is of: the first of its family, and for a further one that which it is inside of. */
function homeOf(segment: Segment, { cidr, field }: MemberRange): Cidr | null {
  if (field !== 'moreRanges') {
    return parseCidr(subnetOf(segment, field === 'ipRange' ? 4 : 6)?.subnet ?? '');
  }
  const further = furtherSubnets(segment).flatMap((one) => parseCidr(one.subnet) ?? []);
  return further.find((one) => containsCidr(one, cidr)) ?? further[0] ?? null;
}

function rangeProblem(one: MemberRange, subnet: Cidr, reserved: Reserved[]): Problem | null {
  const place = { field: one.field, engineId: one.member.engineId };
  const range = formatCidr(one.cidr);
  if (!containsCidr(subnet, one.cidr)) {
    return problem('range_outside_subnet', { range, subnet: formatCidr(subnet) }, place);
  }
  const met = reserved.find((each) => meets(each, intervalOf(one.cidr)));
  if (!met) return null;
  return problem('range_overlap', { context: 'reserved', range, from: met.from, to: met.to }, place);
}

/**
 * The automatic ranges of the hosts in `own` against the subnet, the reserved ranges, and those of all hosts.
 * @param excluded reserved ranges of which those that stand alone are kept out of ranges by the engines themselves
 */
export function checkRanges(
  segment: Segment,
  own: readonly string[],
  inventory: Inventory,
  excluded: readonly ReservedRange[] = [],
): Problem[] {
  const kept = new Set(excluded.filter(isSingle).map((one) => one.from));
  const reservedOf = (version: 4 | 6): Reserved[] =>
    segment.reserved.flatMap((one) => {
      const interval = isSingle(one) && kept.has(one.from) ? null : reservedInterval(one, version);
      return interval ? [{ ...interval, from: one.from, to: one.to }] : [];
    });
  const ranges = rangesOf(segment);
  return ranges.flatMap((one, index) => {
    const { engineId } = one.member;
    const subnet = homeOf(segment, one);
    if (!own.includes(engineId) || !subnet) return [];
    const wrong = rangeProblem(one, subnet, reservedOf(one.cidr.version));
    if (wrong) return [wrong];
    const other = ranges.find(
      (two, at) =>
        two.member !== one.member &&
        overlaps(one.cidr, two.cidr) &&
        (at < index || !own.includes(two.member.engineId)),
    );
    if (!other) return [];
    const host = hostName(other.member.engineId, inventory.engines);
    const params = { range: formatCidr(one.cidr), other: formatCidr(other.cidr), host };
    return [problem('range_overlap', params, { field: one.field, engineId })];
  });
}

/** Each engine once: two networks of one subnet on one host would be ambiguous. */
export function checkHosts(hosts: readonly { engineId: string }[], inventory: Inventory): Problem[] {
  const seen = new Set<string>();
  return hosts.flatMap(({ engineId }) => {
    if (!seen.has(engineId)) {
      seen.add(engineId);
      return [];
    }
    const host = hostName(engineId, inventory.engines);
    return [problem('host_repeated', { host }, { field: 'hosts', engineId })];
  });
}
