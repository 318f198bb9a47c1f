import { attach, detach } from './allocate';
import type { DemoEngine } from './engine';
import { badRequest, conflict, EngineError, notFound, ParentError, systemError } from './errors';
import { isLive, type DemoContainer, type DemoEndpoint, type DemoNetwork } from './model';

/** How v28 and later begin to say why a start fails for want of a network. */
const startLead = 'failed to set up container networking: ';

/** The network of an entry: by id once it has one, for the engine remembers the network and not its name. */
function networkOf(engine: DemoEngine, endpoint: DemoEndpoint): DemoNetwork {
  return engine.network(endpoint.networkId || endpoint.networkName);
}

/** The network that the container was made for comes first, then the others by name: so they are numbered. */
function startOrder(container: DemoContainer): DemoEndpoint[] {
  const rank = (endpoint: DemoEndpoint): number => (endpoint.networkName === container.networkMode ? 0 : 1);
  return [...container.endpoints.values()].sort(
    (a, b) => rank(a) - rank(b) || a.networkName.localeCompare(b.networkName),
  );
}

function checkNamespace(engine: DemoEngine, container: DemoContainer): void {
  const shared = /^container:(.+)$/.exec(container.networkMode)?.[1];
  if (!shared) return;
  const owner = engine.findContainer(shared);
  if (!owner) throw notFound(`No such container: ${shared}`);
  if (!isLive(owner)) {
    throw conflict(
      engine.quirks.wordsOf28
        ? `cannot join network namespace of a non running container: container ${owner.name} is ${owner.state}`
        : `cannot join network of a non running container: ${owner.id}`,
    );
  }
  // An entry that slipped in while the container was stopped: since v28 it never starts again.
  if (container.endpoints.size > 0 && engine.quirks.macRandom) {
    throw badRequest(
      startLead +
        'container sharing network namespace with another container or host cannot be connected to any other network',
    );
  }
}

/** Everything that the network of a stopping container gives back; the pins stay in the entries. */
function leaveNetworks(engine: DemoEngine, container: DemoContainer): void {
  for (const endpoint of container.endpoints.values()) {
    const network = engine.networks.get(endpoint.networkId) ?? engine.findNetwork(endpoint.networkName);
    detach(engine, container, endpoint);
    if (network) engine.events.network(network, 'disconnect', { container: container.id });
  }
}

function joinNetworks(engine: DemoEngine, container: DemoContainer): void {
  if (container.networkMode.startsWith('container:')) return;
  // A mode that names no network is found out here, not when the container is made.
  for (const endpoint of startOrder(container)) {
    try {
      attach(engine, networkOf(engine, endpoint), container, endpoint);
    } catch (error) {
      // From 29 on the container loses the network for good, as a failed connect leaves nothing.
      if (error instanceof ParentError && !engine.quirks.leavesEndpoints)
        container.endpoints.delete(endpoint.networkName);
      if (!(error instanceof EngineError) || !engine.quirks.wordsOf28) throw error;
      throw new EngineError(error.status, startLead + error.message);
    }
  }
}

/** @returns false when it was running already (304). @throws EngineError; the container then stays stopped. */
export function start(engine: DemoEngine, container: DemoContainer): boolean {
  if (container.state === 'paused') throw conflict('cannot start a paused container, try unpause instead');
  if (isLive(container)) return false;
  try {
    checkNamespace(engine, container);
    joinNetworks(engine, container);
  } catch (error) {
    leaveNetworks(engine, container);
    // The runtime's code for a start that failed, unless an earlier end left one.
    container.exitCode ||= 128;
    container.error = error instanceof Error ? error.message : String(error);
    engine.changed(container);
    throw error;
  }
  container.state = 'running';
  container.startedAt = engine.clock();
  container.pid = engine.newPid();
  container.sandboxId = container.networkMode.startsWith('container:') ? '' : engine.newId();
  container.exitCode = 0;
  container.error = '';
  engine.changed(container);
  engine.events.container(container, 'start');
  return true;
}

/** Its processes are gone, by themselves or not; it gives back its addresses. */
export function die(engine: DemoEngine, container: DemoContainer, exitCode: number): void {
  container.state = 'exited';
  container.exitCode = exitCode;
  container.finishedAt = engine.clock();
  container.pid = 0;
  container.sandboxId = '';
  const told = () => engine.events.container(container, 'die', { exitCode: String(exitCode) });
  if (!engine.quirks.diesLast) told();
  leaveNetworks(engine, container);
  if (engine.quirks.diesLast) told();
}

/** @returns false when it was not running (304). */
export function stop(engine: DemoEngine, container: DemoContainer): boolean {
  if (!isLive(container) && container.state !== 'restarting') return false;
  engine.events.container(container, 'kill', { signal: '15' });
  if (container.state === 'paused') engine.events.container(container, 'unpause');
  die(engine, container, 0);
  engine.events.container(container, 'stop');
  return true;
}

const signals: Record<string, number> = { HUP: 1, INT: 2, QUIT: 3, KILL: 9, USR1: 10, USR2: 12, TERM: 15 };

const notRunning = ({ quirks }: DemoEngine, { id }: DemoContainer): string =>
  `${quirks.lowerCase ? 'c' : 'C'}ontainer ${id} is not running`;

/** @throws EngineError 400 for an unknown signal, 409 when it does not run */
export function kill(engine: DemoEngine, container: DemoContainer, signal: string): void {
  const number = /^\d+$/.test(signal) ? Number(signal) : signals[signal.toUpperCase().replace(/^SIG/, '')];
  const { lowerCase } = engine.quirks;
  const lead = `annot kill container: ${container.name}: `;
  if (!number || number > 64)
    throw new EngineError(400, lowerCase ? `c${lead}invalid signal: ${signal}` : `Invalid signal: ${signal}`);
  if (!isLive(container)) throw conflict(`${lowerCase ? 'c' : 'C'}${lead}${notRunning(engine, container)}`);
  engine.events.container(container, 'kill', { signal: String(number) });
  if ([signals['KILL'], signals['TERM'], signals['INT'], signals['QUIT']].includes(number)) {
    die(engine, container, 128 + number);
  }
}

/** @throws EngineError 500; the container is stopped then. */
export function restart(engine: DemoEngine, container: DemoContainer): void {
  if (container.state === 'restarting') {
    container.state = 'exited';
  }
  stop(engine, container);
  try {
    start(engine, container);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // 20.10 forgets the kind of the error on this way.
    const status = error instanceof EngineError && engine.quirks.validatesIpam ? error.status : 500;
    throw new EngineError(status, `Cannot restart container ${container.name}: ${message}`);
  }
  engine.events.container(container, 'restart');
}

/** Traffic stands still while the processes are frozen. */
function holdMeters(engine: DemoEngine, container: DemoContainer, hold: boolean): void {
  const now = engine.clock();
  for (const { attached } of container.endpoints.values()) {
    if (!attached) continue;
    const { meter } = attached;
    if (hold && meter.since !== null) meter.carried += (now - meter.since) / 1000;
    meter.since = hold ? null : now;
  }
}

export function pause(engine: DemoEngine, container: DemoContainer): void {
  if (container.state === 'paused') throw conflict(`Container ${container.id} is already paused`);
  if (!isLive(container)) throw conflict(notRunning(engine, container));
  container.state = 'paused';
  holdMeters(engine, container, true);
  engine.changed(container);
  engine.events.container(container, 'pause');
}

export function unpause(engine: DemoEngine, container: DemoContainer): void {
  if (container.state !== 'paused') throw systemError(`Container ${container.id} is not paused`);
  container.state = 'running';
  holdMeters(engine, container, false);
  engine.changed(container);
  engine.events.container(container, 'unpause');
}

/** @throws EngineError 409 while it runs, unless forced */
export function remove(engine: DemoEngine, container: DemoContainer, force: boolean): void {
  if (isLive(container) || container.state === 'restarting') {
    if (!force) {
      throw conflict(
        engine.quirks.lowerCase
          ? `cannot remove container "${engine.quirks.wordsOf28 ? '' : '/'}${container.name}": container is running: stop the container before removing or force remove`
          : `You cannot remove a running container ${container.id}. Stop the container before attempting removal or force remove`,
      );
    }
    engine.events.container(container, 'kill', { signal: '9' });
    die(engine, container, 137);
  }
  engine.containers.delete(container.id);
  engine.containersByName.delete(container.name);
  engine.events.container(container, 'destroy');
}

/** What a container that its restart policy keeps starting looks like between two attempts. */
export function crashLoop(engine: DemoEngine, container: DemoContainer, exitCode: number): void {
  die(engine, container, exitCode);
  container.state = 'restarting';
  container.restartCount = engine.random.between(3, 40);
  engine.changed(container);
}
