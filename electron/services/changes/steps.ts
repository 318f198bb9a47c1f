import { assertNever, ProblemError, type Container, type Endpoint, type Step } from '../../../shared/model';
import { requestOf, specOf } from '../../../shared/rules';
import type { EngineClient } from '../../docker';

export const endpointOn = (
  container: Container,
  network: { id: string; name: string },
): Endpoint | undefined =>
  container.endpoints.find(
    (each) => each.networkId === network.id || (!each.networkId && each.networkName === network.name),
  );

/** A step that was done: what takes it back, and the id of a network that it made. */
export interface Done {
  inverse: Step | null;
  networkId?: string;
}

/** Carries out one step, having looked first at what would take it back. */
export async function runStep(client: EngineClient, step: Step): Promise<Done> {
  switch (step.op) {
    case 'connect': {
      await connect(client, step);
      const { op: _op, endpoint: _endpoint, ...names } = step;
      return { inverse: { op: 'disconnect', ...names } };
    }
    case 'disconnect': {
      const container = await client.container(step.containerId);
      const named = container.endpoints.find((each) => each.networkName === step.networkName);
      // By name too: a stopped container's record may still tell the id of a network that was made anew since.
      const before = endpointOn(container, { id: step.networkId, name: step.networkName }) ?? named;
      await client.disconnect(step.networkId, step.containerId, false);
      return { inverse: { ...step, op: 'connect', endpoint: before ? requestOf(before) : {} } };
    }
    case 'create-network': {
      const networkId = await client.createNetwork(step.spec);
      return { inverse: { op: 'remove-network', networkId, networkName: step.networkName }, networkId };
    }
    case 'remove-network': {
      const spec = specOf(await client.network(step.networkId));
      await client.removeNetwork(step.networkId);
      return { inverse: spec ? { op: 'create-network', networkName: step.networkName, spec } : null };
    }
    default:
      return assertNever(step);
  }
}

async function connect(client: EngineClient, step: Extract<Step, { op: 'connect' }>): Promise<void> {
  try {
    await client.connect(step.networkId, step.containerId, step.endpoint);
  } catch (error) {
    await clearPhantom(client, step);
    throw error;
  }
}

/**
 * A failed connect leaves an endpoint without an id behind: on 20.10 the container could never start again, on later
 * engines its record keeps a network that it is not on (docker-facts §2). A stopped container lets it be disconnected;
 * a running one refuses that, and needs a good connect before.
 */
async function clearPhantom(client: EngineClient, step: Extract<Step, { op: 'connect' }>): Promise<void> {
  const network = { id: step.networkId, name: step.networkName };
  const phantomOf = (container: Container) => {
    const endpoint = endpointOn(container, network);
    return endpoint && !endpoint.endpointId ? endpoint : undefined;
  };
  const container = await client.container(step.containerId).catch(() => null);
  if (!container || !phantomOf(container)) return;
  const running = container.state === 'running' || container.state === 'paused';
  if (running) await client.connect(step.networkId, step.containerId, {}).catch(() => undefined);
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
