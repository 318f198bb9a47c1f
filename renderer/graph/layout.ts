import type { HostPlan, Lane, Stack } from './lanes';
import { metrics as m } from './metrics';
import type { Box, Point } from './model';

/** One row of cards in a lane. */
export interface Row {
  top: number;
  height: number;
  stacks: Stack[];
}

export interface LaneLayout {
  lane: Lane;
  /** The network's card, or the title of a special lane. */
  box: Box;
  rows: Row[];
}

export interface HostLayout {
  plan: HostPlan;
  collapsed: boolean;
  frame: Box;
  lanes: LaneLayout[];
  nics: { name: string; vlan: number | null; networkIds: string[]; box: Box }[];
  /** Left edge of the cards' grid and of the channel in which the networks' lines rise and fall. */
  gridX: number;
  channelX: number;
}

/** Horizontal measures that all hosts share, so that they line up. */
export interface Columns {
  count: number;
  networkX: number;
  channelX: number;
  gridX: number;
  width: number;
}

const steps = [3, 4, 6, 8, 10, 14, 20, 28, 40, 56];
/** Height over width of the whole picture that columns are added for. */
const wantedRatio = 0.62;

const stackHeight = (stack: Stack): number => m.cardHeight + stack.sharers.length * m.slimHeight;

const chunk = (stacks: Stack[], count: number): Stack[][] => {
  const rows: Stack[][] = [];
  for (let at = 0; at < stacks.length; at += count) rows.push(stacks.slice(at, at + count));
  return rows;
};

const rowHeight = (row: Stack[]): number => Math.max(...row.map(stackHeight));

const laneHeight = (lane: Lane, count: number): number => {
  const rows = chunk(lane.stacks, count);
  const cards = rows.reduce((sum, row) => sum + rowHeight(row) + m.gutter, 0);
  return Math.max(cards, (rows.length > 0 ? m.gutter : m.gutter / 2) + m.networkHeight);
};

const hostHeight = (plan: HostPlan, count: number): number =>
  m.hostHeader +
  plan.lanes.reduce<number>((sum, lane) => sum + laneHeight(lane, count) + m.laneGap, m.hostPadding);

const columnsFor = (plans: HostPlan[], count: number): Columns => {
  const nics = plans.some((plan) => plan.nics.length > 0);
  const lanes = Math.max(1, ...plans.map((plan) => plan.lanes.length));
  const networkX = nics ? m.nicWidth - m.nicOut + m.columnGap : m.hostPadding;
  const channelX = networkX + m.networkWidth;
  const gridX = channelX + Math.min(120, 28 + lanes * 7);
  const cards = count * (m.cardWidth + m.cardGap) - m.cardGap;
  return { count, networkX, channelX, gridX, width: gridX + cards + m.hostPadding };
};

/** The fewest columns of a fixed list that keep the picture wide rather than tall: one more card rarely reflows it. */
export function chooseColumns(plans: HostPlan[]): Columns {
  const longest = Math.max(1, ...plans.flatMap((plan) => plan.lanes.map((lane) => lane.stacks.length)));
  for (const count of steps) {
    const columns = columnsFor(plans, count);
    const height = plans.reduce((sum, plan) => sum + hostHeight(plan, count) + m.hostGap, 0);
    if (height <= columns.width * wantedRatio || count >= longest) return columns;
  }
  return columnsFor(plans, 80);
}

const layoutLane = (lane: Lane, origin: Point, columns: Columns): LaneLayout => {
  const rows: Row[] = [];
  const gutter = lane.stacks.length > 0 ? m.gutter : m.gutter / 2;
  let top = origin.y + gutter;
  for (const stacks of chunk(lane.stacks, columns.count)) {
    const height = rowHeight(stacks);
    rows.push({ top, height, stacks });
    top += height + m.gutter;
  }
  const box = {
    x: origin.x + columns.networkX,
    y: origin.y + gutter,
    width: m.networkWidth,
    height: lane.special ? m.nicHeight : m.networkHeight,
  };
  return { lane, box, rows };
};

/** Interfaces stand beside their first network, and under the one before. */
const layoutNics = (plan: HostPlan, lanes: LaneLayout[], origin: Point): HostLayout['nics'] => {
  const tops = new Map(lanes.map(({ lane, box }) => [lane.key, box.y]));
  const placed: HostLayout['nics'] = [];
  let free = -Infinity;
  const put = (name: string, vlan: number | null, networkIds: string[], wanted: number) => {
    const tagged = vlan !== null;
    const height = tagged ? m.vlanHeight : m.nicHeight;
    const indent = tagged ? m.vlanIndent : 0;
    const y = Math.max(free, wanted);
    const box = { x: origin.x - m.nicOut + indent, y, width: m.nicWidth - indent, height };
    placed.push({ name, vlan, networkIds, box });
    free = y + height + 8;
  };
  const topOf = (ids: string[]) => Math.min(...ids.map((id) => tops.get(id) ?? Infinity));
  for (const nic of plan.nics) {
    put(
      nic.name,
      null,
      nic.networkIds,
      topOf([...nic.networkIds, ...nic.vlans.flatMap((v) => v.networkIds)]),
    );
    for (const vlan of nic.vlans) put(vlan.name, vlan.vlan, vlan.networkIds, topOf(vlan.networkIds));
  }
  return placed;
};

const emptyBody = 96;

const layoutHost = (plan: HostPlan, collapsed: boolean, origin: Point, columns: Columns): HostLayout => {
  const common = { plan, collapsed, gridX: origin.x + columns.gridX, channelX: origin.x + columns.channelX };
  const at = { ...origin, width: columns.width };
  if (collapsed) return { ...common, frame: { ...at, height: m.hostHeader }, lanes: [], nics: [] };
  const lanes: LaneLayout[] = [];
  let y = origin.y + m.hostHeader;
  for (const lane of plan.lanes) {
    lanes.push(layoutLane(lane, { x: origin.x, y }, columns));
    y += laneHeight(lane, columns.count) + m.laneGap;
  }
  const nics = layoutNics(plan, lanes, origin);
  const last = nics.at(-1)?.box;
  const bottom = Math.max(y, last ? last.y + last.height : y) + m.hostPadding;
  const height = lanes.length > 0 ? bottom - origin.y : m.hostHeader + emptyBody;
  return { ...common, lanes, nics, frame: { ...at, height } };
};

/** Stacks the hosts, from `origin` downwards. */
export function layoutHosts(plans: HostPlan[], collapsed: ReadonlySet<string>, origin: Point): HostLayout[] {
  const columns = chooseColumns(plans.filter((plan) => !collapsed.has(plan.engine.id)));
  let y = origin.y;
  return plans.map((plan) => {
    const host = layoutHost(plan, collapsed.has(plan.engine.id), { x: origin.x, y }, columns);
    y += host.frame.height + m.hostGap;
    return host;
  });
}
