import { isDeepStrictEqual } from 'node:util';
import type { Container, Delta, Engine, Network, Snapshot } from '../../../shared/model';

interface Entities {
  engine: Engine;
  networks: Map<string, Network>;
  containers: Map<string, Container>;
}

/** What a session has read; whatever equals what is known already makes no delta. */
export interface InventoryUpdate {
  engine?: Engine;
  networks?: Network[];
  networksRemoved?: string[];
  containers?: Container[];
  containersRemoved?: string[];
}

/** The one copy of what all engines said last. Every change leaves as a delta with the next revision. */
export class Inventory {
  private readonly engines = new Map<string, Entities>();
  private revision = 0;
  private cached: Snapshot | null = null;

  constructor(private readonly onDelta: (delta: Delta) => void) {}

  addEngine(engine: Engine): void {
    this.engines.set(engine.id, { engine, networks: new Map(), containers: new Map() });
    this.emit(engine.id, { engine });
  }

  update(engineId: string, update: InventoryUpdate): void {
    const known = this.engines.get(engineId);
    if (!known) return;
    const changed: InventoryUpdate = {
      networks: keepNew(known.networks, update.networks),
      networksRemoved: removeAll(known.networks, update.networksRemoved),
      containers: keepNew(known.containers, update.containers),
      containersRemoved: removeAll(known.containers, update.containersRemoved),
    };
    if (update.engine && !isDeepStrictEqual(known.engine, update.engine)) {
      known.engine = update.engine;
      changed.engine = update.engine;
    }
    if (Object.values(changed).some((part) => (Array.isArray(part) ? part.length > 0 : part)))
      this.emit(engineId, changed);
  }

  snapshot(): Snapshot {
    this.cached ??= {
      revision: this.revision,
      engines: [...this.engines.values()].map((each) => each.engine),
      networks: [...this.engines.values()].flatMap((each) => [...each.networks.values()]),
      containers: [...this.engines.values()].flatMap((each) => [...each.containers.values()]),
    };
    return this.cached;
  }

  engine(engineId: string): Engine | undefined {
    return this.engines.get(engineId)?.engine;
  }
  network(engineId: string, id: string): Network | undefined {
    return this.engines.get(engineId)?.networks.get(id);
  }
  container(engineId: string, id: string): Container | undefined {
    return this.engines.get(engineId)?.containers.get(id);
  }
  networks(engineId: string): Network[] {
    return [...(this.engines.get(engineId)?.networks.values() ?? [])];
  }
  containers(engineId: string): Container[] {
    return [...(this.engines.get(engineId)?.containers.values() ?? [])];
  }

  private emit(engineId: string, update: InventoryUpdate): void {
    this.revision += 1;
    this.cached = null;
    this.onDelta({
      revision: this.revision,
      engineId,
      ...(update.engine ? { engine: update.engine } : {}),
      networks: update.networks ?? [],
      networksRemoved: update.networksRemoved ?? [],
      containers: update.containers ?? [],
      containersRemoved: update.containersRemoved ?? [],
    });
  }
}

/** Puts what differs into the map and gives it back. */
function keepNew<T extends { id: string }>(known: Map<string, T>, read: T[] = []): T[] {
  const changed = read.filter((each) => !isDeepStrictEqual(known.get(each.id), each));
  for (const each of changed) known.set(each.id, each);
  return changed;
}

function removeAll<T>(known: Map<string, T>, ids: string[] = []): string[] {
  return ids.filter((id) => known.delete(id));
}
