import type { HostPlan, Network, Segment, SegmentMember, SegmentRequest } from '../../model';
import { suggestAddresses } from '../addresses/suggest';
import { hostName } from '../engines/engines';
import type { Inventory } from '../inventory/inventory';
import { problem } from '../../texts/messages';
import { planAttach } from '../plan/attach';
import { parentFindings } from '../plan/parent';
import { planAddHost } from './plan-create';
import { networkOfMember } from '../membership/recognise';
import { hostPlan } from '../plan/result';
import { refuseSegment, sealed, type SegmentPlan, type SegmentWorld } from './result';
import { plannedNetwork } from '../networks/planned-network';
import { specFor } from '../membership/segment-spec';

type Attach = Extract<SegmentRequest, { kind: 'attach-to-segment' }>;

function attachTo(network: Network, request: Attach, inventory: Inventory): HostPlan {
  const { kind: _kind, segmentId: _segment, host: _host, ...rest } = request;
  const plan = planAttach({ kind: 'attach', ...rest, networkId: network.id }, inventory);
  return hostPlan(request.engineId, plan, inventory);
}

/** With what is known of the hosts' own addresses. Parents are judged beside this: no host counts as looked at. */
const withFacts = ({ inventory, facts = [] }: SegmentWorld): Inventory => ({
  ...inventory,
  facts: [...(inventory.facts ?? []), ...facts],
});

function toPresent(segment: Segment, network: Network, request: Attach, world: SegmentWorld): SegmentPlan {
  const { facts } = world;
  const inventory = withFacts(world);
  const plan = attachTo(network, request, inventory);
  const engine = inventory.engines.find((one) => one.id === network.engineId);
  const looked = facts?.map((one) => one.engineId) ?? [];
  const parent = engine && parentFindings(network, { engine, inventory: { facts: facts ?? [], looked } });
  const host: HostPlan = {
    ...plan,
    notices: [...plan.notices, ...(parent?.notices ?? [])],
    problems: [...plan.problems, ...(parent?.problems ?? [])],
  };
  return sealed({
    segment,
    segmentId: segment.id,
    segmentName: segment.name,
    hosts: [host],
    problems: [],
    ...suggestAddresses(network, inventory),
  });
}

/** The network first, then the container on it, as one change. */
function toMade(
  segment: Segment,
  member: SegmentMember,
  made: SegmentPlan,
  request: Attach,
  world: SegmentWorld,
) {
  const grown = made.segment ?? segment;
  const network = plannedNetwork(specFor(grown, member), member.engineId, world.inventory.engines);
  const segments = world.plan.map((one) => (one.id === grown.id ? grown : one));
  const inventory = { ...withFacts(world), networks: [...world.inventory.networks, network], segments };
  const attach = attachTo(network, request, inventory);
  const [create] = made.hosts;
  const host: HostPlan = create
    ? {
        ...create,
        steps: [...create.steps, ...attach.steps],
        notices: [...create.notices, ...attach.notices],
        problems: [...create.problems, ...attach.problems],
      }
    : attach;
  return sealed({ ...made, hosts: [host], ...suggestAddresses(network, inventory) });
}

/** Puts a container on the segment, whose network on the container's host is made first where there is none. */
export function planSegmentAttach(segment: Segment, request: Attach, world: SegmentWorld): SegmentPlan {
  const { engineId, host } = request;
  const nameOf = (id: string) => hostName(id, world.inventory.engines);
  const planned = segment.members.find((one) => one.engineId === engineId);
  const network = planned && networkOfMember(segment, planned, world.inventory.networks);
  if (network) return toPresent(segment, network, request, world);
  const choice = host ?? planned;
  if (!choice) {
    const params = { context: 'attach', segment: segment.name, host: nameOf(engineId) } as const;
    const absent = problem('segment_lacks_host', params, { field: 'host', engineId });
    return refuseSegment(segment, segment.id, absent);
  }
  if (choice.engineId !== engineId) {
    const params = { host: nameOf(engineId), other: nameOf(choice.engineId) };
    return refuseSegment(segment, segment.id, problem('segment_other_host', params, { field: 'host' }));
  }
  // Planned and gone: made again as planned, not a second time.
  const rest = { ...segment, members: segment.members.filter((one) => one !== planned) };
  const made = planAddHost(
    rest,
    { kind: 'add-segment-host', segmentId: segment.id, host: { ...planned, ...choice } },
    world,
  );
  const member = made.segment?.members.find((one) => one.engineId === engineId);
  return member ? toMade({ ...segment, members: rest.members }, member, made, request, world) : made;
}
