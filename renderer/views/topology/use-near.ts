import { useStoreApi } from '@xyflow/react';
import { useEffect, useMemo, useState } from 'react';
import type { Graph, GraphNode, GridIndex } from '../../graph';
import { movedNode, toFlowNode, type FlowNode } from './flow-nodes';
import { findNear, stillNear, viewBox, type Near } from './near';
import { useScene } from './scene';

const nothing: Near = { far: false, words: 'all', nodes: [], region: { x: 0, y: 0, width: 0, height: 0 } };

const same = (a: Near, b: Near): boolean =>
  a.far === b.far &&
  a.words === b.words &&
  a.nodes.length === b.nodes.length &&
  a.nodes.every((node, at) => node === b.nodes[at]);

/** The nodes in view; renders only when they change, not with each step of a pan. */
export function useNear(index: GridIndex<GraphNode>): Near {
  const flow = useStoreApi();
  const [near, setNear] = useState<Near>(nothing);
  useEffect(() => {
    let last: { near: Near; zoom: number } | null = null;
    const update = () => {
      const { transform, width, height } = flow.getState();
      const [x, y, zoom] = transform;
      if (width === 0 || height === 0) return;
      const view = viewBox({ x, y, zoom }, width, height);
      if (last && stillNear(last.near, view, zoom, last.zoom)) return;
      const found = findNear(index, { x, y, zoom }, width, height);
      last = { near: found, zoom };
      setNear((before) => (same(before, found) ? before : found));
    };
    update();
    return flow.subscribe(update);
  }, [flow, index]);
  return near;
}

/** What React Flow gets: the nodes in view, and those that must stay while they are held, focused or pointed at. */
export function useFlowNodes(graph: Graph, near: Near): FlowNode[] {
  const hovered = useScene(({ hover }) => (near.far && hover?.kind === 'node' ? hover.id : null));
  const focus = useScene((state) => state.focus);
  const held = useScene((state) => state.drag?.nodeId ?? state.menu?.nodeId ?? null);
  const dragAt = useScene((state) => state.dragAt);
  const nodes = useMemo(() => {
    const shown = new Set(near.nodes);
    const extra = [hovered, focus, held].map((id) => (id === null ? undefined : graph.byId.get(id)));
    return [...new Set([...near.nodes, ...extra.filter((node) => node && !shown.has(node))])].filter(
      (node): node is GraphNode => node !== undefined,
    );
  }, [graph, near.nodes, hovered, focus, held]);
  return useMemo(
    () => nodes.map((node) => (dragAt && node.id === held ? movedNode(node, dragAt) : toFlowNode(node))),
    [nodes, dragAt, held],
  );
}
