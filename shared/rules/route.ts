import type { Capabilities, Container, Endpoint, Network, Notice } from '../model';
import { networkOf } from './inventory';
import { notice } from './messages';
import { dictionaryOrder } from './names';

type RouteCapabilities = Pick<Capabilities, 'gatewayPriority'>;
interface Candidate {
  endpoint: Endpoint;
  network: Network;
}

/** Kinds that can give a container its default route. Overlay cannot: swarm adds a bridge of its own for that. */
const routing: readonly Network['kind'][] = ['bridge', 'macvlan', 'ipvlan', 'other'];

/** Endpoints whose network takes part in the choice, the engine's favourite first. */
function candidates(endpoints: readonly Endpoint[], networks: Network[], capabilities: RouteCapabilities) {
  const priority = (endpoint: Endpoint) =>
    capabilities.gatewayPriority ? (endpoint.gatewayPriority ?? 0) : 0;
  return endpoints
    .flatMap((endpoint): Candidate[] => {
      const network = networkOf(endpoint, networks);
      return network && !network.internal && routing.includes(network.kind) ? [{ endpoint, network }] : [];
    })
    .sort(
      (a, b) =>
        priority(b.endpoint) - priority(a.endpoint) || dictionaryOrder(a.network.name, b.network.name),
    );
}

/** Whether a network has a gateway of its own making or the admin's. */
function hasGateway({ endpoint, network }: Candidate, capabilities: RouteCapabilities): boolean {
  // Bridges always have one; ipvlan l3 routes through the device, without one.
  if (network.kind === 'bridge' || network.mode === 'l3' || network.mode === 'l3s') return true;
  if (endpoint.gateway || network.subnets.some((subnet) => subnet.gateway)) return true;
  // Before v28 the engine takes the first address for a gateway when none was given.
  return !capabilities.gatewayPriority && network.subnets.length > 0;
}

interface Choice {
  /** Gives the default route. */
  network: Network | null;
  /** Came first without having a gateway, and so took the default route away. */
  spoiler: Network | null;
}

function choose(
  endpoints: readonly Endpoint[],
  networks: Network[],
  capabilities: RouteCapabilities,
): Choice {
  const sorted = candidates(endpoints, networks, capabilities);
  const first = sorted.find(({ network }) => network.kind !== 'other');
  // v28 and later: a macvlan without gateway that comes first removes the default route (seen on 29).
  if (first && capabilities.gatewayPriority && !hasGateway(first, capabilities)) {
    return { network: null, spoiler: first.network };
  }
  const winner = sorted.find((candidate) => hasGateway(candidate, capabilities));
  return { network: winner?.network ?? null, spoiler: null };
}

/**
 * The network that gives a container its default route: highest gateway priority first where the engine has it, then
 * the first name in dictionary order. `networks` are those of the container's engine. Without `capabilities` the
 * engine counts as v28 or later when it tells gateway priorities.
 */
export function defaultRouteNetwork(
  container: Pick<Container, 'endpoints'>,
  networks: Network[],
  capabilities: RouteCapabilities = {
    gatewayPriority: container.endpoints.some((endpoint) => endpoint.gatewayPriority !== undefined),
  },
): Network | null {
  return choose(container.endpoints, networks, capabilities).network;
}

/** Says whether the default route moves, goes or comes when a container's endpoints change; null when it stays. */
export function routeMove(
  before: readonly Endpoint[],
  after: readonly Endpoint[],
  networks: Network[],
  capabilities: RouteCapabilities,
): Notice | null {
  const old = choose(before, networks, capabilities).network;
  const { network, spoiler } = choose(after, networks, capabilities);
  if (old?.id === network?.id) return null;
  if (network) {
    return old
      ? notice('route_moves', { from: old.name, to: network.name })
      : notice('route_moves', { context: 'gained', to: network.name });
  }
  if (!old) return null;
  return spoiler
    ? notice('route_lost', { context: 'gatewayless', from: old.name, network: spoiler.name })
    : notice('route_lost', { from: old.name });
}
