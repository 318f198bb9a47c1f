import type { Container, Guard, Problem } from '../../model';
import { checkAddress } from '../addresses/check';
import type { Inventory } from '../inventory/inventory';
import { identityKey } from '../membership/identity';

/**
 * Why a container that is made anew could not get back what is to be guarded: its address is somebody else's as well, reserved, or
 * guarded for another. Null where it could.
 */
export function guardProblem(guard: Guard, container: Container, inventory: Inventory): Problem | null {
  const key = identityKey(guard.identity);
  const others: Inventory = {
    ...inventory,
    containers: inventory.containers.filter(
      ({ engineId, id }) => engineId !== container.engineId || id !== container.id,
    ),
    guards: (inventory.guards ?? []).filter(
      ({ engineId, identity }) => engineId !== guard.engineId || identityKey(identity) !== key,
    ),
  };
  const here = inventory.networks.filter(({ engineId }) => engineId === guard.engineId);
  for (const { networkName, ipv4, ipv6 } of guard.attachments) {
    const network = here.find(({ name }) => name === networkName);
    for (const address of [ipv4, ipv6]) {
      const [wrong] = network && address ? checkAddress(address, network, others).problems : [];
      if (wrong) return wrong;
    }
  }
  return null;
}
