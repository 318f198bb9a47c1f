import type { EngineRequest, Endpoint, EndpointRequest, Network, Problem } from '../../model';
import { isDefaultBridge, subnetsOf, suggestAddresses } from '../addresses/suggest';
import { overlaps } from '../basics/cidr';
import type { Inventory } from '../inventory/inventory';
import { problem } from '../../texts/messages';
import { keptAddresses } from './kept-addresses';
import { keptMac } from './kept-mac';
import {
  connectNotices,
  leaveNotices,
  renumberNotices,
  routeNotices,
  stopNotices,
  swapNotices,
} from './notices';
import { parentFindings } from './parent';
import { refuse, type Plan } from './result';
import { clear, connect, disconnect, stopped } from './steps';
import { endpointOn, entryOf, findNetwork, findSubject, type Subject } from './subject';
import {
  checkPins,
  fullProblem,
  targetProblem,
  tidyAddresses,
  type Addresses,
  connectedProblem,
} from './target';

type Move = Extract<EngineRequest, { kind: 'move' }>;
/** Driver options of an endpoint that any driver takes (interface name, sysctls); others belong to one network. */
const portable = 'com.docker.network.endpoint.';
const interfaceName = `${portable}ifname`;

/** What the container keeps of its old endpoint: everything that is its own and not the network's. */
function carried(old: Endpoint, to: Network, addresses: Addresses, mac: string | undefined): EndpointRequest {
  const options = Object.entries(old.driverOptions).filter(([key]) => key.startsWith(portable));
  // On its default network the engine refuses aliases.
  const aliases = isDefaultBridge(to) ? [] : old.aliases;
  return {
    ...addresses,
    // ipvlan has the MAC of the host's NIC.
    ...(mac && to.kind !== 'ipvlan' ? { mac } : {}),
    ...(old.links && !isDefaultBridge(to) ? { links: [...old.links] } : {}),
    ...(old.gatewayPriority ? { gatewayPriority: old.gatewayPriority } : {}),
    ...(aliases.length > 0 ? { aliases: [...aliases] } : {}),
    ...(options.length > 0 ? { driverOptions: Object.fromEntries(options) } : {}),
  };
}

/**
 * Whether the old network must go before the new one comes. Otherwise the new one comes first: the container is never
 * without network, and a connect that fails has cost nothing, not even a pin.
 */
function leavesFirst(from: Network, to: Network, endpoint: EndpointRequest): boolean {
  // `none` bears no network beside it; two interfaces in one subnet answer for each other; a name can be had once.
  const sameSubnet = subnetsOf(from).some((mine) => subnetsOf(to).some((theirs) => overlaps(mine, theirs)));
  return from.kind === 'null' || sameSubnet || endpoint.driverOptions?.[interfaceName] !== undefined;
}

function moveProblem(subject: Subject, from: Network, to: Network): Problem | null {
  const { container, engine } = subject;
  const named = (network: Network) => ({ container: container.name, network: network.name });
  const place = (field: string) => ({ engineId: engine.id, field });
  if (from.id === to.id) {
    return problem('nothing_to_do', { ...named(to), context: 'same_network' }, place('toNetworkId'));
  }
  if (!endpointOn(subject, from)) return problem('not_connected', named(from), place('fromNetworkId'));
  return connectedProblem(subject, to, 'toNetworkId') ?? targetProblem(to, subject, 'toNetworkId');
}

function move(request: Move, subject: Subject, from: Network, to: Network, old: Endpoint): Plan {
  const { container } = subject;
  const kept = keptMac(subject, old, from, { to });
  const addresses = keptAddresses(subject, old, from);
  const endpoint = carried(old, to, tidyAddresses(request), kept.mac);
  const pins = checkPins(endpoint, to, subject, container);
  const full = endpoint.ipv4 ? null : fullProblem(to, subject);
  const parent = parentFindings(to, subject);
  const problems = [...parent.problems, ...pins.problems, ...(full ? [full] : [])];
  const first = leavesFirst(from, to, endpoint);
  const leave = disconnect(container, from, { mac: kept.mac, ...addresses.untold });
  const enter = connect(container, to, endpoint);
  const left = !subject.live && entryOf(subject, to) ? [clear(container, to)] : [];
  const steps = [...stopped(subject), ...left, ...(first ? [leave, enter] : [enter, leave])];
  return {
    steps: problems.length > 0 ? [] : steps,
    notices: [
      ...stopNotices(subject),
      ...parent.notices,
      ...(first ? swapNotices(subject, from) : leaveNotices(subject, from, to)),
      ...pins.notices,
      ...routeNotices(subject, old, { network: to, endpoint }),
      ...addresses.notices,
      ...kept.notices,
      ...connectNotices(subject, to, endpoint),
      ...renumberNotices(subject, container.endpoints.length - (first ? 1 : 0)),
    ],
    problems,
  };
}

/** Takes a container from one network to another of the same engine. */
export function planMove(request: Move, inventory: Inventory): Plan {
  const subject = findSubject(request, inventory);
  if (!subject.ok) return refuse(subject.error);
  const from = findNetwork(request.fromNetworkId, subject.value, 'fromNetworkId');
  if (!from.ok) return refuse(from.error);
  const to = findNetwork(request.toNetworkId, subject.value, 'toNetworkId');
  if (!to.ok) return refuse(to.error);
  const wrong = moveProblem(subject.value, from.value, to.value);
  const old = endpointOn(subject.value, from.value);
  if (wrong || !old) return refuse(...(wrong ? [wrong] : []));
  return {
    ...move(request, subject.value, from.value, to.value, old),
    ...suggestAddresses(to.value, inventory, subject.value.container),
  };
}
