import type { HostLayout } from './layout';
import { metrics as m } from './metrics';
import {
  lanNodeId,
  networkNodeId,
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
  column: number;
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
    return box ? [{ box, column: host.column, offline: host.plan.engine.state !== 'online' }] : [];
  });

interface Spines {
  nodes: (LanNode | SpineNode)[];
  links: Link[];
}

/** Its subnet is another site's as well: by their bands the two are told apart. */
const hasTwin = (lan: Lan, lans: readonly Lan[]): boolean =>
  lan.site !== undefined && lans.some((other) => other.subnet === lan.subnet && other.site !== lan.site);

/** LANs that are drawn as lines of their own: those that several hosts join, and segments, which may yet grow. */
export const sharedLans = (lans: readonly Lan[]): Lan[] =>
  lans.filter((lan) => lan.engineIds.length > 1 || lan.segment !== undefined || hasTwin(lan, lans));

/** Room that the lines of so many LANs take left of a host. */
export const spineRoom = (count: number): number => (count === 0 ? 0 : m.nicOut + 24 + count * m.spineStep);

/**
 * Where a LAN's line stands left of a column. The leftmost of the first column has the highest label, so that no line
 * crosses a label; the other columns are mirrored, so that few lines cross the bars above.
 */
const spineX = (index: number, count: number, column: number, pitch: number): number => {
  const place = column === 0 ? count - index : index + 1;
  return column * pitch - m.nicOut - 28 - place * m.spineStep;
};

const spine = (lan: Lan, part: string, box: Box): SpineNode => ({
  kind: 'spine',
  id: `spine:${lan.key}/${part}`,
  engineId: '',
  lan,
  ...box,
});

interface Placing {
  index: number;
  count: number;
  pitch: number;
}

/** The label, a line down each column with a member, and the bar that ties the columns together. */
const lanNodes = (lan: Lan, ends: ReadonlyMap<number, number>, { index, count, pitch }: Placing) => {
  const columns = [...ends.keys()].sort((a, b) => a - b);
  const first = spineX(index, count, columns[0] ?? 0, pitch);
  const last = spineX(index, count, columns.at(-1) ?? 0, pitch);
  const top = -m.lanStep * (count - index) - 12;
  const under = top + m.lanHeight;
  const barY = top + (m.lanHeight - m.spineWidth) / 2;
  const label: LanNode = {
    kind: 'lan',
    id: lanNodeId(lan.key),
    engineId: '',
    lan,
    x: first,
    y: top,
    width: m.lanWidth,
    height: m.lanHeight,
  };
  const lines = columns.map((column, at) => {
    const from = at === 0 ? under : barY;
    const x = spineX(index, count, column, pitch);
    return spine(lan, String(column), {
      x,
      y: from,
      width: m.spineWidth,
      height: (ends.get(column) ?? 0) + 18 - from,
    });
  });
  const bar = { x: first + m.lanWidth, y: barY, width: last - first - m.lanWidth, height: m.spineWidth };
  return [label, ...(columns.length > 1 ? [spine(lan, 'bar', bar)] : []), ...lines];
};

/** LANs that several hosts join, as lines left of the hosts with a branch to each. */
export function lanSpines(
  lans: Lan[],
  hosts: HostLayout[],
  pitch: number,
  nics: readonly NicNode[],
  networks: ReadonlyMap<string, NetworkNode>,
): Spines {
  const shared = sharedLans(lans);
  const result: Spines = { nodes: [], links: [] };
  const entered = new Map<Box, number>();
  shared.forEach((lan, index) => {
    const placing = { index, count: shared.length, pitch };
    const ends = new Map<number, number>();
    entriesOf(lan, hosts, nics, networks).forEach(({ box, column, offline }, at) => {
      const before = entered.get(box) ?? 0;
      entered.set(box, before + 1);
      // Several LANs into one interface: side by side, not on top of each other.
      const y = box.y + box.height / 2 + (before % 2 === 0 ? before : -before - 1) * 4;
      const x = spineX(index, shared.length, column, pitch) + m.spineWidth;
      const points = [
        { x, y },
        { x: box.x, y },
      ];
      const { hue, style, key } = lan;
      result.links.push({ id: `uplink:${key}/${at}`, kind: 'uplink', hue, style, points, offline });
      ends.set(column, Math.max(ends.get(column) ?? 0, y));
    });
    if (ends.size > 0) result.nodes.push(...lanNodes(lan, ends, placing));
  });
  return result;
}
