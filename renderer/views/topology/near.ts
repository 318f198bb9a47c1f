import {
  boundsOf,
  grow,
  metrics,
  type Box,
  type GraphNode,
  type GridIndex,
  type HostNode,
} from '../../graph';
import type { Viewport } from './canvas/painter';

/** From this zoom on, cards are React nodes; below, the canvas draws them. */
export const nearZoom = 0.6;
/** So few cards are React nodes at any zoom: small sites keep keyboard and screen reader at a glance. */
const fewNodes = 140;
const leastZoom = 0.25;
/** Below this zoom, a card of a small picture has room for its name alone. */
const namesZoom = 0.42;
/** Around the view, screen pixels: cards are mounted before they come into view… */
const margin = 240;
/** …and a few at a time, after each such stretch of panning, rather than many at once in one long frame. */
const stretch = 80;

export interface Near {
  far: boolean;
  /** How much a card that is a React node says: all, name and addresses in larger letters, or the name alone. */
  words: 'all' | 'few' | 'name';
  nodes: GraphNode[];
  /** Valid while the view stays inside this box at this zoom; graph coordinates. */
  region: Box;
}

export const viewBox = (view: Viewport, width: number, height: number): Box => ({
  x: -view.x / view.zoom,
  y: -view.y / view.zoom,
  width: width / view.zoom,
  height: height / view.zoom,
});

export const inside = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

/** As far above a host its LANs' labels may be to be framed with it, graph pixels. */
const labelsAbove = 480;

/** A host with the lines and labels of its LANs beside and above it: what is to be seen whole of it. */
export function hostSurroundings(host: HostNode, nodes: readonly GraphNode[]): Box {
  const { frame } = host;
  const mine = nodes.filter(
    (node) => (node.kind === 'lan' || node.kind === 'spine') && node.lan.engineIds.includes(host.engineId),
  );
  const lines = mine.filter(
    (node) =>
      node.kind === 'spine' && node.height > node.width && node.x < frame.x && node.x > frame.x - frame.width,
  );
  const left = Math.min(frame.x, ...lines.map(({ x }) => x));
  const labels = mine.filter(
    ({ kind, x, y, width }) =>
      kind === 'lan' &&
      y < frame.y &&
      y > frame.y - labelsAbove &&
      x < frame.x + frame.width &&
      x + width > left - metrics.spineStep,
  );
  // A line has its name in its midst, so that it is to be seen from where it begins.
  const beside = lines.map(({ x, y }) => {
    const top = Math.max(y, frame.y - labelsAbove);
    return { x, y: Math.min(top, frame.y), width: metrics.spineWidth, height: Math.max(0, frame.y - top) };
  });
  return boundsOf([frame, ...beside, ...labels]);
}

/** Whether a picture was in view as a whole, and is not in a view that has another size. */
export function losesSight(
  picture: Box,
  view: Viewport,
  before: Pick<Box, 'width' | 'height'>,
  now: Pick<Box, 'width' | 'height'>,
): boolean {
  const seen = (size: Pick<Box, 'width' | 'height'>) =>
    inside(picture, viewBox(view, size.width, size.height));
  return seen(before) && !seen(now);
}

/** Whether a picture was in view as a whole, and has grown out of it. */
export function outgrows(
  before: Box,
  now: Box,
  view: Viewport,
  size: Pick<Box, 'width' | 'height'>,
): boolean {
  const seen = viewBox(view, size.width, size.height);
  return before.width > 0 && inside(before, seen) && !inside(now, seen);
}

const wordsAt = (zoom: number): Near['words'] =>
  zoom >= nearZoom ? 'all' : zoom >= namesZoom ? 'few' : 'name';

/** Which nodes React Flow gets for a view. */
export function findNear(index: GridIndex<GraphNode>, view: Viewport, width: number, height: number): Near {
  const seen = viewBox(view, width, height);
  const region = grow(seen, stretch / view.zoom);
  const nodes = index.within(grow(seen, margin / view.zoom));
  const far = view.zoom < leastZoom || (view.zoom < nearZoom && nodes.length > fewNodes);
  return { far, words: wordsAt(view.zoom), nodes: far ? [] : nodes, region };
}

/** Whether what was found still serves: same detail, and the view within the margin. */
export function stillNear(near: Near, view: Box, zoom: number, before: number): boolean {
  const sameDetail = zoom === before || (zoom >= nearZoom && before >= nearZoom);
  return sameDetail && inside(view, near.region);
}
