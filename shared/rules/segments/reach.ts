import {
  usualDraft,
  type ChangeRequest,
  type HostChoice,
  type Network,
  type Segment,
  type SegmentDraft,
  type SegmentMember,
  type SegmentView,
  type WantedSegment,
} from '../../model';
import { sameData } from '../basics/same-data';
import { driftOf, memberOf } from '../membership/recognise';
import { networkNameFor, SEGMENT_LABEL } from '../membership/segment-spec';
import { tidyDraft } from './check';
import { memberFrom } from './members';

/** What is so now. */
export interface Reached {
  segments: readonly SegmentView[];
  networks: readonly Network[];
}

const folded = (text: string): string => text.trim().toLowerCase();

/** The segment of the plan that is meant: by its id, else by its name. */
export const segmentMeant = (
  { id, name }: Pick<WantedSegment, 'id' | 'name'>,
  segments: readonly SegmentView[],
): SegmentView | undefined =>
  segments.find(({ segment }) => segment.id === id) ??
  segments.find(({ segment }) => folded(segment.name) === folded(name));

function draftOf({ id: _id, members: _members, ...given }: WantedSegment, now?: Segment): SegmentDraft {
  const { id: _own, members: _there, ...before } = now ?? { ...usualDraft(given), id: '', members: [] };
  return tidyDraft({ ...before, ...given } as SegmentDraft);
}

/** Whether a member has all that is said of it; what is not said is as it likes. */
function has(member: HostChoice, said: HostChoice, draft: SegmentDraft): boolean {
  const wanted = memberFrom({ networkName: member.networkName, ...said }, draft);
  return sameData({ ...member, ...wanted }, member);
}

/**
 * The changes that bring a segment to what is wanted, in their order. Each is planned as any other, so that what can't be is
 * refused there; when they are done, this is asked once more. Empty where all is as wanted.
 */
export function requestsToReach(wanted: WantedSegment, now: Reached): ChangeRequest[] {
  const view = segmentMeant(wanted, now.segments);
  return view ? towards(wanted, view) : anew(wanted, now);
}

const labelOf = ({ labels }: Network): string | undefined => labels[SEGMENT_LABEL];

const isNetworkOf = ({ engineId, networkName }: SegmentMember, network: Network): boolean =>
  network.engineId === engineId && network.name === networkName;

/** A member as its network has it, where that is what is wanted; null where there is none, or it is something else. */
function memberThere(
  choice: HostChoice,
  draft: SegmentDraft,
  networks: readonly Network[],
): SegmentMember | null {
  const name = choice.networkName ?? networkNameFor(draft);
  const network = networks.find((one) => one.engineId === choice.engineId && one.name === name);
  if (!network) return null;
  const member = memberFrom({ ...memberOf(network), ...choice }, draft);
  const segment = { ...draft, id: labelOf(network) ?? '', members: [member] };
  return driftOf(segment, member, network).length === 0 ? member : null;
}

function anew(wanted: WantedSegment, { networks }: Reached): ChangeRequest[] {
  const draft = draftOf(wanted);
  const there = wanted.members.map((choice) => memberThere(choice, draft, networks));
  const members = there.filter((one) => one !== null);
  // A network of that name that is something else stays as it is: making one beside it is refused, which says so.
  if (members.length === 0) return [{ kind: 'create-segment', segment: draft, hosts: wanted.members }];
  // What another console has made keeps its id: its networks say it.
  const labelled = networks.find((one) => members.some((member) => isNetworkOf(member, one)) && labelOf(one));
  const id = wanted.id ?? (labelled && labelOf(labelled)) ?? networkNameFor(draft);
  const others = wanted.members.filter((_choice, index) => !there[index]);
  return [
    { kind: 'adopt-segment', segment: { ...draft, id, members } },
    ...others.map((host) => ({ kind: 'add-segment-host', segmentId: id, host }) as const),
  ];
}

function towards(wanted: WantedSegment, { segment, members }: SegmentView): ChangeRequest[] {
  const segmentId = segment.id;
  const draft = draftOf(wanted, segment);
  const said = (engineId: string) => wanted.members.filter((one) => one.engineId === engineId);
  const gone = segment.members.filter(({ engineId }) => said(engineId).length === 0);
  const here = segment.members.filter(({ engineId }) => said(engineId).length > 0);
  const added = wanted.members.filter(
    ({ engineId }) => !segment.members.some((one) => one.engineId === engineId),
  );
  const hosts = here.flatMap((member) => {
    const choices = said(member.engineId);
    const choice = choices.find((one) => one.parentNic === member.parentNic) ?? choices[0];
    return choice && !has(member, choice, draft) ? [choice] : [];
  });
  const { id: _id, members: _members, ...before } = segment;
  const edited = hosts.length > 0 || !sameData(draft, tidyDraft(before));
  const apart = members.some(
    ({ engineId, state }) =>
      said(engineId).length > 0 && (state === 'missing' || state === 'drifted') && !edited,
  );
  return [
    ...gone.map(
      ({ engineId }) => ({ kind: 'remove-segment-host', segmentId, engineId, detachRunning: false }) as const,
    ),
    ...(edited || apart
      ? [
          {
            kind: 'edit-segment',
            segmentId,
            segment: draft,
            hosts,
            ...(edited ? {} : { reconcile: true as const }),
          } as const,
        ]
      : []),
    ...added.map((host) => ({ kind: 'add-segment-host', segmentId, host }) as const),
  ];
}
