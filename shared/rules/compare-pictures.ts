import type { Picture, PictureSubject, UndoException } from '../model';

/** Set while a container runs: what the engine shows only then is compared only then. */
export const RUNNING = 'State.Running';

/** What an endpoint has while its container runs, and no longer: addresses in use, the MAC, gateways. */
const operational: readonly string[] = [
  'IPAddress',
  'IPPrefixLen',
  'Gateway',
  'GlobalIPv6Address',
  'GlobalIPv6PrefixLen',
  'IPv6Gateway',
  'MacAddress',
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

/** Where two pictures of one thing differ, by field. A start or stop in between is nobody's fault, and no difference. */
export function comparePictures(subject: PictureSubject, before: Picture, after: Picture): UndoException[] {
  const sameState = before[RUNNING] === after[RUNNING];
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return fields
    .filter((field) => field !== RUNNING && (sameState || !operational.includes(field)))
    .filter((field) => before[field] !== after[field])
    .map((field) => ({
      ...place(subject),
      field,
      before: before[field] ?? '',
      after: after[field] ?? '',
    }));
}

/** Where a thing is not as it was left any more: by what was asked for, and not by what every start gives anew. */
export function changedSince(subject: PictureSubject, left: Picture, now: Picture): boolean {
  const asked = ({ [RUNNING]: _, ...rest }: Picture): Picture =>
    Object.fromEntries(Object.entries(rest).filter(([field]) => !operational.includes(field)));
  return comparePictures(subject, asked(left), asked(now)).length > 0;
}
