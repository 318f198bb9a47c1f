import type { AddressConflict, Delta, Network } from '../../../shared/model';
import { containerKey, groupBy, networkFinder, type Inventory } from '../../../shared/rules';
import type { Answered } from '../changes/neighbours';
import type { Service } from '../service';
import { touchedBy } from '../inventory/touched';
import { AskingQueue } from './asking-queue';
import { addressesHad, isLeased, isOther, isOtherAddress, keyOf, type HadAddress } from './had-addresses';

/** While somebody else answers, how often it is asked whether that is still so. Milliseconds. */
const againMs = 20_000;
/** One answer can be lost: only when nobody has answered this soon afterwards either, it is over. Milliseconds. */
const silenceMs = 4_000;
/** A device can come later than the container: how often all are asked about. Milliseconds. */
const sweepMs = 10 * 60_000;
/** On a network with more addresses than this on one host, nobody is asked without a reason. */
const mostSwept = 256;
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

interface Conflict {
  told: AddressConflict;
  /** The last time nobody else answered. */
  silent: boolean;
}

/**
 * Asks the LAN whether another device answers for an address that a container has: whenever one has started or was
 * connected, and all of them every ten minutes. By the NIC that its network stands on, which does not hear the host's own
 * macvlan containers. Only IPv4: for IPv6 the kernel itself looks for duplicates. Only where the admin allows helpers.
 */
export class AddressWatch implements Service {
  /** By container. */
  private readonly had = new Map<string, readonly HadAddress[]>();
  private readonly conflicts = new Map<string, Conflict>();
  private readonly queue: AskingQueue<HadAddress>;
  private sweep: ReturnType<typeof setTimeout> | undefined;
  private disposed = false;

  constructor(private readonly context: AddressWatchContext) {
    this.queue = new AskingQueue({
      keyOf,
      hostOf: ({ engineId }) => engineId,
      ask: (all) => this.askAll(all),
      now: context.now,
    });
  }

  list(): AddressConflict[] {
    return [...this.conflicts.values()].map(({ told }) => told);
  }

  onDelta(delta: Delta): void {
    const { engineId, containersRemoved } = delta;
    const told = delta.containers.length + delta.networks.length + containersRemoved.length;
    if (this.disposed || told === 0) return;
    const world = this.context.inventory();
    const touched = touchedBy(delta, world);
    if (touched.length + containersRemoved.length === 0) return;
    const { networks, leases = [] } = world;
    const networkOf = networkFinder(networks.filter((one) => one.engineId === engineId));
    for (const id of containersRemoved) this.forgetContainer(containerKey(engineId, id));
    for (const container of touched)
      this.note(containerKey(engineId, container.id), addressesHad(container, networkOf, leases));
    this.sweep ??= setTimeout(() => this.sweepAll(), sweepMs);
  }

  /** Allowed: nobody has been asked yet. Refused: nobody will be told whether it is over. */
  onConsent(engineId: string): void {
    const all = this.allHad().filter((each) => each.engineId === engineId);
    if (this.context.allowed(engineId)) this.putAll(all);
    else this.drop(all.map(keyOf));
  }

  release(engineId: string): void {
    for (const [key, [first]] of this.had) if (first?.engineId === engineId) this.forgetContainer(key);
  }

  async dispose(): Promise<void> {
    this.disposed = true;
    clearTimeout(this.sweep);
    await this.queue.dispose();
  }

  private allHad(): HadAddress[] {
    return [...this.had.values()].flat();
  }

  /** What a container has now. */
  private note(container: string, now: readonly HadAddress[]): void {
    const before = this.had.get(container) ?? [];
    if (now.length > 0) this.had.set(container, now);
    else this.had.delete(container);
    const ended = before.filter((each) => now.every((one) => isOtherAddress(each, one))).map(keyOf);
    for (const key of ended) this.queue.remove(key);
    this.drop(ended);
    for (const each of now) {
      const old = before.find((one) => keyOf(one) === keyOf(each));
      if (isOther(old, each)) this.queue.add(each);
    }
  }

  private forgetContainer(container: string): void {
    const before = this.had.get(container) ?? [];
    this.note(container, []);
    for (const each of before) this.queue.forget(keyOf(each));
  }

  private drop(keys: readonly string[]): void {
    const gone = keys.filter((key) => this.conflicts.delete(key));
    if (gone.length > 0) this.context.onChange(this.list());
  }

  /** Also finds whom nobody could be asked about before. */
  private sweepAll(): void {
    this.sweep = setTimeout(() => this.sweepAll(), sweepMs);
    this.putAll(this.allHad());
  }

  private putAll(all: readonly HadAddress[]): void {
    const now = this.context.now();
    for (const held of groupBy(all, ({ engineId, network }) => `${engineId} ${network.id}`).values())
      if (held.length <= mostSwept)
        for (const each of held) if (!this.queue.has(keyOf(each))) this.queue.put(each, now);
  }

  private async askAll(all: readonly HadAddress[]): Promise<void> {
    for (const held of groupBy(all, ({ network }) => network.id).values())
      for (let at = 0; at < held.length && !this.disposed; at += atOnce)
        await this.ask(held.slice(at, at + atOnce));
    const next = this.context.now();
    for (const each of all) {
      const conflict = this.conflicts.get(keyOf(each));
      if (conflict && !this.queue.has(keyOf(each)))
        this.queue.put(each, next + (conflict.silent ? silenceMs : againMs));
    }
  }

  /** @param held on one network of one host */
  private async ask(held: readonly HadAddress[]): Promise<void> {
    const [first] = held;
    if (!first) return;
    const { network, engineId } = first;
    if (!this.context.allowed(engineId)) return this.drop(held.map(keyOf));
    const found = await this.context.intruders(network, held);
    // Nobody could ask: what was heard before stands.
    if (!found || this.disposed) return;
    // What has come to lease since has another address than its engine tells.
    const { leases = [] } = this.context.inventory();
    this.drop(held.filter((each) => isLeased(each, leases)).map(keyOf));
    const changes = held.map((each) => {
      const now = this.had.get(containerKey(each.engineId, each.containerId)) ?? [];
      // It has gone, or has another address by now, of which nobody was asked.
      if (isLeased(each, leases) || now.every((one) => isOtherAddress(each, one))) return false;
      const macs = found.find(({ address }) => address === each.address)?.macs;
      // Of that one nobody was asked.
      return macs !== undefined && this.heard(each, macs);
    });
    if (changes.includes(true)) this.context.onChange(this.list());
  }

  /** Notes who else answers; gives whether anything else is told now. */
  private heard(had: HadAddress, macs: readonly string[]): boolean {
    const key = keyOf(had);
    const before = this.conflicts.get(key);
    if (macs.length === 0) {
      if (!before?.silent) {
        if (before) before.silent = true;
        return false;
      }
      return this.conflicts.delete(key);
    }
    const { engineId, containerId, address, network } = had;
    const since = before?.told.since ?? this.context.now();
    const told = { engineId, containerId, networkId: network.id, address, macs: [...macs], since };
    this.conflicts.set(key, { told, silent: false });
    return macs.join() !== before?.told.macs.join();
  }
}
