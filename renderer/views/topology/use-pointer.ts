import { useReactFlow, type NodeMouseHandler } from '@xyflow/react';
import { useMemo } from 'react';
import { useApp } from '../../context/context';
import { nearestWire, type GraphNode, type GridIndex, type Wire } from '../../graph';
import { newHandle, type FlowNode } from './flow-nodes';
import { choose, type SceneStore } from './scene';
import { openedBy, selectionOf } from './selection';

/** How near a line the pointer must be, screen pixels. */
const wireReach = 5;

export interface PointerHandlers {
  onNodeClick: NodeMouseHandler<FlowNode>;
  onNodeMouseEnter: NodeMouseHandler<FlowNode>;
  onNodeMouseLeave: NodeMouseHandler<FlowNode>;
  onNodeContextMenu: NodeMouseHandler<FlowNode>;
  onPaneClick(event: React.MouseEvent): void;
  onPaneMouseMove(event: React.MouseEvent): void;
  onPaneMouseLeave(): void;
  onPaneContextMenu(event: React.MouseEvent | MouseEvent): void;
}

const selectWire = (scene: SceneStore, app: ReturnType<typeof useApp>, wire: Wire): void => {
  const { engineId, containerId, networkId } = wire;
  choose(scene, app.stores.ui, { kind: 'attachment', engineId, containerId, networkId });
};

/** A click on a port means its attachment, not the card. */
const portUnder = (target: EventTarget): string | null => {
  const handle = target instanceof Element ? target.closest<HTMLElement>('[data-handleid]') : null;
  const id = handle?.dataset.handleid ?? null;
  return id === newHandle ? null : id;
};

/** Pointing, clicking and the context menu; lines are on the canvas, so they are found by position. */
export function usePointer(scene: SceneStore, index: GridIndex<GraphNode>): PointerHandlers {
  const app = useApp();
  const flow = useReactFlow();
  return useMemo(() => {
    const at = (event: { clientX: number; clientY: number }) => ({ x: event.clientX, y: event.clientY });
    const wireAt = (event: React.MouseEvent) =>
      nearestWire(
        scene.getState().graph.wires,
        flow.screenToFlowPosition(at(event)),
        wireReach / flow.getZoom(),
      );
    const hoverPane = (event: React.MouseEvent) => {
      if (scene.getState().drag || event.buttons !== 0) return;
      const node = index.at(flow.screenToFlowPosition(at(event)));
      const wire = node && node.kind !== 'spine' ? undefined : wireAt(event);
      const before = scene.getState().hover;
      if (wire) {
        if (before?.kind !== 'wire' || before.wire !== wire)
          scene.setState({ hover: { kind: 'wire', wire, at: at(event) } });
      } else if (node) {
        if (before?.kind !== 'node' || before.id !== node.id)
          scene.setState({ hover: { kind: 'node', id: node.id, at: at(event) } });
      } else if (before) scene.setState({ hover: null });
    };
    return {
      onNodeClick: (event, { data }) => {
        const port = portUnder(event.target);
        const wire = scene
          .getState()
          .graph.wires.find((each) => each.containerNodeId === data.node.id && each.networkId === port);
        if (wire) return selectWire(scene, app, wire);
        const dialog = openedBy(data.node);
        if (dialog) app.stores.ui.setState({ dialog });
        else choose(scene, app.stores.ui, selectionOf(data.node));
        scene.setState({ focus: data.node.id });
      },
      onNodeMouseEnter: (event, { id }) => {
        if (!scene.getState().drag) scene.setState({ hover: { kind: 'node', id, at: at(event) } });
      },
      onNodeMouseLeave: () => scene.setState({ hover: null }),
      onNodeContextMenu: (event, { id }) => {
        event.preventDefault();
        scene.setState({ menu: { nodeId: id, x: event.clientX, y: event.clientY }, hover: null });
      },
      onPaneClick: (event) => {
        const wire = wireAt(event);
        if (wire) return selectWire(scene, app, wire);
        scene.setState({ menu: null, focus: null });
        app.stores.ui.setState({ selection: null });
      },
      onPaneMouseMove: hoverPane,
      onPaneMouseLeave: () => scene.setState({ hover: null }),
      onPaneContextMenu: (event) => event.preventDefault(),
    };
  }, [scene, index, app, flow]);
}
