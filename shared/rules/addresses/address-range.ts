import { formatIp, parseIp } from '../basics/cidr';
import { merged, type AddressGrid } from './address-grid';

/** The first and the last address of a range, both included. */
export interface RangeEnds {
  readonly from: string;
  readonly to: string;
}

/** The range that two addresses of one family span, whichever is first; null where they are of two. */
export function rangeBetween(one: string, other: string): RangeEnds | null {
  const [a, b] = [parseIp(one), parseIp(other)];
  if (!a || !b || a.version !== b.version) return null;
  const [first, last] = a.value <= b.value ? [a, b] : [b, a];
  return { from: formatIp(first), to: formatIp(last) };
}

/** How much of a range of a grid is held, and whether any of it is reserved. */
export interface RangeUse {
  readonly size: bigint;
  readonly held: bigint;
  readonly reserved: boolean;
}

export function rangeUse({ uses }: Pick<AddressGrid, 'uses'>, { from, to }: RangeEnds): RangeUse {
  const [first, last] = [parseIp(from)?.value ?? 0n, parseIp(to)?.value ?? 0n];
  const inside = uses
    .filter((use) => use.from <= last && use.to >= first)
    .map((one) => ({
      ...one,
      from: one.from < first ? first : one.from,
      to: one.to > last ? last : one.to,
    }));
  return {
    size: last - first + 1n,
    held: merged(inside).reduce((sum, each) => sum + each.to - each.from + 1n, 0n),
    reserved: inside.some(({ use }) => use.kind === 'reserved' || use.kind === 'dhcp'),
  };
}
