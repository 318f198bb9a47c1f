import type { Row } from './rows';
import { columns, type Column } from './sort';

/** Of a column: the least, pixels, and how much of what is left it takes. */
interface Width {
  least: number;
  share: number;
}

const fixed: Readonly<Record<Column, Width>> = {
  container: { least: 128, share: 1.5 },
  host: { least: 76, share: 0.9 },
  state: { least: 84, share: 0 },
  network: { least: 112, share: 1.2 },
  ipv4: { least: 108, share: 0.9 },
  driver: { least: 72, share: 0 },
  subnet: { least: 176, share: 1.3 },
  pin: { least: 78, share: 0 },
  rx: { least: 92, share: 0 },
  tx: { least: 92, share: 0 },
  mac: { least: 140, share: 0 },
  mode: { least: 68, share: 0 },
  ipv6: { least: 110, share: 1 },
};
/** The column of the row's menu. */
const menu = 36;

/** One letter of an address, and what stands around a text; pixels. */
const [letter, around] = [7.4, 20];
/** What the mark of a VLAN takes beside a subnet, pixels. */
const vlanMark = 76;

const longest = (rows: readonly Row[], of: (row: Row) => number): number =>
  rows.reduce((most, row) => Math.max(most, of(row)), 0);

/** The columns' widths: no address is cut in its midst, however long those of these rows are. */
export function tableWidths(rows: readonly Row[]): { template: string; least: number } {
  const needs: Partial<Record<Column, number>> = {
    ipv4: longest(rows, ({ ipv4 }) => ipv4.length * letter + around),
    ipv6: longest(rows, ({ ipv6 }) => ipv6.length * letter + around),
    subnet: longest(
      rows,
      ({ subnet, vlan }) => subnet.length * letter + around + (vlan === null ? 0 : vlanMark),
    ),
  };
  const widths = columns.map((column) => {
    const { least, share } = fixed[column];
    return { least: Math.ceil(Math.max(least, needs[column] ?? 0)), share };
  });
  const tracks = widths.map(({ least, share }) =>
    share > 0 ? `minmax(${String(least)}px, ${String(share)}fr)` : `${String(least)}px`,
  );
  return {
    template: [...tracks, `${String(menu)}px`].join(' '),
    least: widths.reduce((sum, { least }) => sum + least, menu),
  };
}

/** A column's edges, pixels from the table's left. */
export interface Edges {
  left: number;
  right: number;
}

/**
 * How much of the table's right edge is a part of a column only, pixels: it is covered, so that half a number is not read as
 * a whole one.
 *
 * @param end where what is seen of the columns ends, pixels from the table's left
 */
export function cutOff(edges: readonly Edges[], end: number): number {
  const cut = edges.find(({ left, right }) => left < end && right > end + 1);
  return cut ? end - cut.left : 0;
}
