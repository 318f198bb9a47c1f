import { Position, type Node } from '@xyflow/react';
import { metrics as m, type ContainerNode, type GraphNode, type Point } from '../../graph';

export type FlowNode = Node<{ node: GraphNode }, GraphNode['kind']>;

/** Handle of a card from which a new attachment is drawn. The others are named by their network's id. */
export const newHandle = '+';

export const portSize = 11;
const plusSize = 16;

/** Where the handles are, told to React Flow so that it needs no measuring pass. */
const handlesOf = (node: ContainerNode): NonNullable<FlowNode['handles']> => [
  {
    id: newHandle,
    type: 'source',
    position: Position.Right,
    x: m.cardWidth - plusSize / 2,
    y: m.cardHeight / 2 - plusSize / 2,
    width: plusSize,
    height: plusSize,
  },
  ...node.ports.map((port) => ({
    id: port.networkId,
    type: 'source' as const,
    position: Position.Top,
    x: port.offset - portSize / 2,
    y: -portSize / 2,
    width: portSize,
    height: portSize,
  })),
];

const cache = new WeakMap<GraphNode, FlowNode>();

const make = (node: GraphNode): FlowNode => ({
  id: node.id,
  type: node.kind,
  position: { x: node.x, y: node.y },
  width: node.width,
  height: node.height,
  data: { node },
  // A segment's label is dragged to the hosts that it is to reach.
  draggable: node.kind === 'container' || (node.kind === 'lan' && node.lan.segment !== undefined),
  selectable: false,
  // A spine is a tall strip: below everything, or it would take the pointer from its own label.
  zIndex: node.kind === 'spine' ? 0 : 1,
  handles: node.kind === 'container' && !node.slim ? handlesOf(node) : [],
});

/** The same object for the same node, so that React Flow does not render it again. */
export function toFlowNode(node: GraphNode): FlowNode {
  const known = cache.get(node);
  if (known) return known;
  const made = make(node);
  cache.set(node, made);
  return made;
}

/** A card under way; its own position stays what it was. */
export const movedNode = (node: GraphNode, at: Point): FlowNode => ({
  ...toFlowNode(node),
  position: at,
  zIndex: 10,
});
