import { ViewportPortal, type ConnectionLineComponentProps } from '@xyflow/react';
import { useChanges, useUi } from '../../../context/context';
import { containerNodeId, curveTo, networkNodeId, type Graph, type Point } from '../../../graph';
import type { ChangeRequest } from '../../../../shared/model';
import type { FlowNode } from '../flow-nodes';
import { useScene } from '../scene';
import classes from '../topology.module.css';

const path = ([a, b, c, d]: Point[]): string =>
  a && b && c && d ? `M${a.x},${a.y} C${b.x},${b.y} ${c.x},${c.y} ${d.x},${d.y}` : '';

/** The lines of a card under way, from its networks to where it is now. */
function CardLines() {
  const graph = useScene((state) => state.graph);
  const nodeId = useScene(({ drag }) => (drag?.by === 'card' ? drag.nodeId : null));
  const at = useScene((state) => state.dragAt);
  const node = nodeId === null ? undefined : graph.byId.get(nodeId);
  if (node?.kind !== 'container') return null;
  const place = at ?? node;
  return graph.wires
    .filter((wire) => wire.containerNodeId === nodeId)
    .map((wire) => {
      const from = wire.points[0];
      const offset = wire.drop.x - node.x;
      if (!from) return null;
      const d = path(curveTo(from, { x: place.x + offset, y: place.y }));
      return <path key={wire.id} d={d} stroke={`var(--lan-${wire.hue})`} strokeWidth={2} fill="none" />;
    });
}

/** The line to come, for a change that the engine has not confirmed yet. */
const pendingPath = (graph: Graph, request: ChangeRequest | null): string => {
  if (request?.kind !== 'attach' && request?.kind !== 'move') return '';
  const networkId = request.kind === 'attach' ? request.networkId : request.toNetworkId;
  const network = graph.byId.get(networkNodeId(request.engineId, networkId));
  const card = graph.byId.get(containerNodeId(request.engineId, request.containerId));
  if (!network || !card) return '';
  const from = { x: network.x + network.width, y: network.y + network.height / 2 };
  return path(curveTo(from, { x: card.x + card.width / 2, y: card.y }));
};

function PendingLine() {
  const graph = useScene((state) => state.graph);
  const busy = useChanges((state) => Object.keys(state.progress).length > 0);
  const request = useUi(({ dialog }) => (dialog?.kind === 'change' ? dialog.request : null));
  const d = busy ? pendingPath(graph, request) : '';
  return d === '' ? null : <path d={d} className={classes.pending} data-testid="pending-edge" />;
}

export function DragLayer() {
  return (
    <ViewportPortal>
      <svg className={classes.overlay} aria-hidden>
        <CardLines />
        <PendingLine />
      </svg>
    </ViewportPortal>
  );
}

/** The line drawn from a port or a card's handle. */
export function DrawnLine({ fromX, fromY, toX, toY }: ConnectionLineComponentProps<FlowNode>) {
  const good = useScene(({ drag, graph }) => {
    const target = drag?.over ? graph.byId.get(drag.over) : undefined;
    return Boolean(target && drag?.verdict(target).ok);
  });
  return (
    <g>
      <path d={`M${fromX},${fromY} L${toX},${toY}`} className={classes.drawn} data-good={good || undefined} />
      <circle cx={toX} cy={toY} r={4} className={classes.drawnEnd} data-good={good || undefined} />
    </g>
  );
}
