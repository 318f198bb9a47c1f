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
import { intervalOf, meets, reservedInterval, type Interval } from './ranges';
import { subnetOf } from './spec';

export const invalid = (detail: string, field?: string, engineId?: string): Problem =>
  problem('invalid_input', { detail }, { ...(field ? { field } : {}), ...(engineId ? { engineId } : {}) });

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

/** The IPv6 subnet, which `checkNetworkSpec` does not know. */
function subnet6Problems(subnets: SegmentDraft['subnets']): Problem[] {
  return subnets.flatMap(({ subnet, gateway }, index) => {
    const place = (name: string): ProblemPlace => ({ field: `segment.subnets.${String(index)}.${name}` });
    const cidr = parseCidr(subnet);
    if (!cidr || cidr.version === 4) return [];
    if (cidr.hostBitsSet)
      return [problem('subnet_host_bits', { subnet, to: formatCidr(cidr) }, place('subnet'))];
    if (cidr.prefix > 124)
      return [problem('subnet_invalid', { context: 'too_small', subnet }, place('subnet'))];
    return present([checkGateway(gateway, cidr, place('gateway'))]);
  });
}

function subnetProblems(draft: SegmentDraft): Problem[] {
  const four = draft.subnets.filter((one) => !one.subnet.includes(':'));
  const [only] = four;
  if (!only || four.length > 1 || draft.subnets.length - four.length > 1) {
    return [
      invalid('a segment has one IPv4 subnet, and at most one IPv6 subnet beside it', 'segment.subnets'),
    ];
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
    const field = `segment.reserved.${String(index)}`;
    const version = range.from.includes(':') ? 6 : 4;
    const read = reservedInterval(range, version);
    if (!read) return [invalid(`“${range.from} – ${range.to}” is not a range of addresses`, field)];
    const inside = subnets.some((subnet) =>
      [read.first, read.last].every((value) => contains(subnet, { version, value })),
    );
    return inside ? [] : [invalid(`${range.from} – ${range.to} is not inside the segment’s subnet`, field)];
  });
}

/** What is wrong with a segment by itself and beside the others of the plan; `id` is its own, when it has one. */
export function checkDraft(draft: SegmentDraft, plan: readonly Segment[], id?: string): Problem[] {
  const others = plan.filter((one) => one.id !== id);
  const found = [...subnetProblems(draft), ...reservedProblems(draft)];
  if (draft.name === '') found.push(invalid('the segment needs a name', 'segment.name'));
  if (others.some((one) => one.name.toLowerCase() === draft.name.toLowerCase())) {
    found.push(invalid(`there is already a segment “${draft.name}”`, 'segment.name'));
  }
  for (const other of others.filter((one) => one.vlan === draft.vlan)) {
    const clash = draft.subnets.find((mine) =>
      other.subnets.some((theirs) => meet(mine.subnet, theirs.subnet)),
    );
    if (!clash) continue;
    const lan = draft.vlan === null ? 'untagged, too' : `VLAN ${String(draft.vlan)}, too`;
    found.push(invalid(`the segment “${other.name}” (${lan}) overlaps ${clash.subnet}`, 'segment.subnets'));
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

function rangeProblem(one: MemberRange, subnet: Cidr, reserved: Interval[], field: string): Problem | null {
  const place = { field, engineId: one.member.engineId };
  const range = formatCidr(one.cidr);
  if (one.cidr.hostBitsSet) {
    const written = (field === 'ipRange6' ? one.member.ipRange6 : one.member.ipRange) ?? '';
    return problem('range_outside_subnet', { context: 'host_bits', range: written, to: range }, place);
  }
  if (!containsCidr(subnet, one.cidr)) {
    return problem('range_outside_subnet', { range, subnet: formatCidr(subnet) }, place);
  }
  if (!reserved.some((each) => meets(each, intervalOf(one.cidr)))) return null;
  return invalid(`the automatic range ${range} runs into a reserved range`, field, one.member.engineId);
}

/** The automatic ranges of the hosts in `own` against the subnet, the reserved ranges, and those of all hosts. */
export function checkRanges(segment: Segment, own: readonly string[], inventory: Inventory): Problem[] {
  return ([4, 6] as const).flatMap((version) => {
    const field = version === 4 ? 'ipRange' : 'ipRange6';
    const subnet = parseCidr(subnetOf(segment, version)?.subnet ?? '');
    if (!subnet) return [];
    const reserved = segment.reserved.flatMap((one) => reservedInterval(one, version) ?? []);
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
      const detail = `the automatic range ${formatCidr(one.cidr)} overlaps ${formatCidr(other.cidr)} of ${host}`;
      return [invalid(detail, field, one.member.engineId)];
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
    return [invalid(`${host} is named more than once`, 'hosts', engineId)];
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
