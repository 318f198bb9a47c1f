import { bandsOf, Columns } from './bands';
import type { HostPlan, Lane } from './lanes';
import { metrics as m } from './metrics';
import type { Box, GroupLabel, Point } from './model';
import { chunk, rowHeight, type LaneLayout, type Row } from './rows';
import { layoutSpares, sparesHeight, type SpareLayout } from './spare-layout';
import { layoutSpecials, specialsHeight } from './specials';

export interface HostLayout {
  plan: HostPlan;
  collapsed: boolean;
  /** In which column of hosts it stands. */
  column: number;
  frame: Box;
  lanes: LaneLayout[];
  nics: { name: string; vlan: number | null; networkIds: string[]; box: Box }[];
  spares: SpareLayout;
  /** Left edge of the cards' grid and of the channel in which the networks' lines rise and fall. */
  gridX: number;
  channelX: number;
}

/** Measures that all hosts share, so that they line up. */
export interface Grid {
  /** Cards in a row. */
  cards: number;
  /** Hosts side by side. */
  columns: number;
  networkX: number;
  channelX: number;
  gridX: number;
  /** Of one host. */
  width: number;
  /** From one column of hosts to the next. */
  pitch: number;
}

const pitchX = m.cardWidth + m.cardGap;

const laneHeight = (lane: Lane, count: number): number => {
  const rows = chunk(lane.stacks, count);
  const cards = rows.reduce((sum, row) => sum + rowHeight(row) + m.gutter, 0);
  return Math.max(cards, (rows.length > 0 ? m.gutter : m.gutter / 2) + m.networkHeight);
};

const networkLanes = (plan: HostPlan): Lane[] => plan.lanes.filter((lane) => !lane.special);
const specialLanes = (plan: HostPlan): Lane[] => plan.lanes.filter((lane) => lane.special);

/** Nearly what the layout makes of it: where interfaces stand depends on the networks beside them. */
export const hostHeight = (plan: HostPlan, cards: number): number => {
  const lanes = networkLanes(plan).reduce<number>(
    (sum, lane) => sum + laneHeight(lane, cards) + m.laneGap,
    0,
  );
  const used = plan.nics.reduce(
    (sum, nic) => sum + m.nicHeight + 8 + nic.vlans.length * (m.vlanHeight + 8),
    0,
  );
  const spares = sparesHeight(plan.spare);
  const ports = spares > 0 ? used + spares : 0;
  return m.hostHeader + m.hostPadding + Math.max(lanes, ports) + specialsHeight(specialLanes(plan), cards);
};

/** @param spines room left of each host for the LANs' lines */
export const gridFor = (plans: HostPlan[], cards: number, columns: number, spines: number): Grid => {
  const nics = plans.some((plan) => plan.nics.length + plan.spare.length > 0);
  const lanes = Math.max(1, ...plans.map((plan) => plan.lanes.length));
  const networkX = nics ? m.nicWidth - m.nicOut + m.columnGap : m.hostPadding;
  const channelX = networkX + m.networkWidth;
  const gridX = channelX + Math.min(120, 28 + lanes * 7);
  const width = gridX + cards * pitchX - m.cardGap + m.hostPadding;
  return { cards, columns, networkX, channelX, gridX, width, pitch: width + spines + m.hostGap };
};

const layoutLane = (lane: Lane, origin: Point, grid: Grid): LaneLayout => {
  const rows: Row[] = [];
  const gutter = lane.stacks.length > 0 ? m.gutter : m.gutter / 2;
  let top = origin.y + gutter;
  for (const stacks of chunk(lane.stacks, grid.cards)) {
    rows.push({ x: origin.x + grid.gridX, top, stacks });
    top += rowHeight(stacks) + m.gutter;
  }
  const at = { x: origin.x + grid.networkX, y: origin.y + gutter };
  return { lane, box: { ...at, width: m.networkWidth, height: m.networkHeight }, rows };
};

/** Interfaces stand beside their first network, and under the one before. */
const layoutNics = (plan: HostPlan, lanes: LaneLayout[], origin: Point): HostLayout['nics'] => {
  const middles = new Map(lanes.map(({ lane, box }) => [lane.key, box.y + box.height / 2]));
  const placed: HostLayout['nics'] = [];
  let free = -Infinity;
  const put = (name: string, vlan: number | null, networkIds: string[], wanted: number) => {
    const tagged = vlan !== null;
    const height = tagged ? m.vlanHeight : m.nicHeight;
    const indent = tagged ? m.vlanIndent : 0;
    const y = Math.max(free, wanted - height / 2);
    const box = { x: origin.x - m.nicOut + indent, y, width: m.nicWidth - indent, height };
    placed.push({ name, vlan, networkIds, box });
    free = y + height + 8;
  };
  const middleOf = (ids: string[]) => Math.min(...ids.map((id) => middles.get(id) ?? Infinity));
  for (const nic of plan.nics) {
    put(
      nic.name,
      null,
      nic.networkIds,
      middleOf([...nic.networkIds, ...nic.vlans.flatMap((v) => v.networkIds)]),
    );
    for (const vlan of nic.vlans) put(vlan.name, vlan.vlan, vlan.networkIds, middleOf(vlan.networkIds));
  }
  return placed;
};

const emptyBody = 96;
/** Spare interfaces begin here at the earliest, below a host's top. */
const firstSpare = m.hostHeader + m.gutter / 2;

type Place = Point & { column: number };

const layoutHost = (plan: HostPlan, collapsed: boolean, origin: Place, grid: Grid): HostLayout => {
  const { column } = origin;
  const at = { x: origin.x, y: origin.y, width: grid.width };
  const common = {
    plan,
    collapsed,
    column,
    gridX: origin.x + grid.gridX,
    channelX: origin.x + grid.channelX,
  };
  if (collapsed)
    return {
      ...common,
      frame: { ...at, height: m.hostHeader },
      lanes: [],
      nics: [],
      spares: layoutSpares([], origin),
    };
  const lanes: LaneLayout[] = [];
  let y = origin.y + m.hostHeader;
  for (const lane of networkLanes(plan)) {
    lanes.push(layoutLane(lane, { x: origin.x, y }, grid));
    y += laneHeight(lane, grid.cards) + m.laneGap;
  }
  const nics = layoutNics(plan, lanes, origin);
  const last = nics.at(-1)?.box;
  const below = last ? last.y + last.height : 0;
  const spares = layoutSpares(plan.spare, { x: origin.x, y: Math.max(below, origin.y + firstSpare) });
  const ports = plan.spare.length > 0 ? spares.bottom : below;
  y = Math.max(y, ports);
  const specials = layoutSpecials(specialLanes(plan), { x: origin.x + m.hostPadding, y }, grid.cards);
  y += specialsHeight(specialLanes(plan), grid.cards) + m.hostPadding;
  const empty = Math.max(m.hostHeader + emptyBody, ports - origin.y + m.hostPadding);
  const height = plan.lanes.length > 0 ? y - origin.y : empty;
  return { ...common, lanes: [...lanes, ...specials], nics, spares, frame: { ...at, height } };
};

/**
 * Lays the hosts out group by group and in them row by row: the next one right of the last, so that none moves sideways
 * when another grows.
 */
export function layoutHosts(
  plans: HostPlan[],
  collapsed: ReadonlySet<string>,
  grid: Grid,
): { hosts: HostLayout[]; groups: GroupLabel[] } {
  const hosts: HostLayout[] = [];
  const groups: GroupLabel[] = [];
  const at = new Columns(grid.columns);
  for (const band of bandsOf(plans)) {
    const top = at.begin(band.label);
    const box = { x: 0, y: top, width: grid.width, height: band.label };
    if (band.label > 0) groups.push({ name: band.name, ...box });
    band.plans.forEach((plan, index) => {
      const { column, y } = at.place(index);
      const origin = { x: column * grid.pitch, y, column };
      const host = layoutHost(plan, collapsed.has(plan.engine.id), origin, grid);
      at.grow(column, host.frame.height);
      hosts.push(host);
    });
  }
  return { hosts, groups };
}
