import { isDeepStrictEqual } from 'node:util';
import {
  ProblemError,
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
  PAUSED,
  RUNNING,
  changedSince,
  comparePictures,
  movedSince,
  problem,
  unread,
} from '../../../shared/rules';
import { hostless } from '../../../shared/texts';
import type { EngineClient } from '../../docker';

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
 * What the engine says of all that these steps touch, before they are done. One that can't be read is left out: whether it
 * is as before can't be said later, nor need the change wait for it.
 */
export async function takePictures(
  client: EngineClient,
  engineId: string,
  steps: readonly Step[],
): Promise<TakenPicture[]> {
  const taken = await Promise.all(
    subjectsOf(steps).map(async (subject): Promise<TakenPicture | null> => {
      const picture = await client.picture(subject).catch(() => null);
      return picture && { engineId, subject, picture: steps.some(stopsAny) ? picture : anyhow(picture) };
    }),
  );
  return taken.filter((each) => each !== null);
}

/** In what the engines differ from the pictures, now that what was done is taken back. Nothing where all is equal. */
export async function differences(
  client: (engineId: string) => EngineClient,
  before: readonly TakenPicture[],
): Promise<UndoException[]> {
  const found = await Promise.all(
    before.map(async ({ engineId, subject, picture }) => {
      try {
        return comparePictures(subject, picture, await client(engineId).picture(subject));
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

/** As it stands in a record. */
export const exceptionsIn = (found: UndoException[]): { exceptions?: UndoException[] } =>
  found.length > 0 ? { exceptions: found } : {};

/** Of one that is gone there is no more to see than of one that is stopped and on no network: the engine tells them apart. */
async function isContainerGone(client: EngineClient, containerId: string): Promise<boolean> {
  try {
    await client.container(containerId);
    return false;
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === 'container_not_found') return true;
    throw error;
  }
}

/** Why this can't be taken back: it is gone, or not as it was left. */
async function sinceProblem(
  client: EngineClient,
  { engineId, subject, picture }: TakenPicture,
): Promise<Problem | null> {
  const now = await client.picture(subject);
  const { networkName: network } = subject;
  const place = { engineId };
  const changed = changedSince(subject, picture, now);
  if (subject.kind === 'network') {
    if (!changed) return null;
    return Object.keys(now).length === 0
      ? hostless('change_not_undoable', { context: 'network_gone', network }, place)
      : problem('change_not_undoable', { context: 'network_changed', network }, place);
  }
  const { containerId, containerName: container } = subject;
  const unseen = now[ATTACHED] === undefined && now[RUNNING] === undefined;
  if (unseen && (await isContainerGone(client, containerId)))
    return hostless('change_not_undoable', { context: 'container_gone', container }, place);
  if (!changed) return null;
  return movedSince(subject, picture, now)
    ? problem('change_not_undoable', { context: 'network_changed', network }, place)
    : problem('change_not_undoable', { context: 'changed', container, network }, place);
}

/**
 * Why what a change left can't be taken back any more: it is gone, or somebody has changed it since, and undoing would take
 * that away as well. Null where all is as it was left; a change whose log does not say how that was is taken at its word.
 */
export async function changedProblem(
  client: (engineId: string) => EngineClient,
  left: readonly TakenPicture[],
): Promise<Problem | null> {
  const found = await Promise.all(left.map((each) => sinceProblem(client(each.engineId), each)));
  return found.find((one) => one !== null) ?? null;
}
