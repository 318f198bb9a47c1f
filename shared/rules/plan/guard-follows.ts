import type { EngineRequest, Guard, GuardedAttachment, Network, Notice } from '../../model';
import { notice } from '../../texts/messages';
import { attachmentsToKeep } from '../guard/capture';
import { containerKey, type Inventory } from '../inventory/inventory';
import { claimantsOf } from '../membership/identity';
import type { Plan } from './result';

type OnContainer = Extract<EngineRequest, { kind: 'attach' | 'detach' | 'move' | 'readdress' }>;

const isOnContainer = (request: EngineRequest): request is OnContainer =>
  ['attach', 'detach', 'move', 'readdress'].includes(request.kind);

/** The guard that goes by this very container: what an admin does with that it follows. */
function guardOf(request: OnContainer, { guards = [], containers }: Inventory): Guard | undefined {
  return guards.find(
    (guard) =>
      guard.engineId === request.engineId &&
      guard.containerId === request.containerId &&
      claimantsOf(guard, containers).some(({ id }) => id === request.containerId),
  );
}

const networkOf = (id: string, { engineId }: OnContainer, { networks }: Inventory): Network | undefined =>
  networks.find((one) => one.engineId === engineId && (one.id === id || one.name === id));

/** What it takes away of a guarded container, and the addresses that it fixes for it. */
function effectOf(request: OnContainer, inventory: Inventory) {
  const from = request.kind === 'move' ? request.fromNetworkId : request.networkId;
  const to = request.kind === 'move' ? request.toNetworkId : request.networkId;
  const { ipv4, ipv6 } = request.kind === 'detach' ? {} : request;
  return {
    from: request.kind === 'attach' ? undefined : networkOf(from, request, inventory),
    to: request.kind === 'detach' ? undefined : networkOf(to, request, inventory),
    address: [ipv4, ipv6].filter(Boolean).join(', '),
  };
}

const addressOf = ({ ipv4, ipv6 }: GuardedAttachment): string => [ipv4, ipv6].filter(Boolean).join(', ');

/** What becomes of the guard of a container with a change of it. */
export function guardNotices(request: EngineRequest, inventory: Inventory): Notice[] {
  const guard = isOnContainer(request) ? guardOf(request, inventory) : undefined;
  if (!guard || !isOnContainer(request)) return [];
  const key = containerKey(request.engineId, request.containerId);
  const container = inventory.containers.find((one) => containerKey(one.engineId, one.id) === key);
  if (!container) return [];
  const { from, to, address } = effectOf(request, inventory);
  const name = container.name;
  if (to && to.scope !== 'swarm' && address)
    return [notice('guard_follows', { container: name, address, network: to.name })];
  // Both families left out give up the pins: what an engine hands out is not kept.
  const lost = from && guard.attachments.find(({ networkName }) => networkName === from.name);
  if (!lost) return [];
  const params = { container: name, address: addressOf(lost), network: from.name };
  const rest = attachmentsToKeep(container, inventory, false).filter(
    ({ networkName }) => networkName !== from.name,
  );
  return [notice('guard_follows', { ...params, context: rest.length > 0 ? 'dropped' : 'asks' })];
}

/** The plan, which tells besides what becomes of the container's guard. */
export const withGuard = (plan: Plan, request: EngineRequest, inventory: Inventory): Plan => {
  const told = plan.problems.length > 0 ? [] : guardNotices(request, inventory);
  return told.length === 0 ? plan : { ...plan, notices: [...plan.notices, ...told] };
};
