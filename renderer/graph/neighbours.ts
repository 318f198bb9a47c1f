import type { Box, GraphNode } from './model';

export type Direction = 'left' | 'right' | 'up' | 'down';

const centre = ({ x, y, width, height }: Box) => ({ x: x + width / 2, y: y + height / 2 });

/** The empty space between two stretches of an axis; 0 where they overlap. */
const gap = (from: number, length: number, to: number, other: number): number =>
  Math.max(0, to - (from + length), from - (to + other));

/** How far a node is in a direction: what lies straight ahead wins over what is near but aside. */
const distance = (from: Box, to: Box, direction: Direction): number => {
  const a = centre(from);
  const b = centre(to);
  const horizontal = direction === 'left' || direction === 'right';
  const ahead = { left: a.x - b.x, right: b.x - a.x, up: a.y - b.y, down: b.y - a.y }[direction];
  const aside = horizontal
    ? gap(from.y, from.height, to.y, to.height)
    : gap(from.x, from.width, to.x, to.width);
  if (ahead <= 8 || aside > ahead * 1.5 + 40) return Infinity;
  return ahead + aside * 2.5 + Math.abs(horizontal ? a.y - b.y : a.x - b.x) * 0.05;
};

/** The node that an arrow key goes to; undefined at the picture's edge. */
export function neighbour(
  nodes: readonly GraphNode[],
  from: GraphNode,
  direction: Direction,
): GraphNode | undefined {
  let best: GraphNode | undefined;
  let least = Infinity;
  const sideways = direction === 'left' || direction === 'right';
  for (const node of nodes) {
    // A host's header runs along everything in it: it lies above, never beside.
    if (node === from || node.kind === 'spine' || (sideways && node.kind === 'host')) continue;
    const away = distance(from, node, direction);
    if (away < least) [best, least] = [node, away];
  }
  return best;
}
