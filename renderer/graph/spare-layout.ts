import { metrics as m } from './metrics';
import type { Box, Point } from './model';
import { foldSpares, type SpareNic } from './spare';

export interface SpareLayout {
  rows: { spare: SpareNic; box: Box }[];
  /** The row that stands for those that are folded away. */
  more: { count: number; box: Box } | null;
  /** Where they end. */
  bottom: number;
}

const pitch = m.spareHeight + m.spareGap;

/** Height of a host's spare rows with the room above them; 0 without any. */
export function sparesHeight(spares: readonly SpareNic[]): number {
  const { shown, folded } = foldSpares(spares);
  const rows = shown.length + Math.min(1, folded);
  return rows === 0 ? 0 : m.spareAbove + rows * pitch;
}

/** Close rows under each other, below whatever of the host's interfaces is in use. */
export function layoutSpares(spares: readonly SpareNic[], { x, y }: Point): SpareLayout {
  const { shown, folded } = foldSpares(spares);
  const boxAt = (row: number): Box => ({
    x: x - m.nicOut,
    y: y + m.spareAbove + row * pitch,
    width: m.nicWidth,
    height: m.spareHeight,
  });
  return {
    rows: shown.map((spare, row) => ({ spare, box: boxAt(row) })),
    more: folded > 0 ? { count: folded, box: boxAt(shown.length) } : null,
    bottom: y + sparesHeight(spares),
  };
}
