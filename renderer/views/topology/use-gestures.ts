import { useReactFlow, type NodeChange, type OnConnectStart, type OnNodeDrag } from '@xyflow/react';
import { useEffect, useMemo } from 'react';
import { useApp } from '../../context/context';
import { hostNodeId, type GraphNode, type GridIndex, type Point } from '../../graph';
import type { Dialog } from '../../store/ui';
import { newHandle, type FlowNode } from './flow-nodes';
import { createDrag, createSegmentDrag, useScene, type Drag, type SceneStore } from './scene';
import { usePositions } from './use-layout-preferences';

type Pointer = MouseEvent | TouchEvent | React.MouseEvent;

const pointOf = (event: Pointer): Point => {
  const touch = 'changedTouches' in event ? event.changedTouches[0] : undefined;
  const at = touch ?? (event as MouseEvent);
  return { x: at.clientX, y: at.clientY };
};

/** The label or interface rather than the line or host that it lies on, and of close rows the one pointed at. */
const farness = ({ kind, x, y, width, height }: GraphNode, at: Point): number => {
  if (kind === 'spine' || kind === 'host') return 2;
  return Number(!(at.x >= x && at.x <= x + width && at.y >= y && at.y <= y + height));
};

/** How close to a target counts as on it, graph pixels. */
const reach = 6;

const targetAt = (index: GridIndex<GraphNode>, drag: Drag, at: Point): string | null =>
  index
    .within({ x: at.x - reach, y: at.y - reach, width: 2 * reach, height: 2 * reach })
    .filter((node) => drag.isTarget(node) && node.id !== drag.nodeId)
    .sort((a, b) => farness(a, at) - farness(b, at))[0]?.id ?? null;

export interface Gestures {
  onNodesChange(changes: NodeChange<FlowNode>[]): void;
  onNodeDragStart: OnNodeDrag<FlowNode>;
  onNodeDrag: OnNodeDrag<FlowNode>;
  onNodeDragStop: OnNodeDrag<FlowNode>;
  onConnectStart: OnConnectStart;
  onConnectEnd(event: MouseEvent | TouchEvent): void;
}

/** The network a card is dragged away from while Shift is held: the one that gives it its place. */
const homeOf = (node: GraphNode): string | null =>
  node.kind === 'container' ? (node.ports[0]?.networkId ?? null) : null;

interface Parts {
  scene: SceneStore;
  index: GridIndex<GraphNode>;
  toGraph(at: Point): Point;
  app: ReturnType<typeof useApp>;
  positions: ReturnType<typeof usePositions>;
}

const start = ({ scene, app }: Parts, nodeId: string, by: 'card' | 'line', from: string | null): void => {
  const node = scene.getState().graph.byId.get(nodeId);
  const { snapshot } = app.stores.inventory.getState();
  // A card may still be put elsewhere in the picture.
  if (app.info.readOnly && (by === 'line' || node?.kind !== 'container')) return;
  const plan = app.stores.segments.getState().plan ?? [];
  const segment = node?.kind === 'lan' && plan.find((each) => each.id === node.lan.segment?.id);
  const drag =
    node?.kind === 'container'
      ? createDrag(node.container, snapshot, plan, { nodeId, by, from }, app.info.readOnly)
      : segment && createSegmentDrag(segment, snapshot, nodeId);
  if (drag) scene.setState({ drag, hover: null, menu: null });
};

/** Follows the pointer; Shift may come and go meanwhile. */
const hold = (parts: Parts, event: Pointer): void => {
  const { scene, index, toGraph } = parts;
  const { drag, graph } = scene.getState();
  if (!drag) return;
  const node = graph.byId.get(drag.nodeId);
  const from = node && event.shiftKey ? homeOf(node) : null;
  if (drag.by === 'card' && from !== drag.from) start(parts, drag.nodeId, 'card', from);
  const over = targetAt(index, drag, toGraph(pointOf(event)));
  const now = scene.getState().drag;
  if (now && now.over !== over) scene.setState({ drag: { ...now, over } });
};

/** The dialog that a drop opens; null for a target that does not take it. */
const dialogOf = (drag: Drag, target: GraphNode): Dialog | null => {
  if (drag.by === 'segment') {
    const verdict = drag.verdict(target);
    if (!verdict.ok) return null;
    const { engineId, nic } = verdict;
    const purpose = { kind: 'add-host', segmentId: drag.segment.id, engineId } as const;
    return { kind: 'segment-form', purpose: nic ? { ...purpose, nic } : purpose };
  }
  const verdict = drag.verdict(target);
  if (!verdict.ok) return null;
  return 'segment' in verdict
    ? { kind: 'segment-change', request: verdict.request }
    : { kind: 'change', request: verdict.request };
};

/** A good target opens the dialog; a bad one changes nothing; empty canvas is the card's new place. */
const drop = ({ scene, app, positions }: Parts): void => {
  const { drag, dragAt, graph } = scene.getState();
  scene.setState({ drag: null, dragAt: null });
  if (!drag) return;
  const node = graph.byId.get(drag.nodeId);
  const target = drag.over === null ? undefined : graph.byId.get(drag.over);
  if (target) {
    const dialog = dialogOf(drag, target);
    if (dialog) app.stores.ui.setState({ dialog });
    return;
  }
  const host = node && graph.byId.get(hostNodeId(node.engineId));
  if (drag.by !== 'card' || !dragAt || node?.kind !== 'container' || node.slim || host?.kind !== 'host')
    return;
  positions.put(drag.nodeId, { x: dragAt.x - host.frame.x, y: dragAt.y - host.frame.y });
};

/** Dragging cards and drawing lines: both end as a request to the change dialog, never as a change of their own. */
export function useGestures(scene: SceneStore, index: GridIndex<GraphNode>): Gestures {
  const app = useApp();
  const positions = usePositions();
  const { screenToFlowPosition } = useReactFlow();
  const parts: Parts = { scene, index, app, positions, toGraph: screenToFlowPosition };
  const drawing = useScene((state) => state.drag?.by === 'line');
  useEffect(() => {
    if (!drawing) return;
    const move = (event: PointerEvent) => hold(parts, event);
    window.addEventListener('pointermove', move);
    return () => window.removeEventListener('pointermove', move);
    // The parts only hand on what is stable for as long as a line is drawn.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [drawing, index]);
  return useMemo(
    () => ({
      onNodesChange: (changes) => {
        for (const change of changes)
          if (change.type === 'position' && change.dragging && change.position)
            scene.setState({ dragAt: change.position });
      },
      onNodeDragStart: (event, node) =>
        start(parts, node.id, 'card', event.shiftKey ? homeOf(node.data.node) : null),
      onNodeDrag: (event) => hold(parts, event),
      onNodeDragStop: () => drop(parts),
      onConnectStart: (_event, { nodeId, handleId }) => {
        if (nodeId) start(parts, nodeId, 'line', handleId === newHandle ? null : handleId);
      },
      onConnectEnd: (event) => {
        hold(parts, event);
        drop(parts);
      },
    }),
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [scene, index, app],
  );
}
