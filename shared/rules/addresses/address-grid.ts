import type { AddressPlan, AddressUse } from '../../model';
import {
  broadcastAddress,
  contains,
  formatIp,
  lastAddress,
  networkAddress,
  parseCidr,
  parseIp,
  reservesNetworkAddress,
  size,
  type Cidr,
  type Ip,
} from '../basics/cidr';

/** Addresses on one page: a /24 at a glance, or a /120 of IPv6. */
export const addressesOnPage = 256n;

/**
 * What an address is to the LAN: what holds it (see `AddressUse`), a `conflict` of several that do, the subnet's own two
 * (`network`, `broadcast`), `given` where an engine may hand it out by itself, else `free`.
 */
export type CellState = AddressUse['kind'] | 'conflict' | 'network' | 'broadcast' | 'given' | 'free';

/** One address of the grid. */
export interface AddressCell {
  readonly address: string;
  readonly state: CellState;
  /** All that hold it, the one that names its state first. */
  readonly uses: readonly AddressUse[];
  /** The engines that hand it out by themselves. */
  readonly givenBy: readonly string[];
}

/** One page of a subnet. */
export interface AddressPage {
  /** The first and the last address on it. */
  readonly first: string;
  readonly last: string;
  readonly cells: readonly AddressCell[];
  /** The first address of the page before and after, where there is one. */
  readonly before: string | null;
  readonly after: string | null;
}

/** Read once for all that is asked of a plan: each part of it as numbers. */
interface Span {
  readonly from: bigint;
  readonly to: bigint;
}
interface UseSpan extends Span {
  readonly use: AddressUse;
}

/** From what a person must hear of first to what is least. */
const ranking: Readonly<Record<AddressUse['kind'], number>> = {
  foreign: 0,
  gateway: 1,
  host: 2,
  shim: 3,
  pinned: 4,
  automatic: 5,
  leased: 6,
  excluded: 7,
  reserved: 8,
  dhcp: 9,
};
const rank = ({ kind }: AddressUse): number => ranking[kind];

const byStart = (a: Span, b: Span): number => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0);

function spanOf(use: AddressUse): UseSpan | null {
  const from = parseIp(use.address);
  const to = use.to === undefined ? from : parseIp(use.to);
  return from && to ? { use, from: from.value, to: to.value } : null;
}

/**
 * Whether an address is had by two: each by itself on the wire, or promised to both. A gateway, an exclusion and a range
 * stand in the networks of several hosts, and mean one and the same.
 */
export function collide(uses: readonly AddressUse[]): boolean {
  const own = uses.filter(
    ({ kind, to }) => !['gateway', 'excluded', 'reserved', 'dhcp', 'leased'].includes(kind) && !to,
  );
  const owners = new Set(
    own.map(({ engineId, container, owner }) => `${engineId} ${container?.id ?? owner}`),
  );
  const gateway = uses.some(({ kind }) => kind === 'gateway');
  // A host is often the gateway of its own LAN, and who answers for it is that host or a router.
  return owners.size > 1 || (gateway && own.some(({ container }) => container !== undefined));
}

/** A plan, read for its grid: pages of it are then found without reading it again. */
export interface AddressGrid {
  readonly subnet: Cidr;
  /** In the order of their first addresses. */
  readonly uses: readonly UseSpan[];
  readonly given: readonly (Span & { engineId: string })[];
}

/** The grid of one subnet of a plan; null where that is none. */
export function addressGrid(plan: AddressPlan, subnet: string): AddressGrid | null {
  const cidr = parseCidr(subnet);
  if (!cidr) return null;
  const inside = (text: string) => {
    const ip = parseIp(text);
    return ip !== null && contains(cidr, ip);
  };
  const uses = plan.used.flatMap((use) => (inside(use.address) ? (spanOf(use) ?? []) : []));
  const given = plan.ranges.flatMap(({ engineId, range }) => {
    const each = parseCidr(range);
    if (!each || !contains(cidr, networkAddress(each))) return [];
    return [{ engineId, from: each.base, to: lastAddress(each).value }];
  });
  return { subnet: cidr, uses: uses.sort(byStart), given };
}

/** What one address of a grid is, as a number, of which these are the uses. */
export function addressAt(
  { subnet, given }: AddressGrid,
  value: bigint,
  there: readonly AddressUse[],
): AddressCell {
  const ip: Ip = { version: subnet.version, value };
  const uses = [...there].sort((a, b) => rank(a) - rank(b));
  const givenBy = given
    .filter(({ from, to }) => from <= value && value <= to)
    .map(({ engineId }) => engineId);
  const state = (): CellState => {
    if (value === subnet.base && reservesNetworkAddress(subnet)) return 'network';
    if (value === broadcastAddress(subnet)?.value) return 'broadcast';
    if (collide(uses)) return 'conflict';
    return uses[0]?.kind ?? (givenBy.length > 0 ? 'given' : 'free');
  };
  return { address: formatIp(ip), state: state(), uses, givenBy: [...new Set(givenBy)] };
}

/** The first address of the page that an address is on. */
const pageStart = ({ subnet }: AddressGrid, value: bigint): bigint => {
  const start = value - ((value - subnet.base) % addressesOnPage);
  return start < subnet.base ? subnet.base : start;
};

/**
 * The page of a grid that an address is on; the first one where the address is not in the subnet.
 *
 * @param at any address of the page
 */
export function addressPage(grid: AddressGrid, at?: string): AddressPage {
  const { subnet } = grid;
  const ip = at ? parseIp(at) : null;
  const from = pageStart(grid, ip && contains(subnet, ip) ? ip.value : subnet.base);
  const end = lastAddress(subnet).value;
  const to = from + addressesOnPage - 1n < end ? from + addressesOnPage - 1n : end;
  const there = grid.uses.filter((each) => each.from <= to && each.to >= from);
  const cells: AddressCell[] = [];
  for (let value = from; value <= to; value++) {
    const uses = there.filter((each) => each.from <= value && value <= each.to).map(({ use }) => use);
    cells.push(addressAt(grid, value, uses));
  }
  const text = (value: bigint) => formatIp({ version: subnet.version, value });
  return {
    first: text(from),
    last: text(to),
    cells,
    before: from > subnet.base ? text(from - addressesOnPage) : null,
    after: to < end ? text(to + 1n) : null,
  };
}

/** Part of a subnet, as a tile from which its page is opened. */
export interface PageTile {
  readonly first: string;
  /** Addresses on it that somebody holds, ranges counted whole. */
  readonly held: number;
}

/** The pages on which anything is held, in order: of a /64 nobody looks at all. */
export function heldPages(grid: AddressGrid, most = 256): PageTile[] {
  const held = new Map<bigint, number>();
  for (const span of merged(grid.uses)) {
    for (
      let page = pageStart(grid, span.from);
      page <= span.to && held.size < most;
      page += addressesOnPage
    ) {
      const last = page + addressesOnPage - 1n;
      const from = span.from > page ? span.from : page;
      const to = span.to < last ? span.to : last;
      held.set(page, (held.get(page) ?? 0) + Number(to - from + 1n));
    }
  }
  const text = (value: bigint) => formatIp({ version: grid.subnet.version, value });
  return [...held].map(([page, count]) => ({ first: text(page), held: count }));
}

/** Spans, which are in order, without what they have in common. */
export function merged(spans: readonly Span[]): Span[] {
  const whole: { from: bigint; to: bigint }[] = [];
  for (const { from, to } of spans) {
    const last = whole.at(-1);
    if (last && from <= last.to) last.to = to > last.to ? to : last.to;
    else whole.push({ from, to });
  }
  return whole;
}

/** How many addresses spans cover, each counted once; they are in order. */
const covered = (spans: readonly Span[]): bigint =>
  merged(spans).reduce((sum, { from, to }) => sum + to - from + 1n, 0n);

/**
 * The address that somebody means who types it whole, its last part (`60`, `.60`, `:60`) on the page that is looked at, or the
 * name of who has one; null where there is none.
 *
 * @param page the first address of that page
 */
export function addressMeant(grid: AddressGrid, typed: string, page: string): string | null {
  const text = typed.trim().toLowerCase();
  const whole = parseIp(text);
  if (whole) return contains(grid.subnet, whole) ? formatIp(whole) : null;
  const part = /^[.:]?([0-9a-f]{1,4})$/.exec(text)?.[1];
  const head = /^.*[.:]/.exec(page)?.[0];
  const near = part !== undefined && head !== undefined ? parseIp(head + part) : null;
  if (near && contains(grid.subnet, near)) return formatIp(near);
  const named = grid.uses.filter(({ use }) => use.owner && text);
  const found =
    named.find(({ use }) => use.owner.toLowerCase() === text) ??
    named.find(({ use }) => use.owner.toLowerCase().includes(text));
  return found ? found.use.address : null;
}

/** How many addresses are held by any of these, each counted once. */
export function heldCount(uses: readonly AddressUse[]): bigint {
  const spans = (version: 4 | 6) =>
    uses.filter(({ address }) => parseIp(address)?.version === version).flatMap((use) => spanOf(use) ?? []);
  return covered(spans(4).sort(byStart)) + covered(spans(6).sort(byStart));
}

/** How much of a subnet is held. */
export interface Utilisation {
  /** Addresses that somebody holds, one that several hold once. */
  readonly held: bigint;
  /** All that a container or router could have. */
  readonly usable: bigint;
}

export function utilisation(grid: AddressGrid): Utilisation {
  const { subnet } = grid;
  const held = covered(grid.uses);
  const kept = (reservesNetworkAddress(subnet) ? 1n : 0n) + (broadcastAddress(subnet) ? 1n : 0n);
  return { held, usable: size(subnet) - kept };
}

/**
 * The first address from `from` on that nobody holds, and no engine hands out by itself unless `given` may be taken, too;
 * null where there is none. Ranges are skipped whole, so that a /64 takes no longer than a /24.
 */
export function firstFree(grid: AddressGrid, from?: string, given = false): string | null {
  const { subnet } = grid;
  const start = from ? parseIp(from) : null;
  const first = subnet.base + (reservesNetworkAddress(subnet) ? 1n : 0n);
  const last = broadcastAddress(subnet) ? lastAddress(subnet).value - 1n : lastAddress(subnet).value;
  const taken = merged([...grid.uses, ...(given ? [] : grid.given)].sort(byStart));
  let value = start && contains(subnet, start) && start.value > first ? start.value : first;
  for (const span of taken) if (span.from <= value && value <= span.to) value = span.to + 1n;
  return value <= last ? formatIp({ version: subnet.version, value }) : null;
}
