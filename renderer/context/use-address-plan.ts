import type { AddressPlan } from '../../shared/model';
import type { NetworkRef } from '../store/ui';
import { useInventory } from './context';
import { useAnswer, type Answer } from './use-answer';
import { usePushCount } from './use-push-count';

/** Rapid changes are followed by one question, milliseconds after the last. */
const settle = 300;

/** The plan of a network's subnets over all hosts; read again when the inventory, or what is kept, moves on. */
export function useAddressPlan({ engineId, networkId }: NetworkRef): Answer<AddressPlan> {
  const revision = useInventory((state) => state.snapshot.revision);
  // These change an address plan and no inventory: shims, segments with their reserved ranges, who answers on the LAN.
  const others = usePushCount('policies.changed', 'change.recorded', 'addresses.answered');
  return useAnswer(
    'address.plan',
    { engineId, networkId },
    { round: `${String(revision)} ${String(others)}`, waitAgain: settle },
  );
}
