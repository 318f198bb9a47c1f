import { assertNever, ProblemError, type Container, type Endpoint, type Step } from '../../../shared/model';
import type { EngineClient } from '../../docker';

type Names = { id: string; name: string };

export const endpointOn = (container: Container, network: Names): Endpoint | undefined =>
  container.endpoints.find(
    (each) => each.networkId === network.id || (!each.networkId && each.networkName === network.name),
  );

export const networkOf = (step: { networkId: string; networkName: string }): Names => ({
  id: step.networkId,
  name: step.networkName,
});

export const isRunning = ({ state }: Container): boolean => state === 'running' || state === 'paused';

/** The entry that a failed connect leaves behind in a live container (docs/engine-facts.md §2). */
export const isPhantom = (container: Container, endpoint: Endpoint): boolean =>
  isRunning(container) && !endpoint.endpointId;

/** Sends one step to the engine. Gives the id of a network that it made. */
export async function sendStep(client: EngineClient, step: Step): Promise<string | undefined> {
  switch (step.op) {
    case 'connect':
      return void (await client.connect(step.networkId, step.containerId, step.endpoint));
    case 'disconnect':
      return void (await client.disconnect(step.networkId, step.containerId, false));
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

/**
 * A failed connect leaves an endpoint without an id behind: on 20.10 the container could never start again, on later
 * engines its record keeps a network that it is not on (docs/engine-facts.md §2). A stopped container lets it be
 * disconnected; a running one refuses that, and needs a good connect before.
 */
export async function clearPhantom(
  client: EngineClient,
  step: Extract<Step, { op: 'connect' | 'disconnect' }>,
): Promise<void> {
  const phantomOf = (container: Container) => {
    const endpoint = endpointOn(container, networkOf(step));
    return endpoint && !endpoint.endpointId ? endpoint : undefined;
  };
  const container = await client.container(step.containerId).catch(() => null);
  if (!container || !phantomOf(container)) return;
  if (isRunning(container)) await client.connect(step.networkId, step.containerId, {}).catch(() => undefined);
  await client.disconnect(step.networkId, step.containerId, true).catch(() => undefined);
  const after = await client.container(step.containerId).catch(() => null);
  if (after && phantomOf(after)) {
    throw new ProblemError({
      code: 'rollback_failed',
      message: `${step.containerName} keeps a half-made attachment to ${step.networkName} that the engine does not let go of.`,
      hint: `Stop ${step.containerName}, then detach it from ${step.networkName}; until then it may not start again.`,
      engineId: client.engineId,
      params: { container: step.containerName, network: step.networkName },
    });
  }
}
