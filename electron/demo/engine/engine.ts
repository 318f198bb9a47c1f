import { badRequest, notFound } from './errors';
import { EventLog } from './events';
import { Ipam } from './ipam';
import { isLive, type DemoContainer, type DemoHost, type DemoNetwork, type NicState } from './model';
import { Random } from './random';
import type { Quirks } from './versions';

export interface DemoImage {
  id: string;
  tag: string;
  created: number;
  size: number;
  command: string[];
  /** Images without a shell answer every exec with the runtime's own refusal. */
  shell: boolean;
  labels?: Record<string, string>;
}

const ambiguousInspect = (name: string, found: number): string =>
  `${found} matches found based on name: network ${name} is ambiguous`;

/** What one simulated engine knows. The operations on it live in the files beside. */
export class DemoEngine {
  readonly containers = new Map<string, DemoContainer>();
  readonly containersByName = new Map<string, DemoContainer>();
  readonly networks = new Map<string, DemoNetwork>();
  readonly images: DemoImage[] = [];
  readonly ipam = new Ipam();
  readonly random: Random;
  readonly events: EventLog;
  /** VLAN links on the host, the engine's own and others'. */
  readonly vlanLinks = new Set<string>();
  /** NICs of the host that are not as they should be; the others are up. */
  readonly nicStates = new Map<string, Exclude<NicState, 'up'>>();
  /** Milliseconds since the epoch. Seeding sets it back, so that the picture has a past. */
  clock: () => number = Date.now;
  private nextPid = 1800;

  constructor(
    readonly host: DemoHost,
    readonly quirks: Quirks,
    seed: number,
  ) {
    this.random = new Random(seed);
    this.events = new EventLog(quirks, () => this.clock());
  }

  newId(): string {
    return this.random.hex(64);
  }

  newPid(): number {
    this.nextPid += this.random.between(3, 90);
    return this.nextPid;
  }

  /** The container's list entry and traffic must be told anew. */
  changed(container: DemoContainer): void {
    container.listCache = null;
  }

  /** By full id, name, or a prefix of the id that fits one container only. */
  findContainer(reference: string): DemoContainer | undefined {
    const name = reference.replace(/^\//, '');
    const exact = this.containers.get(reference) ?? this.containersByName.get(name);
    if (exact || !/^[0-9a-f]{1,63}$/.test(reference)) return exact;
    const fitting = [...this.containers.values()].filter(({ id }) => id.startsWith(reference));
    return fitting.length === 1 ? fitting[0] : undefined;
  }

  /** @throws EngineError 404 in the engine's words. */
  container(reference: string): DemoContainer {
    const container = this.findContainer(reference);
    if (!container) throw notFound(`No such container: ${reference}`);
    return container;
  }

  /** By name, full id, or a prefix of the id that fits one network only. */
  findNetwork(reference: string): DemoNetwork | undefined {
    const all = [...this.networks.values()];
    const exact = this.networks.get(reference) ?? all.find(({ name }) => name === reference);
    if (exact || !reference) return exact;
    const fitting = all.filter(({ id }) => id.startsWith(reference));
    return fitting.length === 1 ? fitting[0] : undefined;
  }

  /** @throws EngineError 404, or 400 when several networks bear the name, in the engine's words. */
  network(reference: string, ambiguous = ambiguousInspect): DemoNetwork {
    const namesakes = [...this.networks.values()].filter(({ name }) => name === reference);
    if (namesakes.length > 1) throw badRequest(ambiguous(reference, namesakes.length));
    const network = this.findNetwork(reference);
    if (!network) throw notFound(`network ${reference} not found`);
    return network;
  }

  /** Whose interfaces the container uses: its own, or those of the running container that it shares with. */
  namespaceOwner(container: DemoContainer): DemoContainer | undefined {
    const shared = /^container:(.+)$/.exec(container.networkMode)?.[1];
    if (!shared) return container;
    const owner = this.findContainer(shared);
    return owner && isLive(owner) ? owner : undefined;
  }
}
