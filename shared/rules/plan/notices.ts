import type { Endpoint, EndpointRequest, Network, Notice } from '../../model';
import { subnetsInUse } from '../addresses/suggest';
import { sinceV28 } from '../engines/engines';
import { sortNatural } from '../basics/names';
import { liveSharers } from '../membership/sharers';
import { fixedAddresses } from '../membership/fixed-addresses';
import { membersOf } from '../membership/on-network';
import { isLeftover, isLive } from '../membership/leftover';
import { notice } from '../../texts/messages';
import { routeMoves, routeRulesOf } from '../membership/route';
import { lanNotices } from '../networks/spec-notices';
import type { Subject } from './subject';
import { isLanDriver } from '../lans/parent';

/**
 * How long a container is off a network between a disconnect and the connect that follows: two calls that engines
 * answer well within a second each, and neighbours that must learn a new MAC. Seconds, rounded up.
 */
const swapSeconds = 2;

function addressNotices(subject: Subject, network: Network, endpoint: EndpointRequest): Notice[] {
  const params = { container: subject.container.name, network: network.name };
  const made: Notice[] = [];
  if (!subject.live) made.push(notice('container_stopped', { container: subject.container.name }));
  const automatic = (['ipv4', 'ipv6'] as const).filter(
    (family) => !endpoint[family] && subnetsInUse(network, family === 'ipv4' ? 4 : 6).length > 0,
  );
  // Which family need be said only where the other one is fixed.
  const [context] = endpoint.ipv4 || endpoint.ipv6 ? automatic : [];
  if (automatic.length > 0) {
    made.push(notice('address_automatic', context ? { ...params, context } : params));
  }
  // Elsewhere the MAC never leaves the host.
  if (network.kind === 'macvlan' && sinceV28(subject.engine) && !endpoint.mac) {
    made.push(notice('mac_random', params));
  }
  return made;
}

/** Podman does not tell what is fixed for stopped containers, so nobody sees that their addresses are given away. */
function othersNotices({ container, engine, inventory }: Subject, network: Network): Notice[] {
  if (engine.product !== 'podman') return [];
  const names = membersOf(network, inventory)
    .filter(({ container: other }) => other.id !== container.id && !isLive(other))
    .filter(
      ({ container: other, endpoint }) =>
        fixedAddresses(other, endpoint, network, engine, inventory.addresses).kind === 'untold',
    )
    .map(({ container: other }) => other.name);
  if (names.length === 0) return [];
  const params = { network: network.name, container: names.sort(sortNatural).join(', ') };
  return [notice('fixed_address_unknown', { ...params, context: 'others' })];
}

/** What being on a network brings with it. */
export function connectNotices(subject: Subject, network: Network, endpoint: EndpointRequest): Notice[] {
  const { container, engine } = subject;
  const made = [...addressNotices(subject, network, endpoint), ...othersNotices(subject, network)];
  if (!isLanDriver(network.kind)) return made;
  if (container.ports.length > 0) {
    const ports = container.ports.join(', ');
    made.push(notice('ports_unused', { container: container.name, network: network.name, ports }));
  }
  return [...made, ...lanNotices(engine, network.name)];
}

/** Before v28 a live connect takes the next free interface name, and a restart numbers all of them anew. */
export function renumberNotices({ container, engine, live }: Subject, remaining: number): Notice[] {
  if (!live || remaining === 0 || engine.capabilities.interfaceName) return [];
  return [notice('interfaces_renumber', { container: container.name })];
}

/** The endpoint as the engine will show it, as far as the default route depends on it. */
function planned(network: Network, request: EndpointRequest): Endpoint {
  return {
    networkId: network.id,
    networkName: network.name,
    endpointId: '',
    ipv4: '',
    prefix: 0,
    ipv6: '',
    prefix6: 0,
    gateway: '',
    mac: '',
    aliases: [],
    driverOptions: {},
    ...(request.gatewayPriority === undefined ? {} : { gatewayPriority: request.gatewayPriority }),
  };
}

/** What becomes of the default route when `gone` is disconnected and `come` connected. */
export function routeNotices(
  subject: Subject,
  gone: Endpoint | undefined,
  come?: { network: Network; endpoint: EndpointRequest },
): Notice[] {
  const before = subject.container.endpoints.filter((endpoint) => !isLeftover(subject.container, endpoint));
  const stay = before.filter((endpoint) => endpoint !== gone);
  const after = come ? [...stay, planned(come.network, come.endpoint)] : stay;
  return routeMoves(before, after, subject.networks, routeRulesOf(subject.engine));
}

/** A live container is off a network for a moment. */
export function swapNotices({ container, live }: Subject, network: Network): Notice[] {
  const params = { container: container.name, network: network.name, seconds: swapSeconds };
  return live ? [notice('interruption', params)] : [];
}

/** A live container leaves a network for good, `to` another one if that is connected before. */
export function leaveNotices({ container, live }: Subject, network: Network, to?: Network): Notice[] {
  if (!live) return [];
  const params = { container: container.name, network: network.name };
  return [
    to
      ? notice('interruption', { ...params, context: 'moves', to: to.name })
      : notice('interruption', { ...params, context: 'ends' }),
  ];
}

/** A stop takes the network from all that share it, and the next start gives them none back (docs/engine-facts.md §3). */
function sharerNotices({ container, inventory }: Subject): Notice[] {
  const sharers = liveSharers(container, inventory.containers).map(({ name }) => name);
  if (sharers.length === 0) return [];
  const names = sharers.sort(sortNatural).join(', ');
  return [notice('interruption', { context: 'sharers', container: container.name, name: names })];
}

/** The container is stopped first, as was asked for. */
export function stopNotices(subject: Subject): Notice[] {
  const { container, stops } = subject;
  if (!stops) return [];
  return [notice('interruption', { container: container.name, context: 'stops' }), ...sharerNotices(subject)];
}

/** What failed connects left on other networks keeps a container from starting as long as their interfaces are not to be had. */
export function otherLeftNotices({ container }: Subject, cleared: Pick<Network, 'name'>): Notice[] {
  const others = container.endpoints
    .filter((one) => isLeftover(container, one) && one.networkName !== cleared.name)
    .map((one) => one.networkName);
  if (others.length === 0) return [];
  const network = others.sort(sortNatural).join(', ');
  return [notice('interruption', { context: 'other_left', container: container.name, network })];
}

/** A container is stopped and started again so that what a failed connect left can be cleared. */
export function clearNotices(subject: Subject, network: Pick<Network, 'name'>): Notice[] {
  const { container, stops } = subject;
  const params = { container: container.name, network: network.name };
  return stops ? [] : [notice('interruption', { ...params, context: 'restarts' }), ...sharerNotices(subject)];
}
