import { assertNever, type EngineRequest, type Problem } from '../../model';
import type { Inventory } from '../inventory/inventory';
import { planAttach } from './attach';
import { planDetach } from './detach';
import { withDuplicates } from './duplicates';
import { withGuard } from './guard-follows';
import { planMove } from './move';
import { planCreateNetwork, planRemoveNetwork } from './network';
import { planReaddress } from './readdress';
import { planRestore, planRestoreSeveral } from './restore';
import type { Plan } from './result';

/**
 * Turns what an admin asks for into the calls that an engine must get, in order, after checking it against everything
 * that is known of all engines. Pure: the same request and inventory give the same plan. A plan with problems has no
 * steps. `suggestedIpv4` and `suggestedIpv6` are given for attach, move and readdress, whatever was asked for.
 */
export function planChange(request: EngineRequest, inventory: Inventory): Plan {
  const plan = withDuplicates(planOf(request, inventory), request, inventory);
  return withGuard(plan, request, inventory);
}

function planOf(request: EngineRequest, inventory: Inventory): Plan {
  switch (request.kind) {
    case 'attach':
      return planAttach(request, inventory);
    case 'detach':
      return planDetach(request, inventory);
    case 'move':
      return planMove(request, inventory);
    case 'readdress':
      return planReaddress(request, inventory);
    case 'restore':
      return planRestore(request, inventory);
    case 'restore-several':
      return planRestoreSeveral(request, inventory);
    case 'create-network':
      return planCreateNetwork(request, inventory);
    case 'remove-network':
      return planRemoveNetwork(request, inventory);
    default:
      return assertNever(request);
  }
}

/**
 * What stands in the way of a change before its dialog is open. That a container restarts again and again does not: there
 * it is told, and the container can be stopped first by the same change.
 */
export function obstacleTo(request: EngineRequest, inventory: Inventory): Problem | null {
  const [first] = planChange(request, inventory).problems;
  if (first?.code !== 'container_restarting' || !('containerId' in request)) return first ?? null;
  return planChange({ ...request, stopFirst: true }, inventory).problems[0] ?? null;
}
