import type { EngineRequest, Endpoint, EndpointRequest, Network, Problem } from '../../model';
import { plainAddress } from '../basics/cidr';
import { isDefaultBridge, subnetsInUse, suggestAddresses } from '../addresses/suggest';
import type { Inventory } from '../inventory/inventory';
import { pinsOf } from '../membership/pins';
import { problem } from '../../texts/messages';
import { keptAddresses } from './kept-addresses';
import { keptMac } from './kept-mac';
import { connectNotices, renumberNotices, routeNotices, stopNotices, swapNotices } from './notices';
import { parentFindings } from './parent';
import { refuse, type Plan } from './result';
import { connect, disconnect, stopped } from './steps';
import { endpointOn, findNetwork, findSubject, type Subject } from './subject';
import { checkPins, targetProblem, tidyAddresses, type Addresses } from './target';

type Readdress = Extract<EngineRequest, { kind: 'readdress' }>;

/**
 * The pins after the change: a family that is not spoken of keeps its own, one that is blank gives it up; where neither
 * is spoken of both are released.
 */
function pinsAfter({ ipv4, ipv6 }: Addresses, before: Addresses): Addresses {
  if (ipv4 === undefined && ipv6 === undefined) return {};
  return tidyAddresses({ ipv4: ipv4 ?? before.ipv4, ipv6: ipv6 ?? before.ipv6 });
}

/** What is already so. */
function idleProblem(subject: Subject, network: Network, old: Endpoint, pins: Addresses): Problem | null {
  // Where it is not told whether an address is fixed, only doing it makes it so.
  if (pinsOf(subject.container, old, network, subject.engine).kind === 'untold') return null;
  const same = (pin: string | undefined, now: string | undefined) =>
    (pin ?? '') === (now ? plainAddress(now) : '');
  if (!same(pins.ipv4, old.pinned4) || !same(pins.ipv6, old.pinned6)) return null;
  const params = { container: subject.container.name, network: network.name };
  const place = { engineId: subject.engine.id };
  const address = [pins.ipv4, pins.ipv6].filter(Boolean).join(', ');
  return address
    ? problem('nothing_to_do', { ...params, context: 'same_address', address }, place)
    : problem('nothing_to_do', { ...params, context: 'automatic' }, place);
}

/** The old endpoint with other pins. Its present address and MAC are not copied where they were never fixed. */
function renewed(old: Endpoint, network: Network, pins: Addresses, mac: string | undefined): EndpointRequest {
  const aliases = isDefaultBridge(network) ? [] : old.aliases;
  return {
    ...pins,
    ...(mac ? { mac } : {}),
    ...(old.linkLocals ? { linkLocals: [...old.linkLocals] } : {}),
    ...(old.links ? { links: [...old.links] } : {}),
    ...(old.gatewayPriority ? { gatewayPriority: old.gatewayPriority } : {}),
    ...(aliases.length > 0 ? { aliases: [...aliases] } : {}),
    ...(Object.keys(old.driverOptions).length > 0 ? { driverOptions: { ...old.driverOptions } } : {}),
  };
}

/** Whether a family that is not spoken of would keep what is fixed of it, if that were known. */
const keepsOther = ({ ipv4, ipv6 }: Addresses, network: Network): boolean =>
  (ipv4 === undefined) !== (ipv6 === undefined) &&
  subnetsInUse(network, ipv4 === undefined ? 4 : 6).length > 0;

function readdress(request: Readdress, subject: Subject, network: Network, old: Endpoint): Plan {
  const { container } = subject;
  const addresses = keptAddresses(subject, old, network);
  const pins = pinsAfter(request, addresses.pins);
  const idle = idleProblem(subject, network, old, pins);
  if (idle) return refuse(idle);
  const verdict = checkPins(pins, network, subject, container);
  const kept = keptMac(subject, old, network, { renewed: { ipv4: pins.ipv4 ?? '' } });
  const endpoint = renewed(old, network, pins, kept.mac);
  // Engines change no endpoint in place: it must go and come back.
  const parent = parentFindings(network, subject);
  const problems = [...parent.problems, ...verdict.problems];
  const steps = [
    ...stopped(subject),
    disconnect(container, network, { mac: kept.mac, ...addresses.untold }),
    connect(container, network, endpoint),
  ];
  return {
    steps: problems.length > 0 ? [] : steps,
    notices: [
      ...stopNotices(subject),
      ...parent.notices,
      ...swapNotices(subject, network),
      ...verdict.notices,
      ...routeNotices(subject, old, { network, endpoint }),
      ...(keepsOther(request, network) ? addresses.lost : []),
      ...addresses.notices,
      ...kept.notices,
      ...connectNotices(subject, network, endpoint),
      ...renumberNotices(subject, container.endpoints.length - 1),
    ],
    problems,
  };
}

/** Fixes another address for a container on a network where it is, or releases the fixed one. */
export function planReaddress(request: Readdress, inventory: Inventory): Plan {
  const subject = findSubject(request, inventory);
  if (!subject.ok) return refuse(subject.error);
  const network = findNetwork(request.networkId, subject.value);
  if (!network.ok) return refuse(network.error);
  const { engine, container } = subject.value;
  const old = endpointOn(subject.value, network.value);
  if (!old) {
    const params = { container: container.name, network: network.value.name };
    return refuse(problem('not_connected', params, { engineId: engine.id, field: 'networkId' }));
  }
  const closed = targetProblem(network.value, subject.value);
  if (closed) return refuse(closed);
  return {
    ...readdress(request, subject.value, network.value, old),
    ...suggestAddresses(network.value, inventory),
  };
}
