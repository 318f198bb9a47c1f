import type { ChangeRequest, Endpoint, Network } from '../../model';
import type { Inventory } from '../inventory';
import { problem } from '../messages';
import { keptMac } from './kept-mac';
import { leaveNotices, routeNotices, undoNotices } from './notices';
import { refuse, type Plan } from './result';
import { connect, disconnect } from './steps';
import { entryOf, findNetwork, findSubject, isPhantom, type Subject } from './subject';

type Detach = Extract<ChangeRequest, { kind: 'detach' }>;

/**
 * A stopped container can still be on a network that no longer exists, and then it can't start. The engine takes it
 * off by the network's name; while it runs there is no such entry.
 */
function orphan(request: Detach, { container, live }: Subject): Endpoint | undefined {
  const { networkId } = request;
  if (live) return undefined;
  return container.endpoints.find((one) => one.networkId === networkId || one.networkName === networkId);
}

function detach(subject: Subject, network: Network, entry: Endpoint): Plan {
  const { container } = subject;
  const kept = keptMac(subject, entry, network);
  const leave = disconnect(container, network, kept.mac);
  // A live container's phantom can't be disconnected; a connect that works makes it a true endpoint first.
  if (isPhantom(entry, subject)) {
    return { steps: [connect(container, network, {}), leave], notices: [], problems: [] };
  }
  return {
    steps: [leave],
    notices: [
      ...leaveNotices(subject, network),
      ...routeNotices(subject, entry),
      ...undoNotices(subject, entry, network),
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
    return { steps: [disconnect(container, gone)], notices: [], problems: [] };
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
