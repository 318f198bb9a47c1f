import type { Lane, Stack } from './lanes';
import { metrics as m } from './metrics';
import type { Box } from './model';

/** One row of cards in a lane. */
export interface Row {
  x: number;
  top: number;
  stacks: Stack[];
}

export interface LaneLayout {
  lane: Lane;
  /** The network's card, or the title of a special lane. */
  box: Box;
  rows: Row[];
}

export const stackHeight = (stack: Stack): number => m.cardHeight + stack.sharers.length * m.slimHeight;
export const rowHeight = (row: Stack[]): number => Math.max(...row.map(stackHeight));

export const chunk = (stacks: Stack[], count: number): Stack[][] => {
  const rows: Stack[][] = [];
  for (let at = 0; at < stacks.length; at += count) rows.push(stacks.slice(at, at + count));
  return rows;
};
