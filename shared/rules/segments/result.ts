import type { ChangePreview, HostFacts, HostPlan, Notice, Problem, Segment } from '../../model';
import type { Inventory } from '../inventory/inventory';

/** What a segment change would do. With any problem nothing of it is to be sent. */
export type SegmentPlan = Pick<
  ChangePreview,
  'hosts' | 'problems' | 'notices' | 'suggestedIpv4' | 'suggestedIpv6'
> & {
  /** As it will be planned, ranges filled in; null when it goes. */
  segment: Segment | null;
  /** Whose plan it is; that of a segment to come for `create`. */
  segmentId: string;
  segmentName: string;
};

/** What planning works on. */
export interface SegmentWorld {
  /** `plan.yaml`. */
  plan: readonly Segment[];
  inventory: Inventory;
  /** The id for a segment that is to be made. */
  newId: string;
  /** What the hosts really have, of those on which the admin allows a look. */
  facts?: readonly HostFacts[];
}

export const refuseSegment = (segment: Segment | null, id: string, ...problems: Problem[]): SegmentPlan => ({
  segment,
  segmentId: id,
  segmentName: segment?.name ?? '',
  hosts: [],
  problems,
});

/** One list of steps for each host: an adopted segment may stand on two NICs of one host, and steps go in order. */
function merged(hosts: readonly HostPlan[]): HostPlan[] {
  const byEngine = new Map<string, HostPlan>();
  for (const host of hosts) {
    const first = byEngine.get(host.engineId);
    byEngine.set(host.engineId, {
      ...host,
      steps: [...(first?.steps ?? []), ...host.steps],
      notices: [...(first?.notices ?? []), ...host.notices],
      problems: [...(first?.problems ?? []), ...host.problems],
    });
  }
  return [...byEngine.values()];
}

/**
 * A subnet that can't be read is wrong once, for the segment, not again on each host, whose plan would be without any.
 */
function withoutEchoes(plan: SegmentPlan): HostPlan[] {
  if (!plan.problems.some(({ field }) => field?.startsWith('segment.subnets'))) return plan.hosts;
  return plan.hosts.map((host) => ({
    ...host,
    problems: host.problems.filter((one) => one.code !== 'subnet_invalid'),
  }));
}

/** What is so of the segment's subnets whatever the host is said once, of the whole. */
function lifted(plan: SegmentPlan): SegmentPlan {
  const isOfAll = ({ code }: Notice) => code === 'subnet_public';
  const all = plan.hosts.flatMap(({ notices }) => notices.filter(isOfAll));
  if (all.length === 0) return plan;
  const once = new Map(all.map((one) => [JSON.stringify(one.params), one]));
  const hosts = plan.hosts.map((host) => ({
    ...host,
    notices: host.notices.filter((one) => !isOfAll(one)),
  }));
  return { ...plan, hosts, notices: [...(plan.notices ?? []), ...once.values()] };
}

/** One plan for each host; where anything is wrong on any of them, none has steps. */
export function sealed(given: SegmentPlan): SegmentPlan {
  const plan = lifted(given);
  const hosts = merged(withoutEchoes(plan));
  const fine = plan.problems.length === 0 && hosts.every((host) => host.problems.length === 0);
  return { ...plan, hosts: fine ? hosts : hosts.map((host) => ({ ...host, steps: [] })) };
}
