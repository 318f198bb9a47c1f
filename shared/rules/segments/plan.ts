import {
  assertNever,
  type Problem,
  type Segment,
  type SegmentMember,
  type SegmentRequest,
} from '../../model';
import { sameData } from '../basics/same-data';
import { hostName } from '../engines/engines';
import { problem } from '../../texts/messages';
import { checkDraft, tidyDraft } from './check';
import { planSegmentAttach } from './plan-attach';
import { planAddHost, planCreate } from './plan-create';
import { planEdit } from './plan-edit';
import { planDelete, planRemoveHost } from './plan-remove';
import { networkOfMember } from '../membership/recognise';
import { siteProblems } from '../membership/segment-site';
import { aligned } from '../membership/segment-spec';
import { reservedHeldNotices } from './reserved-held';
import { sharedRangeNotices } from './shared-ranges';
import { refuseSegment, type SegmentPlan, type SegmentWorld } from './result';

type Adopt = Extract<SegmentRequest, { kind: 'adopt-segment' }>;

/** A host that is new to the plan must have its network: what is adopted is what the engines have. */
function absentProblems(segment: Segment, { inventory, plan }: SegmentWorld): Problem[] {
  const known = plan.find((one) => one.id === segment.id)?.members ?? [];
  return segment.members.flatMap((member) => {
    const old = known.some(
      (one) => one.engineId === member.engineId && one.networkName === member.networkName,
    );
    if (old || networkOfMember(segment, member, inventory.networks)) return [];
    const host = hostName(member.engineId, inventory.engines);
    const place = { engineId: member.engineId, field: 'segment.members' };
    return [problem('network_not_found', { network: member.networkName, host }, place)];
  });
}

/** What the plan would say: whoever asks may have an older copy of what it says beside what they mean. */
function wantedBy({ segment, only }: Adopt, plan: SegmentWorld['plan']): Segment {
  const known = only && plan.find((one) => one.id === segment.id);
  const meant = only && segment.members.filter((one) => one.engineId === only.engineId);
  // A host may be on two NICs; one that was renamed there has the name that it has by now.
  const others = known?.members.map((one) => one.networkName).filter((name) => name !== only?.networkName);
  const member = meant?.find((one) => !others?.includes(one.networkName)) ?? meant?.[0];
  if (!known || !member) return segment;
  const isIt = (one: SegmentMember) =>
    one.engineId === member.engineId && one.networkName === only.networkName;
  const members = known.members.some(isIt)
    ? known.members.map((one) => (isIt(one) ? member : one))
    : [...known.members, member];
  return { ...known, members };
}

function planAdopt(request: Adopt, world: SegmentWorld): SegmentPlan {
  const segment = wantedBy(request, world.plan);
  const adopted: Segment = {
    ...tidyDraft(segment),
    id: segment.id,
    members: segment.members.map((one) => aligned(segment, one)),
  };
  const { engines } = world.inventory;
  const problems = [
    ...checkDraft(adopted, world.plan, engines, segment.id),
    ...siteProblems(adopted, engines, 'segment.members'),
    ...absentProblems(adopted, world),
  ];
  return { segment: adopted, segmentId: adopted.id, segmentName: adopted.name, hosts: [], problems };
}

/**
 * The reserved ranges of the plan hold addresses for whatever segment is changed. Its own are those that it is to have, which
 * its ranges are found by.
 */
function withPlan(request: SegmentRequest, world: SegmentWorld): SegmentWorld {
  const own = 'segmentId' in request && request.kind !== 'attach-to-segment' ? request.segmentId : undefined;
  const segments = world.plan.filter(({ id }) => id !== own);
  return { ...world, inventory: { ...world.inventory, segments } };
}

/**
 * Turns what an admin asks of a segment into the steps of each host, after checking everything on all hosts. Pure: the
 * same request and world give the same plan. A plan with a problem anywhere has no steps.
 */
export function planSegment(request: SegmentRequest, given: SegmentWorld): SegmentPlan {
  const world = withPlan(request, given);
  const plan = planned(request, world);
  if (!plan.segment || plan.problems.length > 0) return plan;
  const before = world.plan.find(({ id }) => id === plan.segmentId);
  const more = [
    ...(takesAsIs(request, plan) ? sharedRangeNotices(plan.segment, world.inventory) : []),
    ...reservedHeldNotices(plan.segment, before, world.inventory),
  ];
  return more.length > 0 ? { ...plan, notices: [...(plan.notices ?? []), ...more] } : plan;
}

/** Ranges are those that the engines have, and nothing is made of which the same would be said. */
const takesAsIs = ({ kind }: SegmentRequest, { hosts }: SegmentPlan): boolean =>
  kind === 'adopt-segment' ||
  (kind === 'edit-segment' &&
    hosts.every((host) => host.notices.every(({ code }) => code !== 'auto_range_overlap')));

function planned(request: SegmentRequest, world: SegmentWorld): SegmentPlan {
  if (request.kind === 'create-segment') return planCreate(request, world);
  if (request.kind === 'adopt-segment') return planAdopt(request, world);
  const { segmentId } = request;
  const segment = world.plan.find((one) => one.id === segmentId);
  if (!segment) {
    const unknown = problem('segment_not_found', { segment: segmentId }, { field: 'segmentId' });
    return refuseSegment(null, segmentId, unknown);
  }
  if (request.kind === 'edit-segment' && request.basedOn && !sameData(request.basedOn, segment)) {
    const stale = problem('change_stale', { context: 'plan', name: segment.name });
    return refuseSegment(segment, segmentId, stale);
  }
  switch (request.kind) {
    case 'add-segment-host':
      return planAddHost(segment, request, world);
    case 'remove-segment-host':
      return planRemoveHost(segment, request, world);
    case 'delete-segment':
      return planDelete(segment, request, world);
    case 'edit-segment':
      return planEdit(segment, request, world);
    case 'forget-segment':
      return { segment: null, segmentId, segmentName: segment.name, hosts: [], problems: [] };
    case 'attach-to-segment':
      return planSegmentAttach(segment, request, world);
    default:
      return assertNever(request);
  }
}
