import {
  grow,
  overlaps,
  type Box,
  type Graph,
  type GraphNode,
  type GridIndex,
  type Lan,
  type Wire,
} from '../../../graph';
import type { Rates } from '../../../store/traffic';
import { isDim } from '../selection';
import { drawGroup, drawHost, drawNode } from './cards';
import { drawLinks, drawSpine, drawWire, spinesOf } from './lines';
import type { Brush } from './brush';

/** Everything that the canvas shows, besides its viewport. */
export interface Picture {
  graph: Graph;
  index: GridIndex<GraphNode>;
  /** Far: the canvas draws the cards too. Near: React Flow has them. */
  far: boolean;
  /** Node or wire id of the selection. */
  selected: string | null;
  hovered: string | null;
  /** Found by the search; null when nothing is asked. */
  matches: ReadonlySet<string> | null;
  /** Node under way: its lines are drawn elsewhere meanwhile. */
  dragged: string | null;
  ratesOf(wire: { engineId: string; containerId: string; networkId: string }): Rates | null;
  lanLabel(lan: Lan): string;
  /** What stands above the hosts without a group. */
  ungrouped: string;
}

/** Selected itself, or an end of it is: a network then shows who is on it. */
const isChosen = (wire: Wire, selected: string | null): boolean =>
  [wire.id, wire.containerNodeId, wire.networkNodeId].some((id) => id === selected);

const drawWires = (brush: Brush, picture: Picture, view: Box): void => {
  const { graph, matches, selected, hovered, dragged } = picture;
  const around = grow(view, 48);
  for (const wire of graph.wires) {
    if (wire.containerNodeId === dragged) continue;
    const stressed = wire.id === selected || wire.id === hovered;
    const { x, top, bottom } = wire.drop;
    const near = overlaps({ x, y: top, width: 0, height: bottom - top }, around);
    if (!near && !wire.curved && !stressed) continue;
    const chosen = isChosen(wire, selected);
    drawWire(brush, wire, {
      rates: picture.ratesOf(wire),
      selected: chosen,
      hovered: wire.id === hovered,
      dim: isDim(matches, wire.containerNodeId, chosen),
    });
  }
};

/** Draws what lies in `view` (graph coordinates); the context's transform is set by the caller. */
export function paint(brush: Brush, picture: Picture, view: Box): void {
  const { graph, far, selected, matches } = picture;
  for (const label of graph.groups)
    if (overlaps(label, view)) drawGroup(brush, label, label.name || picture.ungrouped);
  for (const host of graph.hosts)
    if (overlaps(host.frame, view)) drawHost(brush, host, far, host.id === selected);
  drawLinks(brush, graph.links, view, matches !== null);
  for (const spine of spinesOf(graph))
    if (overlaps(spine, view)) drawSpine(brush, spine, view, picture.lanLabel(spine.lan), matches !== null);
  brush.context.globalAlpha = 1;
  drawWires(brush, picture, view);
  if (!far) return;
  for (const node of picture.index.within(view)) {
    const chosen = node.id === selected;
    const dim = isDim(matches, node.id, chosen);
    if (node.id !== picture.dragged) drawNode(brush, node, { selected: chosen, dim });
  }
}
