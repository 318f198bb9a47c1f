import type { ReservedRange } from '../../model';
import { formatIp, parseIp, type Ip } from '../basics/cidr';

/** A range of one family, both ends included. */
interface Span {
  from: Ip;
  to: Ip;
}

const spanOf = ({ from, to }: Pick<ReservedRange, 'from' | 'to'>): Span | null => {
  const [first, last] = [parseIp(from), parseIp(to)];
  return first && last?.version === first.version && first.value <= last.value
    ? { from: first, to: last }
    : null;
};

const next = ({ version, value }: Ip, by: bigint): string => formatIp({ version, value: value + by });

/** What is left of a range without another: nothing, one part, or the two beside it. Its note and kind stay. */
function without(range: ReservedRange, gone: Span): ReservedRange[] {
  const span = spanOf(range);
  const apart =
    !span ||
    span.from.version !== gone.from.version ||
    span.to.value < gone.from.value ||
    span.from.value > gone.to.value;
  if (apart) return [range];
  return [
    ...(span.from.value < gone.from.value ? [{ ...range, to: next(gone.from, -1n) }] : []),
    ...(span.to.value > gone.to.value ? [{ ...range, from: next(gone.to, 1n) }] : []),
  ];
}

/** Reserved ranges without some addresses of them: a range in whose midst they are falls in two. */
export function withoutReserved(
  reserved: readonly ReservedRange[],
  ends: Pick<ReservedRange, 'from' | 'to'>,
): ReservedRange[] {
  const gone = spanOf(ends);
  return gone ? reserved.flatMap((range) => without(range, gone)) : [...reserved];
}

/** In the order of their addresses, IPv4 first. */
export function inAddressOrder(reserved: readonly ReservedRange[]): ReservedRange[] {
  const read = reserved.map((range) => ({ range, ip: parseIp(range.from) }));
  read.sort(({ ip: one }, { ip: two }) => {
    if (!one || !two || one.version !== two.version) return (one?.version ?? 0) - (two?.version ?? 0);
    return one.value < two.value ? -1 : one.value > two.value ? 1 : 0;
  });
  return read.map(({ range }) => range);
}

/** Reserved ranges and one more, which takes the place of what they had of it; in the order of their addresses. */
export const withReserved = (reserved: readonly ReservedRange[], range: ReservedRange): ReservedRange[] =>
  inAddressOrder([...withoutReserved(reserved, range), range]);
