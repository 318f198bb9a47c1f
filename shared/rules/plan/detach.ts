import type { EngineRequest, Endpoint, Network, Notice } from '../../model';
import type { Inventory } from '../inventory/inventory';
import { isLeftover } from '../membership/leftover';
import { modeOf } from '../membership/start-mode';
import { notice, problem } from '../../texts/messages';
import { modeProblem } from './gone-mode';
import { keptAddresses } from './kept-addresses';
import { keptMac } from './kept-mac';
import { clearNotices, leaveNotices, otherLeftNotices, routeNotices, stopNotices } from './notices';
import { refuse, type Plan } from './result';
import { clear, connect, disconnect, start, stop, stopped } from './steps';
import { entryOf, findNetwork, findSubject, stopProblem, type Subject } from './subject';

type Detach = Extract<EngineRequest, { kind: 'detach' }>;

/**
 * A stopped container can still be on a network that no longer exists, and then it can't start. The engine takes it
 * off by the network's name; while it runs there is no such entry.
 */
function orphan(request: Detach, { container, live }: Subject): Endpoint | undefined {
  const { networkId } = request;
  const entries = live
    ? container.endpoints.filter((one) => isLeftover(container, one))
    : container.endpoints;
  return entries.find((one) => one.networkId === networkId || one.networkName === networkId);
}

/** A live container does not let go of it, and must stop for that; it is started again where it is not to stay stopped. */
function clearing(subject: Subject, network: Pick<Network, 'id' | 'name'>): Plan {
  const { container, networks, stops } = subject;
  const lost = stopProblem(subject);
  if (lost) return refuse(lost);
  // One that was made without any network left `none` for the attach that failed, and goes back to it.
  const bare = container.networkMode.kind === 'none' && container.endpoints.length === 1;
  const none = bare ? networks.find((one) => one.kind === 'null' && !one.configOnly) : undefined;
  const steps = [
    ...[stop(container), clear(container, network)],
    ...(none ? [connect(container, none, {})] : []),
    ...(stops ? [] : [start(container)]),
  ];
  const notices = [
    ...stopNotices(subject),
    ...clearNotices(subject, network),
    ...otherLeftNotices(subject, network),
  ];
  return { steps, notices, problems: [] };
}

/** What is undone while it runs, would be refused by its engine. */
function finalNotices({ container, engine, networks }: Subject): Notice[] {
  if (!modeProblem(container, engine, networks)) return [];
  const params = { container: container.name, network: modeOf(container), host: engine.name };
  return [notice('detach_final', params)];
}

function detach(subject: Subject, network: Network, entry: Endpoint): Plan {
  const { container } = subject;
  const kept = keptMac(subject, entry, network);
  const addresses = keptAddresses(subject, entry, network);
  const leave = disconnect(container, network, { mac: kept.mac, ...addresses.untold });
  const left = isLeftover(container, entry);
  if (left && (entry.leftover || subject.stops)) return clearing(subject, network);
  // A live container's leftover can't be disconnected; a connect that works makes it a true endpoint first.
  if (left) {
    return { steps: [connect(container, network, {}), leave], notices: [], problems: [] };
  }
  return {
    steps: [...stopped(subject), leave],
    notices: [
      ...stopNotices(subject),
      ...leaveNotices(subject, network),
      ...finalNotices(subject),
      ...routeNotices(subject, entry),
      ...addresses.notices,
      ...kept.notices,
    ],
    problems: [],
  };
}

/** Takes a container off a network. */
export function planDetach(request: Detach, inventory: Inventory): Plan {
  const subject = findSubject(request, inventory);
  if (!subject.ok) return refuse(subject.error);
  const { container, engine } = subject.value;
  const network = findNetwork(request.networkId, subject.value);
  if (!network.ok) {
    const left = orphan(request, subject.value);
    if (!left) return refuse(network.error);
    const gone = { id: left.networkName, name: left.networkName };
    if (isLeftover(container, left)) return clearing(subject.value, gone);
    return {
      steps: [...stopped(subject.value), disconnect(container, gone)],
      notices: stopNotices(subject.value),
      problems: [],
    };
  }
  const place = { engineId: engine.id, field: 'networkId' };
  const entry = entryOf(subject.value, network.value);
  if (!entry) {
    const params = { container: container.name, network: network.value.name };
    return refuse(problem('not_connected', params, place));
  }
  if (network.value.kind === 'null') {
    return refuse(problem('none_mode', { container: container.name }, place));
  }
  return detach(subject.value, network.value, entry);
}
