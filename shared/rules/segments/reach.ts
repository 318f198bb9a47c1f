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
const segmentMeant = (
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

/** Hosts that stand in it with two NICs, in the plan or in the file, and not alike in both: which one is meant can't be told. */
function unclear(wanted: WantedSegment, segment: Segment, draft: SegmentDraft): string[] {
  const engines = [...new Set([...wanted.members, ...segment.members].map(({ engineId }) => engineId))];
  return engines.filter((engineId) => {
    const said = wanted.members.filter((one) => one.engineId === engineId);
    const here = segment.members.filter((one) => one.engineId === engineId);
    if (said.length < 2 && here.length < 2) return false;
    // Without it in the file all of them go.
    if (said.length === 0) return false;
    const alike = said.every((choice) =>
      here.some((member) => member.parentNic === choice.parentNic && has(member, choice, draft)),
    );
    return !alike || said.length !== here.length;
  });
}

/** What is to be done for a segment. */
export interface Way {
  requests: ChangeRequest[];
  /** Engines of hosts on which it can't be told what is to be done: nothing is. */
  unclear: string[];
}

/**
 * The changes that bring a segment to what is wanted, in their order. Each is planned as any other, so that what can't be is
 * refused there; when the first is done, this is asked once more. Empty where all is as wanted.
 */
export function wayTo(wanted: WantedSegment, now: Reached): Way {
  const view = segmentMeant(wanted, now.segments) ?? labelledSegment(wanted, now);
  if (!view) return { requests: anew(wanted, now), unclear: [] };
  const doubtful = unclear(wanted, view.segment, draftOf(wanted, view.segment));
  return doubtful.length > 0
    ? { requests: [], unclear: doubtful }
    : { requests: towards(wanted, view, now), unclear: [] };
}

/** The segment of the plan that a network of that name on one of the hosts is labelled for: it has another name in the file. */
function labelledSegment(wanted: WantedSegment, { segments, networks }: Reached): SegmentView | undefined {
  if (wanted.id !== undefined) return undefined;
  const draft = draftOf(wanted);
  const labels = wanted.members.flatMap((choice) => labelOf(networkOf(choice, draft, networks)) ?? []);
  return segments.find(({ segment }) => labels.includes(segment.id));
}

const labelOf = (network: Network | undefined): string | undefined => network?.labels[SEGMENT_LABEL];

/** The network by the name that a host has it by, or would have; whatever it is otherwise. */
function networkOf(
  { engineId, networkName }: HostChoice,
  draft: SegmentDraft,
  networks: readonly Network[],
): Network | undefined {
  const name = networkName ?? networkNameFor(draft);
  return networks.find((one) => one.engineId === engineId && one.name === name);
}

/** A member as its network has it, where that is what is wanted; null where there is none, or it is something else. */
function memberThere(
  choice: HostChoice,
  draft: SegmentDraft,
  networks: readonly Network[],
): SegmentMember | null {
  const network = networkOf(choice, draft, networks);
  if (!network) return null;
  const member = memberFrom({ ...memberOf(network), ...choice }, draft);
  const segment = { ...draft, id: labelOf(network) ?? '', members: [member] };
  return driftOf(segment, member, network).length === 0 ? member : null;
}

function anew(wanted: WantedSegment, { networks }: Reached): ChangeRequest[] {
  const draft = draftOf(wanted);
  if (wanted.members.length === 0) return [];
  const there = wanted.members.map((choice) => memberThere(choice, draft, networks));
  const members = there.filter((one) => one !== null);
  // A network of that name that is something else stays as it is: making one beside it is refused, which says so.
  if (members.length === 0) return [{ kind: 'create-segment', segment: draft, hosts: wanted.members }];
  // What another console has made keeps its id: its networks say it.
  const [label] = members.flatMap((member) => labelOf(networkOf(member, draft, networks)) ?? []);
  const id = wanted.id ?? label ?? networkNameFor(draft);
  const others = wanted.members.filter((_choice, index) => !there[index]);
  return [
    { kind: 'adopt-segment', segment: { ...draft, id, members } },
    ...others.map((host) => ({ kind: 'add-segment-host', segmentId: id, host }) as const),
  ];
}

function towards(
  wanted: WantedSegment,
  { segment, members }: SegmentView,
  { networks }: Reached,
): ChangeRequest[] {
  const segmentId = segment.id;
  const draft = draftOf(wanted, segment);
  const said = (engineId: string) => wanted.members.filter((one) => one.engineId === engineId);
  const isPlanned = (engineId: string) => segment.members.some((one) => one.engineId === engineId);
  const gone = new Set(
    segment.members.flatMap(({ engineId }) => (said(engineId).length === 0 ? [engineId] : [])),
  );
  const hosts = segment.members.flatMap((member) => {
    const choices = said(member.engineId);
    const choice = choices.find(onSameNic(member)) ?? choices[0];
    return choice && !has(member, choice, draft) ? [choice] : [];
  });
  const { id: _id, members: _members, ...before } = segment;
  const edited = hosts.length > 0 || !sameData(draft, tidyDraft(before));
  const apart = members.some(
    ({ engineId, state }) => said(engineId).length > 0 && (state === 'missing' || state === 'drifted'),
  );
  const edit = { kind: 'edit-segment', segmentId, segment: draft, hosts } as const;
  const added = wanted.members.filter(({ engineId }) => !isPlanned(engineId));
  return [
    ...[...gone].map(
      (engineId) => ({ kind: 'remove-segment-host', segmentId, engineId, detachRunning: false }) as const,
    ),
    ...(edited ? [edit] : apart ? [{ ...edit, reconcile: true as const }] : []),
    ...added.map((host) => addition(host, { ...draft, id: segmentId, members: segment.members }, networks)),
  ];
}

const onSameNic =
  ({ parentNic }: SegmentMember) =>
  (choice: HostChoice): boolean =>
    choice.parentNic === parentNic;

/** A host's network that is there as wanted is taken into the plan; else it is made. */
function addition(host: HostChoice, segment: Segment, networks: readonly Network[]): ChangeRequest {
  const usual = segment.members[0]?.networkName;
  const member = memberThere({ ...(usual ? { networkName: usual } : {}), ...host }, segment, networks);
  if (!member) return { kind: 'add-segment-host', segmentId: segment.id, host };
  const only = { engineId: member.engineId, networkName: member.networkName };
  return { kind: 'adopt-segment', segment: { ...segment, members: [...segment.members, member] }, only };
}
