import type { Container, Network, Problem, Segment, SegmentRequest, Snapshot } from '../../shared/model';
import { networkOfMember, parentNic, planSegment, sortNatural } from '../../shared/rules';
import type { GraphNode, NicNode, SegmentTag } from './model';

export type SegmentAttach = Extract<SegmentRequest, { kind: 'attach-to-segment' }>;

/** The NICs that a host's networks stand on, the one with most networks first: all that the engine API tells of them. */
export function seenNics(engineId: string, networks: readonly Network[]): string[] {
  const uses = new Map<string, number>();
  for (const network of networks) {
    const nic = network.engineId === engineId ? parentNic(network) : null;
    // Settings for a network to come are no network.
    if (nic) uses.set(nic, (uses.get(nic) ?? 0) + (network.configOnly ? 0 : 1));
  }
  return [...uses].sort((a, b) => b[1] - a[1] || sortNatural(a[0], b[0])).map(([nic]) => nic);
}

/**
 * On which NIC a segment would stand on one more host: one that the host is known to have, and of those one that the
 * segment uses elsewhere; a host of which nothing is known is taken to be like the others. Empty when nothing tells.
 */
export function guessNic(
  segment: Pick<Segment, 'members'>,
  engineId: string,
  networks: readonly Network[],
): string {
  const seen = seenNics(engineId, networks);
  const usual = segment.members.map((member) => member.parentNic);
  return usual.find((nic) => seen.includes(nic)) ?? seen[0] ?? usual[0] ?? '';
}

/** What a container dropped on a segment asks for; `made`: its host has no network of the segment yet. */
export type SegmentDrop =
  | { ok: true; segment: Pick<SegmentTag, 'id' | 'name'>; made: boolean; request: SegmentAttach }
  | { ok: false; problem: Problem };

/** Fields that the dialog lets the admin fill in; any other problem stands in the way for good. */
const open = (problem: Problem): boolean =>
  problem.field !== undefined && !['containerId', 'networkId'].includes(problem.field);

/** What stands in the way before the dialog is open. In it, a container that restarts again and again can be stopped first. */
function obstacleTo(request: SegmentAttach, segment: Segment, inventory: Snapshot): Problem | undefined {
  const { problems, hosts } = planSegment(request, { plan: [segment], inventory, newId: segment.id });
  const wrong = [...problems, ...hosts.flatMap((each) => each.problems)].find((one) => !open(one));
  if (wrong?.code !== 'container_restarting' || request.stopFirst) return wrong;
  return obstacleTo({ ...request, stopFirst: true }, segment, inventory);
}

/** The rules' own answer to an attach through the segment; nothing is sent. */
export function dropOnSegment(segment: Segment, container: Container, snapshot: Snapshot): SegmentDrop {
  const { engineId } = container;
  const member = segment.members.find((each) => each.engineId === engineId);
  const present = member && networkOfMember(segment, member, snapshot.networks);
  const host =
    present || member ? undefined : { engineId, parentNic: guessNic(segment, engineId, snapshot.networks) };
  const request: SegmentAttach = {
    kind: 'attach-to-segment',
    segmentId: segment.id,
    engineId,
    containerId: container.id,
    ...(host ? { host } : {}),
  };
  const wrong = obstacleTo(request, segment, snapshot);
  return wrong
    ? { ok: false, problem: wrong }
    : { ok: true, segment: { id: segment.id, name: segment.name }, made: !present, request };
}

/** Why a segment can't be dropped on a node. Keys of the topology texts. */
export type NoHost = 'not_host' | 'segment_here' | 'host_offline';

/** What a segment dropped on a host, or on one of its NICs, asks for. */
export type HostDrop =
  { ok: true; engineId: string; host: string; nic?: string } | { ok: false; reason: NoHost };

/**
 * The interface that a segment dropped on this one stands on. A VLAN link stands for the card below it, as the segment's
 * own id goes behind that; untagged, the segment is on a link of another name itself.
 */
function parentFor({ name, spare }: NicNode, segment: Segment): string {
  const card = name.replace(/\.\d+$/, '');
  if (card !== name || segment.vlan === null) return card;
  return (spare?.kind === 'vlan' ? spare.lower : null) ?? card;
}

/** Whether a segment can be made on the host that a node stands for. */
export function dropOnHost(node: GraphNode, segment: Segment, snapshot: Snapshot): HostDrop {
  if (node.kind !== 'host' && node.kind !== 'nic') return { ok: false, reason: 'not_host' };
  const { engineId } = node;
  if (segment.members.some((each) => each.engineId === engineId))
    return { ok: false, reason: 'segment_here' };
  const engine = snapshot.engines.find((each) => each.id === engineId);
  if (engine?.state !== 'online') return { ok: false, reason: 'host_offline' };
  const nic = node.kind === 'nic' ? parentFor(node, segment) : undefined;
  return { ok: true, engineId, host: engine.name, ...(nic ? { nic } : {}) };
}

/** Nodes that answer a segment held over them. */
export const isHostTarget = (node: GraphNode): boolean => node.kind === 'host' || node.kind === 'nic';
