import type { LineStyle, Point } from '../../../graph';
import type { Palette } from '../palette';

/** What every drawing function needs. Coordinates are the graph's; the transform is set already. */
export interface Brush {
  context: CanvasRenderingContext2D;
  palette: Palette;
  zoom: number;
  sans: string;
  mono: string;
}

const dashes: Record<LineStyle, number[]> = {
  solid: [],
  dashed: [7, 4],
  dotted: [1.5, 4],
  'dash-dot': [9, 4, 2, 4],
};

export interface Stroke {
  colour: string;
  /** Graph pixels. */
  width: number;
  style: LineStyle;
  alpha?: number;
}

/** Sets the pen; lines never get thinner than three quarters of a screen pixel, or they vanish far away. */
export function setStroke({ context, zoom }: Brush, { colour, width, style, alpha = 1 }: Stroke): void {
  context.strokeStyle = colour;
  context.globalAlpha = alpha;
  context.lineWidth = Math.max(width, 0.75 / zoom);
  context.setLineDash(dashes[style]);
  context.lineCap = style === 'dotted' ? 'round' : 'butt';
}

const radius = 7;

/** Adds an orthogonal line with rounded corners to the path. */
export function tracePolyline(context: CanvasRenderingContext2D, points: readonly Point[]): void {
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last) return;
  context.moveTo(first.x, first.y);
  for (let index = 1; index < points.length - 1; index++) {
    const [before, at, after] = [points[index - 1], points[index], points[index + 1]];
    if (!before || !at || !after) continue;
    const room = Math.min(
      Math.hypot(at.x - before.x, at.y - before.y) / 2,
      Math.hypot(after.x - at.x, after.y - at.y) / 2,
    );
    context.arcTo(at.x, at.y, after.x, after.y, Math.min(radius, room));
  }
  context.lineTo(last.x, last.y);
}

export function traceCurve(context: CanvasRenderingContext2D, points: readonly Point[]): void {
  const [a, b, c, d] = points;
  if (!a || !b || !c || !d) return;
  context.moveTo(a.x, a.y);
  context.bezierCurveTo(b.x, b.y, c.x, c.y, d.x, d.y);
}

/** Text no wider than `room` graph pixels in the font that is set, cut with an ellipsis. */
export function fitText(context: CanvasRenderingContext2D, text: string, room: number): string {
  const wide = context.measureText(text).width;
  if (wide <= room) return text;
  return `${text.slice(0, Math.max(1, Math.floor((text.length * room) / wide) - 1))}…`;
}

/** The same, drawn. */
export function drawText(
  { context }: Brush,
  text: string,
  at: Point & { room: number },
  look: { font: string; colour: string },
): void {
  context.font = look.font;
  context.fillStyle = look.colour;
  context.fillText(fitText(context, text, at.room), at.x, at.y);
}

export function card(
  { context, zoom }: Brush,
  box: { x: number; y: number; width: number; height: number },
  look: {
    fill: string;
    line: string;
    radius: number;
  },
): void {
  context.beginPath();
  context.roundRect(box.x, box.y, box.width, box.height, look.radius);
  context.fillStyle = look.fill;
  context.fill();
  context.strokeStyle = look.line;
  context.lineWidth = Math.max(1, 0.6 / zoom);
  context.setLineDash([]);
  context.stroke();
}
