import type { Network, Segment } from '../../model';
import { overlaps, parseCidr } from '../basics/cidr';
import { isOwnLink, vlanOf } from './parent';
import { sameSite } from './site';

/**
 * Whether a network's containers stand on the LAN itself: macvlan, and ipvlan where it bridges. ipvlan l3 routes, and
 * a network without a parent ends in a dummy link, and Docker makes it internal. Where the parent is not told, only that says so.
 */
export function onLan(network: Network): boolean {
  if (network.configOnly) return false;
  const bridges =
    network.kind === 'macvlan' || (network.kind === 'ipvlan' && (network.mode || 'l2') === 'l2');
  if (!bridges) return false;
  return network.parent === undefined
    ? !network.internal
    : network.parent !== '' && !isOwnLink(network.parent);
}

/**
 * Whether a network's automatic range may be all that the LAN's DHCP server leaves alone. A segment of the plan says itself
 * what is reserved.
 */
export function rangeMayBeAll(
  network: Network,
  { segments = [] }: { segments?: readonly Pick<Segment, 'members'>[] },
): boolean {
  const planned = segments.some(({ members }) =>
    members.some((one) => one.engineId === network.engineId && one.networkName === network.name),
  );
  return onLan(network) && !planned;
}

function haveSubnetInCommon(a: Network, b: Network): boolean {
  return a.subnets.some((mine) => {
    const cidr = parseCidr(mine.subnet);
    return (
      cidr !== null &&
      b.subnets.some((theirs) => {
        const other = parseCidr(theirs.subnet);
        return other !== null && overlaps(cidr, other);
      })
    );
  });
}

function sameVlan(a: Network, b: Network): boolean {
  const [mine, theirs] = [vlanOf(a), vlanOf(b)];
  // A name without an id may be an access port of that very VLAN, so only two different ids tell LANs apart.
  return mine === null || theirs === null || mine === theirs;
}

/**
 * Whether two networks hold addresses of one LAN: the same network, or macvlan and the like with a subnet in common, where
 * neither VLAN ids nor sites tell them apart.
 */
export function sameLan(a: Network, b: Network): boolean {
  if (a.engineId === b.engineId && a.id === b.id) return true;
  // Swarm's networks are one network, known to several engines under one id.
  if (a.scope === 'swarm' && b.scope === 'swarm' && a.id === b.id && a.name === b.name) return true;
  return onLan(a) && onLan(b) && haveSubnetInCommon(a, b) && sameVlan(a, b) && sameSite(a.site, b.site);
}

/**
 * The networks, on any engine, that hold addresses of the same LAN as this one; itself included, in the order given.
 * A bridge's subnet is private to its host, so a bridge shares with nobody.
 */
export function sharedSubnetNetworks(network: Network, allNetworks: readonly Network[]): Network[] {
  return allNetworks.filter((other) => sameLan(network, other));
}

/**
 * Of things on networks, the groups that are each on one LAN, where there are two and more: whatever shares a LAN with
 * another one is in a group with one that does. A network that tells no VLAN or site may be in several.
 */
export function onOneLan<T extends { network: Network }>(things: readonly T[]): T[][] {
  const told = ({ network }: T) => Number(network.site !== undefined) + Number(vlanOf(network) !== null);
  // Those that tell most come first: what tells nothing joins each of their groups, and does not join these together.
  const ranked = [...things].sort((a, b) => told(b) - told(a));
  const grouped = new Set<T>();
  return ranked.flatMap((first) => {
    if (grouped.has(first)) return [];
    const group = [first];
    for (const other of ranked)
      if (other !== first && group.every((one) => sameLan(one.network, other.network))) group.push(other);
    for (const one of group) grouped.add(one);
    return group.length > 1 ? [things.filter((one) => group.includes(one))] : [];
  });
}
