import {
  lanTitle,
  metrics as m,
  type GraphNode,
  type GroupLabel,
  type HostNode,
  type NicNode,
  type SpareNic,
} from '../../../graph';
import { hueColour, type Palette } from '../palette';
import { card, drawText, fitText, type Brush } from './brush';

/** Text smaller than this on screen is not worth its milliseconds. */
const leastText = 5;
/** Below this zoom, networks and LANs are named in letters larger than their cards' own. */
const bigBelow = 0.42;
const hostRadius = 10;

/** The admin's colour along a host's top edge; from afar as thick as it needs to be seen. Graph pixels. */
const stripe = (zoom: number): number => Math.min(12, Math.max(4, 2.5 / zoom));

const drawStripe = ({ context, palette, zoom }: Brush, { frame, engine }: HostNode): void => {
  if (!engine.colour) return;
  context.save();
  context.beginPath();
  context.roundRect(frame.x, frame.y, frame.width, frame.height, hostRadius);
  context.clip();
  context.fillStyle = palette.engines[engine.colour];
  context.fillRect(frame.x, frame.y, frame.width, stripe(zoom));
  context.restore();
};

/** A group's name above its hosts, near and far. */
export function drawGroup(brush: Brush, label: GroupLabel, name: string): void {
  const { palette, zoom } = brush;
  const size = Math.min(30, Math.max(12, 10 / zoom));
  const at = { x: label.x + 2, y: label.y + label.height - 12, room: label.width };
  drawText(brush, name, at, { font: `600 ${size}px ${brush.sans}`, colour: palette.dim });
}

/** The frame of a host, near and far; far away its name is drawn larger, so that it stays legible. */
export function drawHost(brush: Brush, host: HostNode, far: boolean, selected: boolean): void {
  const { context, palette, zoom } = brush;
  context.globalAlpha = host.engine.state === 'online' ? 1 : 0.75;
  const line = selected ? palette.accent : palette.lineStrong;
  card(brush, host.frame, { fill: palette.surface, line, radius: hostRadius });
  drawStripe(brush, host);
  context.beginPath();
  context.moveTo(host.frame.x, host.frame.y + m.hostHeader);
  context.lineTo(host.frame.x + host.frame.width, host.frame.y + m.hostHeader);
  context.strokeStyle = palette.line;
  if (!host.collapsed) context.stroke();
  if (far) {
    const size = Math.min(40, Math.max(15, 13 / zoom));
    const at = { x: host.x + 20, y: host.y + m.hostHeader / 2 + size * 0.35, room: host.width - 40 };
    const text = `${host.engine.name}   ${host.engine.state === 'online' ? host.running : '–'}/${host.containers}`;
    drawText(brush, text, at, { font: `600 ${size}px ${brush.sans}`, colour: palette.text });
  }
  context.globalAlpha = 1;
}

const stateColour = (palette: Palette, state: string): string => {
  if (state === 'running') return palette.good;
  return state === 'paused' || state === 'restarting' ? palette.warn : palette.neutral;
};

const running = (state: string): boolean => state === 'running';

/** Near enough a dot or a ring; from afar a bar, filled or not, as a dot would be less than a pixel. */
const drawState = ({ context, palette, zoom }: Brush, node: GraphNode, state: string): void => {
  const colour = 'offline' in node && node.offline ? palette.neutral : stateColour(palette, state);
  context.fillStyle = colour;
  context.strokeStyle = colour;
  if (zoom < 0.3) {
    const width = Math.min(28, 3 / zoom);
    if (running(state)) context.fillRect(node.x, node.y, width, node.height);
    else context.strokeRect(node.x, node.y, width, node.height);
    return;
  }
  context.lineWidth = 1.6;
  context.beginPath();
  // Beside the name: at the first line of two, or in the middle where the name stands alone.
  const down = zoom < bigBelow ? node.height / 2 : Math.min(17, node.height / 2);
  context.arc(node.x + 16, node.y + down, zoom < bigBelow ? 6 : 4, 0, Math.PI * 2);
  if (running(state)) context.fill();
  else context.stroke();
};

/** How far a name may go beyond its card, as a part of the card's width: over the wires, and not over what they lead to. */
const beyond = 0.3;

/** A name written as large as it needs to be read from afar, over whatever lies behind it. */
const drawBigTitle = (brush: Brush, node: GraphNode, title: string, colour: string): void => {
  const { context, palette, zoom } = brush;
  const size = Math.min(40, 7.5 / zoom);
  context.font = `600 ${size}px ${brush.sans}`;
  context.lineJoin = 'round';
  context.lineWidth = size / 4;
  context.strokeStyle = palette.surface;
  const y = node.y + node.height / 2 + size * 0.35;
  const shown = fitText(context, title, node.width * (1 + beyond) - 18);
  context.strokeText(shown, node.x + 18, y);
  context.fillStyle = colour;
  context.fillText(shown, node.x + 18, y);
};

const drawTitle = (brush: Brush, node: GraphNode, title: string, address: string, left: number): void => {
  const { palette, zoom } = brush;
  if (13 * zoom < leastText) return;
  const room = node.width - left - 10;
  const look = { font: `600 13px ${brush.sans}`, colour: palette.text };
  drawText(brush, title, { x: node.x + left, y: node.y + Math.min(22, node.height / 2 + 5), room }, look);
  if (11 * zoom < leastText || node.height < 60 || address === '') return;
  const mono = { font: `11px ${brush.mono}`, colour: palette.dim };
  drawText(brush, address, { x: node.x + left, y: node.y + 42, room }, mono);
};

/** Below this zoom a card is too low for a name. */
const namedFrom = 0.22;

/**
 * From afar: the name alone, as large as it needs to be read; smaller, then `short`, before it is cut where its card
 * ends.
 */
const drawFarName = (brush: Brush, node: GraphNode, name: string, left: number, short = name): void => {
  const { context, palette, zoom } = brush;
  if (zoom < namedFrom) return;
  const room = node.width - left - 2 / zoom;
  const fontOf = (size: number) => `500 ${size}px ${brush.sans}`;
  const wanted = Math.min(30, 7.5 / zoom);
  context.font = fontOf(wanted);
  const fitting = (wanted * room) / context.measureText(name).width;
  const size = Math.max(wanted * 0.8, Math.min(wanted, fitting));
  const at = { x: node.x + left, y: node.y + node.height / 2 + size * 0.35, room };
  drawText(brush, fitting < size ? short : name, at, { font: fontOf(size), colour: palette.text });
};
/** The VLAN is what tells interfaces of one NIC apart: `eth0.20` → `….20`. */
const shortNic = (name: string): string => name.replace(/^.+(?=\.\d+$)/, '…');

/** Where a container's name begins: behind a bar, or behind a dot. */
const besideState = (zoom: number): number => (zoom < 0.3 ? 5 / zoom : 28);

const hueBar = ({ context, palette }: Brush, node: GraphNode, hue: number): void => {
  context.fillStyle = hueColour(palette, hue);
  context.fillRect(node.x, node.y + 6, 3, node.height - 12);
};

const drawSmall = (brush: Brush, node: GraphNode, text: string, left: number): void => {
  const { palette, zoom } = brush;
  if (11 * zoom < leastText) return;
  const at = { x: node.x + left, y: node.y + node.height / 2 + 4, room: node.width - left - 6 };
  drawText(brush, text, at, { font: `11px ${brush.mono}`, colour: palette.dim });
};

/** A dot with a link, a ring without, a dash for one that is switched off; from afar no more than its outline. */
const drawSpare = (brush: Brush, node: NicNode, { name, state }: SpareNic): void => {
  const { context, palette, zoom } = brush;
  if (zoom < 0.3) return;
  const colour = { upCarrier: palette.good, upNoCarrier: palette.warn, down: palette.neutral }[state];
  context.fillStyle = colour;
  context.strokeStyle = colour;
  context.lineWidth = 1.4;
  context.beginPath();
  const y = node.y + node.height / 2;
  if (state === 'down') {
    context.moveTo(node.x + 8, y);
    context.lineTo(node.x + 14, y);
  } else context.arc(node.x + 11, y, 3, 0, Math.PI * 2);
  if (state === 'upCarrier') context.fill();
  else context.stroke();
  drawSmall(brush, node, name, 20);
};

/** A node as it looks from afar: the same place and signs, less text. */
export function drawNode(brush: Brush, node: GraphNode, look: { selected: boolean; dim: boolean }): void {
  const { context, palette } = brush;
  if (node.kind === 'host' || node.kind === 'spine') return;
  const offline = 'offline' in node && node.offline;
  context.globalAlpha = look.dim ? 0.25 : offline ? 0.55 : 1;
  const quiet = node.kind === 'more' || (node.kind === 'nic' && node.spare !== null);
  const line = look.selected ? palette.accent : quiet ? palette.line : palette.lineStrong;
  const fill = node.kind === 'container' ? palette.raised : palette.surface;
  if (node.kind !== 'lane') card(brush, node, { fill, line, radius: 6 });
  switch (node.kind) {
    case 'container':
      drawState(brush, node, node.container.state);
      if (brush.zoom < bigBelow) drawFarName(brush, node, node.container.name, besideState(brush.zoom));
      else drawTitle(brush, node, node.container.name, node.ports[0]?.address ?? '', 28);
      break;
    case 'network':
      hueBar(brush, node, node.hue);
      if (brush.zoom < bigBelow) drawBigTitle(brush, node, node.name, palette.text);
      else drawTitle(brush, node, node.name, node.subnets[0] ?? '', 16);
      break;
    case 'nic':
      if (node.spare) drawSpare(brush, node, node.spare);
      else if (brush.zoom < bigBelow) drawFarName(brush, node, node.name, 8, shortNic(node.name));
      else drawTitle(brush, node, node.name, '', 24);
      break;
    case 'more':
      drawSmall(brush, node, `+${node.count}`, 20);
      break;
    case 'lan':
      hueBar(brush, node, node.lan.hue);
      if (brush.zoom < bigBelow)
        drawBigTitle(brush, node, lanTitle(node.lan), hueColour(palette, node.lan.hue));
      else drawTitle(brush, node, lanTitle(node.lan), '', 16);
      break;
    case 'lane':
      break;
  }
  context.globalAlpha = 1;
}
