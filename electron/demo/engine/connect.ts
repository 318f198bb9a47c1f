import { attach, detach } from './allocate';
import { checkModes, validateEndpoint } from './endpoint-rules';
import type { DemoEngine } from './engine';
import { badRequest, forbidden, notFound, ParentError, systemError } from './errors';
import {
  isLive,
  type DemoContainer,
  type DemoEndpoint,
  type DemoNetwork,
  type EndpointConfig,
} from './model';
import { decodeEndpoint } from './netip';

/** Writes the endpoint into the container, unless there is one: then the engine keeps the older record. */
function entryFor(container: DemoContainer, network: DemoNetwork, config: EndpointConfig): DemoEndpoint {
  const existing = container.endpoints.get(network.name);
  if (existing) return existing;
  const entry: DemoEndpoint = {
    networkName: network.name,
    networkId: '',
    config: { ...config },
    named: true,
    attached: null,
    left: null,
  };
  container.endpoints.set(network.name, entry);
  return entry;
}

function connectLive(
  engine: DemoEngine,
  network: DemoNetwork,
  container: DemoContainer,
  config: EndpointConfig,
): void {
  if (container.networkMode.startsWith('container:')) {
    throw badRequest(
      'container sharing network namespace with another container or host cannot be connected to any other network',
    );
  }
  checkModes(engine, container, network);
  validateEndpoint(engine, network, config);
  const entry = entryFor(container, network, config);
  engine.changed(container);
  if (entry.attached) {
    throw forbidden(`endpoint with name ${container.name} already exists in network ${network.name}`);
  }
  // A good connect replaces the phantom of a failed one. A second failure keeps the first one's record, but where the
  // endpoint was made.
  const before = entry.config;
  entry.config = { ...config };
  if (!engine.quirks.macOnConnect) delete entry.config.MacAddress;
  try {
    attach(engine, network, container, entry);
  } catch (error) {
    if (!(error instanceof ParentError)) entry.config = before;
    else if (!engine.quirks.leavesEndpoints) container.endpoints.delete(network.name);
    throw error;
  }
}

/** The engine writes even a network that does not exist into a stopped container; the start then fails. */
function connectBlindly(
  engine: DemoEngine,
  container: DemoContainer,
  name: string,
  config: EndpointConfig,
): void {
  container.endpoints.set(name, {
    ...{ networkName: name, networkId: '', config, named: false },
    ...{ attached: null, left: null },
  });
  engine.changed(container);
}

/**
 * `POST /networks/{id}/connect`. A container that is not running only gets the entry: no address is checked or
 * reserved, nobody is told, and a second entry for the same network is ignored.
 * @throws EngineError in the engine's words
 */
export function connect(
  engine: DemoEngine,
  networkReference: string,
  containerReference: string,
  config: EndpointConfig,
): void {
  if (engine.quirks.decodesAddresses) decodeEndpoint(config);
  if (!containerReference) throw badRequest('invalid name or ID supplied: ""');
  const container = engine.container(containerReference);
  if (isLive(container)) {
    connectLive(engine, engine.network(networkReference), container, config);
    return;
  }
  const network = engine.findNetwork(networkReference);
  if (!network) {
    connectBlindly(engine, container, networkReference, config);
    return;
  }
  checkModes(engine, container, network);
  validateEndpoint(engine, network, config);
  entryFor(container, network, config);
  engine.changed(container);
}

function tellDisconnect(engine: DemoEngine, network: DemoNetwork, container: DemoContainer): void {
  engine.events.network(network, 'disconnect', { container: container.id });
}

/** A container that runs must really be on the network; its phantom of a failed connect can't be taken away. */
function disconnectLive(engine: DemoEngine, network: DemoNetwork, container: DemoContainer): void {
  const endpoint = container.endpoints.get(network.name);
  if (!endpoint?.attached) {
    throw systemError(`container ${container.id} is not connected to network ${network.name}`);
  }
  detach(engine, container, endpoint);
  container.endpoints.delete(network.name);
  if (engine.quirks.doubleDisconnect) tellDisconnect(engine, network, container);
}

/** Only the entry goes, be the network itself there or not. */
function disconnectEntry(engine: DemoEngine, name: string, container: DemoContainer): void {
  if (!container.endpoints.delete(name)) {
    throw systemError(`container ${container.id} is not connected to the network ${name}`);
  }
  engine.changed(container);
}

/**
 * `POST /networks/{id}/disconnect`.
 * @throws EngineError 500 when not connected, forced or not
 */
export function disconnect(
  engine: DemoEngine,
  networkReference: string,
  containerReference: string,
  force: boolean,
): void {
  const container = engine.findContainer(containerReference);
  const network = engine.findNetwork(networkReference);
  if (!container) {
    engine.network(networkReference);
    const message = `No such container: ${containerReference}`;
    throw notFound(force ? `endpoint ${containerReference} not found` : message);
  }
  if (container.networkMode === 'host' && network?.driver === 'host') {
    throw badRequest(
      engine.quirks.wordsOf28
        ? 'cannot disconnect container from host network - container was created in host network mode'
        : 'container cannot be disconnected from host network or connected to host network',
    );
  }
  if (!isLive(container) || (!network && force)) {
    disconnectEntry(engine, network?.name ?? networkReference, container);
    if (engine.quirks.wordsOf28) return;
  } else disconnectLive(engine, engine.network(networkReference), container);
  if (network) tellDisconnect(engine, network, container);
}
