import type { Picture, PictureSubject, UndoException } from '../../model';
import { firstUsable, formatIp, parseCidr, plainAddress } from '../basics/cidr';

/** Set while a container runs: what the engine shows only then is compared only then. */
export const RUNNING = 'State.Running';
/** Set while a running container is paused; compared where it is in the picture from before. */
export const PAUSED = 'State.Paused';
/** Set where the container is on the network. */
export const ATTACHED = 'attached';
/** Fields of an attachment's picture that begin so say which LAN its network lies on. */
export const NETWORK_FIELDS = 'Network';

/** Of an exception: the network has but the name of the one that the container was on. */
export const OTHER_NETWORK = 'NetworkID';
/** Of an exception: the container is not there any more, and nothing of it on any network. */
export const CONTAINER_GONE = 'container-gone';
/** Of an exception: the network is not there any more, so that nothing can be on it. */
export const NETWORK_GONE = 'network-gone';
/** Of an exception: how the change left it could not be read, so whether somebody has changed it since is not known. */
export const LEFT_UNREAD = 'left-unread';
/** Of an exception: these hosts (`before`) of the network's LAN did not answer in time, and may have what was given back. */
export const HOSTS_LATE = 'hosts-late';
/** Of an exception: nobody could ask the LAN whether somebody else has the address (`before`) that was given. */
export const LAN_UNASKED = 'lan-unasked';

const isOfNetwork = (field: string): boolean => field.startsWith(`${NETWORK_FIELDS}.`);

/** What an endpoint has while its container runs, and no longer: addresses in use, the MAC, gateways. */
const operational: readonly string[] = [
  'IPAddress',
  'IPPrefixLen',
  'Gateway',
  'GlobalIPv6Address',
  'GlobalIPv6PrefixLen',
  'IPv6Gateway',
  'MacAddress',
  PAUSED,
];

const place = (subject: PictureSubject): Pick<UndoException, 'network' | 'container'> => ({
  network: subject.networkName,
  ...(subject.kind === 'attachment' ? { container: subject.containerName } : {}),
});

/** Nobody could look. */
export const unread = (subject: PictureSubject): UndoException => ({
  ...place(subject),
  field: '',
  before: '',
  after: '',
});

/** Nobody looked how the change left it. */
export const leftUnread = (subject: PictureSubject): UndoException => ({
  ...unread(subject),
  field: LEFT_UNREAD,
});

/** Where two pictures of one thing differ, by field. A start or stop in between is nobody's fault, and no difference. */
export function comparePictures(subject: PictureSubject, before: Picture, after: Picture): UndoException[] {
  const sameState = before[RUNNING] === after[RUNNING];
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  // A network that was not there, or was not looked at by an older console, was on no other LAN.
  const looked = [before, after].every((picture) => Object.keys(picture).some(isOfNetwork));
  return fields
    .filter((field) => field !== RUNNING && (sameState || !operational.includes(field)))
    .filter((field) => field !== PAUSED || before[PAUSED])
    .filter((field) => looked || subject.kind === 'network' || !isOfNetwork(field))
    .filter((field) => before[field] !== after[field])
    .map((field) => ({
      ...place(subject),
      field,
      before: before[field] ?? '',
      after: after[field] ?? '',
    }));
}

/** The network of an attachment was made anew since, under its name, and lies elsewhere. */
export const movedSince = (subject: PictureSubject, left: Picture, now: Picture): boolean =>
  comparePictures(subject, left, now).some(({ field }) => isOfNetwork(field));

/**
 * Without the gateways that an engine gave by itself where none was asked for: engines before v29 do so, for IPv6 only as they
 * start again (docs/engine-facts.md §1).
 */
function withoutOwnGateways(left: Picture, now: Picture): Picture {
  const isOwn = ([field, value]: [string, string | undefined]): boolean => {
    const entry = /^(IPAM\.Config\[\d+\])\.Gateway$/.exec(field)?.[1];
    if (entry === undefined || left[field] !== undefined || value === undefined) return false;
    const subnet = parseCidr(now[`${entry}.Subnet`] ?? '');
    return subnet !== null && formatIp(firstUsable(subnet)) === plainAddress(value);
  };
  return Object.fromEntries(Object.entries(now).filter((each) => !isOwn(each)));
}

/** Where a thing is not as it was left any more: by what was asked for, and not by what every start gives anew. */
export function changedSince(subject: PictureSubject, left: Picture, now: Picture): boolean {
  const asked = ({ [RUNNING]: _, ...rest }: Picture): Picture =>
    Object.fromEntries(Object.entries(rest).filter(([field]) => !operational.includes(field)));
  return comparePictures(subject, asked(left), asked(withoutOwnGateways(left, now))).length > 0;
}
