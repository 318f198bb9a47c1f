import type { Network, Problem, Shim } from '../../model';
import { addressHolders } from '../address-uses';
import { automaticRanges } from '../addresses';
import { checkAddress } from '../check-address';
import { contains, formatCidr, parseIp } from '../cidr';
import { hostName } from '../engines';
import type { Inventory } from '../inventory';
import { problem } from '../messages';
import { parseParent } from '../parent';

/** The alias on links that are shims; by it they are found again, whoever made them. */
export const shimAlias = 'io.trunkline.shim';

/** The shim of a network has always the same name, within the 15 characters that Linux allows. */
export const shimName = (networkId: string): string => `tl-${networkId.slice(0, 12)}`;

/** What is wrong with giving a shim this address; empty when nothing is. */
export function shimProblems(address: string, network: Network, inventory: Inventory): Problem[] {
  const place = { engineId: network.engineId, field: 'address' };
  const ip = parseIp(address);
  if (ip?.version !== 4) return [problem('address_invalid', { address, context: 'ipv4' }, place)];
  // Whoever keeps an address out of the engine's hands by an exclusion may well keep it for this.
  const excluded = addressHolders(network, inventory).some(
    ({ use }) => use.kind === 'excluded' && use.address === address,
  );
  const { problems } = checkAddress(address, network, inventory, undefined, 'address');
  const others = problems.filter(({ code }) => code !== 'address_reserved');
  if (others.length > 0 || excluded) return others;
  const pool = automaticRanges(network, inventory).find(({ cidr }) => contains(cidr, ip));
  if (!pool) return [];
  const host = hostName(pool.network.engineId, inventory.engines);
  return [
    problem('address_reserved', { context: 'pool', address, range: formatCidr(pool.cidr), host }, place),
  ];
}

/** The shim by which the host of a macvlan network reaches the network's containers there. Null without a parent. */
export function shimFor(network: Network, address: string, inventory: Inventory): Shim | null {
  const parsed = network.parent ? parseParent(network.parent) : null;
  if (!network.parent || !parsed?.ok || network.kind !== 'macvlan') return null;
  const addresses = inventory.containers
    .filter((each) => each.engineId === network.engineId)
    .flatMap((each) => each.endpoints)
    .filter((each) => each.networkId === network.id || each.networkName === network.name)
    .flatMap((each) => each.ipv4 || each.pinned4 || []);
  const routes = [...new Set(addresses)].sort().map((each) => `${each}/32`);
  return { name: shimName(network.id), parent: network.parent, address, routes };
}
