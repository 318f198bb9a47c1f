import type {
  Container,
  EngineRequest,
  Guard,
  GuardDifference,
  GuardedAttachment,
  Network,
  Problem,
} from '../../model';
import { addressText } from '../basics/address-text';
import { plainAddress } from '../basics/cidr';
import { hostName } from '../engines/engines';
import type { Inventory } from '../inventory/inventory';
import { fixedAddresses } from '../membership/fixed-addresses';
import { claimantsOf, runningBefore } from '../membership/identity';
import { isLeftover, isLive } from '../membership/leftover';
import { recordedEndpoint } from '../membership/on-network';
import { problem } from '../../texts/messages';
import { guardProblem } from './problem';

type Restore = Extract<EngineRequest, { kind: 'restore' }>;

/** What is to be done for a guard, as things are. */
export type GuardJudgement = { differences: GuardDifference[] } & (
  | { state: 'kept'; container: Container }
  | { state: 'restoring'; container: Container; request: Restore }
  | { state: 'asked'; container: Container; request: Restore | null }
  | { state: 'failed' | 'barred'; container: Container; problem: Problem }
  | { state: 'away' | 'waiting' }
  | { state: 'untold'; container: Container }
  | { state: 'doubled'; containers: readonly Container[] }
);

const same = (kept: string | undefined, fixed: string | undefined): boolean =>
  (kept ? plainAddress(kept) : '') === (fixed ? plainAddress(fixed) : '');

/** Modes in which a container was made to have no network of its own. */
const withoutNetwork: ReadonlySet<string> = new Set(['none', 'host', 'container']);

interface Seen {
  guard: Guard;
  container: Container;
  networks: readonly Network[];
  inventory: Inventory;
}

const networkNamed = ({ networks }: Seen, name: string): Network | undefined =>
  networks.find((one) => one.name === name);

/** How one attachment differs from what is kept; null where it does not. */
function differenceOf(seen: Seen, kept: GuardedAttachment): GuardDifference | null {
  const { container, inventory } = seen;
  const { networkName } = kept;
  const told = { networkName, kept: addressText(kept), actual: '' };
  const network = networkNamed(seen, networkName);
  if (!network) return { ...told, what: 'no-network' };
  const endpoint = recordedEndpoint(container, network);
  if (!endpoint || isLeftover(container, endpoint)) return { ...told, what: 'missing' };
  const engine = inventory.engines.find((one) => one.id === container.engineId);
  const pins = fixedAddresses(container, endpoint, network, engine, inventory.addresses);
  if (same(kept.ipv4, pins.ipv4) && same(kept.ipv6, pins.ipv6)) return null;
  const actual = addressText(pins) || addressText(endpoint);
  return { ...told, actual, what: pins.ipv4 || pins.ipv6 ? 'other' : 'automatic' };
}

function restoreOf(seen: Seen, differences: readonly GuardDifference[]): Restore {
  const { guard, container } = seen;
  const attachments = guard.attachments
    .filter(({ networkName }) => differences.some((one) => one.networkName === networkName))
    .flatMap(({ networkName, ...endpoint }) => {
      const network = networkNamed(seen, networkName);
      return network ? [{ ...endpoint, networkId: network.id }] : [];
    });
  return { kind: 'restore', engineId: guard.engineId, containerId: container.id, attachments };
}

function noNetwork({ guard, inventory }: Seen, networkName: string): Problem {
  const host = hostName(guard.engineId, inventory.engines);
  return problem('network_not_found', { network: networkName, host }, { engineId: guard.engineId });
}

/**
 * Why a container that has all of it can't start: while it did not run, its engine has given the address to another, which goes on
 * with it (docs/engine-facts.md §2: what is fixed for a container that does not run is not held for it).
 */
function takenMeanwhile({ guard, container, inventory }: Seen): Problem | null {
  if (isLive(container)) return null;
  const wrong = guardProblem(guard, container, inventory);
  return wrong?.code === 'address_in_use' && wrong.params?.['context'] === undefined ? wrong : null;
}

function judgeOne(seen: Seen): GuardJudgement {
  const { guard, container } = seen;
  const differences = guard.attachments.flatMap((one) => differenceOf(seen, one) ?? []);
  if (differences.length === 0) {
    const taken = takenMeanwhile(seen);
    if (taken) return { state: 'barred', container, differences, problem: taken };
    return { state: 'kept', container, differences };
  }
  const gone = differences.find(({ what }) => what === 'no-network');
  if (gone) return { state: 'failed', container, differences, problem: noNetwork(seen, gone.networkName) };
  const request = restoreOf(seen, differences);
  // The very container that had it: another hand has changed it since. One that was made with another address of its own was
  // meant to have that, and so was one without a network of its own.
  const meant =
    container.id === guard.containerId ||
    withoutNetwork.has(container.networkMode.kind) ||
    differences.some(({ what }) => what === 'other');
  return { state: meant ? 'asked' : 'restoring', container, differences, request };
}

/**
 * How a guard stands, and what is to be done for it. Pure. Of an engine that does not answer nothing is known; one that does not
 * tell what is fixed for a stopped container (Podman) is asked once that runs.
 */
export function judgeGuard(guard: Guard, inventory: Inventory): GuardJudgement {
  const engine = inventory.engines.find((one) => one.id === guard.engineId);
  if (engine?.state !== 'online') return { state: 'waiting', differences: [] };
  const [container, ...others] = claimantsOf(guard, inventory.containers);
  if (!container) return { state: 'away', differences: [] };
  if (others.length > 0) return { state: 'doubled', containers: [container, ...others], differences: [] };
  // Listed, and not read yet, which takes a moment.
  if (!container.detail) return { state: 'waiting', differences: [] };
  if (engine.product === 'podman' && !isLive(container))
    return { state: 'untold', container, differences: [] };
  const networks = inventory.networks.filter((one) => one.engineId === guard.engineId);
  const judged = judgeOne({ guard, container, networks, inventory });
  // The new one is given its addresses in time. For all else the guard is about the one that runs, which may go on to.
  const before = runningBefore(container, inventory.containers);
  if (!before?.detail || judged.state === 'restoring') return judged;
  return judgeOne({ guard, container: before, networks, inventory });
}
