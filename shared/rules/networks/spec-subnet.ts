import type { Engine, NetworkSpec, Problem } from '../../model';
import { hasChanged, lacks } from '../engines/capabilities';
import { shapeProblem } from '../addresses/check';
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
import { problem, type ProblemPlace } from '../../texts/messages';
import { poolsOf } from '../membership/spec-pools';

/** Ranges that no LAN can have: this host, loopback, multicast and beyond (RFC 6890). */
const special = ['0.0.0.0/8', '127.0.0.0/8', '224.0.0.0/3'].flatMap((text) => parseCidr(text) ?? []);

/** Every interface may make itself an address of it (RFC 3927). */
const linkLocal = ['169.254.0.0/16'].flatMap((text) => parseCidr(text) ?? []);

/** The subnet of a spec, or what is wrong with it. */
export function checkSubnet(
  text: string,
  place: ProblemPlace,
  engine?: Engine,
): { subnet: Cidr } | { problem: Problem } {
  const subnet = parseCidr(text);
  const refuse = (made: Problem) => ({ problem: made });
  if (text === '') return refuse(problem('subnet_invalid', { context: 'missing' }, place));
  if (!subnet) return refuse(problem('subnet_invalid', { subnet: text }, place));
  if (subnet.version === 6) {
    return refuse(problem('subnet_invalid', { context: 'ipv6_only', subnet: text }, place));
  }
  if (special.some((range) => overlaps(range, subnet))) {
    return refuse(problem('subnet_invalid', { context: 'reserved', subnet: text }, place));
  }
  if (linkLocal.some((range) => overlaps(range, subnet))) {
    return refuse(problem('subnet_invalid', { context: 'link_local', subnet: text }, place));
  }
  // Two addresses and no others (RFC 3021): engines take that from v23 on.
  if (subnet.prefix > (hasChanged(engine?.apiVersion, 'takesPairs') ? 31 : 30)) {
    return refuse(problem('subnet_invalid', { context: 'too_small', subnet: text }, place));
  }
  // 20.10 accepts host bits without a word, newer engines refuse them.
  if (subnet.hostBitsSet) {
    return refuse(problem('subnet_host_bits', { subnet: text, to: formatCidr(subnet) }, place));
  }
  return { subnet };
}

/** Whether a subnet is one at all; nothing is wrong with an absent one. */
export function subnetShape(text: string | undefined, place: ProblemPlace): Problem | null {
  if (!text || parseCidr(text)) return null;
  return problem('subnet_invalid', { subnet: text }, place);
}

/** Whether a gateway is an address at all, of the family of its field: as much as can be told without a subnet. */
export function gatewayShape(text: string | undefined, version: 4 | 6, place: ProblemPlace): Problem | null {
  if (!text || parseIp(text)?.version === version) return null;
  return problem('address_invalid', { context: version === 6 ? 'ipv6' : 'ipv4', address: text }, place);
}

/** Likewise of a range. */
export function rangeShape(text: string | undefined, place: ProblemPlace): Problem | null {
  if (!text || parseCidr(text)) return null;
  return problem('range_outside_subnet', { context: 'invalid', range: text }, place);
}

/** Checks a gateway; nothing is wrong with an absent one. */
export function checkGateway(text: string | undefined, subnet: Cidr, place: ProblemPlace): Problem | null {
  if (!text) return null;
  const ip = parseIp(text);
  if (!ip) {
    const context = subnet.version === 6 ? 'ipv6' : 'ipv4';
    return problem('address_invalid', { context, address: text }, place);
  }
  if (!contains(subnet, ip)) {
    return problem('gateway_outside_subnet', { address: formatIp(ip), subnet: formatCidr(subnet) }, place);
  }
  return shapeProblem(ip, subnet, place);
}

/** Checks an ip-range; 20.10 accepts one outside the subnet, so nobody else would notice. */
export function checkRange(text: string | undefined, subnet: Cidr, place: ProblemPlace): Problem | null {
  if (!text) return null;
  const range = parseCidr(text);
  if (!range) return rangeShape(text, place);
  if (!containsCidr(subnet, range)) {
    return problem('range_outside_subnet', { range: text, subnet: formatCidr(subnet) }, place);
  }
  // Host bits are no matter here: the range without them is what is sent, with a notice.
  return null;
}

function exclusionProblem(
  text: string,
  before: ReadonlySet<string>,
  subnets: readonly Cidr[],
  place: ProblemPlace,
): Problem | null {
  const ip = parseIp(text);
  if (!ip) return problem('address_invalid', { context: 'ipv4', address: text }, place);
  // On 20.10 this one leaks the address pool until the daemon restarts.
  const subnet = subnets.find((one) => contains(one, ip));
  if (!subnet) {
    const list = subnets.map(formatCidr).join(', ');
    return problem('exclusion_outside_subnet', { address: text, subnet: list }, place);
  }
  if (before.has(text)) return problem('address_reserved', { context: 'duplicate', address: text }, place);
  return shapeProblem(ip, subnet, place);
}

/** Checks the exclusions one by one; `field` of each problem names the entry, `spec.exclusions.2`. None of them counts where the engine has no such thing. */
export function checkExclusions(spec: NetworkSpec, engine: Engine): Problem[] {
  const pools = poolsOf(spec);
  const subnets = pools.flatMap((one) => parseCidr(one.subnet) ?? []);
  const [place, host] = [{ engineId: engine.id }, engine.name];
  if (spec.exclusions.length > 0 && lacks(engine, 'exclusions')) {
    const params = { host, context: 'exclusions' } as const;
    return [problem('engine_unsupported', params, { ...place, field: 'spec.exclusions' })];
  }
  const seen = new Set<string>();
  return spec.exclusions.flatMap((text, index) => {
    const here = { ...place, field: `spec.exclusions.${String(index)}` };
    const wrong = exclusionProblem(text, seen, subnets, here);
    seen.add(text);
    if (wrong) return [wrong];
    if (pools.every((one) => text !== one.gateway)) return [];
    return [problem('address_is_gateway', { address: text, network: spec.name, host }, here)];
  });
}
