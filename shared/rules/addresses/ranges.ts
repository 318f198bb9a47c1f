import type { ReservedRange } from '../../model';
import { lastAddress, parseIp, splitRange, type Cidr } from '../basics/cidr';

/** Addresses from `first` to `last`, both included, of one family. */
export interface Interval {
  readonly first: bigint;
  readonly last: bigint;
}

export const intervalOf = (cidr: Cidr): Interval => ({ first: cidr.base, last: lastAddress(cidr).value });

export const meets = (a: Interval, b: Interval): boolean => a.first <= b.last && b.first <= a.last;

/** A reserved range of the family given; null when it is of the other one, or can't be read, or is upside down. */
export function reservedInterval(
  { from, to }: Pick<ReservedRange, 'from' | 'to'>,
  version: 4 | 6,
): Interval | null {
  const [first, last] = [parseIp(from), parseIp(to)];
  if (first?.version !== version || last?.version !== version || first.value > last.value) return null;
  return { first: first.value, last: last.value };
}

/** An engine's book-keeping and a person's patience end here; an IPv6 subnet would go on for ever. */
const largest = 1n << 16n;

/**
 * What engines can't give out though it is in the subnet: they count its addresses in 64 bits, and no address
 * whose number is 2^64 - 1 or more may be in a range. A network with such a range is made, and its containers then
 * don't start: `invalid bit range` (20.10, measured).
 */
const uncounted = (subnet: Cidr): Interval => ({
  first: subnet.base + (1n << 64n) - 1n,
  last: lastAddress(subnet).value,
});

/** Free blocks of one size, in order of address; parts that nothing touches are not looked into further. */
function* freeBlocks(
  cidr: Cidr,
  prefix: number,
  taken: readonly Interval[],
  order: 'up' | 'down',
): Generator<Cidr> {
  const whole = intervalOf(cidr);
  const here = taken.filter((one) => meets(one, whole));
  if (here.some((one) => one.first <= whole.first && one.last >= whole.last)) return;
  if (cidr.prefix === prefix) {
    if (here.length === 0) yield cidr;
    return;
  }
  const [low, high] = splitRange(cidr, 2);
  if (!low || !high) return;
  for (const part of order === 'up' ? [low, high] : [high, low]) yield* freeBlocks(part, prefix, here, order);
}

function firstFree(
  cidr: Cidr,
  prefix: number,
  taken: readonly Interval[],
  count: number,
  order: 'up' | 'down',
): Cidr[] {
  const found: Cidr[] = [];
  for (const block of freeBlocks(cidr, prefix, taken, order)) {
    found.push(block);
    if (found.length === count) break;
  }
  return found;
}

/**
 * In an IPv6 subnet ranges begin behind its first 2^16 addresses, which stay for pins, and go up: `fd00::1:0/112` can
 * be read and typed, unlike what stands at the end of a /64.
 */
const pinsFirst = (subnet: Cidr): Interval => ({ first: subnet.base, last: subnet.base + largest - 1n });

/**
 * Finds `count` equal, disjoint automatic ranges that touch nothing taken (gateway, pins, reserved ranges, the ranges
 * of other hosts): as large as possible, but never more than half of the subnet together, so that the lower
 * addresses stay for pins, and not above `prefix` in size where the segment has a size already. In ascending order;
 * empty when there is no room even for ranges of four addresses.
 */
export function allocateRanges(subnet: Cidr, count: number, taken: readonly Interval[], prefix = 0): Cidr[] {
  if (count < 1) return [];
  const bits = subnet.version === 4 ? 32 : 128;
  const vast = bits - subnet.prefix > 32;
  const uncountable = bits - subnet.prefix < 64 ? [] : [uncounted(subnet)];
  const unusable = [...taken, ...uncountable, ...(vast ? [pinsFirst(subnet)] : [])];
  let start = Math.max(subnet.prefix + 1 + Math.ceil(Math.log2(count)), prefix);
  while (1n << BigInt(Math.max(bits - start, 0)) > largest) start += 1;
  for (let at = start; at <= bits - 2; at += 1) {
    const found = firstFree(subnet, at, unusable, count, vast ? 'up' : 'down');
    if (found.length === count) return vast ? found : found.reverse();
  }
  return [];
}
