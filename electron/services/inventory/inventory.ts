import { isDeepStrictEqual } from 'node:util';
import type { Container, Delta, Engine, Network, Snapshot } from '../../../shared/model';
import { atSite } from '../../../shared/rules';
import { viewed, type EngineView } from './view';

interface Entities {
  engine: Engine;
  /** What the admin says of it; kept apart, so that no fact that is read can overwrite it. */
  view: EngineView;
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

  addEngine(known: Engine, view: EngineView = { position: this.engines.size }): void {
    const engine = viewed(known, view);
    this.engines.set(engine.id, { engine, view, networks: new Map(), containers: new Map() });
    this.emit(engine.id, { engine });
  }

  /** What the admin says of an engine: shown at once, whatever state it is in. */
  setView(engineId: string, view: EngineView): void {
    const known = this.engines.get(engineId);
    if (!known) return;
    known.view = view;
    // Where its LANs are is said of the engine, and told of its networks.
    this.update(engineId, { engine: known.engine, networks: this.networks(engineId) });
  }

  /** Another way to the engine was given: what was read by the old one may be another host's. */
  resetEngine(engine: Engine): void {
    this.update(engine.id, {
      engine,
      networksRemoved: this.networks(engine.id).map((each) => each.id),
      containersRemoved: this.containers(engine.id).map((each) => each.id),
    });
  }

  /** The engine is off the list: it and all that is its own go. */
  removeEngine(engineId: string): void {
    if (this.engines.delete(engineId)) this.emit(engineId, {}, true);
  }

  update(engineId: string, update: InventoryUpdate): void {
    const known = this.engines.get(engineId);
    if (!known) return;
    const changed: InventoryUpdate = {
      networks: keepNew(
        known.networks,
        update.networks?.map((network) => atSite(network, known.view)),
      ),
      networksRemoved: removeAll(known.networks, update.networksRemoved),
      containers: keepNew(known.containers, update.containers),
      containersRemoved: removeAll(known.containers, update.containersRemoved),
    };
    const engine = update.engine && viewed(update.engine, known.view);
    if (engine && !isDeepStrictEqual(known.engine, engine)) {
      known.engine = engine;
      changed.engine = engine;
    }
    if (Object.values(changed).some((part) => (Array.isArray(part) ? part.length > 0 : part)))
      this.emit(engineId, changed);
  }

  snapshot(): Snapshot {
    this.cached ??= {
      revision: this.revision,
      engines: [...this.engines.values()].map((each) => each.engine).sort((a, b) => a.position - b.position),
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

  private emit(engineId: string, update: InventoryUpdate, engineRemoved = false): void {
    this.revision += 1;
    this.cached = null;
    this.onDelta({
      revision: this.revision,
      engineId,
      ...(update.engine ? { engine: update.engine } : {}),
      ...(engineRemoved ? { engineRemoved } : {}),
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
