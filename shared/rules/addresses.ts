import type { AddressPlan, ChangePreview, Container, Network } from '../model';
import { addressHolders, type Holder } from './address-uses';
import {
  contains,
  firstUsable,
  formatCidr,
  formatIp,
  lastUsable,
  parseCidr,
  parseIp,
  type Cidr,
  type Ip,
} from './cidr';
import type { Inventory } from './inventory';
import { onLan, sharedSubnetNetworks } from './lan';
import { intervalOf, type Interval } from './segments/ranges';

/** An engine's automatic range on a LAN. */
export interface AutomaticRange {
  readonly cidr: Cidr;
  readonly network: Network;
}
/** The addresses to offer, by family. */
export type Suggestions = Pick<ChangePreview, 'suggestedIpv4' | 'suggestedIpv6'>;
/** Whose own addresses do not stand in its way. */
export type Holding = Pick<Container, 'engineId' | 'id'>;

/** Where each engine of the LAN hands out addresses by itself: its ip-range, or the whole subnet without one. */
export function automaticRanges(network: Network, inventory: Pick<Inventory, 'networks'>): AutomaticRange[] {
  return sharedSubnetNetworks(network, inventory.networks).flatMap((one) =>
    one.subnets.flatMap((subnet) => {
      const cidr = parseCidr(subnet.ipRange || subnet.subnet);
      return cidr ? [{ cidr, network: one }] : [];
    }),
  );
}

/** The subnets of a network that can be read; one that an engine shows otherwise is left out. */
export function subnetsOf(network: Network): Cidr[] {
  return network.subnets.flatMap((subnet) => parseCidr(subnet.subnet) ?? []);
}

/** The engine's own bridge: it fixes no addresses there. */
export const isDefaultBridge = (network: Network): boolean =>
  network.kind === 'bridge' && network.name === 'bridge';

export const isHeldBy = (holder: Holder, own: Holding | undefined): boolean =>
  own !== undefined && holder.container?.engineId === own.engineId && holder.container.id === own.id;

/** Addresses of one family that are held: one by one, and from first to last. */
interface Taken {
  readonly singles: ReadonlySet<bigint>;
  readonly spans: readonly Interval[];
}

const within = (value: bigint, spans: readonly Interval[]): Interval | undefined =>
  spans.find(({ first, last }) => value >= first && value <= last);

// In both searches each turn leaves behind a span or an address that is held, so that there are as many turns as those,
// whatever the subnet's size.
function lowestOutside(subnet: Cidr, ranges: readonly Interval[], { singles, spans }: Taken): bigint | null {
  const [last, closed] = [lastUsable(subnet).value, [...ranges, ...spans]];
  for (let value = firstUsable(subnet).value; value <= last;) {
    const span = within(value, closed);
    if (span) value = span.last + 1n;
    else if (singles.has(value)) value += 1n;
    else return value;
  }
  return null;
}

function highest(subnet: Cidr, { singles, spans }: Taken): bigint | null {
  const first = firstUsable(subnet).value;
  for (let value = lastUsable(subnet).value; value >= first;) {
    const span = within(value, spans);
    if (span) value = span.first - 1n;
    else if (singles.has(value)) value -= 1n;
    else return value;
  }
  return null;
}

function takenOf(holders: readonly Holder[], version: 4 | 6): Taken {
  const singles = new Set<bigint>();
  const spans: Interval[] = [];
  for (const { use } of holders) {
    const [first, last] = [parseIp(use.address), use.to ? parseIp(use.to) : null];
    if (first?.version !== version) continue;
    if (last) spans.push({ first: first.value, last: last.value });
    else singles.add(first.value);
  }
  return { singles, spans };
}

/** In IPv6 the top of the first 65,536 addresses is far enough up, and `fd00:70::ffff` can be read out to somebody. */
const head = (subnet: Cidr): Cidr =>
  subnet.version === 6 ? { ...subnet, prefix: Math.max(subnet.prefix, 112) } : subnet;

/**
 * The addresses that a router of the LAN usually has, its first and its last one, where no network there tells which it is.
 */
export function likelyRouters(network: Network, subnet: Cidr, holders: readonly Holder[]): Ip[] {
  const told = holders.some(({ use }) => {
    const ip = use.kind === 'gateway' ? parseIp(use.address) : null;
    return ip !== null && contains(subnet, ip);
  });
  // A subnet of so few addresses has no usual place for one.
  if (told || !onLan(network) || subnet.prefix > (subnet.version === 4 ? 29 : 125)) return [];
  return [firstUsable(subnet), lastUsable(subnet)];
}

/** The first subnet that has an address outside of all automatic ranges; where none has, the first with a free one. */
function suggest(
  subnets: readonly Cidr[],
  version: 4 | 6,
  ranges: readonly Cidr[],
  taken: Taken,
): string | undefined {
  const automatic = ranges.filter((one) => one.version === version).map(intervalOf);
  const ways: ((subnet: Cidr) => bigint | null)[] = [
    (subnet) => lowestOutside(subnet, automatic, taken),
    // Engines hand out from the bottom, so the top is where an address stays free longest.
    (subnet) => highest(head(subnet), taken) ?? highest(subnet, taken),
  ];
  for (const way of ways)
    for (const subnet of subnets) {
      const value = way(subnet);
      if (value !== null) return formatIp({ version, value });
    }
  return undefined;
}

/**
 * The subnets of one family in which a network gives its containers addresses. Engines keep IPv6 subnets of a network
 * that has IPv6 switched off, and use them for nothing.
 */
export const subnetsInUse = (network: Network, version: 4 | 6): Cidr[] =>
  version === 6 && !network.ipv6 ? [] : subnetsOf(network).filter((cidr) => cidr.version === version);

/**
 * The address of one family to offer for a container, in any of the network's subnets: the lowest that is free and outside
 * the automatic range of every engine that shares the LAN; where there is none, the highest free one (in IPv6: of the first 65,536). Nothing
 * held on any of those engines is offered, `own`'s addresses aside, nor anything reserved, nor what a router probably
 * has. Undefined when the engine
 * fixes no address there, or none is free.
 */
export function suggestAddress(
  network: Network,
  inventory: Inventory,
  own?: Holding,
  version: 4 | 6 = 4,
): string | undefined {
  if (isDefaultBridge(network)) return undefined;
  const subnets = subnetsInUse(network, version);
  const all = addressHolders(network, inventory);
  const held = takenOf(
    all.filter((holder) => !isHeldBy(holder, own)),
    version,
  );
  const routers = subnets.flatMap((subnet) => likelyRouters(network, subnet, all));
  const singles = new Set([...held.singles, ...routers.map((one) => one.value)]);
  const ranges = automaticRanges(network, inventory).map((range) => range.cidr);
  return suggest(subnets, version, ranges, { ...held, singles });
}

/** What a preview offers: an address of each family for which there is one. */
export function suggestAddresses(network: Network, inventory: Inventory, own?: Holding): Suggestions {
  const suggestedIpv4 = suggestAddress(network, inventory, own);
  const suggestedIpv6 = suggestAddress(network, inventory, own, 6);
  return { ...(suggestedIpv4 ? { suggestedIpv4 } : {}), ...(suggestedIpv6 ? { suggestedIpv6 } : {}) };
}

/**
 * Who holds what in the (first IPv4) subnet of a network, over all engines that share the LAN, and what is reserved
 * there. A network without address management gives an empty plan with an empty `subnet`.
 */
export function addressPlan(network: Network, inventory: Inventory): AddressPlan {
  const subnets = subnetsOf(network);
  const subnet = subnets.find((cidr) => cidr.version === 4) ?? subnets[0];
  if (!subnet) return { subnet: '', gateways: [], ranges: [], used: [] };
  const inside = (address: string) => {
    const ip = parseIp(address);
    return ip !== null && contains(subnet, ip);
  };
  const used = addressHolders(network, inventory)
    .map((holder) => holder.use)
    .filter((use) => inside(use.address));
  const gateways = used.filter((use) => use.kind === 'gateway').map((use) => use.address);
  const ranges = automaticRanges(network, inventory)
    .filter((range) => range.cidr.version === subnet.version)
    .map(({ cidr, network: { engineId, id } }) => ({ engineId, networkId: id, range: formatCidr(cidr) }));
  const suggestion = suggestAddress(network, inventory);
  return {
    subnet: formatCidr(subnet),
    gateways: [...new Set(gateways)],
    ranges,
    used,
    ...(suggestion ? { suggestion } : {}),
  };
}
