import type { AddressUse, Network, Nic, Problem, Shim } from '../../model';
import { holds } from '../addresses/holders';
import { lanOf } from '../addresses/lan-read';
import { checkAddress } from '../addresses/check';
import { contains, formatCidr, formatIp, parseIp } from '../basics/cidr';
import { hostName } from '../engines/engines';
import type { Inventory } from '../inventory/inventory';
import { isLeftover } from '../membership/leftover';
import { membersOf } from '../membership/on-network';
import { problem } from '../../texts/messages';
import { parseParent } from '../lans/parent';
import { isShimAlias, shimName } from '../lans/shim-link';

/** A host's own link for the network, or for the one whose place that has taken, is not in the way of its shim. */
function withoutOwnLink({ engineId, id }: Network, known: Inventory): Inventory {
  const { facts, networks } = known;
  const others = new Set(networks.flatMap((one) => (one.id === id ? [] : shimName(one.id))));
  const isOwn = ({ name, alias }: Nic) => isShimAlias(alias) && !others.has(name);
  const seen = facts?.map((each) =>
    each.engineId === engineId ? { ...each, nics: each.nics.filter((nic) => !isOwn(nic)) } : each,
  );
  return { ...known, ...(seen && { facts: seen }) };
}

/** What is wrong with giving a shim this address; empty when nothing is. */
export function shimProblems(address: string, network: Network, known: Inventory): Problem[] {
  const inventory = withoutOwnLink(network, known);
  const place = { engineId: network.engineId, field: 'address' };
  const ip = parseIp(address);
  if (ip?.version !== 4) return [problem('address_invalid', { address, context: 'ipv4' }, place)];
  const there = lanOf(network, inventory).holders.filter((holder) => holds(holder, ip, formatIp(ip)));
  const has = (kind: AddressUse['kind']) => there.some(({ use }) => use.kind === kind);
  const { problems } = checkAddress(address, network, inventory, undefined, 'address');
  // Whoever reserves an address, or excludes it from the engine's hands, may well keep it for this.
  const taken =
    problems.some(({ code }) => code !== 'address_reserved') || has('dhcp') || has('host') || has('shim');
  if (taken) return problems;
  if (has('excluded')) return [];
  const pool = lanOf(network, inventory).ranges.find(({ cidr }) => contains(cidr, ip));
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
  const addresses = membersOf(network, inventory)
    .filter(({ container, endpoint }) => !isLeftover(container, endpoint))
    .flatMap(({ endpoint }) => endpoint.ipv4 || endpoint.pinned4 || []);
  const routes = [...new Set(addresses)].sort().map((each) => `${each}/32`);
  return { name: shimName(network.id), parent: network.parent, address, routes };
}
