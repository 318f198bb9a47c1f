import type {
  Container,
  HostPlan,
  Network,
  Notice,
  Problem,
  Segment,
  SegmentMember,
  SegmentRequest,
  Step,
} from '../../model';
import { membersOf } from '../membership/on-network';
import { hostName } from '../engines/engines';
import type { Inventory } from '../inventory/inventory';
import { isLeftover, isLive } from '../membership/leftover';
import { routeMoves, routeRulesOf } from '../membership/route';
import { notice, problem } from '../../texts/messages';
import { planRemoveNetwork } from '../plan/network';
import { hasTwin } from '../networks/network-form';
import { hostPlan, refuse } from '../plan/result';
import { findEngine, incapableProblem } from '../plan/subject';
import { networkOfMember } from '../membership/recognise';
import { specOf } from '../membership/segment-spec-of';
import { leave, leaversOf, macOf, untoldNotices, withUntoldPins, type Leaver } from './leavers';
import { notHeldProblems } from './not-held';
import { isListed, unlistedNotices } from './unlisted';
import { sealed, type SegmentPlan, type SegmentWorld } from './result';

type Request<K extends SegmentRequest['kind']> = Extract<SegmentRequest, { kind: K }>;

/** The inventory as it will be when these networks are gone: their endpoints too. */
export function withoutNetworks(inventory: Inventory, gone: readonly Network[]): Inventory {
  const leaving = new Set(
    gone.flatMap((network) => membersOf(network, inventory).map((member) => member.endpoint)),
  );
  return {
    ...inventory,
    networks: inventory.networks.filter((one) => !gone.includes(one)),
    containers: inventory.containers.map((one) =>
      one.endpoints.some((each) => leaving.has(each))
        ? { ...one, endpoints: one.endpoints.filter((each) => !leaving.has(each)) }
        : one,
    ),
  };
}

function runningProblem(network: Network, running: readonly Container[]): Problem[] {
  if (running.length === 0) return [];
  const container = running.map((one) => one.name).join(', ');
  const params = { network: network.name, container };
  return [problem('network_in_use', params, { engineId: network.engineId, field: 'detachRunning' })];
}

const ends = (network: Network, container: Container): Notice =>
  notice('interruption', { context: 'ends', container: container.name, network: network.name });

/** How a text for a plan of one container names it in a plan of several. */
const naming: Partial<Record<string, 'of' | 'of4' | 'of6'>> = { plain: 'of', ipv4: 'of4', ipv6: 'of6' };

function named(told: Notice, container: string): Notice {
  const { from = '', to = '', context = 'plain' } = told.params;
  const of = naming[context];
  if (of && told.code === 'route_moves') return notice('route_moves', { context: of, container, from, to });
  if (of && told.code === 'route_lost') return notice('route_lost', { context: of, container, from });
  return told;
}

/** What becomes of the default route of each container that leaves the network, as a plain detach tells it. */
function routesOf(network: Network, inventory: Inventory): Notice[] {
  const engine = inventory.engines.find((one) => one.id === network.engineId);
  if (!engine) return [];
  const networks = inventory.networks.filter((one) => one.engineId === network.engineId);
  const rules = routeRulesOf(engine);
  return leaversOf(network, inventory).flatMap(({ container, endpoint }) => {
    const before = container.endpoints.filter((one) => !isLeftover(container, one));
    const after = before.filter((one) => one !== endpoint);
    return routeMoves(before, after, networks, rules).map((one) => named(one, container.name));
  });
}

/** Nothing that is removed may be beyond making again: rolling back and undoing would not work. */
export function againProblem(
  network: Network,
  { engines, networks }: Pick<Inventory, 'engines' | 'networks'>,
): Problem[] {
  const { engineId } = network;
  const params = { network: network.name, host: hostName(engineId, engines) };
  if (hasTwin(network, networks))
    return [problem('network_not_recreatable', { ...params, context: 'twin' }, { engineId })];
  if (specOf(network)) return [];
  return [problem('network_not_recreatable', params, { engineId })];
}

/** A live container keeps what a failed connect left until it is stopped: a plain detach does that, and tells of it. */
function leftProblem(network: Network, { container, endpoint }: Leaver): Problem | null {
  if (!isLeftover(container, endpoint)) return null;
  const params = { context: 'leftover', container: container.name, network: network.name } as const;
  return problem('not_connected', params, { engineId: network.engineId });
}

/** Whoever is to leave a network and can't be taken off it now. */
export function stuckProblems(network: Network, inventory: Inventory): Problem[] {
  const engine = inventory.engines.find((one) => one.id === network.engineId);
  if (!engine) return [];
  return leaversOf(network, inventory).flatMap(
    (one) => incapableProblem(one.container, engine) ?? leftProblem(network, one) ?? [],
  );
}

/** Whose address undo could not give back as things are now: it is refused then. */
function notHeldNotices(network: Network, inventory: Inventory): Notice[] {
  const told = withUntoldPins(inventory, [network], () => true);
  return notHeldProblems(network, leaversOf(network, told), told).map(({ params = {} }) => {
    const [container, address, other] = [params.container ?? '', params.address ?? '', params.other ?? ''];
    return notice('undo_impossible', { context: 'not_held', container, address, other });
  });
}

/**
 * Takes everything off a network and removes it. Stopped containers as well: the engine would remove the network
 * under them without a word, and none of them could start again.
 */
function planGone(network: Network, detachRunning: boolean, inventory: Inventory): HostPlan {
  const { engineId } = network;
  const members = leaversOf(network, inventory);
  const running = members
    .filter(({ container, endpoint }) => isLive(container) && !isLeftover(container, endpoint))
    .map((one) => one.container);
  const request = { kind: 'remove-network', engineId, networkId: network.id } as const;
  const cleared = withoutNetworks(inventory, [network]);
  const removal = planRemoveNetwork(request, { ...cleared, networks: inventory.networks });
  const problems = [
    ...removal.problems,
    ...againProblem(network, inventory),
    ...stuckProblems(network, inventory),
    ...(detachRunning ? [] : runningProblem(network, running)),
  ];
  const steps: Step[] = [...leave(network, inventory), ...removal.steps];
  const notices = [
    ...running.map((one) => ends(network, one)),
    ...routesOf(network, inventory),
    ...members.flatMap((one) => untoldNotices(network, one, inventory) ?? []),
    ...members.flatMap((one) => macOf(network, one, inventory).notices),
    ...removal.notices,
    ...notHeldNotices(network, inventory),
  ];
  return hostPlan(engineId, { steps: problems.length > 0 ? [] : steps, notices, problems }, inventory);
}

function planMemberGone(
  segment: Segment,
  member: SegmentMember,
  detachRunning: boolean,
  inventory: Inventory,
): HostPlan {
  const engine = findEngine(member.engineId, inventory);
  if (!engine.ok) return hostPlan(member.engineId, refuse(engine.error), inventory);
  const network = networkOfMember(segment, member, inventory.networks);
  if (network) return planGone(network, detachRunning, inventory);
  // Gone already: there is nothing to do but to forget it.
  return hostPlan(member.engineId, { steps: [], notices: [], problems: [] }, inventory);
}

/** Hosts that are off the list are left as they are, and leave the plan alone. */
const membersGone = (
  segment: Segment,
  members: readonly SegmentMember[],
  detachRunning: boolean,
  inventory: Inventory,
): Pick<SegmentPlan, 'hosts' | 'notices'> => ({
  hosts: members
    .filter((one) => isListed(one, inventory))
    .map((one) => planMemberGone(segment, one, detachRunning, inventory)),
  ...unlistedNotices(members, inventory, 'goes'),
});

/** Removes the segment from every host. */
export function planDelete(
  segment: Segment,
  request: Request<'delete-segment'>,
  world: SegmentWorld,
): SegmentPlan {
  const { id: segmentId, name: segmentName, members } = segment;
  const gone = membersGone(segment, members, request.detachRunning, world.inventory);
  return sealed({ segment: null, segmentId, segmentName, ...gone, problems: [] });
}

/** Removes the segment from one host; it stays planned, be it on no host. */
export function planRemoveHost(
  segment: Segment,
  request: Request<'remove-segment-host'>,
  world: SegmentWorld,
): SegmentPlan {
  const { engineId, detachRunning } = request;
  const gone = segment.members.filter((one) => one.engineId === engineId);
  const after = { ...segment, members: segment.members.filter((one) => one.engineId !== engineId) };
  const params = { segment: segment.name, host: hostName(engineId, world.inventory.engines) };
  const none = problem('segment_lacks_host', { ...params, context: 'gone' }, { engineId, field: 'engineId' });
  return sealed({
    segment: after,
    segmentId: segment.id,
    segmentName: segment.name,
    ...membersGone(segment, gone, detachRunning, world.inventory),
    problems: gone.length === 0 ? [none] : [],
  });
}
