import { useStoreApi } from '@xyflow/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useApp, useUi } from '../../../context/context';
import type { Graph, GraphNode, GridIndex } from '../../../graph';
import { attachmentKey } from '../../../store/traffic';
import type { Palette } from '../palette';
import { useScene } from '../scene';
import { selectionId } from '../selection';
import { useWords } from '../words';
import classes from '../topology.module.css';
import type { Picture } from './paint';
import { Painter } from './painter';

interface CanvasLayerProps {
  graph: Graph;
  index: GridIndex<GraphNode>;
  far: boolean;
  palette: Palette;
}

/** Everything that the canvas draws, from the stores; the rates are asked for while it draws. */
function usePicture({ graph, index, far }: CanvasLayerProps): Picture {
  const { traffic } = useApp().stores;
  const words = useWords();
  const selected = useUi((state) => selectionId(state.selection));
  const hovered = useScene(({ hover }) => (hover?.kind === 'wire' ? hover.wire.id : null));
  const matches = useScene((state) => state.matches);
  const dragged = useScene(({ drag }) => (drag?.by === 'card' ? drag.nodeId : null));
  return useMemo(
    () => ({
      graph,
      index,
      far,
      selected,
      hovered,
      matches,
      dragged,
      ratesOf: ({ engineId, containerId, networkId }) =>
        traffic.get(attachmentKey(engineId, containerId, networkId)),
      lanLabel: ({ segment, subnet, vlan }) =>
        [segment?.name, subnet, vlan === null ? '' : words('network.vlan', { vlan })]
          .filter(Boolean)
          .join(' · '),
      ungrouped: words('host.ungrouped'),
    }),
    [graph, index, far, selected, hovered, matches, dragged, traffic, words],
  );
}

/** The canvas behind React Flow: lines always, cards when far. Hidden from assistive tech: table and near view serve it. */
export function CanvasLayer(props: CanvasLayerProps) {
  const { traffic } = useApp().stores;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [painter, setPainter] = useState<Painter | null>(null);
  const flow = useStoreApi();
  const picture = usePicture(props);
  useEffect(() => {
    if (!canvas.current) return;
    const made = new Painter(canvas.current);
    setPainter(made);
    return () => made.dispose();
  }, []);
  useEffect(() => {
    if (!painter) return;
    const follow = () => {
      const { transform, width, height } = flow.getState();
      painter.move({ x: transform[0], y: transform[1], zoom: transform[2] }, { width, height });
    };
    follow();
    const ends = [flow.subscribe(follow), traffic.subscribeAll(() => painter.refresh())];
    return () => ends.forEach((end) => end());
  }, [painter, flow, traffic]);
  useEffect(() => painter?.show(picture, props.palette), [painter, picture, props.palette]);
  return <canvas ref={canvas} className={classes.canvas} aria-hidden />;
}
