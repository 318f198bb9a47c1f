import type { Inventory } from '../inventory';
import type { Problem, Segment, SegmentDraft, SegmentMember } from '../../model';
import {
  contains,
  containsCidr,
  formatCidr,
  formatIp,
  overlaps,
  parseCidr,
  parseIp,
  type Cidr,
} from '../cidr';
import { hostName } from '../engines';
import { problem, type ProblemPlace } from '../messages';
import { checkGateway, checkSubnet } from '../spec-subnet';
import { checkSubnet6 } from '../spec-subnet6';
import { intervalOf, meets, reservedInterval, type Interval } from './ranges';
import { subnetOf } from './spec';

const present = (found: (Problem | null)[]): Problem[] => found.filter((one) => one !== null);

/** A draft as a form gives it: without surrounding space, subnets and addresses in their one spelling. */
export function tidyDraft(draft: SegmentDraft): SegmentDraft {
  const { name, colour, tenant, vlan, driver, mode, mtu } = draft;
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
  };
}

function subnet6Problems(subnets: SegmentDraft['subnets']): Problem[] {
  return subnets.flatMap(({ subnet, gateway }, index) => {
    const place = (name: string): ProblemPlace => ({ field: `segment.subnets.${String(index)}.${name}` });
    if (!subnet.includes(':')) return [];
    const checked = checkSubnet6(subnet, place('subnet'));
    if ('problem' in checked) return [checked.problem];
    return present([checkGateway(gateway, checked.subnet, place('gateway'))]);
  });
}

function subnetProblems(draft: SegmentDraft): Problem[] {
  const four = draft.subnets.filter((one) => !one.subnet.includes(':'));
  const [only] = four;
  if (!only || only.subnet === '' || four.length > 1 || draft.subnets.length - four.length > 1) {
    return [problem('segment_subnets_invalid', {}, { field: 'segment.subnets' })];
  }
  const index = String(draft.subnets.indexOf(only));
  const checked = checkSubnet(only.subnet, { field: `segment.subnets.${index}.subnet` });
  const found =
    'problem' in checked
      ? [checked.problem]
      : present([checkGateway(only.gateway, checked.subnet, { field: `segment.subnets.${index}.gateway` })]);
  return [...found, ...subnet6Problems(draft.subnets)];
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

/** What is wrong with a segment by itself and beside the others of the plan; `id` is its own, when it has one. */
export function checkDraft(draft: SegmentDraft, plan: readonly Segment[], id?: string): Problem[] {
  const others = plan.filter((one) => one.id !== id);
  const found = [...subnetProblems(draft), ...reservedProblems(draft)];
  const { name, vlan } = draft;
  const place = { field: 'segment.name' };
  if (name === '') found.push(problem('segment_name_missing', {}, place));
  if (others.some((one) => one.name.toLowerCase() === name.toLowerCase())) {
    found.push(problem('segment_name_taken', { segment: name }, place));
  }
  for (const other of others.filter((one) => one.vlan === vlan)) {
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
}

function rangesOf(segment: Segment, version: 4 | 6): MemberRange[] {
  return segment.members.flatMap((member) => {
    const text = version === 4 ? member.ipRange : member.ipRange6;
    const cidr = text ? parseCidr(text) : null;
    return cidr ? [{ member, cidr }] : [];
  });
}

interface Reserved extends Interval {
  from: string;
  to: string;
}

function rangeProblem(one: MemberRange, subnet: Cidr, reserved: Reserved[], field: string): Problem | null {
  const place = { field, engineId: one.member.engineId };
  const range = formatCidr(one.cidr);
  if (one.cidr.hostBitsSet) {
    const written = (field === 'ipRange6' ? one.member.ipRange6 : one.member.ipRange) ?? '';
    return problem('range_outside_subnet', { context: 'host_bits', range: written, to: range }, place);
  }
  if (!containsCidr(subnet, one.cidr)) {
    return problem('range_outside_subnet', { range, subnet: formatCidr(subnet) }, place);
  }
  const met = reserved.find((each) => meets(each, intervalOf(one.cidr)));
  if (!met) return null;
  return problem('range_overlap', { context: 'reserved', range, from: met.from, to: met.to }, place);
}

/** The automatic ranges of the hosts in `own` against the subnet, the reserved ranges, and those of all hosts. */
export function checkRanges(segment: Segment, own: readonly string[], inventory: Inventory): Problem[] {
  return ([4, 6] as const).flatMap((version) => {
    const field = version === 4 ? 'ipRange' : 'ipRange6';
    const subnet = parseCidr(subnetOf(segment, version)?.subnet ?? '');
    if (!subnet) return [];
    const reserved = segment.reserved.flatMap((one) => {
      const interval = reservedInterval(one, version);
      return interval ? [{ ...interval, from: one.from, to: one.to }] : [];
    });
    const ranges = rangesOf(segment, version);
    return ranges.flatMap((one, index) => {
      if (!own.includes(one.member.engineId)) return [];
      const wrong = rangeProblem(one, subnet, reserved, field);
      if (wrong) return [wrong];
      const other = ranges.find(
        (two, at) =>
          two !== one && overlaps(one.cidr, two.cidr) && (at < index || !own.includes(two.member.engineId)),
      );
      if (!other) return [];
      const host = hostName(other.member.engineId, inventory.engines);
      const params = { range: formatCidr(one.cidr), other: formatCidr(other.cidr), host };
      return [problem('range_overlap', params, { field, engineId: one.member.engineId })];
    });
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

/** Whether an address is in a reserved range, and if so, what holds it. */
export function reservedProblem(
  text: string,
  segment: Segment,
  place: { engineId: string; field: string },
  inventory: Inventory,
): Problem | null {
  const ip = parseIp(text);
  if (!ip) return null;
  const range = segment.reserved.find((one) => {
    const read = reservedInterval(one, ip.version);
    return read !== null && ip.value >= read.first && ip.value <= read.last;
  });
  if (!range) return null;
  const name = range.note || (range.kind === 'dhcp' ? 'DHCP' : `${range.from} – ${range.to}`);
  const params = {
    address: text,
    name,
    network: segment.name,
    host: hostName(place.engineId, inventory.engines),
  };
  return problem('address_reserved', params, place);
}
