import { useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import type { Box, Graph } from '../../../graph';
import { inside, viewBox } from '../near';
import { hueColour, type Palette } from '../palette';
import type { Camera } from '../use-camera';
import { useWords } from '../words';
import classes from '../topology.module.css';

const size = { width: 176, height: 116 };
const padding = 8;

/** Graph coordinates → map pixels. */
const fitInto = (bounds: Box) => {
  const scale = Math.min(
    (size.width - 2 * padding) / Math.max(1, bounds.width),
    (size.height - 2 * padding) / Math.max(1, bounds.height),
  );
  const x = (size.width - bounds.width * scale) / 2 - bounds.x * scale;
  const y = (size.height - bounds.height * scale) / 2 - bounds.y * scale;
  return { scale, x, y };
};

const drawMap = (canvas: HTMLCanvasElement, graph: Graph, palette: Palette): void => {
  const context = canvas.getContext('2d');
  if (!context) return;
  const ratio = window.devicePixelRatio || 1;
  canvas.width = size.width * ratio;
  canvas.height = size.height * ratio;
  const { scale, x, y } = fitInto(graph.bounds);
  context.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * x, ratio * y);
  const fill = (box: Box, colour: string) => {
    context.fillStyle = colour;
    context.fillRect(box.x, box.y, Math.max(box.width, 1 / scale), Math.max(box.height, 1 / scale));
  };
  for (const host of graph.hosts) fill(host.frame, palette.line);
  for (const node of graph.nodes) {
    if (node.kind === 'spine') fill(node, hueColour(palette, node.lan.hue));
    if (node.kind === 'network') fill(node, hueColour(palette, node.hue));
    if (node.kind === 'container')
      fill(node, node.container.state === 'running' && !node.offline ? palette.dim : palette.lineStrong);
  }
};

/** The whole picture in small, drawn when it changes; the frame of the view is moved without drawing. */
export function Minimap({ graph, palette, camera }: { graph: Graph; palette: Palette; camera: Camera }) {
  const words = useWords();
  const flow = useStoreApi();
  const canvas = useRef<HTMLCanvasElement>(null);
  const root = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (canvas.current) drawMap(canvas.current, graph, palette);
  }, [graph, palette]);
  useEffect(() => {
    const { scale, x, y } = fitInto(graph.bounds);
    const follow = () => {
      const { transform, width, height } = flow.getState();
      const view = viewBox({ x: transform[0], y: transform[1], zoom: transform[2] }, width, height);
      if (!frame.current || !root.current) return;
      // Where all is in view, the map tells nothing and only hides what lies beneath it.
      root.current.toggleAttribute('data-idle', inside(graph.bounds, view));
      frame.current.style.transform = `translate(${view.x * scale + x}px, ${view.y * scale + y}px)`;
      frame.current.style.width = `${view.width * scale}px`;
      frame.current.style.height = `${view.height * scale}px`;
    };
    follow();
    return flow.subscribe(follow);
  }, [flow, graph.bounds]);
  const go = (event: React.PointerEvent) => {
    if (event.buttons !== 1) return;
    const box = event.currentTarget.getBoundingClientRect();
    const { scale, x, y } = fitInto(graph.bounds);
    camera.centre({ x: (event.clientX - box.left - x) / scale, y: (event.clientY - box.top - y) / scale });
  };
  return (
    <div
      ref={root}
      className={classes.minimap}
      style={size}
      onPointerDown={go}
      onPointerMove={go}
      title={words('aria.minimap')}
      aria-hidden
      data-testid="minimap"
    >
      <canvas ref={canvas} style={size} />
      <div ref={frame} className={classes.minimapFrame} />
    </div>
  );
}
