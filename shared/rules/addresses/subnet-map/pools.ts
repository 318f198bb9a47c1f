import type { AddressPool, Engine, Network } from '../../../model';
import { formatCidr, lastAddress, overlaps, parseCidr, size, type Cidr } from '../../basics/cidr';
import type { SubnetUse } from './uses';

/** Docker's own (docs/engine-facts.md §14). */
const dockerPools: readonly AddressPool[] = [
  { base: '172.17.0.0/16', size: 16 },
  { base: '172.18.0.0/15', size: 16 },
  { base: '172.20.0.0/14', size: 16 },
  { base: '172.24.0.0/13', size: 16 },
  { base: '192.168.0.0/16', size: 20 },
];

const podmanPools: readonly AddressPool[] = [
  { base: '10.89.0.0/16', size: 24 },
  { base: '10.90.0.0/15', size: 24 },
  { base: '10.92.0.0/14', size: 24 },
  { base: '10.96.0.0/11', size: 24 },
  { base: '10.128.0.0/9', size: 24 },
];

/** One pool: how many subnets it has, and what became of them. */
export interface PoolUse {
  readonly base: string;
  readonly size: number;
  readonly total: bigint;
  /** Overlapped by a network of the engine. */
  readonly used: bigint;
  /** Else overlapped by an address or a route of the host. */
  readonly blocked: bigint;
  readonly left: bigint;
}

/** Where an engine takes the subnets of new networks from. */
export interface EnginePools {
  readonly engineId: string;
  /** `usual`: the engine tells none, and has those that its product has where nobody set others. */
  readonly source: 'told' | 'usual';
  readonly pools: readonly PoolUse[];
  /** Of IPv4: what a network without a subnet of its own takes one of. */
  readonly total: bigint;
  readonly used: bigint;
  readonly blocked: bigint;
  readonly left: bigint;
  /** The first that is left. */
  readonly next: string | null;
  /** Nobody has looked at the host: its addresses and routes may take more. */
  readonly hostUnknown: boolean;
}

/** Blocks from..to of a pool, counted from 0. */
type Span = readonly [bigint, bigint];

function spans(base: Cidr, bits: number, taken: readonly Cidr[]): Span[] {
  const width = BigInt((base.version === 4 ? 32 : 128) - bits);
  const [start, end] = [base.base, lastAddress(base).value];
  const found = taken
    .filter((cidr) => overlaps(cidr, base))
    .map((cidr): Span => {
      const last = lastAddress(cidr).value;
      const [from, to] = [cidr.base > start ? cidr.base : start, last < end ? last : end];
      return [(from - start) >> width, (to - start) >> width];
    })
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const merged: Span[] = [];
  for (const [from, to] of found) {
    const before = merged.at(-1);
    if (before && from <= before[1] + 1n)
      merged[merged.length - 1] = [before[0], to > before[1] ? to : before[1]];
    else merged.push([from, to]);
  }
  return merged;
}

const count = (all: readonly Span[]): bigint => all.reduce((sum, [from, to]) => sum + to - from + 1n, 0n);

interface Taken {
  readonly networks: readonly Cidr[];
  readonly host: readonly Cidr[];
}

/** @param before the pools before it: a block that one of them has is not counted twice */
function poolUse(pool: AddressPool, base: Cidr, before: readonly Cidr[], taken: Taken) {
  const blocks = size(base) >> BigInt((base.version === 4 ? 32 : 128) - pool.size);
  const others = count(spans(base, pool.size, before));
  const networks = count(spans(base, pool.size, [...before, ...taken.networks]));
  const all = spans(base, pool.size, [...before, ...taken.networks, ...taken.host]);
  const left = blocks - count(all);
  const [first] = all;
  const free = first?.[0] === 0n ? first[1] + 1n : 0n;
  const width = BigInt((base.version === 4 ? 32 : 128) - pool.size);
  const at = base.base + (free << width);
  const next = left > 0n ? formatCidr({ ...base, base: at, prefix: pool.size, address: at }) : null;
  const use: PoolUse = {
    ...{ base: pool.base, size: pool.size, total: blocks - others, left },
    ...{ used: networks - others, blocked: count(all) - networks },
  };
  return { use, next };
}

/** From API 1.42 (v23) Docker minds routes on the link only, before that all of IPv4; Podman the host's addresses alone. */
function minds({ product, apiVersion }: Engine, use: SubnetUse): boolean {
  if (use.kind === 'nic') return product === 'podman' || use.cidr.version === 4;
  if (use.kind !== 'route' || product === 'podman' || use.cidr.version === 6) return false;
  const [major = 0, minor = 0] = apiVersion.split('.').map(Number);
  return use.onLink === true || major < 1 || (major === 1 && minor < 42);
}

function takenOn(engine: Engine, networks: readonly Network[], uses: readonly SubnetUse[]): Taken {
  const local = networks.filter(
    ({ scope, kind, configOnly }) => scope !== 'swarm' && kind !== 'overlay' && !configOnly,
  );
  return {
    networks: local.flatMap(({ subnets }) => subnets.flatMap(({ subnet }) => parseCidr(subnet) ?? [])),
    host: uses.filter((use) => minds(engine, use)).map(({ cidr }) => cidr),
  };
}

/**
 * How many subnets an engine has left for networks that ask for none; null where it is not known which engine that is. What its
 * nameservers take is not known.
 *
 * @param networks those of this engine
 * @param uses those of this engine's host
 */
export function enginePools(
  engine: Engine,
  networks: readonly Network[],
  uses: readonly SubnetUse[],
  hostUnknown: boolean,
): EnginePools | null {
  const { id: engineId, product, addressPools } = engine;
  if (product === 'unknown' && !addressPools) return null;
  const pools = addressPools ?? (product === 'podman' ? podmanPools : dockerPools);
  const taken = takenOn(engine, networks, uses);
  const bases: Cidr[] = [];
  const all = pools.flatMap((pool) => {
    const base = parseCidr(pool.base);
    if (!base || pool.size < base.prefix) return [];
    const one = poolUse(pool, base, bases, taken);
    bases.push(base);
    return [{ ...one, version: base.version }];
  });
  const four = all.filter(({ version }) => version === 4);
  const sum = (part: 'total' | 'used' | 'blocked' | 'left') =>
    four.reduce((value, { use }) => value + use[part], 0n);
  return {
    ...{ engineId, source: addressPools ? 'told' : 'usual', pools: all.map(({ use }) => use), hostUnknown },
    ...{ total: sum('total'), used: sum('used'), blocked: sum('blocked'), left: sum('left') },
    next: four.find(({ next }) => next !== null)?.next ?? null,
  };
}
