import { formatIp } from '../basics/cidr';
import { groupBy } from '../basics/group-by';
import { addressAt, type AddressCell, type AddressGrid } from './address-grid';

/** A line of the table of what is held: an address, or a range as a whole. */
export interface HeldRow extends AddressCell {
  /** The last address of a range. */
  readonly to?: string;
}

const order = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

/** All that is held in a subnet, in order: each address once, and a range before what lies in it. */
export function heldRows(grid: AddressGrid): HeldRow[] {
  const spans = [...grid.uses].sort((a, b) => order(a.from, b.from) || order(b.to, a.to));
  const ranges = spans.filter(({ from, to }) => from < to);
  const singles = groupBy(
    spans.filter(({ from, to }) => from === to),
    ({ from }) => from,
  );
  const rows: HeldRow[] = [];
  let last: bigint | null = null;
  for (const { use, from, to } of spans) {
    if (from < to) {
      const end = formatIp({ version: grid.subnet.version, value: to });
      rows.push({ address: use.address, to: end, state: use.kind, uses: [use], givenBy: [] });
      continue;
    }
    if (from === last) continue;
    last = from;
    const around = ranges.filter((each) => each.from <= from && from <= each.to);
    rows.push(
      addressAt(
        grid,
        from,
        [...(singles.get(from) ?? []), ...around].map((each) => each.use),
      ),
    );
  }
  return rows;
}
