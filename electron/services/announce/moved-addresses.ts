import type { Container, Delta, Network } from '../../../shared/model';
import {
  duplicatesWith,
  isLeftover,
  isLive,
  networkOf,
  onLan,
  sameLan,
  sinceV28,
  type Inventory,
} from '../../../shared/rules';
import type { Announcement } from '../../toolbox';
import { touchedBy } from '../inventory/touched';
import type { Service } from '../service';

/** Addresses that are remembered at most; those that were seen first are forgotten first. */
const most = 65_536;

export interface MovedAddressesContext {
  inventory(): Pick<Inventory, 'engines' | 'networks' | 'containers'>;
  /** Whether the admin lets helpers run on this host. */
  allowed(engineId: string): boolean;
  announce(engineId: string, announcement: Announcement): Promise<unknown>;
  readOnly?: boolean;
}

interface Seen {
  network: Network;
  mac: string;
}

/**
 * Tells a LAN when an address of it has come to another MAC, whoever did that: a container was moved, made anew, or started on another
 * host. Engines before 28 tell nobody, and neighbours go on sending to the old one. Only IPv4: there is no word for it in ARP's
 * successor that a helper could send.
 */
export class MovedAddresses implements Service {
  /** By address, who had it last on each LAN. */
  private readonly seen = new Map<string, Seen[]>();
  private readonly running = new Set<Promise<void>>();
  private disposed = false;

  constructor(private readonly context: MovedAddressesContext) {}

  onDelta(delta: Delta): void {
    const { engineId, containers: told, networks: changed } = delta;
    if (this.disposed || told.length + changed.length === 0) return;
    const known = this.context.inventory();
    const containers = touchedBy(delta, known);
    if (containers.length === 0) return;
    const networks = known.networks.filter((each) => each.engineId === engineId);
    const engine = known.engines.find((each) => each.id === engineId);
    for (const container of containers) {
      const noted = this.movedTo(container, networks);
      if (noted.length === 0) continue;
      // One who runs with it still is not to lose its neighbours to a duplicate.
      const twice = duplicatesWith(container, known).map(({ address }) => address);
      const moved = noted.filter((address) => !twice.includes(address));
      // Newer ones tell the LAN themselves, each time that a container starts.
      if (moved.length > 0 && engine && !sinceV28(engine)) this.tell(container, moved);
    }
  }

  async dispose(): Promise<void> {
    this.disposed = true;
    await Promise.allSettled(this.running);
  }

  /** The addresses of a container that another MAC had before, and notes those that it has. */
  private movedTo(container: Container, networks: readonly Network[]): string[] {
    if (!isLive(container)) return [];
    return container.endpoints.flatMap((endpoint) => {
      const { ipv4, mac } = endpoint;
      const network = networkOf(endpoint, networks);
      // All on an ipvlan have the MAC of its parent, be they on this host or another.
      if (!ipv4 || !mac || !network || !onLan(network) || isLeftover(container, endpoint)) return [];
      return this.note(ipv4, { network, mac: mac.toLowerCase() }) ? [ipv4] : [];
    });
  }

  /** Whether another MAC had it before. */
  private note(address: string, now: Seen): boolean {
    const known = this.seen.get(address) ?? [];
    const before = known.find(({ network }) => sameLan(network, now.network));
    const others = known.filter((each) => each !== before);
    this.seen.delete(address);
    this.seen.set(address, [...others, now]);
    const [oldest] = this.seen.keys();
    if (this.seen.size > most && oldest !== undefined) this.seen.delete(oldest);
    return before !== undefined && before.mac !== now.mac;
  }

  private tell({ engineId, id: containerId }: Container, addresses: readonly string[]): void {
    if (this.context.readOnly || !this.context.allowed(engineId)) return;
    // The container may be gone again by now, and what was not told is learnt by the neighbours themselves, later.
    const told = this.context.announce(engineId, { containerId, addresses }).then(
      () => undefined,
      () => undefined,
    );
    this.running.add(told);
    void told.finally(() => this.running.delete(told));
  }
}
