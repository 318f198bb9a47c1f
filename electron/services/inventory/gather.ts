import type { Delta } from '../../../shared/model';

/**
 * How long deltas are gathered before they leave, milliseconds. While a large engine is read for the first time each
 * container makes a delta; sent one by one they would have the window draw a thousand pictures instead of thirty.
 */
const gatherMs = 50;

interface Gathered {
  revision: number;
  engine?: Delta['engine'];
  engineRemoved?: boolean;
  networks: Map<string, Delta['networks'][number] | null>;
  containers: Map<string, Delta['containers'][number] | null>;
}

const present = <T>(entities: Map<string, T | null>): T[] =>
  [...entities.values()].filter((each): each is T => each !== null);

const removed = <T>(entities: Map<string, T | null>): string[] =>
  [...entities].filter(([, each]) => each === null).map(([id]) => id);

/** Merges the deltas of each engine; what came last counts. Their order between engines does not matter. */
export class DeltaGatherer {
  private readonly engines = new Map<string, Gathered>();
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly send: (delta: Delta) => void) {}

  add(delta: Delta): void {
    // Removed and added again are two things, and must arrive as two.
    if (delta.engine && this.engines.get(delta.engineId)?.engineRemoved) this.flush();
    const gathered: Gathered = this.engines.get(delta.engineId) ?? {
      revision: 0,
      networks: new Map(),
      containers: new Map(),
    };
    this.engines.set(delta.engineId, gathered);
    gathered.revision = delta.revision;
    if (delta.engine) gathered.engine = delta.engine;
    if (delta.engineRemoved) gathered.engineRemoved = true;
    for (const each of delta.networks) gathered.networks.set(each.id, each);
    for (const id of delta.networksRemoved) gathered.networks.set(id, null);
    for (const each of delta.containers) gathered.containers.set(each.id, each);
    for (const id of delta.containersRemoved) gathered.containers.set(id, null);
    this.timer ??= setTimeout(() => this.flush(), gatherMs);
  }

  /** Sends what is gathered, oldest revision first, so that revisions only rise. */
  flush(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const ready = [...this.engines].sort(([, a], [, b]) => a.revision - b.revision);
    this.engines.clear();
    for (const [engineId, { revision, engine, engineRemoved, networks, containers }] of ready)
      this.send({
        revision,
        engineId,
        ...(engine ? { engine } : {}),
        ...(engineRemoved ? { engineRemoved } : {}),
        networks: present(networks),
        networksRemoved: removed(networks),
        containers: present(containers),
        containersRemoved: removed(containers),
      });
  }

  dispose(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.engines.clear();
  }
}
