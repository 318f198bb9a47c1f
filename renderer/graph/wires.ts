import { isLive } from '../../shared/rules';
import type { HostLayout } from './layout';
import { metrics as m } from './metrics';
import {
  containerNodeId,
  wireId,
  type ContainerNode,
  type Link,
  type NetworkNode,
  type Point,
  type Port,
  type Wire,
} from './model';

/** A network's line: out of its card, into its own place in the channel, along the gutters above the cards. */
interface Bus {
  node: NetworkNode;
  port: Point;
  riserX: number;
}

const busOf = (node: NetworkNode, index: number, count: number, host: HostLayout): Bus => {
  const room = host.gridX - host.channelX - 20;
  const step = Math.min(7, room / Math.max(1, count));
  return {
    node,
    port: { x: node.x + node.width, y: node.y + node.height / 2 },
    riserX: host.channelX + 12 + index * step,
  };
};

/** Heights of the buses above one row: the lane's own nearest to the cards, at most three tracks apart. */
const trackY = (top: number, index: number): number => top - m.busAbove - Math.min(index, 3) * m.busStep;

type Course = Pick<Wire, 'points' | 'curved' | 'drop'>;

/** One literal and no spreading: there are thousands of them, made anew with each change. */
const wireOf = (card: ContainerNode, index: number, port: Port, bus: Bus, course: Course): Wire => ({
  id: wireId(card.id, port.networkId),
  engineId: card.engineId,
  containerId: card.container.id,
  networkId: port.networkId,
  containerNodeId: card.id,
  networkNodeId: port.networkNodeId,
  containerName: card.container.name,
  networkName: port.networkName,
  hue: port.hue,
  style: port.style,
  points: course.points,
  curved: course.curved,
  drop: course.drop,
  room: (card.ports[index + 1]?.offset ?? m.cardWidth) - port.offset - 8,
  idle: !isLive(card.container),
  offline: bus.node.offline,
});

interface Track {
  bus: Bus;
  endX: number;
  y: number;
  /** What all lines of the track have in common: out of the card and up or down the channel. */
  corners: [Point, Point, Point];
}

const trackOf = (bus: Bus, y: number): Track => ({
  bus,
  y,
  endX: 0,
  corners: [bus.port, { x: bus.riserX, y: bus.port.y }, { x: bus.riserX, y }],
});

const railCourse = (card: ContainerNode, port: Port, { corners, y }: Track): Course => {
  const x = card.x + port.offset;
  const points = [corners[0], corners[1], corners[2], { x, y }, { x, y: card.y }];
  return { points, curved: false, drop: { x, top: y, bottom: card.y } };
};

/** The points of a cubic curve from a network's port to a card that stands where the admin put it. */
export function curveTo(from: Point, to: Point): Point[] {
  const reach = Math.max(40, Math.abs(to.x - from.x) / 2);
  return [
    from,
    { x: from.x + reach, y: from.y },
    { x: to.x, y: to.y - Math.max(40, Math.abs(to.y - from.y) / 2) },
    to,
  ];
}

const freeCourse = (card: ContainerNode, port: Port, bus: Bus): Course => {
  const x = card.x + port.offset;
  const points = curveTo(bus.port, { x, y: card.y });
  return { points, curved: true, drop: { x, top: card.y - 16, bottom: card.y } };
};

const trunk = ({ bus, y, endX, corners }: Track): Link => ({
  id: `bus:${bus.node.id}/${y}`,
  kind: 'bus',
  hue: bus.node.hue,
  style: bus.node.style,
  points: [...corners, { x: endX, y }],
  offline: bus.node.offline,
});

interface RowWires {
  wires: Wire[];
  links: Link[];
}

/** Lines to the cards of one row: one rail for each network that has a card in it. */
const rowWires = (cards: ContainerNode[], buses: ReadonlyMap<string, Bus>): RowWires => {
  const tracks = new Map<string, Track>();
  const wires: Wire[] = [];
  for (const card of cards) {
    card.ports.forEach((port, index) => {
      const bus = buses.get(port.networkNodeId);
      if (!bus) return;
      if (card.moved) {
        wires.push(wireOf(card, index, port, bus, freeCourse(card, port, bus)));
        return;
      }
      const track = tracks.get(port.networkNodeId) ?? trackOf(bus, trackY(card.y, tracks.size));
      track.endX = Math.max(track.endX, card.x + port.offset);
      tracks.set(port.networkNodeId, track);
      wires.push(wireOf(card, index, port, bus, railCourse(card, port, track)));
    });
  }
  return { wires, links: [...tracks.values()].map(trunk) };
};

/** All lines between a host's networks and its containers. */
export function hostWires(host: HostLayout, cards: readonly (NetworkNode | ContainerNode)[]): RowWires {
  const networks = cards.filter((card) => card.kind === 'network');
  const buses = new Map(networks.map((node, index) => [node.id, busOf(node, index, networks.length, host)]));
  const byId = new Map(cards.map((card) => [card.id, card]));
  const all: RowWires = { wires: [], links: [] };
  for (const { rows } of host.lanes) {
    for (const row of rows) {
      const inRow = row.stacks
        .map((stack) => byId.get(containerNodeId(stack.owner.engineId, stack.owner.id)))
        .filter((card) => card?.kind === 'container');
      const { wires, links } = rowWires(inRow, buses);
      all.wires.push(...wires);
      all.links.push(...links);
    }
  }
  return all;
}
