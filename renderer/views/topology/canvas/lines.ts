import { overlaps, type Box, type Graph, type Link, type SpineNode, type Wire } from '../../../graph';
import type { Rates } from '../../../store/traffic';
import { hueColour } from '../palette';
import { drawText, setStroke, traceCurve, tracePolyline, type Brush } from './brush';

const widths: Record<Link['kind'], number> = { uplink: 3, parent: 2, vlan: 1.5, bus: 1.6 };

const boxOf = (points: readonly { x: number; y: number }[]): Box => {
  const xs = points.map((point) => point.x);
  const ys = points.map((point) => point.y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
};

/** LAN to interface, interface to network, and each network's bus. */
export function drawLinks(brush: Brush, links: readonly Link[], view: Box, dim: boolean): void {
  const { context, palette } = brush;
  for (const link of links) {
    if (!overlaps(boxOf(link.points), view)) continue;
    const alpha = dim ? 0.25 : link.offline ? 0.4 : 1;
    const style = link.kind === 'uplink' || link.kind === 'vlan' ? 'solid' : link.style;
    setStroke(brush, { colour: hueColour(palette, link.hue), width: widths[link.kind], style, alpha });
    context.beginPath();
    tracePolyline(context, link.points);
    context.stroke();
  }
  context.globalAlpha = 1;
}

/** Line width by rate: a decade of traffic is a good half pixel, so that a busy line stands out and none is a slab. */
export const wireWidth = (bits: number): number =>
  bits <= 0 ? 1.5 : Math.min(6, Math.max(1.5, 1.5 + Math.log10(bits / 1000) * 0.75));

const short = (bits: number): string => {
  if (bits < 1000) return String(Math.round(bits));
  const units = ['k', 'M', 'G', 'T'];
  let value = bits / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value >= 99.5 ? Math.round(value) : value.toPrecision(2)}${units[unit] ?? ''}`;
};

/** `↓1.2M ↑80k`; in bits per second, as the legend says. */
export const rateLabel = ({ rxBits, txBits }: Rates): string => `↓${short(rxBits)} ↑${short(txBits)}`;

export interface WireLook {
  rates: Rates | null;
  selected: boolean;
  hovered: boolean;
  dim: boolean;
}

const traceWire = ({ context }: Brush, wire: Wire, whole: boolean): void => {
  context.beginPath();
  if (wire.curved) return traceCurve(context, wire.points);
  if (whole) return tracePolyline(context, wire.points);
  context.moveTo(wire.drop.x, wire.drop.top);
  context.lineTo(wire.drop.x, wire.drop.bottom);
};

const labelZoom = 0.55;
const labelRoom = 58;

/** One attachment: its own part of the line, as wide as its traffic; the whole way from the network when selected. */
export function drawWire(brush: Brush, wire: Wire, look: WireLook): void {
  const { context, palette, zoom } = brush;
  const bits = look.rates ? look.rates.rxBits + look.rates.txBits : 0;
  const stressed = look.selected || look.hovered;
  const faint = wire.idle || wire.offline ? 0.45 : 1;
  setStroke(brush, {
    colour: hueColour(palette, wire.hue),
    width: wireWidth(bits) + (stressed ? 1.5 : 0),
    style: wire.idle ? 'dotted' : wire.style,
    alpha: look.dim ? 0.15 : stressed ? 1 : faint,
  });
  traceWire(brush, wire, stressed);
  context.stroke();
  context.globalAlpha = 1;
  if (bits <= 0 || !look.rates || zoom < labelZoom || wire.room < labelRoom || look.dim) return;
  const at = { x: wire.drop.x + 6, y: wire.drop.bottom - 5, room: wire.room };
  drawText(brush, rateLabel(look.rates), at, { font: `10px ${brush.mono}`, colour: palette.dim });
}

const labelEvery = 520;

const drawBand = (brush: Brush, node: SpineNode, colour: string, dim: boolean): void => {
  const { context, palette } = brush;
  const { x, y, width, height } = node;
  const upright = height > width;
  context.fillStyle = palette.canvas;
  if (upright) context.fillRect(x - 3, y, width + 6, height);
  context.globalAlpha = dim ? 0.05 : 0.16;
  context.fillStyle = colour;
  context.fillRect(x, y, width, height);
  setStroke(brush, { colour, width: 2, style: node.lan.style, alpha: dim ? 0.3 : 1 });
  context.beginPath();
  for (const edge of [1, (upright ? width : height) - 1]) {
    context.moveTo(upright ? x + edge : x, upright ? y : y + edge);
    context.lineTo(upright ? x + edge : x + width, upright ? y + height : y + edge);
  }
  context.stroke();
};

/** A LAN's line: a tinted band between two edges, with its name along it again and again. */
export function drawSpine(brush: Brush, node: SpineNode, view: Box, label: string, dim: boolean): void {
  const { context, palette, zoom } = brush;
  const colour = hueColour(palette, node.lan.hue);
  drawBand(brush, node, colour, dim);
  context.globalAlpha = dim ? 0.3 : 1;
  if (zoom < 0.35 || node.width > node.height) return;
  const font = `600 11px ${brush.mono}`;
  context.font = font;
  const length = context.measureText(label).width;
  // Written upwards, so a label needs its own length of line above its start.
  for (let y = node.y + length + 90; y < node.y + node.height - 12; y += labelEvery) {
    if (y < view.y || y - length > view.y + view.height) continue;
    context.save();
    context.translate(node.x + node.width / 2 + 4, y);
    context.rotate(-Math.PI / 2);
    drawText(brush, label, { x: 0, y: 0, room: length + 1 }, { font, colour });
    context.restore();
  }
}

export const spinesOf = (graph: Graph): SpineNode[] => graph.nodes.filter((node) => node.kind === 'spine');
