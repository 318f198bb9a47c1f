import type { Network, Notice, Problem } from '../../model';
import type { Holder } from './holders';
import { lanOf } from './lan-read';
import { strangersAt } from './answering';
import { isHeldBy, likelyRouters, subnetsOf, suggestAddress, type Holding } from './suggest';
import {
  broadcastAddress,
  contains,
  formatCidr,
  formatIp,
  parseCidr,
  parseIp,
  reservesNetworkAddress,
  type Cidr,
  type Ip,
} from '../basics/cidr';
import { hostName } from '../engines/engines';
import { reachedOn } from '../lans/host-addresses';
import type { Inventory } from '../inventory/inventory';
import { rangeMayBeAll } from '../lans/lan';
import { notice, problem, type ProblemPlace } from '../../texts/messages';

/** What is wrong, and what the admin should know besides. */
export interface Verdict {
  problems: Problem[];
  notices: Notice[];
}

/** The subnet's own address and the broadcast address can be nobody's. */
export function shapeProblem(ip: Ip, subnet: Cidr, place: ProblemPlace): Problem | null {
  const params = { address: formatIp(ip), subnet: formatCidr(subnet) };
  if (ip.value === subnet.base && reservesNetworkAddress(subnet)) {
    return problem('address_is_network', params, place);
  }
  if (ip.value === broadcastAddress(subnet)?.value) return problem('address_is_broadcast', params, place);
  return null;
}

/** What the admin must hear of first: the router, then reservations, then neighbours here, then on other hosts. */
export function worst(holders: Holder[], engineId: string): Holder | undefined {
  const rank = ({ use, reserved }: Holder) => {
    if (use.kind === 'gateway') return 0;
    if (use.kind === 'excluded' || reserved) return 1;
    return use.engineId === engineId ? 2 : 3;
  };
  return holders.reduce<Holder | undefined>(
    (best, holder) => (!best || rank(holder) < rank(best) ? holder : best),
    undefined,
  );
}

/** What stands in the way of an address, as the admin is told it. */
export function holderProblem(
  holder: Holder,
  address: string,
  network: Network,
  host: string,
  place: ProblemPlace,
): Problem {
  const { use, reserved, logged } = holder;
  const params = { address, network: holder.network.name, host };
  if (reserved) return problem('address_reserved', { ...reserved, address, host }, place);
  if (use.kind === 'gateway') return problem('address_is_gateway', params, place);
  if (use.kind === 'excluded') return problem('address_reserved', { ...params, name: use.owner }, place);
  const named = { ...params, container: use.owner };
  if (logged) {
    const context = logged.doubtful ? ('cut_off' as const) : ('logged' as const);
    return problem('address_in_use_elsewhere', { ...named, context }, place);
  }
  const code = use.engineId === network.engineId ? 'address_in_use' : 'address_in_use_elsewhere';
  return holder.live ? problem(code, named, place) : problem(code, { ...named, context: 'pinned' }, place);
}

function routerNotices(ip: Ip, network: Network, inventory: Inventory): Notice[] {
  const subnet = subnetsOf(network).find((cidr) => contains(cidr, ip));
  const routers = subnet ? likelyRouters(network, subnet, lanOf(network, inventory).holders) : [];
  if (routers.every((one) => one.value !== ip.value)) return [];
  return [notice('pin_maybe_router', { address: formatIp(ip), network: network.name })];
}

/**
 * Whether it is the address that is offered here, to `own` or to anybody: the best that there is, so that nothing which is
 * advised instead of others is said against it.
 */
function isOffered(ip: Ip, network: Network, inventory: Inventory, own: Holding | undefined): boolean {
  const address = formatIp(ip);
  return [undefined, ...(own ? [own] : [])].some(
    (one) => suggestAddress(network, inventory, one, ip.version) === address,
  );
}

function outsideNotices(
  ip: Ip,
  network: Network,
  inventory: Inventory,
  holder: Holding | undefined,
): Notice[] {
  const own = network.subnets.find(({ subnet }) => {
    const cidr = parseCidr(subnet);
    return cidr !== null && contains(cidr, ip);
  });
  if (!own?.ipRange || !rangeMayBeAll(network, inventory)) return [];
  const params = { address: formatIp(ip), range: own.ipRange, network: network.name };
  // It is offered only where the range has none left.
  const full = isOffered(ip, network, inventory, holder);
  return [notice('pin_outside_range', full ? { ...params, context: 'full' } : params)];
}

/** Asked on the LAN, somebody said that it is theirs, and nothing here knows whose. */
function answerNotices(address: string, network: Network, inventory: Inventory): Notice[] {
  const macs = strangersAt(address, network, inventory);
  if (macs.length === 0) return [];
  return [notice('address_answers', { address, mac: macs.join(', '), network: network.name })];
}

/** A host is reached by it, and whether that host is on this very LAN nobody knows. */
function reachedNotices(address: string, network: Network, inventory: Inventory): Notice[] {
  return reachedOn(network, lanOf(network, inventory).networks, inventory)
    .filter((one) => one.address === address)
    .map(({ engine }) =>
      notice('address_reaches_host', { address, host: engine.name, network: network.name }),
    );
}

/** What to know about an address that may be fixed on a network, for `own` where that is known. */
export function pinNotices(ip: Ip, network: Network, inventory: Inventory, own?: Holding): Notice[] {
  const address = formatIp(ip);
  return [
    ...answerNotices(address, network, inventory),
    ...reachedNotices(address, network, inventory),
    ...placeNotices(ip, network, inventory, own),
  ];
}

function placeNotices(ip: Ip, network: Network, inventory: Inventory, own: Holding | undefined): Notice[] {
  const address = formatIp(ip);
  // An attachable overlay hands the wish to the swarm's manager, which honours it (docs/engine-facts.md §2).
  if (network.scope === 'swarm' && network.kind !== 'overlay')
    return [notice('pin_ignored_by_swarm', { address, network: network.name })];
  const around = lanOf(network, inventory).ranges.filter((range) => contains(range.cidr, ip));
  // One warning will do. The engine of another host is the greater danger: its own keeps off while the container runs.
  const range = around.find((one) => one.network.engineId !== network.engineId) ?? around[0];
  const router = routerNotices(ip, network, inventory);
  if (!range) return [...router, ...outsideNotices(ip, network, inventory, own)];
  if (isOffered(ip, network, inventory, own)) return router;
  return [
    ...router,
    notice('pin_in_auto_range', {
      ...(range.network.engineId === network.engineId ? {} : { context: 'elsewhere' as const }),
      address,
      range: formatCidr(range.cidr),
      host: hostName(range.network.engineId, inventory.engines),
    }),
  ];
}

/** An address that was fixed for `own` before somebody reserved it stays its own: nothing gets worse by keeping it. */
function inTheWay(there: Holder[], own: Holding | undefined): Holder[] {
  const keeps = there.some((holder) => isHeldBy(holder, own) && holder.use.kind === 'pinned');
  return there.filter((holder) => !isHeldBy(holder, own) && !(keeps && holder.reserved));
}

/** The same as {@link checkAddress}, without what the admin should know besides: of many addresses on one LAN. */
export function addressProblem(
  text: string,
  network: Network,
  inventory: Inventory,
  { own, field }: { own?: Holding | undefined; field?: string | undefined },
): Problem | null {
  const place: ProblemPlace = { engineId: network.engineId, ...(field ? { field } : {}) };
  const ip = parseIp(text);
  if (!ip) return problem('address_invalid', { address: text }, place);
  const address = formatIp(ip);
  const subnets = subnetsOf(network);
  if (subnets.length === 0) return problem('network_without_ipam', { network: network.name, address }, place);
  const subnet = subnets.find((cidr) => contains(cidr, ip));
  if (!subnet) {
    const all = subnets.map(formatCidr).join(', ');
    return problem('address_outside_subnet', { address, subnet: all, network: network.name }, place);
  }
  const shape = shapeProblem(ip, subnet, place);
  if (shape) return shape;
  const there = lanOf(network, inventory).at(ip, address);
  const holder = worst(inTheWay(there, own), network.engineId);
  if (!holder) return null;
  const host = hostName(holder.use.engineId, inventory.engines);
  return holderProblem(holder, address, network, host, place);
}

/**
 * Checks an address (IPv4 or IPv6) that is to be fixed on a network, against every engine that shares the LAN. What
 * `own` holds itself, on this network or the one it moves from, is not in its way. At most one problem is given: the
 * first in the order that the admin would mend them. `field` names the input at fault in the problem.
 */
export function checkAddress(
  text: string,
  network: Network,
  inventory: Inventory,
  own?: Holding,
  field?: string,
): Verdict {
  const found = addressProblem(text, network, inventory, { own, field });
  if (found) return { problems: [found], notices: [] };
  const ip = parseIp(text);
  return { problems: [], notices: ip ? pinNotices(ip, network, inventory, own) : [] };
}
