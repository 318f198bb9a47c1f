import type { EngineRequest, EndpointRequest, Network, Notice, Problem, Step } from '../../model';
import { suggestAddresses } from '../addresses/suggest';
import { isUnicastMac } from '../basics/mac';
import type { Inventory } from '../inventory/inventory';
import { notice, problem } from '../../texts/messages';
import { connectNotices, renumberNotices, routeNotices, stopNotices } from './notices';
import { ableOf } from './able';
import { parentFindings } from './parent';
import { refuse, type Plan } from './result';
import { clear, connect, disconnect, stopped } from './steps';
import { entryOf, findNetwork, findSubject, noneNetwork, type Subject } from './subject';
import { checkPins, connectedProblem, fullProblem, targetProblem, tidyAddresses } from './target';

type Attach = Extract<EngineRequest, { kind: 'attach' }>;

function macProblem({ mac }: Attach, network: Network, engineId: string): Problem | null {
  if (!mac) return null;
  const place = { engineId, field: 'mac' };
  if (!isUnicastMac(mac)) return problem('mac_invalid', { mac }, place);
  return network.kind === 'ipvlan' ? problem('mac_invalid', { context: 'ipvlan', mac }, place) : null;
}

function leaveNone({ container }: Subject, none: Network): Notice {
  const params = { container: container.name, network: none.name };
  return notice('interruption', { ...params, context: 'leaves_none' });
}

function attach(request: Attach, subject: Subject, network: Network): Plan {
  const { container, engine } = subject;
  const able = ableOf(request, engine);
  const endpoint: EndpointRequest = { ...tidyAddresses(request), ...able.endpoint };
  // An entry here is the phantom of an earlier try, which may hold the very address, or that of a network that is gone.
  const left = entryOf(subject, network);
  const pins = checkPins(endpoint, network, subject, left && container);
  const parent = parentFindings(network, subject);
  const mac = macProblem(request, network, engine.id);
  const full = endpoint.ipv4 ? null : fullProblem(network, subject);
  const problems = [...parent.problems, ...pins.problems, ...[mac, full].filter((one) => one !== null)];
  const none = noneNetwork(subject);
  const steps: Step[] = [
    ...stopped(subject),
    // Engines keep the older entry of a stopped container, and with it the older pin.
    ...(!subject.live && left ? [clear(container, network)] : []),
    ...(none ? [disconnect(container, none)] : []),
    connect(container, network, endpoint),
  ];
  return {
    steps: problems.length > 0 ? [] : steps,
    notices: [
      ...stopNotices(subject),
      ...parent.notices,
      ...(none ? [leaveNone(subject, none)] : []),
      ...able.notices,
      ...pins.notices,
      ...routeNotices(subject, undefined, { network, endpoint }),
      ...connectNotices(subject, network, endpoint),
      ...renumberNotices(subject, container.endpoints.length - (none ? 1 : 0)),
    ],
    problems,
  };
}

/** Puts a container on one more network. */
export function planAttach(request: Attach, inventory: Inventory): Plan {
  const subject = findSubject(request, inventory);
  if (!subject.ok) return refuse(subject.error);
  const network = findNetwork(request.networkId, subject.value);
  if (!network.ok) return refuse(network.error);
  const wrong =
    connectedProblem(subject.value, network.value, 'networkId') ??
    targetProblem(network.value, subject.value);
  if (wrong) return refuse(wrong);
  return {
    ...attach(request, subject.value, network.value),
    ...suggestAddresses(network.value, inventory),
  };
}
