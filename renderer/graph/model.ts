import type { Container, Engine, Network } from '../../shared/model';
import type { Pins } from '../../shared/rules';
import type { SpareNic } from './spare';

/** A rectangle in graph coordinates (CSS pixels at zoom 1). */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

/** How a line is drawn, so that colour is never the only signal. */
export type LineStyle = 'solid' | 'dashed' | 'dotted' | 'dash-dot';

/** Where a container stands when no network of its own gives it a place. */
export type SpecialLane = 'host' | 'isolated' | 'orphan';

/** Index into the palette's LAN hues, and beyond them into the segments' own colours; -1 for what is not a LAN. */
export type Hue = number;

interface Placed extends Box {
  id: string;
  engineId: string;
}

/** The header of a host; its card is `frame`. */
export interface HostNode extends Placed {
  kind: 'host';
  engine: Engine;
  collapsed: boolean;
  frame: Box;
  containers: number;
  running: number;
  networks: number;
  /** Room that interfaces take at the left, graph pixels; 0 without any. */
  ports: number;
}

/** A physical interface, or a VLAN link on one. */
export interface NicNode extends Placed {
  kind: 'nic';
  /** `eth0` or `eth0.20`. */
  name: string;
  vlan: number | null;
  /** Networks that use this interface as their parent. */
  networkIds: string[];
  engineName: string;
  hue: Hue;
  offline: boolean;
  /** What the host says of it, where no network stands on it; else null. */
  spare: SpareNic | null;
}

/** Stands for the spare interfaces of a host that are too many to be drawn. */
export interface MoreNode extends Placed {
  kind: 'more';
  count: number;
  engineName: string;
  offline: boolean;
}

/** A Docker network; `network` is null for one that containers still name but the engine no longer has. */
export interface NetworkNode extends Placed {
  kind: 'network';
  network: Network | null;
  name: string;
  subnets: string[];
  vlan: number | null;
  hue: Hue;
  style: LineStyle;
  members: number;
  engineName: string;
  offline: boolean;
}

/** A title for containers that are on no network of their own. */
export interface LaneNode extends Placed {
  kind: 'lane';
  lane: SpecialLane;
  members: number;
  offline: boolean;
}

/** One attachment as it shows on a container card. */
export interface Port {
  networkId: string;
  networkNodeId: string;
  networkName: string;
  hue: Hue;
  style: LineStyle;
  /** In use, or else pinned for the next start; empty when there is none. */
  address: string;
  /** The LAN's own DHCP server has given it. */
  leased: boolean;
  /** Whether it is fixed, as far as the engine tells. */
  pin: Pins['kind'];
  /** Who else on the LAN has the address, each with its host. */
  alsoUsedBy: readonly string[];
  /** Distance from the card's left edge. */
  offset: number;
}

export interface ContainerNode extends Placed {
  kind: 'container';
  container: Container;
  /** A sharer of another container's network namespace, drawn as a strip under its owner. */
  slim: boolean;
  /** Name of the container whose namespace this one shares. */
  owner: string | null;
  ports: Port[];
  /** Set by hand instead of by the layout. */
  moved: boolean;
  offline: boolean;
}

/** One layer-2 network that runs through several hosts. */
export interface LanNode extends Placed {
  kind: 'lan';
  lan: Lan;
}

/** A stretch of a LAN's line, a drop target along its whole length: down a column of hosts, or across above them. */
export interface SpineNode extends Placed {
  kind: 'spine';
  lan: Lan;
}

export type GraphNode =
  HostNode | NicNode | MoreNode | NetworkNode | LaneNode | ContainerNode | LanNode | SpineNode;

/** A planned segment, as far as the picture speaks of it. */
export interface SegmentTag {
  id: string;
  name: string;
  vlan: number | null;
  /** Empty when it is nobody's. */
  tenant: string;
  hue: Hue;
  /** The admin has chosen its colour. */
  chosen: boolean;
  /** Its networks that exist. */
  members: { engineId: string; networkId: string }[];
}

/**
 * Networks on one or more engines that are one broadcast domain: a segment's, or else as far as their subnet and VLAN id
 * tell.
 */
export interface Lan {
  key: string;
  /** The planned segment that it is; absent for LANs that are only recognised. */
  segment?: Omit<SegmentTag, 'members'>;
  subnet: string;
  vlan: number | null;
  /** Where it is, as the admin says of its hosts. */
  site?: string;
  hue: Hue;
  style: LineStyle;
  members: { engineId: string; networkId: string }[];
  engineIds: string[];
}

/** One container's attachment to one network, as a line from the network's bus down to the card. */
export interface Wire {
  id: string;
  engineId: string;
  containerId: string;
  networkId: string;
  containerNodeId: string;
  networkNodeId: string;
  containerName: string;
  networkName: string;
  hue: Hue;
  style: LineStyle;
  /** From the network's port to the card; corners of an orthogonal line, or the four points of a curve. */
  points: Point[];
  curved: boolean;
  /** The part that belongs to this attachment alone. */
  drop: { x: number; top: number; bottom: number };
  /** Room for the rate beside the drop, pixels. */
  room: number;
  /** The engine does not use it now: the container is stopped. */
  idle: boolean;
  offline: boolean;
}

/** Lines that belong to no single attachment: LAN to interface, interface to network, a network's bus. */
export interface Link {
  id: string;
  kind: 'uplink' | 'parent' | 'vlan' | 'bus';
  hue: Hue;
  style: LineStyle;
  points: Point[];
  offline: boolean;
}

/** A group's name above its hosts. */
export interface GroupLabel extends Box {
  /** Empty above the hosts without a group. */
  name: string;
}

/** The whole picture. Nodes come in reading order: hosts from the top, in them from left to right. */
export interface Graph {
  nodes: GraphNode[];
  byId: ReadonlyMap<string, GraphNode>;
  wires: Wire[];
  links: Link[];
  hosts: HostNode[];
  lans: Lan[];
  /** The names of groups of hosts, where there are any. */
  groups: GroupLabel[];
  bounds: Box;
}

/** What a LAN is called: its segment's name, else its subnet. */
export const lanTitle = (lan: Lan): string => lan.segment?.name ?? lan.subnet;

export const hostNodeId = (engineId: string): string => `host:${engineId}`;
export const networkNodeId = (engineId: string, networkId: string): string => `net:${engineId}/${networkId}`;
export const containerNodeId = (engineId: string, id: string): string => `ct:${engineId}/${id}`;
export const nicNodeId = (engineId: string, name: string): string => `nic:${engineId}/${name}`;
export const moreNodeId = (engineId: string): string => `more:${engineId}`;
export const lanNodeId = (key: string): string => `lan:${key}`;
export const wireId = (containerNode: string, networkId: string): string => `${containerNode}@${networkId}`;
