import type { Container, Endpoint, Network } from '../../shared/model';
import { pinsOf, vlanOf } from '../../shared/rules';
import { attachmentsOf } from './attachments';
import { lineStyle } from './lans';
import type { HostLayout } from './layout';
import type { LaneLayout, Row } from './rows';
import type { HostPlan, Stack } from './lanes';
import { metrics as m } from './metrics';
import {
  containerNodeId,
  networkNodeId,
  type ContainerNode,
  type Hue,
  type LaneNode,
  type NetworkNode,
  type Point,
  type Port,
} from './model';

/** What the cards need to know beyond their own host. */
export interface CardContext {
  hueOf(network: Network): Hue;
  /** Who else on the LAN has an address that a container has on a network, each with its host. */
  alsoUsedBy(container: Container, network: Network): readonly string[];
  /** Node id → offset from the host's top left corner, where the admin put a card by hand. */
  positions: Readonly<Record<string, Point>>;
}

/** One host's cards in the making. */
interface HostCards {
  host: HostLayout;
  plan: HostPlan;
  /** Network node id → place of its card from the top. */
  order: ReadonlyMap<string, number>;
  context: CardContext;
}

const firstPort = 22;

/** Ports sit along the card's top edge, evenly, with room for a rate beside each where there are few. */
const portOffset = (index: number, count: number): number =>
  firstPort + index * Math.min(92, (m.cardWidth - 2 * firstPort) / Math.max(1, count - 1 || 1));

const toPort = (
  container: Container,
  endpoint: Endpoint,
  plan: HostPlan,
  context: CardContext,
): Omit<Port, 'offset'> => {
  const network = plan.finder.find(endpoint);
  const pins = pinsOf(container, endpoint, network, plan.engine);
  return {
    networkId: network?.id ?? endpoint.networkId,
    networkNodeId: networkNodeId(plan.engine.id, plan.finder.key(endpoint)),
    networkName: network?.name ?? endpoint.networkName,
    hue: network ? context.hueOf(network) : -1,
    style: network ? lineStyle(network.kind) : 'dotted',
    leased: endpoint.leased !== undefined,
    address: endpoint.leased || endpoint.ipv4 || pins.ipv4 || endpoint.ipv6 || pins.ipv6 || '',
    pin: pins.kind,
    alsoUsedBy: network ? context.alsoUsedBy(container, network) : [],
  };
};

/** The home network's port first, the others in the order of the networks' cards. */
const portsOf = (container: Container, home: string, { plan, order, context }: HostCards): Port[] => {
  const attached = attachmentsOf(container, plan.finder);
  const ports = attached.map((endpoint) => toPort(container, endpoint, plan, context));
  if (ports.length > 1) {
    const rank = (port: Omit<Port, 'offset'>) =>
      port.networkNodeId === home ? -1 : (order.get(port.networkNodeId) ?? 1e6);
    ports.sort((a, b) => rank(a) - rank(b));
  }
  return ports.map((port, index) => ({ ...port, offset: portOffset(index, ports.length) }));
};

const isOffline = (plan: HostPlan): boolean => plan.engine.state !== 'online';

const stackCards = (stack: Stack, at: Point, home: string, cards: HostCards) => {
  const { host, context } = cards;
  const engineId = host.plan.engine.id;
  const offline = isOffline(host.plan);
  const id = containerNodeId(engineId, stack.owner.id);
  const own = context.positions[id];
  const place = own ? { x: host.frame.x + own.x, y: host.frame.y + own.y } : at;
  const owner: ContainerNode = {
    kind: 'container',
    id,
    engineId,
    container: stack.owner,
    slim: false,
    owner: stack.owner.networkMode.kind === 'container' ? stack.owner.networkMode.containerId : null,
    ports: portsOf(stack.owner, home, cards),
    moved: Boolean(own),
    offline,
    ...place,
    width: m.cardWidth,
    height: m.cardHeight,
  };
  const sharers = stack.sharers.map((container, index): ContainerNode => ({
    ...owner,
    id: containerNodeId(engineId, container.id),
    container,
    slim: true,
    owner: stack.owner.name,
    ports: [],
    moved: false,
    x: place.x + m.slimInset,
    y: place.y + m.cardHeight + index * m.slimHeight,
    width: m.cardWidth - 2 * m.slimInset,
    height: m.slimHeight,
  }));
  return [owner, ...sharers];
};

const rowCards = (row: Row, home: string, cards: HostCards): ContainerNode[] =>
  row.stacks.flatMap((stack, index) =>
    stackCards(stack, { x: row.x + index * (m.cardWidth + m.cardGap), y: row.top }, home, cards),
  );

const laneCard = (
  { lane, box }: LaneLayout,
  host: HostLayout,
  context: CardContext,
): NetworkNode | LaneNode => {
  const { engine } = host.plan;
  const common = { engineId: engine.id, offline: isOffline(host.plan), ...box };
  if (lane.special) {
    const members = lane.stacks.length;
    return { kind: 'lane', id: `lane:${engine.id}/${lane.key}`, lane: lane.special, members, ...common };
  }
  const { network } = lane;
  return {
    kind: 'network',
    id: networkNodeId(engine.id, lane.key),
    network,
    name: network?.name ?? lane.missing ?? '',
    subnets: network?.subnets.map((each) => each.subnet) ?? [],
    vlan: network ? vlanOf(network) : null,
    hue: network ? context.hueOf(network) : -1,
    style: network ? lineStyle(network.kind) : 'dotted',
    members: 0,
    engineName: engine.name,
    ...common,
  };
};

/** The cards of one host's lanes, from the top, each network before its containers. */
export function hostCards(
  host: HostLayout,
  context: CardContext,
): (NetworkNode | LaneNode | ContainerNode)[] {
  const { plan } = host;
  const order = new Map(host.lanes.map(({ lane }, at) => [networkNodeId(plan.engine.id, lane.key), at]));
  const all: HostCards = { host, plan, order, context };
  const cards = host.lanes.flatMap((lane) => {
    const title = laneCard(lane, host, context);
    return [title, ...lane.rows.flatMap((row) => rowCards(row, title.id, all))];
  });
  const members = new Map<string, number>();
  for (const card of cards) {
    if (card.kind !== 'container') continue;
    for (const port of card.ports)
      members.set(port.networkNodeId, (members.get(port.networkNodeId) ?? 0) + 1);
  }
  return cards.map((card) =>
    card.kind === 'network' ? { ...card, members: members.get(card.id) ?? 0 } : card,
  );
}
