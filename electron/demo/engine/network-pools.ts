import type { DemoEngine } from './engine';
import { forbidden, systemError } from './errors';
import {
  formatAddress,
  formatPrefix,
  masked,
  parseAddress,
  parsePrefix,
  type Address,
  type Prefix,
} from './ip';
import type { Pool } from './ipam';
import type { DemoNetwork, IpamConfigEntry } from './model';

type NetworkPool = DemoNetwork['pools'][number];

/** The engine's default pools for networks without a subnet of their own: 172.18/16 … 172.31/16, 192.168.n/20. */
function defaultSubnet(engine: DemoEngine): string {
  for (let second = 18; second < 32; second++) {
    if (engine.ipam.isFree(prefixOf(`172.${second}.0.0/16`))) return `172.${second}.0.0/16`;
  }
  for (let third = 0; third < 256; third += 16) {
    if (engine.ipam.isFree(prefixOf(`192.168.${third}.0/20`))) return `192.168.${third}.0/20`;
  }
  throw systemError('could not find an available, non-overlapping IPv4 address pool among the defaults');
}

function prefixOf(text: string): Prefix {
  const prefix = parsePrefix(text);
  if (!prefix) throw systemError(`Invalid subnet ${text} : invalid CIDR address: ${text}`);
  return prefix;
}

function takeGateway(engine: DemoEngine, network: DemoNetwork, pool: Pool, entry: IpamConfigEntry): string {
  if (entry.Gateway) {
    const address = parseAddress(entry.Gateway);
    if (!address) throw systemError(`invalid gateway address ${entry.Gateway} in Ipam configuration`);
    if (!pool.covers(address)) {
      throw systemError(`failed to allocate gateway (${entry.Gateway}): Requested address is out of range`);
    }
    pool.request(address);
    return formatAddress(address);
  }
  // Since v29 macvlan and ipvlan stay without one, and the first container may get the router's own address.
  const routed = network.driver === 'bridge' || network.driver === 'overlay' || engine.quirks.guessesGateway;
  const address = routed ? pool.next() : null;
  return address ? formatAddress(address) : '';
}

function takeReserved(pool: Pool, entry: IpamConfigEntry): Address[] {
  return Object.entries(entry.AuxiliaryAddresses ?? {}).map(([name, text]) => {
    const address = parseAddress(text);
    if (!address || !pool.covers(address)) {
      // 20.10 answers so and keeps the pool until it restarts: whoever comes later finds it taken.
      throw forbidden(
        `auxiliary address: (${name}:${text}) must belong to the master pool: ${formatPrefix(pool.subnet)}`,
      );
    }
    try {
      return pool.request(address);
    } catch {
      throw systemError(`failed to allocate secondary ip address (${name}:${text}): Address already in use`);
    }
  });
}

function openPool(engine: DemoEngine, entry: IpamConfigEntry): Pool {
  const subnet = prefixOf(entry.Subnet ?? '');
  const range = entry.IPRange ? parsePrefix(entry.IPRange) : null;
  const pool = engine.ipam.open(subnet, range ? masked(range) : null);
  if (pool === 'overlap') {
    throw forbidden(`${engine.quirks.poolErrorPrefix}Pool overlaps with other one on this address space`);
  }
  return pool;
}

function fillPool(engine: DemoEngine, network: DemoNetwork, entry: IpamConfigEntry, pool: Pool): NetworkPool {
  const gateway = takeGateway(engine, network, pool, entry);
  const reserved = takeReserved(pool, entry);
  return { pool, gateway, reserved };
}

/** Opens the network's subnets and reserves gateway and auxiliary addresses; all or nothing, but for one leak. */
export function openPools(engine: DemoEngine, network: DemoNetwork): void {
  const given = network.ipamConfig ?? [];
  network.userSubnet = given.length > 0;
  const entries = given.length > 0 ? given : [{ Subnet: defaultSubnet(engine) }];
  for (const entry of entries) {
    if (entry.Subnet?.includes(':') && !network.enableIpv6) continue;
    let pool: Pool | undefined;
    try {
      pool = openPool(engine, entry);
      network.pools.push(fillPool(engine, network, entry, pool));
    } catch (error) {
      const leaks = error instanceof Error && error.message.startsWith('auxiliary address:');
      if (pool && !leaks) engine.ipam.close(pool);
      closePools(engine, network);
      throw error;
    }
  }
  if (given.length === 0) {
    network.ipamConfig = entries.map((entry, i) => {
      const gateway = network.pools[i]?.gateway;
      return gateway ? { ...entry, Gateway: gateway } : entry;
    });
  }
}

export function closePools(engine: DemoEngine, network: DemoNetwork): void {
  for (const { pool, gateway, reserved } of network.pools) {
    for (const address of reserved) pool.release(address);
    const router = parseAddress(gateway);
    if (router) pool.release(router);
    engine.ipam.close(pool);
  }
  network.pools = [];
}
