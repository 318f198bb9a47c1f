import { chunk, rowHeight, type LaneLayout, type Row } from './rows';
import type { Lane } from './lanes';
import { metrics as m } from './metrics';
import type { Point } from './model';

/** Room above each special lane's cards for its title. */
const titleHeight = 28;
const pitchX = m.cardWidth + m.cardGap;

interface Slot {
  lane: Lane;
  /** First card column. */
  from: number;
  width: number;
}

/** Short lanes stand side by side; one that is longer than a row gets rows of its own. */
const bands = (lanes: Lane[], cards: number): Slot[][] => {
  const rows: Slot[][] = [];
  let free = 0;
  for (const lane of lanes) {
    const width = Math.min(cards, lane.stacks.length);
    const band = rows.at(-1);
    const from = cards - free;
    if (band && width <= free && lane.stacks.length <= free) {
      band.push({ lane, from, width });
      free -= width;
    } else {
      rows.push([{ lane, from: 0, width }]);
      free = lane.stacks.length > cards ? 0 : cards - width;
    }
  }
  return rows;
};

const slotHeight = ({ lane, width }: Slot): number =>
  chunk(lane.stacks, Math.max(1, width)).reduce((sum, row) => sum + rowHeight(row) + m.cardGap, titleHeight);

const bandHeight = (band: Slot[]): number => Math.max(...band.map(slotHeight));

/** Between the networks and the first special lane. */
const above = 10;

export const specialsHeight = (lanes: Lane[], cards: number): number =>
  bands(lanes, cards).reduce<number>((sum, band) => sum + bandHeight(band), lanes.length > 0 ? above : 0);

const layoutSlot = ({ lane, from, width }: Slot, origin: Point): LaneLayout => {
  const x = origin.x + from * pitchX;
  const rows: Row[] = [];
  let top = origin.y + titleHeight;
  for (const stacks of chunk(lane.stacks, Math.max(1, width))) {
    rows.push({ x, top, stacks });
    top += rowHeight(stacks) + m.cardGap;
  }
  return { lane, rows, box: { x, y: origin.y, width: m.cardWidth, height: titleHeight } };
};

/** The places of host mode, of no network and of lost owners, under a host's networks. */
export function layoutSpecials(lanes: Lane[], origin: Point, cards: number): LaneLayout[] {
  let y = origin.y + above;
  return bands(lanes, cards).flatMap((band) => {
    const placed = band.map((slot) => layoutSlot(slot, { x: origin.x, y }));
    y += bandHeight(band);
    return placed;
  });
}
