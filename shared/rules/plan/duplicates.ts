import type { EngineRequest, Notice } from '../../model';
import { containerKey, type Inventory } from '../inventory/inventory';
import { hostName } from '../engines/engines';
import { duplicatesWith } from '../membership/attention';
import { notice } from '../../texts/messages';
import type { Plan } from './result';

/** What others have, too, of the addresses of the container that is changed. */
function duplicateNotices(request: EngineRequest, inventory: Inventory): Notice[] {
  if (!('containerId' in request)) return [];
  const key = containerKey(request.engineId, request.containerId);
  const container = inventory.containers.find((one) => containerKey(one.engineId, one.id) === key);
  if (!container) return [];
  return duplicatesWith(container, inventory).map(({ address, claims }) =>
    notice('address_twice', {
      address,
      container: container.name,
      others: claims
        .filter(({ container: one }) => containerKey(one.engineId, one.id) !== key)
        .map(({ container: one }) => `${one.name} (${hostName(one.engineId, inventory.engines)})`)
        .join(', '),
    }),
  );
}

/** The plan, which tells besides of an address that the container shares; once, where it is refused for that very one. */
export function withDuplicates(plan: Plan, request: EngineRequest, inventory: Inventory): Plan {
  const refused = plan.problems
    .filter(({ code }) => code === 'address_in_use' || code === 'address_in_use_elsewhere')
    .map(({ params }) => params?.address);
  const told = duplicateNotices(request, inventory).filter(({ params }) => !refused.includes(params.address));
  return told.length === 0 ? plan : { ...plan, notices: [...told, ...plan.notices] };
}
