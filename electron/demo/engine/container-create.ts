import { validateEndpoint } from './endpoint-rules';
import type { DemoEngine, DemoImage } from './engine';
import { badRequest, conflict, EngineError, notFound } from './errors';
import { isPredefined, type DemoContainer, type EndpointConfig, type PortBinding } from './model';
import { decodeEndpoint } from './netip';

/** The body of `POST /containers/create`, as far as the engine reads it. */
export interface ContainerCreateBody {
  Image?: string;
  Cmd?: string[] | string | null;
  Entrypoint?: string[] | string | null;
  Env?: string[] | null;
  Hostname?: string;
  MacAddress?: string;
  Labels?: Record<string, string> | null;
  ExposedPorts?: Record<string, object> | null;
  HostConfig?: {
    NetworkMode?: string;
    PortBindings?: Record<string, PortBinding[] | null> | null;
    [key: string]: unknown;
  } | null;
  NetworkingConfig?: { EndpointsConfig?: Record<string, EndpointConfig | null> | null } | null;
}

const asList = (value: string[] | string | null | undefined): string[] =>
  typeof value === 'string' ? [value] : (value ?? []);

function checkName(engine: DemoEngine, name: string): string {
  if (name === '') return `demo_${engine.random.hex(6)}`;
  const bare = name.replace(/^\//, '');
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(bare)) {
    throw badRequest(`Invalid container name (${name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`);
  }
  const holder = engine.containersByName.get(bare);
  if (holder) {
    throw conflict(
      `Conflict. The container name "/${bare}" is already in use by container "${holder.id}". You have to remove (or rename) that container to be able to reuse that name.`,
    );
  }
  return bare;
}

function findImage(engine: DemoEngine, reference: string): DemoImage {
  const tagged = reference.includes(':') ? reference : `${reference}:latest`;
  const image = engine.images.find(({ tag, id }) => tag === tagged || reference === tag || reference === id);
  if (!image) throw notFound(`No such image: ${tagged}`);
  return image;
}

/** Later engines write `bridge` for a mode left open; all turn the sharing's name into an id. */
function modeOf(engine: DemoEngine, wanted: string | undefined): string {
  const mode = wanted || 'default';
  if (mode === 'default' && engine.quirks.validatesIpam) return 'bridge';
  const shared = /^container:(.+)$/.exec(mode)?.[1];
  const owner = shared ? engine.findContainer(shared) : undefined;
  return owner ? `container:${owner.id}` : mode;
}

function wantedEndpoints(
  engine: DemoEngine,
  mode: string,
  given: Record<string, EndpointConfig | null>,
): Map<string, EndpointConfig> {
  const names = Object.keys(given);
  if (names.length > 1 && !engine.quirks.multiEndpointCreate) {
    throw badRequest(`Container cannot be connected to network endpoints: ${names.join(', ')}`);
  }
  const wanted = new Map<string, EndpointConfig>();
  if (!mode.startsWith('container:')) wanted.set(mode === 'default' ? 'bridge' : mode, {});
  for (const [name, config] of Object.entries(given)) {
    const key = name === 'default' ? 'bridge' : (engine.findNetwork(name)?.name ?? name);
    wanted.set(key, { ...config });
  }
  return wanted;
}

/** Engines from v25 on look at a pin here already; 20.10 says nothing until the start. */
function checkEndpoints(engine: DemoEngine, wanted: Map<string, EndpointConfig>): void {
  if (!engine.quirks.validatesIpam) return;
  for (const [name, config] of wanted) {
    const network = engine.findNetwork(name);
    if (!network) continue;
    try {
      validateEndpoint(engine, network, config);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      throw new EngineError(error.status, `invalid config for network ${name}: ${error.message}`);
    }
  }
}

function addEndpoints(
  engine: DemoEngine,
  container: DemoContainer,
  wanted: Map<string, EndpointConfig>,
): void {
  for (const [name, config] of wanted) {
    const network = engine.findNetwork(name);
    const networkName = network && !isPredefined(name) ? network.name : name;
    container.endpoints.set(networkName, {
      networkName,
      networkId: '',
      config,
      named: false,
      attached: null,
      left: null,
    });
  }
}

/** From 25 on the container's own MAC is that of its main endpoint, and shown as the container's all the same. */
function moveMac(container: DemoContainer): void {
  const main = container.endpoints.get(container.networkMode);
  if (!main) return;
  const mac = main.config.MacAddress || container.configuredMac;
  container.configuredMac = mac;
  if (mac) main.config = { ...main.config, MacAddress: mac };
}

/**
 * Makes a container, not yet running.
 * @throws EngineError in the engine's words; nothing has changed then.
 */
export function createContainer(
  engine: DemoEngine,
  wantedName: string,
  body: ContainerCreateBody,
): DemoContainer {
  if (engine.quirks.decodesAddresses)
    for (const config of Object.values(body.NetworkingConfig?.EndpointsConfig ?? {}))
      if (config) decodeEndpoint(config);
  if (!body.Image) throw badRequest('Config cannot be empty in order to create a container');
  const name = checkName(engine, wantedName);
  const image = findImage(engine, body.Image);
  const mode = modeOf(engine, body.HostConfig?.NetworkMode);
  const endpoints = wantedEndpoints(engine, mode, body.NetworkingConfig?.EndpointsConfig ?? {});
  checkEndpoints(engine, endpoints);
  const container = draft(engine, name, image, mode, body);
  addEndpoints(engine, container, endpoints);
  if (engine.quirks.macAtCreate) moveMac(container);
  engine.containers.set(container.id, container);
  engine.containersByName.set(name, container);
  engine.events.container(container, 'create');
  return container;
}

function draft(
  engine: DemoEngine,
  name: string,
  image: DemoImage,
  networkMode: string,
  body: ContainerCreateBody,
): DemoContainer {
  const id = engine.newId();
  const command = [...asList(body.Entrypoint), ...asList(body.Cmd)];
  return {
    id,
    name,
    image: body.Image ?? image.tag,
    imageId: image.id,
    command: command.length > 0 ? command : image.command,
    hostname: body.Hostname || (networkMode === 'host' ? engine.host.name : id.slice(0, 12)),
    configuredMac: body.MacAddress ?? '',
    created: engine.clock(),
    startedAt: 0,
    finishedAt: 0,
    state: 'created',
    exitCode: 0,
    error: '',
    pid: 0,
    restartCount: 0,
    networkMode,
    labels: { ...body.Labels },
    env: body.Env ?? null,
    exposedPorts: { ...body.ExposedPorts },
    hostConfig: { ...body.HostConfig },
    portBindings: { ...body.HostConfig?.PortBindings },
    endpoints: new Map(),
    sandboxId: '',
    execIds: [],
    listCache: null,
  };
}
