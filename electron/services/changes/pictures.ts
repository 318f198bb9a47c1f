import { isDeepStrictEqual } from 'node:util';
import {
  isHostStep,
  type Engine,
  type Picture,
  type PictureSubject,
  type Problem,
  type Step,
  type TakenPicture,
  type UndoException,
} from '../../../shared/model';
import {
  ATTACHED,
  CONTAINER_GONE,
  NETWORK_FIELDS,
  NETWORK_GONE,
  PAUSED,
  RUNNING,
  changedSince,
  comparePictures,
  leftUnread,
  movedSince,
  problem,
  unread,
} from '../../../shared/rules';
import { hostless } from '../../../shared/texts';
import type { EngineClient } from '../../docker';
import { isGone } from './gone';
import { isAmong, type PastGone } from './undo-past-gone';

/** Null for a step that leaves every attachment and network as it is. */
function subjectOf(step: Step): PictureSubject | null {
  if (!('networkName' in step) || isHostStep(step)) return null;
  const { networkName } = step;
  if (!('containerId' in step)) return { kind: 'network', networkName };
  const { containerId, containerName } = step;
  return { kind: 'attachment', containerId, containerName, networkName };
}

function subjectsOf(steps: readonly Step[]): PictureSubject[] {
  const subjects: PictureSubject[] = [];
  for (const subject of steps.map(subjectOf))
    if (subject && !subjects.some((each) => isDeepStrictEqual(each, subject))) subjects.push(subject);
  return subjects;
}

const stopsAny = ({ op }: Step): boolean => op === 'stop';

/** Without a stop of ours, whether a container is paused is its admin's affair. */
const anyhow = ({ [PAUSED]: _, ...picture }: Picture): Picture => picture;

/**
 * What the engine says of all that these steps touch, before they are done. One that can't be read is kept as that:
 * the change need not wait for it, but nobody can say later whether it is as before.
 */
export async function takePictures(
  client: () => EngineClient,
  engineId: string,
  steps: readonly Step[],
): Promise<TakenPicture[]> {
  return Promise.all(
    subjectsOf(steps).map(async (subject): Promise<TakenPicture> => {
      try {
        const picture = await client().picture(subject);
        return { engineId, subject, picture: steps.some(stopsAny) ? picture : anyhow(picture) };
      } catch {
        return { engineId, subject, picture: {}, unread: true };
      }
    }),
  );
}

/** A place on a network by whose picture the network was there; now, it is not. */
const hasNetwork = (picture: Picture): boolean =>
  Object.keys(picture).some((field) => field.startsWith(`${NETWORK_FIELDS}.`));

async function isNetworkGone(client: EngineClient, networkName: string): Promise<boolean> {
  return (await client.networks()).every(({ name }) => name !== networkName);
}

/** What somebody has removed since the picture, the thing itself or what it needs; null where it can be compared. */
async function goneSince(
  client: EngineClient,
  { subject, picture }: TakenPicture,
  now: Picture,
): Promise<UndoException | null> {
  const { networkName: network } = subject;
  if (subject.kind === 'network') {
    const gone = Object.keys(picture).length > 0 && Object.keys(now).length === 0;
    return gone ? { network, field: NETWORK_GONE, before: '', after: '' } : null;
  }
  const { containerId, containerName: container } = subject;
  if (isUnseen(now) && (await isContainerGone(client, containerId)))
    return { network: '', container, field: CONTAINER_GONE, before: '', after: '' };
  const off = picture[ATTACHED] !== undefined && now[ATTACHED] === undefined;
  const gone = off && hasNetwork(picture) && !hasNetwork(now) && (await isNetworkGone(client, network));
  return gone ? { network, container, field: NETWORK_GONE, before: '', after: '' } : null;
}

/**
 * In what the engines differ from the pictures, now that what was done is taken back. Nothing where all is equal; of what is
 * gone no more than that.
 */
export async function differences(
  client: (engineId: string) => EngineClient,
  before: readonly TakenPicture[],
): Promise<UndoException[]> {
  const found = await Promise.all(
    before.map(async (taken) => {
      const { engineId, subject, picture } = taken;
      try {
        const now = await client(engineId).picture(subject);
        const gone = await goneSince(client(engineId), taken, now);
        if (gone) return [gone];
        return taken.unread ? [unread(subject)] : comparePictures(subject, picture, now);
      } catch {
        return [unread(subject)];
      }
    }),
  );
  return found.flat();
}

/**
 * Attachments that came back without an address because nobody knew of a fixed one: Podman tells of none, and its pictures
 * are equal whether there was one or not.
 */
export function unknownPins(
  jobs: readonly { engineId: string; steps: readonly Step[] }[],
  engines: readonly Pick<Engine, 'id' | 'product'>[],
): UndoException[] {
  const podman = new Set(engines.filter(({ product }) => product === 'podman').map(({ id }) => id));
  return jobs
    .filter(({ engineId }) => podman.has(engineId))
    .flatMap(({ steps }) => steps)
    .flatMap((step) => {
      const subject = step.op === 'connect' && !step.endpoint.ipv4 && !step.endpoint.ipv6 && subjectOf(step);
      return subject ? [unread(subject)] : [];
    });
}

/** As they stand in a record, each once: a container that was on several networks is gone once. */
export function exceptionsIn(found: readonly UndoException[]): { exceptions?: UndoException[] } {
  const exceptions = found.filter(
    (one, at) => found.findIndex((each) => isDeepStrictEqual(each, one)) === at,
  );
  return exceptions.length > 0 ? { exceptions } : {};
}

/** It says of a thing that it is not there any more. */
const saysGone =
  (subject: PictureSubject) =>
  ({ field, network, container }: UndoException): boolean => {
    const own = subject.kind === 'attachment' ? subject.containerName : undefined;
    if (field === CONTAINER_GONE) return own !== undefined && own === container;
    const isIts = container === undefined || container === own;
    return field === NETWORK_GONE && isIts && network === subject.networkName;
  };

/**
 * What nobody could look at after a change: what somebody has made of it since, undoing has taken away, too.
 *
 * @param found what is known to be otherwise: of what is gone there is no more to say
 */
export const unseenSince = (
  left: readonly TakenPicture[] = [],
  found: readonly UndoException[] = [],
): UndoException[] =>
  left
    .filter(({ subject, unread: unseen }) => unseen && !found.some(saysGone(subject)))
    .map(({ subject }) => leftUnread(subject));

/** Neither attached nor running. */
const isUnseen = (now: Picture): boolean => now[ATTACHED] === undefined && now[RUNNING] === undefined;

/** Of one that is gone there is no more to see than of one that is stopped and on no network: the engine tells them apart. */
async function isContainerGone(client: EngineClient, containerId: string): Promise<boolean> {
  try {
    await client.container(containerId);
    return false;
  } catch (error) {
    if (isGone(error, 'container_not_found')) return true;
    throw error;
  }
}

/** What came of one thing that a change left. */
interface Since {
  engineId: string;
  problem: Problem | null;
  /** Nothing of what the change did to it is left. */
  gone: boolean;
}

/** Whether it is gone, or not as it was left. */
async function since(
  client: EngineClient,
  { engineId, subject, picture, unread: unseen }: TakenPicture,
  past: boolean,
): Promise<Since> {
  const now = await client.picture(subject);
  const { networkName: network } = subject;
  const place = { engineId };
  const changed = !past && !unseen && changedSince(subject, picture, now);
  if (subject.kind === 'network') {
    const gone = Object.keys(picture).length > 0 && Object.keys(now).length === 0;
    if (!changed) return { engineId, problem: null, gone };
    const found = gone
      ? hostless('change_not_undoable', { context: 'one_network_gone', network }, place)
      : problem('change_not_undoable', { context: 'network_changed', network }, place);
    return { engineId, problem: found, gone };
  }
  const { containerId, containerName: container } = subject;
  if (isUnseen(now) && (await isContainerGone(client, containerId))) {
    const found = hostless('change_not_undoable', { context: 'one_container_gone', container }, place);
    return { engineId, problem: found, gone: true };
  }
  const gone = picture[ATTACHED] !== undefined && now[ATTACHED] === undefined;
  if (!changed) return { engineId, problem: null, gone };
  const found = movedSince(subject, picture, now)
    ? problem('change_not_undoable', { context: 'network_changed', network }, place)
    : problem('change_not_undoable', { context: 'changed', container, network }, place);
  return { engineId, problem: found, gone };
}

/** Where all that the change left on a host is gone, that is said. */
function ofAll(found: Problem, all: readonly Since[]): Problem {
  const { engineId, params = {} } = found;
  if (!all.every((each) => each.engineId !== engineId || each.gone)) return found;
  const place = engineId ? { engineId } : {};
  const { container = '', network = '' } = params;
  if (params.context === 'one_container_gone')
    return hostless('change_not_undoable', { context: 'container_gone', container }, place);
  if (params.context === 'one_network_gone')
    return hostless('change_not_undoable', { context: 'network_gone', network }, place);
  return found;
}

/**
 * Why what a change left can't be taken back any more: it is gone, or somebody has changed it since, and undoing would take
 * that away as well. Null where all is as it was left; what the log does not
 * say of is taken at its word (see {@link unseenSince}).
 *
 * @param gone networks that need not be there
 */
export async function changedProblem(
  client: (engineId: string) => EngineClient,
  left: readonly TakenPicture[],
  gone: PastGone['gone'] = [],
): Promise<Problem | null> {
  const all = await Promise.all(
    left.map((each) => {
      const { engineId, subject } = each;
      return since(client(engineId), each, isAmong(gone, engineId, subject.networkName));
    }),
  );
  const found = all.find((one) => one.problem !== null)?.problem;
  return found ? ofAll(found, all) : null;
}
