import type { HostLayout } from './layout';
import { metrics as m } from './metrics';
import {
  lanNodeId,
  networkNodeId,
  nicNodeId,
  type Box,
  type Lan,
  type LanNode,
  type Link,
  type NetworkNode,
  type NicNode,
  type Point,
  type SpineNode,
} from './model';

const leftOf = (box: Box): Point => ({ x: box.x, y: box.y + box.height / 2 });
const rightOf = (box: Box): Point => ({ x: box.x + box.width, y: box.y + box.height / 2 });

/** The interfaces of one host, coloured like their LAN when they carry only one. */
export function hostNics(host: HostLayout, networks: ReadonlyMap<string, NetworkNode>): NicNode[] {
  const engineId = host.plan.engine.id;
  return host.nics.map(({ name, vlan, networkIds, box }) => {
    const hues = new Set(networkIds.map((id) => networks.get(networkNodeId(engineId, id))?.hue ?? -1));
    const [hue = -1] = hues;
    return {
      kind: 'nic',
      id: nicNodeId(engineId, name),
      engineId,
      name,
      vlan,
      networkIds,
      engineName: host.plan.engine.name,
      hue: hues.size === 1 ? hue : -1,
      offline: host.plan.engine.state !== 'online',
      ...box,
    };
  });
}

const elbow = (from: Point, to: Point, x: number): Point[] => [from, { x, y: from.y }, { x, y: to.y }, to];

/** Interface → network lines, and interface → VLAN link. */
export function parentLinks(nics: NicNode[], networks: ReadonlyMap<string, NetworkNode>): Link[] {
  const links: Link[] = [];
  let owner: NicNode | null = null;
  for (const nic of nics) {
    if (nic.vlan === null) owner = nic;
    else if (owner) {
      const down = { x: owner.x + 5, y: owner.y + owner.height };
      const points = [down, { x: down.x, y: leftOf(nic).y }, leftOf(nic)];
      links.push({
        id: `vlan:${nic.id}`,
        kind: 'vlan',
        hue: nic.hue,
        style: 'solid',
        points,
        offline: nic.offline,
      });
    }
    nic.networkIds.forEach((id, index) => {
      const node = networks.get(networkNodeId(nic.engineId, id));
      if (!node) return;
      const x = node.x - 22 + Math.min(index, 3) * 4;
      links.push({
        id: `parent:${node.id}`,
        kind: 'parent',
        hue: node.hue,
        style: node.style,
        points: elbow(rightOf(nic), leftOf(node), x),
        offline: nic.offline,
      });
    });
  }
  return links;
}

/** Where a LAN enters a host: its interface or VLAN link; the header of a collapsed host; else the network itself. */
const entryOf = (
  host: HostLayout,
  networkId: string,
  nics: readonly NicNode[],
  networks: ReadonlyMap<string, NetworkNode>,
): Box | undefined => {
  if (host.collapsed) return { ...host.frame, height: m.hostHeader };
  const { id } = host.plan.engine;
  const nic = nics.find((each) => each.engineId === id && each.networkIds.includes(networkId));
  return nic ?? networks.get(networkNodeId(id, networkId));
};

interface Entry {
  box: Box;
  offline: boolean;
}

const entriesOf = (
  lan: Lan,
  hosts: HostLayout[],
  nics: readonly NicNode[],
  networks: ReadonlyMap<string, NetworkNode>,
): Entry[] =>
  lan.members.flatMap(({ engineId, networkId }) => {
    const host = hosts.find((each) => each.plan.engine.id === engineId);
    const box = host && entryOf(host, networkId, nics, networks);
    return box ? [{ box, offline: host.plan.engine.state !== 'online' }] : [];
  });

interface Spines {
  nodes: (LanNode | SpineNode)[];
  links: Link[];
}

const spineNodes = (lan: Lan, x: number, top: number, bottom: number): (LanNode | SpineNode)[] => {
  const spine = { x, y: top + m.lanHeight, width: m.spineWidth, height: bottom - top - m.lanHeight };
  const label = { x, y: top, width: m.lanWidth, height: m.lanHeight };
  return [
    { kind: 'lan', id: lanNodeId(lan.key), engineId: '', lan, spine, ...label },
    { kind: 'spine', id: `spine:${lan.key}`, engineId: '', lan, ...spine },
  ];
};

/**
 * LANs that several hosts join, as lines left of the hosts with a branch to each. The leftmost has the highest label,
 * so that no line crosses a label.
 */
export function lanSpines(
  lans: Lan[],
  hosts: HostLayout[],
  nics: readonly NicNode[],
  networks: ReadonlyMap<string, NetworkNode>,
): Spines {
  const shared = lans.filter((lan) => lan.engineIds.length > 1);
  const result: Spines = { nodes: [], links: [] };
  const entered = new Map<Box, number>();
  shared.forEach((lan, index) => {
    const entries = entriesOf(lan, hosts, nics, networks);
    if (entries.length === 0) return;
    const x = -m.nicOut - 40 - (shared.length - index) * m.spineStep;
    const top = -m.lanStep * (shared.length - index) - 12;
    const ends = entries.map(({ box, offline }, at) => {
      const before = entered.get(box) ?? 0;
      entered.set(box, before + 1);
      // Several LANs into one interface: side by side, not on top of each other.
      const y = box.y + box.height / 2 + (before % 2 === 0 ? before : -before - 1) * 4;
      const points = [
        { x: x + m.spineWidth, y },
        { x: box.x, y },
      ];
      const { hue, style, key } = lan;
      result.links.push({ id: `uplink:${key}/${at}`, kind: 'uplink', hue, style, points, offline });
      return y;
    });
    result.nodes.push(...spineNodes(lan, x, top, Math.max(...ends) + 18));
  });
  return result;
}
