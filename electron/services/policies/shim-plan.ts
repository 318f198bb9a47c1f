import type { Network, Problem, Shim, ShimPolicy, ShimPreview } from '../../../shared/model';
import {
  hostName,
  networkOfShim,
  problem,
  shimFor,
  shimProblems,
  suggestAddress,
  type Inventory,
} from '../../../shared/rules';

/** A link answers ARP for its own addresses alone, and asks with them alone: the LAN hears one MAC per address. */
const answerForOneself = ['arp_ignore=1', 'arp_announce=2'];

/** What the toolbox runs on the host, as one would type it. */
export function shimCommands({ name, parent, address, routes }: Shim): string[] {
  return [
    `ip link add ${name} link ${parent} type macvlan mode bridge`,
    ...answerForOneself.flatMap((setting) =>
      [name, parent].map((link) => `sysctl -w net/ipv4/conf/${link}/${setting}`),
    ),
    `ip addr replace ${address}/32 dev ${name}`,
    `ip link set ${name} up`,
    ...routes.map((route) => `ip route replace ${route} dev ${name} src ${address}`),
  ];
}

/** Other shims hold addresses too, which no engine knows of. */
function heldByShim(address: string, network: Network, others: readonly ShimPolicy[], inventory: Inventory) {
  const holder = others.find((each) => each.address === address);
  if (!holder) return [];
  const host = hostName(holder.engineId, inventory.engines);
  return [
    problem(
      'address_in_use_elsewhere',
      { address, container: host, host, network: holder.networkName },
      { engineId: network.engineId, field: 'address' },
    ),
  ];
}

/** A network that can have no shim: it is no macvlan, or has no parent. */
const unfit = (network: Network): Problem[] =>
  network.kind === 'macvlan' && network.parent
    ? []
    : [problem('parent_invalid', { context: 'empty' }, { engineId: network.engineId })];

/**
 * What making a shim would do; without an address, with the one that is suggested.
 *
 * @param policies every shim that is kept, this network's own too.
 */
export function previewShim(
  network: Network,
  address: string | undefined,
  policies: readonly ShimPolicy[],
  known: Inventory,
): ShimPreview {
  const others = policies.filter((each) => networkOfShim(each, known) !== network);
  const inventory = { ...known, shims: others };
  const suggested = suggestAddress(network, inventory, undefined, 4, true);
  const wanted = address ?? suggested;
  const none = { shim: null, commands: [], ...(suggested && { suggestion: suggested }) };
  const problems = unfit(network);
  if (problems.length > 0) return { ...none, problems };
  if (wanted === undefined) {
    const subnet = network.subnets[0]?.subnet ?? '';
    const full = problem('subnet_full', { subnet, network: network.name }, { engineId: network.engineId });
    return { ...none, problems: [full] };
  }
  const wrong = [
    ...shimProblems(wanted, network, inventory),
    ...heldByShim(wanted, network, others, inventory),
  ];
  const shim = wrong.length === 0 ? shimFor(network, wanted, inventory) : null;
  return { ...none, shim, commands: shim ? shimCommands(shim) : [], problems: wrong };
}
