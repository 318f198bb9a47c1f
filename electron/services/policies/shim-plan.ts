import type { Network, Problem, Shim, ShimPolicy, ShimPreview } from '../../../shared/model';
import {
  hostName,
  problem,
  shimFor,
  shimProblems,
  suggestAddress,
  type Inventory,
} from '../../../shared/rules';

/** The network that a policy is about: by its id, or after a recreate by its name. */
export function networkOf(policy: ShimPolicy, { networks }: Pick<Inventory, 'networks'>): Network | null {
  const here = networks.filter((each) => each.engineId === policy.engineId);
  return (
    here.find((each) => each.id === policy.networkId) ??
    here.find((each) => each.name === policy.networkName && each.kind === 'macvlan') ??
    null
  );
}

/** What the toolbox runs on the host, as one would type it. */
export function shimCommands({ name, parent, address, routes }: Shim): string[] {
  return [
    `ip link add ${name} link ${parent} type macvlan mode bridge`,
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

/** The next free address that no shim holds either: asked again as long as a shim has it. */
function suggestion(network: Network, others: readonly ShimPolicy[], inventory: Inventory) {
  const taken = Object.fromEntries(others.map((each, index) => [`shim-${String(index)}`, each.address]));
  const [first, ...rest] = network.subnets;
  if (!first) return undefined;
  const without = {
    ...network,
    subnets: [{ ...first, exclusions: { ...first.exclusions, ...taken } }, ...rest],
  };
  const networks = inventory.networks.map((each) => (each === network ? without : each));
  return suggestAddress(without, { ...inventory, networks });
}

/**
 * What making a shim would do; without an address, with the one that is suggested.
 *
 * @param policies every shim that is kept, this network's own too.
 */
export function previewShim(
  network: Network,
  address: string | undefined,
  policies: readonly ShimPolicy[],
  inventory: Inventory,
): ShimPreview {
  const others = policies.filter((each) => networkOf(each, inventory) !== network);
  const suggested = suggestion(network, others, inventory);
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
