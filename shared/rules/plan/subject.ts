import {
  fail,
  ok,
  type Container,
  type Endpoint,
  type Engine,
  type Network,
  type Problem,
  type Result,
} from '../../model';
import { lacks } from '../engines/capabilities';
import { hostName, offlineProblem } from '../engines/engines';
import { resolveOwner, type Inventory } from '../inventory/inventory';
import { isLeftover, isLive } from '../membership/leftover';
import { entryUnderName, networkOf, recordedEndpoint } from '../membership/on-network';
import { problem } from '../../texts/messages';
import { shortId } from '../basics/names';

/** A container that is to be changed, and what surrounds it. */
export interface Subject {
  readonly engine: Engine;
  readonly container: Container;
  /** Those of its engine. */
  readonly networks: Network[];
  readonly inventory: Inventory;
  /** Its network namespace exists now: a change acts at once, not at the next start. */
  readonly live: boolean;
  /** It runs, or restarts again and again, and is stopped before anything else is done. */
  readonly stops: boolean;
}

const running: readonly Container['state'][] = ['running', 'paused', 'restarting'];

/** The engine of a change. An engine that does not answer can't be changed, nor its state be trusted. */
export function findEngine(engineId: string, inventory: Inventory): Result<Engine> {
  const engine = inventory.engines.find((one) => one.id === engineId);
  if (!engine) return fail(problem('engine_unknown', { host: engineId }, { engineId }));
  const offline = offlineProblem(engine);
  return offline ? fail(offline) : ok(engine);
}

/** Modes of Podman's that leave a container without a network that it manages, as `none` does. */
const unmanaged = /^(slirp4netns|pasta)(:|$)|^ns:/;

/**
 * What some engines can't do with a container as it is, and nobody may try: Podman takes a change of a paused one with
 * “OK”, and then answers neither for it nor for the list of all.
 */
export function incapableProblem(container: Container, engine: Engine): Problem | null {
  const { networkMode: mode, state, name } = container;
  const params = { container: name, host: engine.name };
  const place = { engineId: engine.id };
  const without = mode.kind === 'none' || (mode.kind === 'network' && unmanaged.test(mode.network));
  if (without && lacks(engine, 'leavesNone')) {
    return problem('engine_unsupported', { ...params, context: 'none' }, place);
  }
  if (state !== 'paused' || !lacks(engine, 'changesPaused')) return null;
  return problem('engine_unsupported', { ...params, context: 'paused' }, place);
}

/** Why the engine can change nothing about this container's networks; null when it can. */
function fixedNamespace(subject: Subject): Problem | null {
  const { container, engine, networks, inventory } = subject;
  const place = { engineId: engine.id };
  const mode = container.networkMode;
  const onHost = container.endpoints.some((endpoint) => networkOf(endpoint, networks)?.kind === 'host');
  if (mode.kind === 'host' || onHost) {
    return problem('host_mode', { container: container.name, host: engine.name }, place);
  }
  const incapable = incapableProblem(container, engine);
  if (incapable) return incapable;
  if (mode.kind !== 'container') return null;
  // While it is stopped, engines accept a connect, and on 29 the container can then never start again.
  const owner = resolveOwner(container, inventory.containers);
  if (owner) return problem('shares_namespace', { container: container.name, owner: owner.name }, place);
  const gone = /^[0-9a-f]{64}$/.test(mode.containerId) ? shortId(mode.containerId) : mode.containerId;
  return problem(
    'shares_namespace',
    { context: 'owner_gone', container: container.name, owner: gone },
    place,
  );
}

/** Why a container must not be stopped for a change: it would be lost with all that is in it. */
export function stopProblem({ container, engine }: Pick<Subject, 'container' | 'engine'>): Problem | null {
  const [params, place] = [{ container: container.name }, { engineId: engine.id }];
  // Lists don't tell, and one that can't be inspected stays as it was listed.
  if (!container.detail)
    return problem('removed_by_stop', { ...params, host: engine.name, context: 'unread' }, place);
  return container.detail.autoRemove ? problem('removed_by_stop', params, place) : null;
}

/** Finds the container of a change, by id or name as engines do, and refuses one without a network of its own. */
export function findSubject(
  request: { engineId: string; containerId: string; stopFirst?: boolean | undefined },
  inventory: Inventory,
): Result<Subject> {
  const { engineId, containerId } = request;
  const engine = findEngine(engineId, inventory);
  if (!engine.ok) return engine;
  const here = inventory.containers.filter((one) => one.engineId === engineId);
  const container =
    here.find((one) => one.id === containerId) ?? here.find((one) => one.name === containerId);
  if (!container) {
    const params = { container: shortId(containerId), host: engine.value.name };
    return fail(problem('container_not_found', params, { engineId, field: 'containerId' }));
  }
  const networks = inventory.networks.filter((one) => one.engineId === engineId);
  const stopFirst = request.stopFirst === true;
  const subject = {
    ...{ engine: engine.value, container, networks, inventory },
    live: isLive(container) && !stopFirst,
    stops: stopFirst && running.includes(container.state),
  };
  const fixed = fixedNamespace(subject);
  if (fixed) return fail(fixed);
  const lost = subject.stops ? stopProblem(subject) : null;
  if (lost) return fail(lost);
  // Between two starts engines take a connect and forget it, or fail and keep the half of it (docs/engine-facts.md §2).
  if (container.state !== 'restarting' || stopFirst) return ok(subject);
  return fail(problem('container_restarting', { container: container.name }, { engineId }));
}

/** Finds a network on the subject's engine, by id or name; says so when it is another engine's. */
export function findNetwork(id: string, subject: Subject, field = 'networkId'): Result<Network> {
  const { engine, container, networks, inventory } = subject;
  const network = networks.find((one) => one.id === id) ?? networks.find((one) => one.name === id);
  if (network) return ok(network);
  const place = { engineId: engine.id, field };
  const elsewhere = inventory.networks.find((one) => one.id === id);
  if (!elsewhere)
    return fail(problem('network_not_found', { network: shortId(id), host: engine.name }, place));
  const params = {
    network: elsewhere.name,
    from: hostName(elsewhere.engineId, inventory.engines),
    container: container.name,
    host: engine.name,
  };
  return fail(problem('network_other_engine', params, place));
}

/** The entry that a connect of the container to a network would meet. */
export const entryOf = ({ container, networks }: Subject, network: Network): Endpoint | undefined =>
  entryUnderName(container, network, networks);

/** The container's true endpoint on a network. */
export function endpointOn(subject: Subject, network: Network): Endpoint | undefined {
  const entry = recordedEndpoint(subject.container, network);
  return entry && !isLeftover(subject.container, entry) ? entry : undefined;
}

/** The `none` network that a container made without any is on; it must go before another can come. */
export function noneNetwork(subject: Subject): Network | undefined {
  return subject.networks.find((one) => one.kind === 'null' && entryOf(subject, one));
}
