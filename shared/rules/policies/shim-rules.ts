import type { Network, Problem, Shim, ShimPolicy, ShimState } from '../../model';
import { problem } from '../../texts/messages';
import { contains, formatCidr, parseCidr, parseIp } from '../basics/cidr';
import { parseParent } from '../lans/parent';
import type { PolicyRules } from './kind';
import { shimFor } from './shim';
import { networkMeant } from '../lans/network-meant';
import { shimName } from '../lans/shim-link';

/** Why a network can have no shim: it is no macvlan, or its parent is none to stand on. */
export function unfitForShim({ engineId, kind, parent }: Network): Problem[] {
  if (kind !== 'macvlan' || !parent) return [problem('parent_invalid', { context: 'empty' }, { engineId })];
  const parsed = parseParent(parent);
  return parsed.ok ? [] : [{ ...parsed.problem, engineId }];
}

/** A namesake made on another LAN is not what the address was chosen for: there it would be a stranger's. */
function misplaced({ engineId, name, subnets }: Network, address: string): Problem[] {
  const ip = parseIp(address);
  const cidrs = subnets.flatMap(({ subnet }) => parseCidr(subnet) ?? []);
  if (!ip || cidrs.some((each) => contains(each, ip))) return [];
  const subnet = cidrs.map(formatCidr).join(', ');
  return [problem('address_outside_subnet', { address, subnet, network: name }, { engineId })];
}

const plain = ({ name, parent, address, routes, impaired }: Shim): string =>
  JSON.stringify([name, parent, address, [...new Set(routes)].sort(), impaired === true]);

/** Whether two links are the same, whatever the order of their routes. One that another hand has impaired is not as it was put. */
export const sameShim = (one: Shim, other: Shim): boolean => plain(one) === plain(other);

/** The way from a host to its own containers on a macvlan network: a link that the host forgets at a reboot. */
export const shimRules = {
  // By its network's name: a network that is made anew has another id.
  keyOf: ({ engineId, networkName }: Pick<ShimPolicy, 'engineId' | 'networkName'>) =>
    `${engineId}/${networkName}`,
  nameOf: ({ networkId }) => shimName(networkId),
  rests: (policy, world) => (networkMeant(policy, world) ? null : 'no-network'),
  problems(policy, world) {
    const network = networkMeant(policy, world);
    return network ? [...unfitForShim(network), ...misplaced(network, policy.address)] : [];
  },
  wanted(policy, world) {
    const network = networkMeant(policy, world);
    if (!network || misplaced(network, policy.address).length > 0) return null;
    return shimFor(network, policy.address, world);
  },
  renewed(policy, world) {
    const network = networkMeant(policy, world);
    return network ? { ...policy, networkId: network.id } : policy;
  },
  differs: (wanted, there) => !there || !sameShim(wanted, there),
  // A shim is named by the id of its network.
  renamed: (put, networkId) => ({ ...put, name: shimName(networkId) }),
} satisfies PolicyRules<ShimPolicy, Shim, Extract<ShimState, 'no-network'>>;
