import type { ChangePreview, Container, Network } from '../../model';
import type { Holder } from './holders';
import { lanOf, type AutomaticRange } from './lan-read';
import { strangers } from './answering';
import {
  contains,
  firstUsable,
  formatIp,
  lastUsable,
  parseCidr,
  parseIp,
  type Cidr,
  type Ip,
} from '../basics/cidr';
import { reachedOn } from '../lans/host-addresses';
import type { Inventory } from '../inventory/inventory';
import { onLan, rangeMayBeAll } from '../lans/lan';
import { intervalOf, type Interval } from './ranges';

/** The addresses to offer, by family. */
export type Suggestions = Pick<ChangePreview, 'suggestedIpv4' | 'suggestedIpv6'>;
/** Whose own addresses do not stand in its way. */
export type Holding = Pick<Container, 'engineId' | 'id'>;

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

function highest({ first, last }: Interval, { singles, spans }: Taken): bigint | null {
  for (let value = last; value >= first;) {
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

/** Of a part of a subnet, what can be somebody's: the ends of the part are addresses like others. */
function usable(part: Cidr, subnet: Cidr): Interval {
  const [{ first, last }, lowest, top] = [
    intervalOf(part),
    firstUsable(subnet).value,
    lastUsable(subnet).value,
  ];
  return { first: first > lowest ? first : lowest, last: last < top ? last : top };
}

/** Engines hand out from the bottom, so the top is where an address stays free longest. */
const top = (subnet: Cidr, taken: Taken, range = subnet): bigint | null =>
  highest(usable(head(range), subnet), taken) ?? highest(usable(range, subnet), taken);

/** The top of the network's own ranges, as far as no other engine hands out addresses there. */
function topOfOwn(
  network: Network,
  version: 4 | 6,
  ranges: readonly AutomaticRange[],
  taken: Taken,
): string | undefined {
  const others = ranges.flatMap(({ cidr, network: one }) =>
    !(one.engineId === network.engineId && one.id === network.id) && cidr.version === version
      ? [intervalOf(cidr)]
      : [],
  );
  const spans = [...taken.spans, ...others];
  for (const one of network.subnets) {
    const [subnet, range] = [parseCidr(one.subnet), one.ipRange ? parseCidr(one.ipRange) : null];
    if (!subnet || subnet.version !== version || range?.version !== version) continue;
    const value = top(subnet, { ...taken, spans }, range);
    if (value !== null) return formatIp({ version, value });
  }
  return undefined;
}

/** The first subnet that has an address outside of all automatic ranges; where none has, the first with a free one. */
function suggest(
  subnets: readonly Cidr[],
  version: 4 | 6,
  ranges: readonly AutomaticRange[],
  taken: Taken,
): string | undefined {
  const automatic = ranges.filter(({ cidr }) => cidr.version === version).map(({ cidr }) => intervalOf(cidr));
  const ways: ((subnet: Cidr) => bigint | null)[] = [
    (subnet) => lowestOutside(subnet, automatic, taken),
    (subnet) => top(subnet, taken),
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
 * The address of one family to offer for a container, in any of the network's subnets. Where the network's range may be
 * all that a DHCP server leaves alone: the highest free one in that. Else, and where that is full: the lowest that is free and
 * outside the automatic range of every engine that shares the LAN; where there is none, the highest free one. (The
 * highest in IPv6: of the first 65,536.) Nothing held on any of those engines is offered, `own`'s addresses aside,
 * nor anything reserved, nor what a router probably has, nor what a stranger answers for, nor by what a host is reached. Undefined when the engine
 * fixes no address there, or none is free.
 *
 * @param outside never for the range's sake inside it: for what the engine does not know of, and would hand out again
 */
export function suggestAddress(
  network: Network,
  inventory: Inventory,
  own?: Holding,
  version: 4 | 6 = 4,
  outside = false,
): string | undefined {
  if (isDefaultBridge(network)) return undefined;
  const subnets = subnetsInUse(network, version);
  const lan = lanOf(network, inventory);
  const all = lan.holders;
  const held = takenOf(
    all.filter((holder) => !isHeldBy(holder, own)),
    version,
  );
  const routers = subnets.flatMap((subnet) => likelyRouters(network, subnet, all));
  const answered = [...strangers(network, inventory).keys()].flatMap((address) => parseIp(address) ?? []);
  // By these hosts are reached, and perhaps on this very LAN.
  const reached = reachedOn(network, lan.networks, inventory);
  const others = [...answered, ...reached.flatMap(({ address }) => parseIp(address) ?? [])];
  const closed = [...routers, ...others.filter((ip) => ip.version === version)];
  const taken = { ...held, singles: new Set([...held.singles, ...closed.map((one) => one.value)]) };
  const inRange = !outside && subnets.length > 0 && rangeMayBeAll(network, inventory);
  return (
    (inRange ? topOfOwn(network, version, lan.ranges, taken) : undefined) ??
    suggest(subnets, version, lan.ranges, taken)
  );
}

/** What a preview offers: an address of each family for which there is one. */
export function suggestAddresses(network: Network, inventory: Inventory, own?: Holding): Suggestions {
  const suggestedIpv4 = suggestAddress(network, inventory, own);
  const suggestedIpv6 = suggestAddress(network, inventory, own, 6);
  return { ...(suggestedIpv4 ? { suggestedIpv4 } : {}), ...(suggestedIpv6 ? { suggestedIpv6 } : {}) };
}
