import { EngineError } from './errors';
import { contains, firstOf, lastOf, masked, overlaps, type Address, type Prefix } from './ip';

/** Who holds which address of one subnet. Networks with the same subnet and an ip-range each share one space. */
class AddressSpace {
  readonly subnet: Prefix;
  users = 0;
  private readonly taken = new Set<bigint>();
  /** No free address below this one, per start of a range: spares a scan from the bottom at each request. */
  private readonly lowest = new Map<bigint, bigint>();

  constructor(subnet: Prefix) {
    this.subnet = masked(subnet);
    // The network and the broadcast address are never handed out, not even on request.
    this.taken.add(firstOf(subnet));
    if (subnet.family === 4) this.taken.add(lastOf(subnet));
  }

  take(value: bigint): boolean {
    if (this.taken.has(value)) return false;
    this.taken.add(value);
    return true;
  }

  /** The lowest free address of the range, as the engine's bit sequence finds it. */
  takeLowest(range: Prefix): bigint | null {
    const start = firstOf(range);
    const end = lastOf(range);
    for (let value = this.lowest.get(start) ?? start; value <= end; value++) {
      if (this.take(value)) {
        this.lowest.set(start, value + 1n);
        return value;
      }
    }
    this.lowest.set(start, end + 1n);
    return null;
  }

  give(value: bigint): void {
    if (!this.taken.delete(value)) return;
    for (const [start, lowest] of this.lowest) {
      if (value >= start && value < lowest) this.lowest.set(start, value);
    }
  }
}

/** One entry of a network's IPAM configuration with the addresses behind it. */
export class Pool {
  readonly subnet: Prefix;
  private readonly range: Prefix;
  private readonly space: AddressSpace;

  constructor(space: AddressSpace, range: Prefix | null) {
    this.space = space;
    this.subnet = space.subnet;
    this.range = range ?? space.subnet;
  }

  /** @throws EngineError 403 `Address already in use`, with the engine's own words. */
  request(address: Address): Address {
    if (!this.space.take(address.value)) throw new EngineError(403, 'Address already in use');
    return address;
  }

  /** An address of the ip-range, or null when none is left. */
  next(): Address | null {
    const value = this.space.takeLowest(this.range);
    return value === null ? null : { family: this.subnet.family, value };
  }

  release(address: Address): void {
    this.space.give(address.value);
  }

  covers(address: Address): boolean {
    return contains(this.subnet, address);
  }
}

/** All address spaces of one engine. */
export class Ipam {
  private readonly spaces: AddressSpace[] = [];
  private readonly owners = new Map<Pool, AddressSpace>();

  /** The engine checks for overlap only without an ip-range; with one, the same subnet is shared. */
  open(subnet: Prefix, range: Prefix | null): Pool | 'overlap' {
    const clash = this.spaces.find((space) => overlaps(space.subnet, subnet));
    if (clash && !range) return 'overlap';
    const same = this.spaces.find(
      (space) => space.subnet.value === masked(subnet).value && space.subnet.bits === subnet.bits,
    );
    const space = same ?? new AddressSpace(subnet);
    if (!same) this.spaces.push(space);
    space.users++;
    const pool = new Pool(space, range);
    this.owners.set(pool, space);
    return pool;
  }

  close(pool: Pool): void {
    const space = this.owners.get(pool);
    if (!space) return;
    this.owners.delete(pool);
    if (--space.users === 0) this.spaces.splice(this.spaces.indexOf(space), 1);
  }

  isFree(subnet: Prefix): boolean {
    return !this.spaces.some((space) => overlaps(space.subnet, subnet));
  }
}
