import type { NetworkSpec, Problem } from '../../model';
import { formatCidr, overlaps, parseCidr, type Cidr } from '../basics/cidr';
import { problem, type ProblemPlace } from '../../texts/messages';
import { metAs } from './met-as';
import type { SpecContext } from './spec-notices';
import { checkGateway, checkRange, gatewayShape, rangeShape } from './spec-subnet';

/** Ranges that no LAN can have: nobody, loopback, IPv4 in disguise, multicast (RFC 6890). */
const special = ['::/127', '::ffff:0:0/96', 'ff00::/8'].flatMap((text) => parseCidr(text) ?? []);
/** Every interface makes itself an address of it on each link (RFC 4291). */
const linkLocal = ['fe80::/10'].flatMap((text) => parseCidr(text) ?? []);

/** The IPv6 subnet of a spec or segment, or what is wrong with it. */
export function checkSubnet6(text: string, place: ProblemPlace): { subnet: Cidr } | { problem: Problem } {
  if (text.trim() === '') return { problem: problem('subnet_invalid', { context: 'missing6' }, place) };
  const subnet = parseCidr(text);
  const refuse = (context: 'ipv6' | 'reserved6' | 'link_local6' | 'too_small6') => ({
    problem: problem('subnet_invalid', { context, subnet: text }, place),
  });
  if (subnet?.version !== 6) return refuse('ipv6');
  if (special.some((range) => overlaps(range, subnet))) return refuse('reserved6');
  if (linkLocal.some((range) => overlaps(range, subnet))) return refuse('link_local6');
  if (subnet.prefix > 124) return refuse('too_small6');
  if (!subnet.hostBitsSet) return { subnet };
  return { problem: problem('subnet_host_bits', { subnet: text, to: formatCidr(subnet) }, place) };
}

/** Engines refuse overlapping IPv6 pools as they do IPv4 ones. */
function checkOverlap6(subnet: Cidr, { engine, networks }: SpecContext): Problem | null {
  const place = { engineId: engine.id, field: 'spec.subnet6' };
  for (const network of networks.filter((one) => !one.configOnly)) {
    const other = network.subnets
      .map((one) => parseCidr(one.subnet))
      .find((one) => one !== null && overlaps(one, subnet));
    if (!other) continue;
    const params = { subnet: formatCidr(subnet), network: network.name, host: engine.name };
    return problem('subnet_overlap', { ...params, ...metAs(subnet, other) }, place);
  }
  return null;
}

/** Checks the second, IPv6 subnet of a spec with all that belongs to it; one without has no problems. */
export function address6Problems(spec: NetworkSpec, context: SpecContext): Problem[] {
  const { subnet6, gateway6, ipRange6 } = spec;
  // An engine would take the gateway or range of no subnet for nothing at all.
  if (subnet6 === undefined && gateway6 === undefined && ipRange6 === undefined) return [];
  const engineId = context.engine.id;
  const checked = checkSubnet6(subnet6 ?? '', { engineId, field: 'spec.subnet6' });
  if ('problem' in checked) {
    const shapes = [
      gatewayShape(gateway6, 6, { engineId, field: 'spec.gateway6' }),
      rangeShape(ipRange6, { engineId, field: 'spec.ipRange6' }),
    ];
    return [checked.problem, ...shapes.filter((one) => one !== null)];
  }
  return [
    checkOverlap6(checked.subnet, context),
    checkGateway(gateway6, checked.subnet, { engineId, field: 'spec.gateway6' }),
    checkRange(ipRange6, checked.subnet, { engineId, field: 'spec.ipRange6' }),
  ].filter((one) => one !== null);
}
