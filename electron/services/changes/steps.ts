import {
  assertNever,
  ProblemError,
  type Container,
  type Endpoint,
  type EngineStep,
  type Problem,
  type Step,
} from '../../../shared/model';
import { isLeftover, isLive, recordedEndpoint } from '../../../shared/rules';
import { hostless } from '../../../shared/texts';
import type { EngineClient } from '../../docker';
import { isGone } from './gone';
import { problemOf } from './lost';

type Names = { id: string; name: string };

export const networkOf = (step: { networkId: string; networkName: string }): Names => ({
  id: step.networkId,
  name: step.networkName,
});

/** What an engine makes of a connect of a stopped container to a network that is gone: an entry under that one's id. */
export const entryUnderGoneId = (container: Container, networkId: string): Endpoint | undefined =>
  container.endpoints.find((each) => each.networkId === '' && each.networkName === networkId);

/** Off a network that is gone the engine takes a stopped container by that one's name alone (docs/engine-facts.md §2). */
async function takeOff(
  client: EngineClient,
  { networkId, networkName, containerId }: Extract<Step, { op: 'connect' | 'disconnect' }>,
  force: boolean,
): Promise<undefined> {
  try {
    await client.disconnect(networkId, containerId, force);
  } catch (error) {
    const isThere = (found: unknown) => !isGone(found, 'network_not_found');
    if (await client.network(networkId).then(() => true, isThere)) throw error;
    await client.disconnect(networkName, containerId, force);
  }
}

/** Sends one step to the engine. Gives the id of a network that it made. */
export async function sendStep(client: EngineClient, step: EngineStep): Promise<string | undefined> {
  switch (step.op) {
    case 'connect':
      return void (await client.connect(step.networkId, step.containerId, step.endpoint));
    case 'disconnect':
      return takeOff(client, step, false);
    case 'stop':
      return void (await client.stop(step.containerId));
    case 'start':
      return void (await client.start(step.containerId));
    case 'create-network':
      return client.createNetwork(step.spec);
    case 'restore-network':
      return client.restoreNetwork(step.form);
    case 'remove-network':
      return void (await client.removeNetwork(step.networkId));
    default:
      return assertNever(step);
  }
}

type ConnectStep = Extract<Step, { op: 'connect' }>;

/** What a failed connect left on a network, or may have: nothing else explains an entry that was not there before. */
function leftOf(container: Container, step: ConnectStep, existing: readonly string[]): Endpoint | undefined {
  const entry = recordedEndpoint(container, networkOf(step)) ?? entryUnderGoneId(container, step.networkId);
  if (!entry) return undefined;
  const fresh = existing.length === 0 && !isLive(container);
  return isLeftover(container, entry) || fresh ? entry : undefined;
}

/** Null where it is gone. One that can't be read may have anything. */
const readOf = (client: EngineClient, { containerId }: ConnectStep): Promise<Container | null> =>
  client.container(containerId).catch((error: unknown) => {
    if (isGone(error, 'container_not_found')) return null;
    throw error;
  });

/** The same. Whether an entry is good only its network tells; without that one's answer it would pass for good. */
async function readSurely(client: EngineClient, step: ConnectStep): Promise<Container | null> {
  const container = await readOf(client, step);
  const entry = container && recordedEndpoint(container, networkOf(step));
  if (!entry || !isLive(container) || isLeftover(container, entry)) return container;
  await client.network(step.networkId).catch((error: unknown) => {
    if (!isGone(error, 'network_not_found')) throw error;
  });
  return readOf(client, step);
}

/**
 * Clears what a failed connect left behind: with it a container can't start again, or its record keeps a network that it
 * is not on (docs/engine-facts.md §2). A stopped container lets it be disconnected. A running one refuses that, and needs a
 * good connect before; where the network's interface is gone or busy there is no good connect, and the container
 * would have to be stopped, which nobody has asked for.
 *
 * @param existing what was there before the connect
 * @throws ProblemError `rollback_failed` (context `leftover`, `leftover_rm`) where it is still there: nothing is as it was
 *   then; and why the container or the network can't be read, where it may be
 */
export async function clearLeftover(
  client: EngineClient,
  step: ConnectStep,
  existing: readonly string[] = [],
): Promise<void> {
  const read = () => (existing.length > 0 ? readOf(client, step) : readSurely(client, step));
  const container = await read().catch(async (error: unknown) => {
    if (existing.length > 0) return null;
    if (!saysHalfAttached(error, step)) throw error;
    await takeOff(client, step, true).catch(() => undefined);
    return readOf(client, step);
  });
  const left = container && leftOf(container, step, existing);
  if (!container || !left) return;
  if (!left.leftover) {
    if (isLive(container)) await client.connect(step.networkId, step.containerId, {}).catch(() => undefined);
    await takeOff(client, step, true).catch(() => undefined);
  }
  const after = await read();
  if (after && leftOf(after, step, existing)) throw new ProblemError(leftoverProblem(client, step, after));
}

/** Whether something of a failed connect is on its container. @throws ProblemError where that can't be read */
export async function isLeft(client: EngineClient, step: ConnectStep): Promise<boolean> {
  const container = await readSurely(client, step);
  return container !== null && leftOf(container, step, []) !== undefined;
}

/** Podman was killed in a connect: until that is taken away the container can't be read (docs/engine-facts.md §10). */
function saysHalfAttached(error: unknown, { containerId }: ConnectStep): boolean {
  const { code, params } = problemOf(error);
  return (
    code === 'engine_error' &&
    params?.['context'] === 'half_attached' &&
    containerId.startsWith(String(params['container']))
  );
}

/** What clears it stops the container, which the engine removes then where it was made with `--rm`. */
const leftoverProblem = (
  { engineId }: EngineClient,
  { containerName, networkName }: ConnectStep,
  container: Container,
) =>
  hostless(
    'rollback_failed',
    {
      context: isLive(container) && container.detail?.autoRemove ? 'leftover_rm' : 'leftover',
      ...{ container: containerName, network: networkName },
    },
    { engineId },
  );

const leftoverContexts: readonly unknown[] = ['leftover', 'leftover_rm'];

/** Whether it says that what a failed connect left is still there. */
export const saysLeftover = ({ code, params }: Problem): boolean =>
  code === 'rollback_failed' && leftoverContexts.includes(params?.['context']);
