import {
  assertNever,
  type Container,
  type Endpoint,
  type EndpointRequest,
  type EngineStep,
  type Problem,
  type Step,
} from '../../../shared/model';
import {
  fixedMac,
  formOf,
  hasTwin,
  isBeyondMaking,
  isLeftover,
  isLive,
  isToldWhole,
  plainAddress,
  recordedEndpoint,
  requestOf,
  type MakingStep,
} from '../../../shared/rules';
import type { EngineClient } from '../../docker';
import { isGone } from './gone';
import { isMadeBy } from './made-network';
import { runs, startOf, tookEffect, type RunStep } from './runs';
import { clearLeftover, entryUnderGoneId, networkOf } from './steps';

type ConnectStep = Extract<Step, { op: 'connect' }>;

/** How things stand on the engine as to one step. */
export interface StepFindings {
  /** They are already as the step would leave them. */
  holds: boolean;
  /** What takes the step back; of a network to be made the id is empty. Null when nothing does. */
  inverse: Step | null;
  /** What is there and is not of the step's making: see {@link Doubt}. */
  existing: string[];
  /** Of the network that is there as the step would make it. */
  networkId?: string;
  /** The name of the container where it restarts again and again: its networks can't be changed while it does. */
  restarting?: string;
}

const restartingOf = ({ state, name }: Container): Pick<StepFindings, 'restarting'> =>
  state === 'restarting' ? { restarting: name } : {};

type Pins = Pick<EngineClient, 'tellsPins'>;

/** Whether an endpoint has the addresses that it was to have; those that were left to the engine may be any. */
export function hasPins(
  client: Pins,
  container: Container,
  endpoint: Endpoint,
  wanted: EndpointRequest,
): boolean {
  // Podman shows no IPAMConfig (docs/engine-facts.md §10): the address in use proves the pin there, of a stopped one nothing.
  const shown = (pinned: string | undefined, used: string, asked: string) => {
    const fixed = pinned ?? (client.tellsPins() ? '' : asked);
    return plainAddress(isLive(container) ? used : fixed) === plainAddress(asked);
  };
  const { ipv4, ipv6 } = wanted;
  return (
    (!ipv4 || shown(endpoint.pinned4, endpoint.ipv4, ipv4)) &&
    (!ipv6 || shown(endpoint.pinned6, endpoint.ipv6, ipv6))
  );
}

/** The same, where no address is fixed that was not asked for: what somebody else has attached under one is not of this asking. */
export const isAsAsked = (
  client: Pins,
  container: Container,
  endpoint: Endpoint,
  wanted: EndpointRequest,
): boolean =>
  hasPins(client, container, endpoint, wanted) &&
  (wanted.ipv4 !== undefined || endpoint.pinned4 === undefined) &&
  (wanted.ipv6 !== undefined || endpoint.pinned6 === undefined);

async function lookAtConnect(client: EngineClient, step: ConnectStep): Promise<StepFindings> {
  const container = await client.container(step.containerId);
  const found = recordedEndpoint(container, networkOf(step));
  const endpoint = found && !isLeftover(container, found) ? found : undefined;
  const { op: _op, endpoint: wanted, ...names } = step;
  return {
    holds: endpoint !== undefined && hasPins(client, container, endpoint, wanted),
    inverse: { op: 'disconnect', ...names },
    existing: endpoint ? [endpoint.endpointId || 'attached'] : [],
    ...restartingOf(container),
  };
}

/** The attachment as it is now, with what is fixed of it: as the step tells it, where the engine does not. */
function connectBack(
  { op: _op, mac: told, ipv4, ipv6, ...names }: Extract<Step, { op: 'disconnect' }>,
  container: Container,
  endpoint: Endpoint,
): Step {
  const mac = told ?? fixedMac(container, endpoint);
  const pins = { ...(ipv4 && { ipv4 }), ...(ipv6 && { ipv6 }) };
  return { op: 'connect', ...names, endpoint: { ...pins, ...requestOf(endpoint), ...(mac && { mac }) } };
}

async function lookAtDisconnect(
  client: EngineClient,
  step: Extract<Step, { op: 'disconnect' }>,
): Promise<StepFindings> {
  const container = await client.container(step.containerId);
  // Of a network of its name that is gone, too: the engine takes that away by the name.
  const endpoint =
    recordedEndpoint(container, networkOf(step)) ??
    container.endpoints.find((each) => each.networkName === step.networkName) ??
    entryUnderGoneId(container, step.networkId);
  return {
    holds: endpoint === undefined,
    // Somebody else has done it: how the container was attached before, nobody knows.
    inverse: endpoint && !step.leftover ? connectBack(step, container, endpoint) : null,
    existing: [],
    ...restartingOf(container),
  };
}

/** What is so already is taken back by leaving it so. */
async function lookAtRun(client: EngineClient, step: RunStep): Promise<StepFindings> {
  const container = await client.container(step.containerId);
  const running = runs(container);
  return {
    holds: running === (step.op === 'start'),
    inverse: { ...step, op: running ? 'start' : 'stop' },
    existing: [startOf(container)],
  };
}

async function lookAtCreate(client: EngineClient, step: MakingStep): Promise<StepFindings> {
  const { networkName } = step;
  const named = (await client.networks()).filter((each) => each.name === networkName);
  return {
    // One that is as it should be is of somebody else's making: what takes this back must not remove it.
    holds: false,
    inverse: { op: 'remove-network', networkId: '', networkName },
    existing: named.map((each) => each.id),
  };
}

async function lookAtRemove(
  client: EngineClient,
  { networkId, networkName }: Extract<Step, { op: 'remove-network' }>,
): Promise<StepFindings> {
  const [network, all] = await Promise.all([client.network(networkId), client.networks()]);
  // While another has its name, the engine makes none of it again.
  const again = isToldWhole(network) && !isBeyondMaking(network) && !hasTwin(network, all);
  const inverse: Step | null = again ? { op: 'restore-network', networkName, form: formOf(network) } : null;
  return { holds: false, inverse, existing: [] };
}

/**
 * Looks at what a step is about, and at what would take it back. Rejects where the engine does not answer, and where
 * the container or network is not there.
 */
export function lookAt(client: EngineClient, step: EngineStep): Promise<StepFindings> {
  switch (step.op) {
    case 'connect':
      return lookAtConnect(client, step);
    case 'disconnect':
      return lookAtDisconnect(client, step);
    case 'stop':
    case 'start':
      return lookAtRun(client, step);
    case 'create-network':
    case 'restore-network':
      return lookAtCreate(client, step);
    case 'remove-network':
      return lookAtRemove(client, step);
    default:
      return assertNever(step);
  }
}

/** The same, where what is gone only means that there is nothing left to take away. */
export async function lookAgain(client: EngineClient, step: EngineStep): Promise<StepFindings> {
  try {
    return await lookAt(client, step);
  } catch (error) {
    const gone =
      (step.op === 'disconnect' && isGone(error, 'container_not_found')) ||
      (step.op === 'remove-network' && isGone(error, 'network_not_found'));
    if (!gone) throw error;
    // A container that is gone does not come again: what takes this back leaves it so.
    return { holds: true, inverse: step.op === 'disconnect' ? step : null, existing: [] };
  }
}

function nullIfGone(error: unknown): null {
  if (isGone(error, 'container_not_found')) return null;
  throw error;
}

/** Whether somebody else has attached the container, with another address than was asked for: that must not be cleared. */
async function isAnothers(client: EngineClient, step: ConnectStep): Promise<boolean> {
  // One that can't be read is looked after by what clears up.
  const container = await client.container(step.containerId).catch(() => null);
  const found = container && recordedEndpoint(container, networkOf(step));
  return !!found && !isLeftover(container, found) && !isAsAsked(client, container, found, step.endpoint);
}

/** What became of a call that nobody answered; `wrong`: it was carried out, but not all that belongs to it. */
export type Effect = { done: false } | { done: true; networkId?: string; wrong?: Problem };

/**
 * Finds out whether a call was carried out, and clears what a failed one left behind. Rejects where the engine does not
 * answer.
 *
 * @param existing what was there before the call, and is therefore not its doing
 */
export async function effectOf(
  client: EngineClient,
  step: EngineStep,
  existing: readonly string[],
): Promise<Effect> {
  switch (step.op) {
    case 'connect': {
      if (existing.length === 0 && (await isAnothers(client, step))) return { done: false };
      await clearLeftover(client, step, existing);
      const findings = await lookAgain(client, step).catch(nullIfGone);
      return { done: existing.length === 0 && (findings?.existing.length ?? 0) > 0 };
    }
    case 'disconnect':
    case 'remove-network':
      return { done: (await lookAgain(client, step)).holds };
    case 'stop':
    case 'start':
      return { done: (await tookEffect(client, step, existing).catch(nullIfGone)) ?? false };
    case 'create-network':
    case 'restore-network': {
      const isNew = isMadeBy(step);
      const made = (await client.networks()).find(
        (each) => each.name === step.networkName && !existing.includes(each.id) && isNew(each),
      );
      return made ? { done: true, networkId: made.id } : { done: false };
    }
    default:
      return assertNever(step);
  }
}
