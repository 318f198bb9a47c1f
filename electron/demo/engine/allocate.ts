import type { DemoEngine } from './engine';
import { checkPinAtAllocation } from './endpoint-rules';
import { forbidden, systemError } from './errors';
import { parseAddress, type Address } from './ip';
import {
  isPredefined,
  type Attached,
  type DemoContainer,
  type DemoEndpoint,
  type DemoNetwork,
} from './model';
import { checkParentUsable } from './parents';
import { hashText } from './random';

type NetworkPool = DemoNetwork['pools'][number];
type Lease = [Address, NetworkPool];

const IFNAME = 'com.docker.network.endpoint.ifname';

function lease(network: DemoNetwork, family: 4 | 6, pin: string | undefined): Lease | null {
  const pools = network.pools.filter(({ pool }) => pool.subnet.family === family);
  if (pools.length === 0) return null;
  const wanted = pin ? parseAddress(pin) : null;
  if (wanted) {
    const holder = pools.find(({ pool }) => pool.covers(wanted));
    return holder ? [holder.pool.request(wanted), holder] : null;
  }
  for (const holder of pools) {
    const address = holder.pool.next();
    if (address) return [address, holder];
  }
  throw systemError(
    `no available IPv${family} addresses on this network's address pools: ${network.name} (${network.id})`,
  );
}

/** Up to v27 the MAC follows from the IPv4 address, so that equal addresses on two hosts collide in both. */
function macFor(
  engine: DemoEngine,
  container: DemoContainer,
  endpoint: DemoEndpoint,
  ipv4: Address | null,
): string {
  const { quirks, random } = engine;
  if (endpoint.config.MacAddress && quirks.macAtCreate) return endpoint.config.MacAddress.toLowerCase();
  // From 25 on it belongs to the endpoint, and goes with it.
  if (
    !quirks.macAtCreate &&
    container.configuredMac &&
    container.endpoints.keys().next().value === endpoint.networkName
  ) {
    return container.configuredMac.toLowerCase();
  }
  const tail = quirks.macRandom || !ipv4 ? random.hex(8) : ipv4.value.toString(16).padStart(8, '0');
  const head = quirks.macRandom || !ipv4 ? `${'26ae'[random.between(0, 3)] ?? '2'}${random.hex(2)}` : '242';
  return (
    `${quirks.macRandom ? random.hex(1) : '0'}${head}${tail}`.match(/../g)?.join(':') ?? '02:42:00:00:00:01'
  );
}

function interfaceFor(engine: DemoEngine, container: DemoContainer, endpoint: DemoEndpoint): string {
  const wanted = endpoint.config.DriverOpts?.[IFNAME];
  if (wanted && engine.quirks.ifnameOption) return wanted;
  const used = new Set([...container.endpoints.values()].map(({ attached }) => attached?.interface));
  let number = 0;
  while (used.has(`eth${number}`)) number++;
  return `eth${number}`;
}

function bareAttachment(engine: DemoEngine): Attached {
  const meter = { seed: 0, carried: 0, since: null };
  const nothing = { ipv4: null, prefix: 0, gateway: '', ipv6: null, prefix6: 0, gateway6: '' };
  return { ...nothing, endpointId: engine.newId(), mac: '', interface: '', meter };
}

/**
 * Gives a running container its interface on the network: addresses, MAC, name. The endpoint's entry must already
 * be in the container, as in the engine: a refusal leaves it there, the phantom of a failed live connect, and one for the
 * parent leaves what the endpoint was to be besides.
 * @throws EngineError 403 `Address already in use`, 500, or 403 on a config-only network; ParentError
 */
export function attach(
  engine: DemoEngine,
  network: DemoNetwork,
  container: DemoContainer,
  endpoint: DemoEndpoint,
): void {
  if (network.configOnly) throw forbidden('cannot create endpoint on configuration-only network');
  if (network.driver === 'host' || network.driver === 'null') {
    endpoint.attached = bareAttachment(engine);
  } else {
    checkPinAtAllocation(network, endpoint.config);
    endpoint.attached = joined(engine, network, container, endpoint);
  }
  endpoint.left = null;
  endpoint.networkId = network.id;
  endpoint.named = true;
  network.members.add(container);
  engine.changed(container);
  engine.events.network(network, 'connect', { container: container.id });
}

/** Engines make the endpoint first, with its addresses, and find out then whether the parent takes it. */
function joined(
  engine: DemoEngine,
  network: DemoNetwork,
  container: DemoContainer,
  endpoint: DemoEndpoint,
): Attached {
  const made = lanAttachment(engine, network, container, endpoint);
  try {
    checkParentUsable(engine, network);
  } catch (error) {
    release(network, made);
    endpoint.left = { ...made, gateway: '', gateway6: '' };
    endpoint.networkId = network.id;
    endpoint.named = true;
    throw error;
  }
  return made;
}

function release({ pools }: DemoNetwork, { ipv4, ipv6 }: Attached): void {
  for (const address of [ipv4, ipv6])
    if (address) pools.find(({ pool }) => pool.covers(address))?.pool.release(address);
}

function lanAttachment(
  engine: DemoEngine,
  network: DemoNetwork,
  container: DemoContainer,
  endpoint: DemoEndpoint,
): Attached {
  // A pin on a swarm-scoped network is silently ignored by every version.
  const pins = network.scope === 'swarm' ? undefined : endpoint.config.IPAMConfig;
  const v4 = lease(network, 4, pins?.IPv4Address);
  // Where the IPv6 half is refused, the engine forgets to give the IPv4 half back (measured on 20.10).
  const v6 = network.enableIpv6 ? lease(network, 6, pins?.IPv6Address) : null;
  return {
    endpointId: engine.newId(),
    ipv4: v4?.[0] ?? null,
    prefix: v4?.[1].pool.subnet.bits ?? 0,
    gateway: network.internal ? '' : (v4?.[1].gateway ?? ''),
    ipv6: v6?.[0] ?? null,
    prefix6: v6?.[1].pool.subnet.bits ?? 0,
    gateway6: network.internal ? '' : (v6?.[1].gateway ?? ''),
    mac: macFor(engine, container, endpoint, v4?.[0] ?? null),
    interface: interfaceFor(engine, container, endpoint),
    meter: { seed: hashText(container.name + network.name), carried: 0, since: engine.clock() },
  };
}

/** Takes the interface away and frees its addresses; the entry, with its pin, is left to the caller. */
export function detach(engine: DemoEngine, container: DemoContainer, endpoint: DemoEndpoint): void {
  const network = engine.networks.get(endpoint.networkId);
  const { attached } = endpoint;
  endpoint.attached = null;
  endpoint.left = null;
  engine.changed(container);
  if (!network || !attached) return;
  release(network, attached);
  network.members.delete(container);
}

/** Names by which other containers find this one; 20.10 mixes its short id into the aliases. */
export function aliasesOf(
  engine: DemoEngine,
  container: DemoContainer,
  endpoint: DemoEndpoint,
): string[] | null {
  const given = endpoint.config.Aliases ?? [];
  const own = engine.quirks.shortIdAlias && endpoint.named && !isPredefined(endpoint.networkName);
  const all = own ? [...given, container.id.slice(0, 12)] : given;
  return all.length > 0 ? all : null;
}
