import { ProblemError, type Container, type Step } from '../../../shared/model';
import { isLeftover, isLive, plainAddress, recordedEndpoint } from '../../../shared/rules';
import { hostless } from '../../../shared/texts';
import type { EngineClient } from '../../docker';
import type { Done } from '../storage/journal';
import { byNames, namedAs } from './last-names';

type ConnectStep = Extract<Step, { op: 'connect' }>;

/** The engine answered “done”, but reading it back shows otherwise. */
const failed = ({ engineId }: EngineClient, params: Parameters<typeof hostless<'verify_failed'>>[1]) =>
  new ProblemError(hostless('verify_failed', params, { engineId }));

/** Reads the engine back and throws where it differs from what the steps should have left. */
export async function verifySteps(
  client: EngineClient,
  steps: readonly Step[],
  done: readonly Done[],
): Promise<void> {
  const last = new Map<string, Step>();
  for (const step of steps) {
    if (step.op === 'connect' || step.op === 'disconnect')
      // By name: a network that was made anew has another id, and what counts is how the container ended.
      last.set(`${step.containerId}@${step.networkName}`, step);
  }
  for (const step of last.values()) {
    if (step.op !== 'connect' && step.op !== 'disconnect') continue;
    const container = await client.container(step.containerId).catch(byNames(step));
    if (step.op === 'connect') verifyConnected(client, container, step);
    else if (recordedEndpoint(container, { id: step.networkId, name: step.networkName }))
      throw failed(client, {
        context: 'still_on',
        container: step.containerName,
        network: step.networkName,
      });
  }
  for (const { networkId, inverse } of done)
    if (networkId)
      await client.network(networkId).catch((error: unknown) => {
        throw inverse ? namedAs(inverse, error) : error;
      });
}

const otherAddress = (
  names: { container: string; network: string },
  address: string,
  shown: string | undefined,
) =>
  shown
    ? ({ context: 'other_address', ...names, address, shown } as const)
    : ({ context: 'no_address', ...names, address } as const);

function verifyConnected(client: EngineClient, container: Container, step: ConnectStep): void {
  const names = { container: step.containerName, network: step.networkName };
  const endpoint = recordedEndpoint(container, { id: step.networkId, name: step.networkName });
  if (!endpoint) throw failed(client, { context: 'not_on', ...names });
  const running = isLive(container);
  if (isLeftover(container, endpoint)) throw failed(client, { context: 'no_endpoint', ...names });
  const wanted = step.endpoint.ipv4;
  // Podman's compatible API shows no IPAMConfig (docs/engine-facts.md §10); the address in use proves the pin there.
  const shown = running ? endpoint.ipv4 : (endpoint.pinned4 ?? wanted);
  if (wanted && shown !== wanted) throw failed(client, otherAddress(names, wanted, shown));
  const wanted6 = step.endpoint.ipv6;
  const shown6 = running ? endpoint.ipv6 : (endpoint.pinned6 ?? wanted6);
  if (wanted6 && plainAddress(shown6 ?? '') !== plainAddress(wanted6))
    throw failed(client, otherAddress(names, wanted6, shown6));
}
