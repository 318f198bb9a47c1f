import type { Step, UndoException } from '../../../shared/model';
import { makesNetwork, OTHER_NETWORK, shortId } from '../../../shared/rules';
import type { Run } from '../storage/journal';
import type { RecreatedNetworks } from './recreated-networks';

interface Job {
  engineId: string;
  steps: readonly Step[];
}

/**
 * Attachments that came back onto a network which has but the name of the one that they were on: another hand has made it,
 * however equal it is.
 *
 * @param inverse what was to be taken back
 * @param run the same on the networks of the day on which that was done
 */
export const namesakes = (
  inverse: readonly Job[],
  { hosts }: Pick<Run, 'hosts'>,
  recreated: RecreatedNetworks,
): UndoException[] =>
  inverse.flatMap(({ engineId, steps }) => {
    const made = new Set(steps.filter(makesNetwork).map((step) => step.networkName));
    const sent = hosts.find((host) => host.engineId === engineId)?.steps ?? [];
    return steps.flatMap((step, index): UndoException[] => {
      const now = sent[index];
      if (step.op !== 'connect' || now?.op !== 'connect' || made.has(step.networkName)) return [];
      const { networkId: to } = now;
      if (to === step.networkId || recreated.find(engineId, step.networkId, [{ id: to }])) return [];
      const [before, after] = [shortId(step.networkId), shortId(to)];
      return [
        { network: step.networkName, container: step.containerName, field: OTHER_NETWORK, before, after },
      ];
    });
  });
