import type { NetworkSpec, Problem } from '../../model';
import { formatCidr, overlaps, parseCidr } from '../basics/cidr';
import { problem } from '../../texts/messages';
import { metAs } from './met-as';
import type { SpecContext } from './spec-notices';
import { checkGateway, checkRange, checkSubnet } from './spec-subnet';
import { checkSubnet6 } from './spec-subnet6';

/** Engines refuse a pool that overlaps one of the same network, or of another network. */
function overlapProblem(spec: NetworkSpec, index: number, { engine, networks }: SpecContext): Problem[] {
  const { subnet, subnet6, more = [] } = spec;
  const cidr = parseCidr(more[index]?.subnet ?? '');
  if (!cidr) return [];
  const own = [subnet, subnet6 ?? '', ...more.slice(0, index).map((one) => one.subnet)];
  const taken = [
    ...own.map((text) => ({ text, network: spec.name })),
    ...networks
      .filter((one) => !one.configOnly)
      .flatMap((one) => one.subnets.map((each) => ({ text: each.subnet, network: one.name }))),
  ];
  const met = taken.find(({ text }) => {
    const other = parseCidr(text);
    return other !== null && overlaps(other, cidr);
  });
  if (!met) return [];
  const other = parseCidr(met.text) ?? cidr;
  const params = {
    ...{ subnet: formatCidr(cidr), network: met.network, host: engine.name },
    ...metAs(cidr, other),
  };
  return [
    problem('subnet_overlap', params, { engineId: engine.id, field: `spec.more.${String(index)}.subnet` }),
  ];
}

/** Checks the further subnets of a spec with all that belongs to them. */
export function moreProblems(spec: NetworkSpec, context: SpecContext): Problem[] {
  const engineId = context.engine.id;
  return (spec.more ?? []).flatMap(({ subnet, gateway, ipRange }, index) => {
    const place = (name: string) => ({ engineId, field: `spec.more.${String(index)}.${name}` });
    const check = subnet.includes(':') ? checkSubnet6 : checkSubnet;
    const checked = check(subnet, place('subnet'));
    if ('problem' in checked) return [checked.problem];
    const wrong = [
      checkGateway(gateway, checked.subnet, place('gateway')),
      checkRange(ipRange, checked.subnet, place('ipRange')),
    ];
    return [...overlapProblem(spec, index, context), ...wrong.filter((one) => one !== null)];
  });
}
