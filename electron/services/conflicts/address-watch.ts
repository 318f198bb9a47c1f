import type { AddressConflict, Delta, Network } from '../../../shared/model';
import { containerKey, groupBy, networkFinder, type Inventory } from '../../../shared/rules';
import type { Answered } from '../changes/neighbours';
import type { Service } from '../service';
import { addressesHad, isLeased, isOther, isOtherAddress, keyOf, type HadAddress } from './had-addresses';

/** Several that start at once are asked about together. Milliseconds. */
const settleMs = 500;
/** While somebody else answers, how often it is asked whether that is still so. Milliseconds. */
const againMs = 20_000;
/** Addresses that wait to be asked about: of more, as at the start of a console with very many, those are asked about that come first. */
const mostDue = 512;
/** Addresses that one helper asks about at a time: each is a process of its own there. */
const atOnce = 32;

export interface AddressWatchContext {
  inventory(): Inventory;
  /** Whether the admin lets helpers run on this host. */
  allowed(engineId: string): boolean;
  /** See `Neighbours.intruders`. */
  intruders(network: Network, held: readonly HadAddress[]): Promise<Answered[] | null>;
  onChange(conflicts: AddressConflict[]): void;
  now(): number;
}

/**
 * Asks the LAN, whenever a container has started or was connected, whether another device answers for its address: by the NIC
 * that its network stands on, which does not hear the host's own macvlan containers. Only IPv4: for IPv6 the kernel itself looks for
 * duplicates. Only where the admin allows helpers.
 */
export class AddressWatch implements Service {
  /** By container. */
  private readonly had = new Map<string, readonly HadAddress[]>();
  private readonly due = new Map<string, HadAddress>();
  private readonly conflicts = new Map<string, AddressConflict>();
  private readonly asking = new Map<string, Promise<void>>();
  private settling: ReturnType<typeof setTimeout> | undefined;
  private again: ReturnType<typeof setTimeout> | undefined;
  private disposed = false;

  constructor(private readonly context: AddressWatchContext) {}

  list(): AddressConflict[] {
    return [...this.conflicts.values()];
  }

  onDelta({ engineId, containers, containersRemoved }: Delta): void {
    if (this.disposed || containers.length + containersRemoved.length === 0) return;
    const { networks, leases = [] } = this.context.inventory();
    const networkOf = networkFinder(networks.filter((one) => one.engineId === engineId));
    for (const id of containersRemoved) this.note(containerKey(engineId, id), []);
    for (const container of containers)
      this.note(containerKey(engineId, container.id), addressesHad(container, networkOf, leases));
    this.goOn();
  }

  release(engineId: string): void {
    for (const [key, [first]] of this.had) if (first?.engineId === engineId) this.note(key, []);
  }

  async dispose(): Promise<void> {
    this.disposed = true;
    clearTimeout(this.settling);
    clearTimeout(this.again);
    await Promise.allSettled(this.asking.values());
  }

  /** What a container has now. */
  private note(container: string, now: readonly HadAddress[]): void {
    const before = this.had.get(container) ?? [];
    if (now.length > 0) this.had.set(container, now);
    else this.had.delete(container);
    const ended = before.filter((each) => now.every((one) => isOtherAddress(each, one))).map(keyOf);
    for (const key of ended) this.due.delete(key);
    this.drop(ended);
    for (const each of now) {
      const key = keyOf(each);
      const old = before.find((one) => keyOf(one) === key);
      if (isOther(old, each) && this.due.size < mostDue) this.due.set(key, each);
    }
  }

  private drop(keys: readonly string[]): void {
    const gone = keys.filter((key) => this.conflicts.delete(key));
    if (gone.length > 0) this.context.onChange(this.list());
  }

  /** One network at a time on each host: what comes meanwhile is asked about next. */
  private askDue(): void {
    this.settling = undefined;
    for (const [engineId, all] of groupBy(this.due.values(), (each) => each.engineId)) {
      if (this.asking.has(engineId)) continue;
      for (const each of all) this.due.delete(keyOf(each));
      if (!this.context.allowed(engineId)) {
        this.drop(all.map(keyOf));
        continue;
      }
      const asked = this.askAll(all).finally(() => {
        this.asking.delete(engineId);
        this.goOn();
      });
      this.asking.set(engineId, asked);
    }
  }

  private goOn(): void {
    if (this.disposed) return;
    const isFree = [...this.due.values()].some(({ engineId }) => !this.asking.has(engineId));
    if (isFree) this.settling ??= setTimeout(() => this.askDue(), settleMs);
    if (this.conflicts.size > 0) this.again ??= setTimeout(() => this.askAgain(), againMs);
  }

  private askAgain(): void {
    this.again = undefined;
    const kept = [...this.had.values()].flat().filter((each) => this.conflicts.has(keyOf(each)));
    for (const each of kept) this.due.set(keyOf(each), each);
    this.goOn();
  }

  private async askAll(all: readonly HadAddress[]): Promise<void> {
    for (const held of groupBy(all, ({ network }) => network.id).values())
      for (let at = 0; at < held.length && !this.disposed; at += atOnce)
        await this.ask(held.slice(at, at + atOnce));
  }

  /** @param held on one network */
  private async ask(held: readonly HadAddress[]): Promise<void> {
    const [network] = held.map((each) => each.network);
    if (!network) return;
    const found = await this.context.intruders(network, held);
    // Nobody could ask: what was heard before stands.
    if (!found || this.disposed) return;
    // What has come to lease since has another address than its engine tells.
    const { leases = [] } = this.context.inventory();
    this.drop(held.filter((each) => isLeased(each, leases)).map(keyOf));
    let changed = false;
    for (const each of held) {
      const key = keyOf(each);
      const now = this.had.get(containerKey(each.engineId, each.containerId)) ?? [];
      // It has gone, or has another address by now, of which nobody was asked.
      if (isLeased(each, leases) || now.every((one) => isOtherAddress(each, one))) continue;
      const before = this.conflicts.get(key);
      const macs = found.find(({ address }) => address === each.address)?.macs;
      // Of that one nobody was asked.
      if (!macs) continue;
      if (macs.join() === (before?.macs.join() ?? '')) continue;
      changed = true;
      const { engineId, containerId, address } = each;
      const since = before?.since ?? this.context.now();
      if (macs.length === 0) this.conflicts.delete(key);
      else
        this.conflicts.set(key, {
          ...{ engineId, containerId, networkId: network.id, address },
          ...{ macs: [...macs], since },
        });
    }
    if (changed) this.context.onChange(this.list());
  }
}
