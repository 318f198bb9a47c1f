import {
  ProblemError,
  type Container,
  type Endpoint,
  type EndpointRequest,
  type Problem,
  type Step,
  type TakenPicture,
} from '../../../shared/model';
import {
  ATTACHED,
  changedSince,
  isLeftover,
  isLive,
  plainAddress,
  recordedEndpoint,
} from '../../../shared/rules';
import { hostless, problem } from '../../../shared/texts';
import { MANAGED_LABEL, type EngineClient } from '../../docker';
import { madeAs, type HostRun } from '../storage/journal';
import { isGone } from './gone';
import { isAsAsked } from './look';
import { isMadeBy } from './made-network';

type PlaceStep = Extract<Step, { op: 'connect' | 'disconnect' }>;

export const isPlaceStep = (step: Step | null | undefined): step is PlaceStep =>
  step?.op === 'connect' || step?.op === 'disconnect';

/** By name: a network that is made anew in the run has another id. */
export const attachmentKey = ({ containerId, networkName }: PlaceStep): string =>
  `${containerId}@${networkName}`;

/** What a step leaves of an attachment: as it was asked for, or none. */
const leftBy = (step: PlaceStep): EndpointRequest | null => (step.op === 'connect' ? step.endpoint : null);

/** A container's place on a network, as the journal of a run has it. */
interface Place {
  step: PlaceStep;
  /** What of the run's making, or of what was there before it, may be there now; null: none. */
  possible: (EndpointRequest | null)[];
  /** Ids of attachments that were there before the call in doubt. */
  existing: readonly string[];
}

/** The last that surely was done there; undefined where nothing was. */
function surelyLeft({ steps, done, back = [] }: HostRun, place: string): EndpointRequest | null | undefined {
  const isHere = (step: Step): step is PlaceStep => isPlaceStep(step) && attachmentKey(step) === place;
  const last = steps.slice(0, done.length).findLast(isHere) ?? back.findLast(isHere);
  return last && leftBy(last);
}

/** The places that a run has been at, or may have been with the call in doubt. */
function touched(host: HostRun): Place[] {
  const { steps, done, doubt, back = [] } = host;
  const planned = doubt && (doubt.back ? done[doubt.at]?.inverse : steps[doubt.at]);
  const all = [...steps.slice(0, done.length), ...back, ...(planned ? [planned] : [])].filter(isPlaceStep);
  return [...new Map(all.map((step) => [attachmentKey(step), step])).values()].map((step): Place => {
    const surely = surelyLeft(host, attachmentKey(step));
    if (!doubt || !isPlaceStep(planned) || attachmentKey(planned) !== attachmentKey(step))
      return { step, possible: surely === undefined ? [] : [surely], existing: [] };
    const before = surely === undefined && isPlaceStep(doubt.inverse) ? leftBy(doubt.inverse) : surely;
    const possible = [before, leftBy(planned)].filter((each) => each !== undefined);
    return { step, possible, existing: planned.op === 'connect' ? doubt.existing : [] };
  });
}

/**
 * Another hand has taken the container off what the run has given it, and the run would take it off another network next:
 * it would be left with neither.
 */
function leavesWithout({ step, possible }: Place, host: HostRun, forward: boolean): boolean {
  const { steps, done } = host;
  const ahead = forward ? steps.slice(done.length) : done.map(({ inverse }) => inverse);
  const mine = ahead.filter(isPlaceStep).filter((each) => each.containerId === step.containerId);
  const isAgain = mine.some((each) => each.op === 'connect' && each.networkName === step.networkName);
  const isOff = mine.some(
    (each) => each.op === 'disconnect' && !each.leftover && each.networkName !== step.networkName,
  );
  return possible.length > 0 && possible.every((asked) => asked !== null) && isOff && !isAgain;
}

/** On a network that has but the name of the one that the run is about. */
function isElsewhere(
  endpoint: Endpoint,
  place: PlaceStep,
  host: HostRun,
  networkIds: ReadonlySet<string>,
): boolean {
  const own = [...host.steps, ...(host.back ?? []), ...host.done.map(({ inverse }) => inverse)]
    .filter(isPlaceStep)
    .filter((step) => attachmentKey(step) === attachmentKey(place))
    .map(({ networkId }) => networkId);
  const { networkId } = endpoint;
  const made = madeAs(place.networkName, host);
  return networkIds.has(networkId) && networkId !== made && !own.includes(networkId);
}

/** What a step that is still to be done would take away, where it is not as it was before the run. */
async function changedBefore(
  client: EngineClient,
  steps: readonly PlaceStep[],
  pictures: readonly TakenPicture[],
): Promise<PlaceStep | null> {
  for (const { engineId, subject, picture, unread } of pictures) {
    if (unread || engineId !== client.engineId || subject.kind !== 'attachment') continue;
    const step = steps.find(
      (each) => attachmentKey(each) === `${subject.containerId}@${subject.networkName}`,
    );
    if (!step) continue;
    const now = await client.picture(subject);
    if (now[ATTACHED] !== undefined && changedSince(subject, picture, now)) return step;
  }
  return null;
}

const nullIfUnread = (error: unknown): null => {
  // A call that was cut off may leave a container that can't be read: what clears that comes later.
  const { code, params } = error instanceof ProblemError ? error.problem : {};
  if (
    isGone(error, 'container_not_found') ||
    (code === 'engine_error' && params?.context === 'half_attached')
  )
    return null;
  throw error;
};

const problemAt = (
  { containerName: container, networkName: network }: PlaceStep,
  engineId: string,
  context: 'by_another' | 'taken_off' = 'by_another',
): Problem => hostless('change_stale', { context, container, network }, { engineId });

/**
 * A network that the call in doubt has made again, or somebody else has: one that had no label of ours is made again without
 * one. It is not removed then; the other end of the run leaves it.
 */
async function unsureNetwork(client: EngineClient, host: HostRun, forward: boolean): Promise<Problem | null> {
  const { steps, done, doubt } = host;
  if (!doubt || doubt.back !== forward) return null;
  const planned = doubt.back ? done[doubt.at]?.inverse : steps[doubt.at];
  if (planned?.op !== 'restore-network' || planned.form.labels[MANAGED_LABEL]) return null;
  const isIt = isMadeBy(planned);
  const { networkName: network } = planned;
  const found = (await client.networks()).some(
    (each) => each.name === network && !doubt.existing.includes(each.id) && isIt(each),
  );
  return found
    ? problem('change_stale', { context: 'unsure', network }, { engineId: client.engineId })
    : null;
}

/**
 * An attachment that neither this run has made nor was there before it: somebody else has attached the container anew since
 * the run was cut off, and both of its ends would take that away. By the addresses that were asked for. One for which none
 * was asked is the run's wherever nobody has fixed an address for it: by its id it can't be told, as each start of a container
 * gives another. The same of a network, by its settings and labels. And one of the run's own that somebody has taken away.
 *
 * @param forward the steps that are left are to be done
 * @param pictures of what was there before the run; without them, what it has not been at is not looked at
 */
export async function othersWork(
  client: EngineClient,
  host: HostRun,
  forward: boolean,
  pictures: readonly TakenPicture[] = [],
): Promise<Problem | null> {
  const unsure = await unsureNetwork(client, host, forward);
  if (unsure) return unsure;
  const places = touched(host);
  const networkIds = new Set(places.length > 0 ? (await client.networks()).map(({ id }) => id) : []);
  for (const place of places) {
    const { step, possible, existing } = place;
    const container = await client.container(step.containerId).catch(nullIfUnread);
    const found = container && attachedAt(container, step, host);
    if (container && !found && leavesWithout(place, host, forward))
      return problemAt(step, client.engineId, 'taken_off');
    if (!found || existing.includes(found.endpointId || 'attached')) continue;
    const own = possible.some((asked) => asked !== null && isAsAsked(client, container, found, asked));
    if (!own || isElsewhere(found, step, host, networkIds)) return problemAt(step, client.engineId);
  }
  if (!forward) return null;
  const ahead = host.steps.slice(host.done.length + (host.doubt && !host.doubt.back ? 1 : 0));
  const off = ahead
    .filter(isPlaceStep)
    .filter((step) => step.op === 'disconnect' && !step.leftover)
    .filter((step) => !places.some((each) => attachmentKey(each.step) === attachmentKey(step)));
  const changed = await changedBefore(client, off, pictures);
  return changed && problemAt(changed, client.engineId);
}

function attachedAt(container: Container, step: PlaceStep, host: HostRun): Endpoint | undefined {
  const { networkName: name } = step;
  const id = madeAs(name, host) ?? step.networkId;
  const found =
    recordedEndpoint(container, { id, name }) ??
    container.endpoints.find(({ networkName }) => networkName === name);
  return found && !isLeftover(container, found) ? found : undefined;
}

/** By what is fixed, not by what the engine made of it; by that only where it does not tell what is fixed. */
function isFixedAs(
  client: EngineClient,
  container: Container,
  found: Endpoint,
  asked: EndpointRequest,
): boolean {
  const untold = (used: string, wanted: string) => (isLive(container) && wanted ? used : wanted);
  const fixed = (pinned: string | undefined, used: string, wanted = '') =>
    plainAddress(pinned ?? (client.tellsPins() ? '' : untold(used, wanted))) === plainAddress(wanted);
  return fixed(found.pinned4, found.ipv4, asked.ipv4) && fixed(found.pinned6, found.ipv6, asked.ipv6);
}

/**
 * Whether what a step has given a container is another hand's by now: under another address, or on a network that has but the
 * name of its own. What takes the step back would take that away.
 *
 * @param at index of the step
 */
export async function isOthersNow(client: EngineClient, host: HostRun, at: number): Promise<boolean> {
  const step = host.steps[at];
  if (step?.op !== 'connect') return false;
  const container = await client.container(step.containerId).catch(nullIfUnread);
  const found = container && attachedAt(container, step, host);
  if (!found) return false;
  const networks = await client.networks();
  if (isElsewhere(found, step, host, new Set(networks.map(({ id }) => id)))) return true;
  // On one of a swarm an address that nobody has fixed looks as if somebody had, and a fixed one is lost.
  const isSwarm = networks.some(({ id, scope }) => id === found.networkId && scope === 'swarm');
  return !isSwarm && !isFixedAs(client, container, found, step.endpoint);
}
