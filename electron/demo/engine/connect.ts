import { attach, detach } from './allocate';
import { checkModes, validateEndpoint } from './endpoint-rules';
import type { DemoEngine } from './engine';
import { badRequest, forbidden, notFound, systemError } from './errors';
import {
  isLive,
  type DemoContainer,
  type DemoEndpoint,
  type DemoNetwork,
  type EndpointConfig,
} from './model';

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
  // A good connect replaces the phantom of a failed one; a second failure keeps the first one's record.
  const before = entry.config;
  entry.config = { ...config };
  if (!engine.quirks.macOnConnect) delete entry.config.MacAddress;
  try {
    attach(engine, network, container, entry);
  } catch (error) {
    entry.config = before;
    throw error;
  }
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
  const network = engine.network(networkReference);
  if (!containerReference) throw badRequest('invalid name or ID supplied: ""');
  const container = engine.container(containerReference);
  if (isLive(container)) {
    connectLive(engine, network, container, config);
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

/**
 * `POST /networks/{id}/disconnect`. A phantom entry can be taken away only while the container is stopped.
 * @throws EngineError 500 when not connected, forced or not
 */
export function disconnect(
  engine: DemoEngine,
  networkReference: string,
  containerReference: string,
  force: boolean,
): void {
  const network = engine.network(networkReference);
  const container = engine.findContainer(containerReference);
  if (!container) {
    throw notFound(
      force ? `endpoint ${containerReference} not found` : `No such container: ${containerReference}`,
    );
  }
  if (container.networkMode === 'host' && network.driver === 'host') {
    throw badRequest('container cannot be disconnected from host network or connected to host network');
  }
  const endpoint = container.endpoints.get(network.name);
  if (isLive(container) && !endpoint?.attached) {
    throw systemError(`container ${container.id} is not connected to network ${network.name}`);
  }
  if (!endpoint) {
    throw systemError(`container ${container.id} is not connected to the network ${network.name}`);
  }
  const live = endpoint.attached !== null;
  detach(engine, container, endpoint);
  container.endpoints.delete(network.name);
  tellDisconnect(engine, network, container);
  if (live && engine.quirks.doubleDisconnect) tellDisconnect(engine, network, container);
}
