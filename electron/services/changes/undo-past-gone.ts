import type { ChangeRecord, Network, Step, UndoException } from '../../../shared/model';
import { makesNetwork, NETWORK_GONE } from '../../../shared/rules';
import type { EngineClient } from '../../docker';
import type { HostJob } from './run-hosts';

interface OnNetwork {
  engineId: string;
  networkName: string;
}

/** What is left of steps back. */
export interface PastGone {
  jobs: HostJob[];
  /** Networks that another hand has removed, and past which they go. */
  gone: OnNetwork[];
}

type OffNetwork = Extract<Step, { op: 'disconnect' | 'remove-network' }>;

export const isAmong = (gone: readonly OnNetwork[], engineId: string, networkName: string): boolean =>
  gone.some((each) => each.engineId === engineId && each.networkName === networkName);

/** A stopped container keeps an entry of a network that is gone, which is taken off it by the name. */
async function isOn(client: EngineClient, step: OffNetwork): Promise<boolean> {
  if (step.op === 'remove-network') return false;
  const read = await client.container(step.containerId).catch(() => null);
  return read === null || read.endpoints.some(({ networkName }) => networkName === step.networkName);
}

/**
 * Steps back without those that would take something off a network, or remove one, that is not there any more: nothing of
 * that is left to take back. Not where another has its name by now, nor where nothing at all would be left.
 */
export async function pastGone(
  jobs: readonly HostJob[],
  networks: (engineId: string) => Promise<readonly Network[]>,
  client: (engineId: string) => EngineClient,
): Promise<PastGone> {
  const gone: OnNetwork[] = [];
  const rest = jobs.map(async (job) => {
    const { engineId, steps } = job;
    const off = steps.filter((step) => step.op === 'disconnect' || step.op === 'remove-network');
    const here = off.length > 0 ? await networks(engineId) : [];
    const left = new Set<Step>();
    for (const step of off) {
      const { networkId, networkName } = step;
      if (here.some(({ id, name }) => id === networkId || name === networkName)) continue;
      if (!isAmong(gone, engineId, networkName)) gone.push({ engineId, networkName });
      if (!(await isOn(client(engineId), step))) left.add(step);
    }
    return { ...job, steps: steps.filter((step) => !left.has(step)) };
  });
  const past = await Promise.all(rest);
  const any = past.some(({ steps }) => steps.some(({ op }) => op !== 'stop' && op !== 'start'));
  return any ? { jobs: past, gone } : { jobs: [...jobs], gone: [] };
}

/** What is to be said of those that were there before the change. */
export const goneExceptions = (gone: readonly OnNetwork[], { hosts }: ChangeRecord): UndoException[] =>
  gone
    .filter(({ engineId, networkName }) =>
      hosts
        .filter((host) => host.engineId === engineId)
        .every(({ steps }) => !steps.some((step) => makesNetwork(step) && step.networkName === networkName)),
    )
    .map(({ networkName: network }) => ({ network, field: NETWORK_GONE, before: '', after: '' }));
