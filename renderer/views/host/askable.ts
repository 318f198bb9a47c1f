import type { Network, Snapshot } from '../../../shared/model';
import { isPseudoNetwork, sortNatural } from '../../../shared/rules';
import type { NetworkRef } from '../../store/ui';

export const keyOf = ({ engineId, networkId }: NetworkRef): string => `${engineId}/${networkId}`;
export const refOf = ({ engineId, id }: Network): NetworkRef => ({ engineId, networkId: id });

/** Networks that somebody can be asked on: all but host, none, and config-only ones. */
export function askable(snapshot: Snapshot): Network[] {
  return snapshot.networks
    .filter((each) => !each.configOnly && !each.ingress && !isPseudoNetwork(each))
    .sort((a, b) => sortNatural(a.name, b.name) || sortNatural(a.engineId, b.engineId));
}
