import type { Box, GraphNode } from './model';

export type Direction = 'left' | 'right' | 'up' | 'down';

const centre = ({ x, y, width, height }: Box) => ({ x: x + width / 2, y: y + height / 2 });

/** How far a node is in a direction: what lies straight ahead wins over what is near but aside. */
const distance = (from: Box, to: Box, direction: Direction): number => {
  const a = centre(from);
  const b = centre(to);
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const horizontal = direction === 'left' || direction === 'right';
  const ahead = { left: -dx, right: dx, up: -dy, down: dy }[direction];
  const aside = Math.abs(horizontal ? dy : dx);
  const least = horizontal ? 8 : 12;
  return ahead <= least || aside > ahead * 1.5 + 40 ? Infinity : ahead + aside * 2.5;
};

/** The node that an arrow key goes to; undefined at the picture's edge. */
export function neighbour(
  nodes: readonly GraphNode[],
  from: GraphNode,
  direction: Direction,
): GraphNode | undefined {
  let best: GraphNode | undefined;
  let least = Infinity;
  for (const node of nodes) {
    if (node === from || node.kind === 'spine') continue;
    const away = distance(from, node, direction);
    if (away < least) [best, least] = [node, away];
  }
  return best;
}
