import { ProblemError, type EngineStep } from '../../../shared/model';
import { hostless } from '../../../shared/texts';
import type { EngineClient } from '../../docker';
import { isNetworkThere } from './gone';
import { tookEffect } from './runs';
import { entryUnderGoneId } from './steps';

/**
 * Another hand has removed the network, and the engine has taken a stopped container onto what it takes for one: with that
 * the container can't start. What can't be read here is read again by what verifies the whole.
 */
async function tookGoneId(
  client: EngineClient,
  { containerId, networkId }: Extract<EngineStep, { op: 'connect' }>,
): Promise<boolean> {
  if (await isNetworkThere(client, networkId).catch(() => true)) return false;
  const container = await client.container(containerId).catch(() => null);
  return container !== null && entryUnderGoneId(container, networkId) !== undefined;
}

/**
 * The engine has answered “done” to a step that can only be read back right after it: what a container does later is its
 * own affair, and a network that stayed needs not be made again. Rejects where the step had no effect.
 *
 * @param existing what was there before it
 */
export async function checkEffect(
  client: EngineClient,
  step: EngineStep,
  existing: readonly string[],
): Promise<void> {
  const failed = (params: Parameters<typeof hostless<'verify_failed'>>[1]) =>
    new ProblemError(hostless('verify_failed', params, { engineId: client.engineId }));
  switch (step.op) {
    case 'connect':
      if (await tookGoneId(client, step))
        throw new ProblemError(
          hostless('network_not_found', { network: step.networkName }, { engineId: client.engineId }),
        );
      return;
    case 'remove-network':
      if (await isNetworkThere(client, step.networkId))
        throw failed({ context: 'network_stays', network: step.networkName });
      return;
    case 'start':
    case 'stop':
      if (!(await tookEffect(client, step, existing)))
        throw failed({
          context: step.op === 'start' ? 'not_started' : 'not_stopped',
          container: step.containerName,
        });
      return;
    default:
      return;
  }
}
