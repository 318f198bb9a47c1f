import { useCallback, useMemo } from 'react';
import type { Network, Problem } from '../../shared/model';
import { isDefaultBridge, offlineProblem } from '../../shared/rules';
import { problem } from '../../shared/texts';
import { useInventory } from './context';
import { useSentences } from '../i18n';

/** Why no address can be chosen on a network, whatever it is: a dialog for it could only refuse. */
export const addressProblem = (network: Network | undefined): Problem | null =>
  network && isDefaultBridge(network)
    ? problem(
        'pin_needs_user_network',
        { context: 'readdress', network: network.name },
        { engineId: network.engineId },
      )
    : null;

/** Why a gesture would lead to a dialog that can only fail, in words; undefined where it may be made. */
export interface Obstacles {
  /** To any change on a host. */
  host: (engineId: string) => string | undefined;
  /** To another address on a network. */
  address: (engineId: string, networkId: string) => string | undefined;
}

/** The same for every button, key and menu. */
export function useObstacles(): Obstacles {
  const snapshot = useInventory((state) => state.snapshot);
  const sentences = useSentences();
  const host = useCallback(
    (engineId: string) => {
      const found = offlineProblem(snapshot.engines.find((each) => each.id === engineId));
      return found ? sentences.whole(found) : undefined;
    },
    [snapshot.engines, sentences],
  );
  const address = useCallback(
    (engineId: string, networkId: string) => {
      const network = snapshot.networks.find((each) => each.engineId === engineId && each.id === networkId);
      const found = addressProblem(network);
      return host(engineId) ?? (found ? sentences.whole(found) : undefined);
    },
    [snapshot.networks, host, sentences],
  );
  return useMemo(() => ({ host, address }), [host, address]);
}
