import type { DemoEngine } from './engine';
import { badRequest, conflict, forbidden, notFound, systemError } from './errors';
import { validateIpam } from './ipam-rules';
import { isPredefined, type DemoNetwork, type IpamConfigEntry } from './model';
import { decodeIpam } from './netip';
import { closePools, openPools } from './network-pools';
import { checkMode, claimParent, releaseParent } from './parents';

/** The body of `POST /networks/create`, as far as the engine reads it. */
export interface NetworkCreateBody {
  Name?: string;
  CheckDuplicate?: boolean;
  Driver?: string;
  Internal?: boolean;
  Attachable?: boolean;
  Ingress?: boolean;
  EnableIPv4?: boolean;
  EnableIPv6?: boolean;
  ConfigOnly?: boolean;
  ConfigFrom?: { Network?: string } | null;
  Scope?: string;
  IPAM?: {
    Driver?: string;
    Options?: Record<string, string> | null;
    Config?: IpamConfigEntry[] | null;
  } | null;
  Options?: Record<string, string> | null;
  Labels?: Record<string, string> | null;
}

const drivers = ['bridge', 'macvlan', 'ipvlan', 'overlay'];

function checkName(engine: DemoEngine, body: NetworkCreateBody): void {
  const name = body.Name ?? '';
  if (isPredefined(name)) throw forbidden(`operation is not permitted on predefined ${name} network `);
  const taken = name === '' || [...engine.networks.values()].some((network) => network.name === name);
  // 20.10 lets a duplicate pass when CheckDuplicate is off; later engines never do.
  if (taken && (body.CheckDuplicate !== false || !engine.quirks.checkDuplicate || name === '')) {
    throw conflict(`network with name ${name} already exists`);
  }
}

function checkDriver(engine: DemoEngine, driver: string): void {
  if (driver === 'host' || driver === 'null') {
    throw forbidden(`only one instance of "${driver}" network is allowed`);
  }
  if (driver === 'overlay' && engine.host.swarm === 'inactive') {
    throw systemError(
      'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
    );
  }
  if (!drivers.includes(driver)) throw notFound(`plugin "${driver}" not found`);
}

function checkIpamDriver(engine: DemoEngine, body: NetworkCreateBody): void {
  const driver = body.IPAM?.Driver ?? 'default';
  if (driver === 'null') {
    if (engine.quirks.enableIpv4 && body.EnableIPv4 === false) return;
    const message = 'ipv4 pool is empty';
    throw engine.quirks.enableIpv4 ? badRequest(message) : systemError(message);
  }
  if (driver !== 'default' && driver !== '') throw notFound(`plugin "${driver}" not found`);
}

function draft(engine: DemoEngine, body: NetworkCreateBody): DemoNetwork {
  const config = body.IPAM?.Config ?? [];
  return {
    id: engine.newId(),
    name: body.Name ?? '',
    created: engine.clock(),
    driver: body.ConfigOnly ? 'null' : body.Driver || 'bridge',
    scope: body.Driver === 'overlay' ? 'swarm' : 'local',
    internal: body.Internal ?? false,
    attachable: body.Attachable ?? false,
    ingress: body.Ingress ?? false,
    enableIpv4: body.EnableIPv4 ?? true,
    enableIpv6: body.EnableIPv6 ?? false,
    configOnly: body.ConfigOnly ?? false,
    configFrom: body.ConfigFrom?.Network ?? '',
    ipamDriver: body.IPAM?.Driver || 'default',
    ipamOptions: body.IPAM?.Options ?? null,
    ipamConfig: config.length > 0 ? config.map((entry) => ({ ...entry })) : null,
    userSubnet: false,
    options: { ...body.Options },
    labels: { ...body.Labels },
    pools: [],
    members: new Set(),
    madeLink: '',
  };
}

/** Takes over what the config-only network holds. */
function inherit(engine: DemoEngine, network: DemoNetwork): void {
  if (!network.configFrom) return;
  const source = engine.findNetwork(network.configFrom);
  if (!source?.configOnly) {
    throw notFound(`configuration network "${network.configFrom}" does not exist`);
  }
  network.ipamConfig = source.ipamConfig?.map((entry) => ({ ...entry })) ?? null;
  network.ipamDriver = source.ipamDriver;
  network.options = { ...source.options };
  network.labels = { ...source.labels };
}

/**
 * Makes a network with all the checks, and the gaps in them, of the engine's version.
 * @throws EngineError in the engine's words; nothing has changed then, but for the pool that 20.10 leaks.
 */
export function createNetwork(engine: DemoEngine, body: NetworkCreateBody): DemoNetwork {
  if (engine.quirks.decodesAddresses) decodeIpam(body.IPAM?.Config ?? []);
  checkName(engine, body);
  if (engine.quirks.validatesIpam) validateIpam(body.IPAM?.Config ?? [], body.EnableIPv6 ?? false);
  const network = draft(engine, body);
  if (!network.configOnly) {
    checkDriver(engine, network.driver);
    checkIpamDriver(engine, body);
    inherit(engine, network);
    build(engine, network);
  }
  engine.networks.set(network.id, network);
  engine.events.network(network, 'create');
  return network;
}

function build(engine: DemoEngine, network: DemoNetwork): void {
  if (network.ipamDriver === 'default' && network.enableIpv4) openPools(engine, network);
  if (network.driver !== 'macvlan' && network.driver !== 'ipvlan') return;
  try {
    checkMode(network.driver, network.options);
    claimParent(engine, network);
  } catch (error) {
    closePools(engine, network);
    throw error;
  }
}

/** @throws EngineError 403 while containers run on it or a network takes its configuration from it. */
export function removeNetwork(engine: DemoEngine, reference: string): void {
  const network = engine.network(
    reference,
    (name, found) => `network ${name} is ambiguous (${found} matches found based on name)`,
  );
  if (['bridge', 'host', 'none'].includes(network.name)) {
    throw forbidden(`${network.name} is a pre-defined network and cannot be removed`);
  }
  if (network.members.size > 0) {
    const users = [...network.members].map(({ name, endpoints }) => {
      const id = endpoints.get(network.name)?.attached?.endpointId ?? '';
      return `name:"${name}" id:"${id.slice(0, 12)}"`;
    });
    const used = engine.quirks.wordsOf28
      ? `${network.name} has active endpoints (${users.join(', ')})`
      : `${network.name} id ${network.id} has active endpoints`;
    throw forbidden(`error while removing network: network ${used}`);
  }
  if ([...engine.networks.values()].some(({ configFrom }) => configFrom === network.name)) {
    throw forbidden(`error while removing network: configuration network "${network.name}" is in use`);
  }
  engine.networks.delete(network.id);
  closePools(engine, network);
  releaseParent(engine, network);
  // Measured: the removal of a config-only network is told to nobody, unlike its creation.
  if (!network.configOnly) engine.events.network(network, 'destroy');
}
