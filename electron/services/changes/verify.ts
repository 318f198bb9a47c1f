import {
  ProblemError,
  type Container,
  type Endpoint,
  type Step,
  type UndoException,
} from '../../../shared/model';
import {
  isLeftover,
  isLive,
  makesNetwork,
  plainAddress,
  recordedEndpoint,
  type MakingStep,
} from '../../../shared/rules';
import { hostless } from '../../../shared/texts';
import type { EngineClient } from '../../docker';
import { networkNotAsAsked, notAsAsked, wordsOf, type NotAsAsked } from './as-asked';
import { madeAs, type HostRun } from '../storage/journal';
import { byNames } from './last-names';
import { isMadeBy } from './made-network';
import { entryUnderGoneId } from './steps';

type ConnectStep = Extract<Step, { op: 'connect' }>;

/** The engine answered “done”, but reading it back shows otherwise. */
const failed = ({ engineId }: EngineClient, params: Parameters<typeof hostless<'verify_failed'>>[1]) =>
  new ProblemError(hostless('verify_failed', params, { engineId }));

/** The addresses that a container was read back with on a network, also one that is stopped. */
export interface ReadBack {
  containerId: string;
  networkName: string;
  ipv4?: string;
  ipv6?: string;
}

/** Is told what was asked for besides addresses, and does not show; throws the error where it has to. */
export type OnUnlike = (found: UndoException, error: ProblemError) => void;

/**
 * Reads containers back and throws where they are on other networks than the steps should have left them on. Gives those that
 * the steps have left on one.
 *
 * @param unlike where all that was asked for is compared; else it is by the addresses alone
 */
export async function verifyContainers(
  client: EngineClient,
  steps: readonly Step[],
  unlike?: OnUnlike,
): Promise<ReadBack[]> {
  const found: ReadBack[] = [];
  const last = new Map<string, Step>();
  for (const step of steps) {
    if (step.op === 'connect' || step.op === 'disconnect')
      // By name: a network that was made anew has another id, and what counts is how the container ended.
      last.set(`${step.containerId}@${step.networkName}`, step);
  }
  for (const step of last.values()) {
    if (step.op !== 'connect' && step.op !== 'disconnect') continue;
    const container = await client.container(step.containerId).catch(byNames(step));
    if (step.op === 'connect') found.push(verifyConnected(client, container, step, unlike));
    else if (
      recordedEndpoint(container, { id: step.networkId, name: step.networkName }) ??
      entryUnderGoneId(container, step.networkId)
    )
      throw failed(client, {
        context: 'still_on',
        container: step.containerName,
        network: step.networkName,
      });
  }
  return found;
}

/**
 * The same of networks: what was made, and not removed again, is as it was to be.
 *
 * @param run what it has made on that host
 * @param unlike see {@link verifyContainers}
 */
export async function verifyNetworks(
  client: EngineClient,
  steps: readonly Step[],
  run: Pick<HostRun, 'made'>,
  unlike?: OnUnlike,
): Promise<void> {
  const made = new Map<string, MakingStep>();
  for (const step of steps) {
    if (makesNetwork(step)) made.set(step.networkName, step);
    if (step.op === 'remove-network') made.delete(step.networkName);
  }
  for (const [network, step] of made) {
    const id = madeAs(network, run);
    if (id === undefined) continue;
    const shown = await client.network(id).catch(byNames(step));
    if (!isMadeBy(step)(shown)) throw failed(client, { context: 'network_other', network });
    if (!unlike || step.op !== 'create-network') continue;
    for (const other of networkNotAsAsked(client, shown, step.spec)) {
      const context = other.shown ? 'network_setting' : 'no_network_setting';
      unlike(exceptionOf({ network }, other), failed(client, { context, network, ...wordsOf(other) }));
    }
  }
}

const exceptionOf = (
  place: Pick<UndoException, 'network' | 'container'>,
  { field, asked, shown }: NotAsAsked,
): UndoException => ({ ...place, field, before: asked, after: shown });

const otherAddress = (
  names: { container: string; network: string },
  address: string,
  shown: string | undefined,
) =>
  shown
    ? ({ context: 'other_address', ...names, address, shown } as const)
    : ({ context: 'no_address', ...names, address } as const);

function verifyConnected(
  client: EngineClient,
  container: Container,
  step: ConnectStep,
  unlike: OnUnlike | undefined,
): ReadBack {
  const names = { container: step.containerName, network: step.networkName };
  const endpoint = recordedEndpoint(container, { id: step.networkId, name: step.networkName });
  if (!endpoint) throw failed(client, { context: 'not_on', ...names });
  const running = isLive(container);
  if (isLeftover(container, endpoint)) throw failed(client, { context: 'no_endpoint', ...names });
  const wanted = step.endpoint.ipv4;
  // Podman shows no IPAMConfig (docs/engine-facts.md §10): the address in use proves the pin there, of a stopped one nothing.
  const untold = client.tellsPins() ? {} : step.endpoint;
  const shown = running ? endpoint.ipv4 : (endpoint.pinned4 ?? untold.ipv4);
  if (wanted && shown !== wanted) throw failed(client, otherAddress(names, wanted, shown));
  const wanted6 = step.endpoint.ipv6;
  const shown6 = running ? endpoint.ipv6 : (endpoint.pinned6 ?? untold.ipv6);
  if (wanted6 && plainAddress(shown6 ?? '') !== plainAddress(wanted6))
    throw failed(client, otherAddress(names, wanted6, shown6));
  for (const other of unlike ? notAsAsked(client, container, endpoint, step) : []) {
    const context = other.shown ? 'setting' : 'no_setting';
    unlike?.(exceptionOf(names, other), failed(client, { context, ...names, ...wordsOf(other) }));
  }
  return readBack(step, endpoint);
}

const readBack = ({ containerId, networkName }: ConnectStep, endpoint: Endpoint): ReadBack => ({
  ...{ containerId, networkName },
  ...addressesOf(endpoint),
});

/** The addresses of an attachment: those in use, and of a container that is stopped the fixed ones. */
export function addressesOf(endpoint: Endpoint): Pick<ReadBack, 'ipv4' | 'ipv6'> {
  const ipv4 = endpoint.ipv4 || endpoint.pinned4;
  const ipv6 = endpoint.ipv6 || endpoint.pinned6;
  return { ...(ipv4 ? { ipv4 } : {}), ...(ipv6 ? { ipv6 } : {}) };
}
