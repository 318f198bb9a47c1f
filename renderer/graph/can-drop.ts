import type { Container, EngineRequest, Network, Problem, Segment, Snapshot } from '../../shared/model';
import { hostName, obstacleTo, problem } from '../../shared/rules';
import type { GraphNode } from './model';
import { dropOnSegment, type SegmentDrop } from './segment-drop';

/** Why a node is no target, where no rule of the engine's says it. Keys of the topology texts. */
export type NoTarget = 'not_network' | 'network_gone' | 'nic_none' | 'nic_several' | 'lan_elsewhere';

/** Whether a container can be dropped here, what that would ask for, or why it can't. */
export type DropVerdict =
  { ok: true; network: Network; request: EngineRequest } | SegmentDrop | { ok: false; reason: NoTarget };

/** The network that a container is dragged from, when it is to move instead of gaining another. */
export type MoveFrom = string | null;

/** What putting a container on a network asks for. */
export const requestFor = (
  container: Pick<Container, 'engineId' | 'id'>,
  network: Network,
  from: MoveFrom,
): EngineRequest => {
  const on = { engineId: container.engineId, containerId: container.id };
  return from === null
    ? { kind: 'attach', ...on, networkId: network.id }
    : { kind: 'move', ...on, fromNetworkId: from, toNetworkId: network.id };
};

const elsewhere = (container: Container, network: Network, snapshot: Snapshot): Problem => {
  const nameOf = (id: string) => hostName(id, snapshot.engines);
  return problem('network_other_engine', {
    network: network.name,
    from: nameOf(network.engineId),
    host: nameOf(container.engineId),
    container: container.name,
  });
};

/** The rules' own answer to an attach or a move; nothing is sent. */
export function canDrop(
  container: Container,
  network: Network,
  snapshot: Snapshot,
  from: MoveFrom = null,
): DropVerdict {
  if (network.engineId !== container.engineId)
    return { ok: false, problem: elsewhere(container, network, snapshot) };
  const request = requestFor(container, network, from);
  const wrong = obstacleTo(request, snapshot);
  return wrong ? { ok: false, problem: wrong } : { ok: true, network, request };
}

const findNetwork = (snapshot: Snapshot, engineId: string, id: string): Network | undefined =>
  snapshot.networks.find((network) => network.engineId === engineId && network.id === id);

type Target = { network: Network } | { reason: NoTarget };

/** An interface stands for its only network; a LAN for its network on the container's own host. */
const targetOf = (node: GraphNode, container: Container, snapshot: Snapshot): Target => {
  switch (node.kind) {
    case 'network':
      return node.network ? { network: node.network } : { reason: 'network_gone' };
    case 'nic': {
      const [only, ...more] = node.networkIds;
      const network = only === undefined ? undefined : findNetwork(snapshot, node.engineId, only);
      if (!network) return { reason: 'nic_none' };
      return more.length > 0 ? { reason: 'nic_several' } : { network };
    }
    case 'lan':
    case 'spine': {
      const member = node.lan.members.find((each) => each.engineId === container.engineId);
      const network = member && findNetwork(snapshot, member.engineId, member.networkId);
      return network ? { network } : { reason: 'lan_elsewhere' };
    }
    case 'host':
    case 'more':
    case 'lane':
    case 'container':
      return { reason: 'not_network' };
  }
};

/** A segment's band, its label or its line, takes a container on any host: the network is made where it is missing. */
const segmentOf = (node: GraphNode, plan: readonly Segment[]): Segment | undefined =>
  node.kind === 'lan' || node.kind === 'spine'
    ? plan.find((segment) => segment.id === node.lan.segment?.id)
    : undefined;

/**
 * The same for anything in the picture that a card can be dropped on.
 * @param plan the planned segments
 */
export function canDropOn(
  node: GraphNode,
  container: Container,
  snapshot: Snapshot,
  from: MoveFrom = null,
  plan: readonly Segment[] = [],
): DropVerdict {
  const segment = from === null ? segmentOf(node, plan) : undefined;
  if (segment) return dropOnSegment(segment, container, snapshot);
  const target = targetOf(node, container, snapshot);
  if ('reason' in target) return { ok: false, reason: target.reason };
  return canDrop(container, target.network, snapshot, from);
}

/** Nodes that answer a card held over them; dropping anywhere else only moves the card. */
export const isTarget = (node: GraphNode): boolean =>
  node.kind === 'network' || node.kind === 'nic' || node.kind === 'lan' || node.kind === 'spine';
