import type { EngineConfig, EngineSource } from '../../../shared/model';
import { freeId } from './free-id';
import type { Addresses } from './ways';

/** An engine of the list, and where its entry comes from. */
export interface EngineEntry {
  config: EngineConfig;
  source: EngineSource;
}

/** An engine that the console was given beside its settings. */
export type GivenEngine = EngineEntry & { source: Exclude<EngineSource, 'settings'> };

/**
 * Everything that is configured: the settings first, then what was given, unless the admin has arranged it otherwise. Among
 * themselves the settings keep their own order.
 */
export class EngineList {
  private settings: readonly EngineConfig[] = [];
  /** Ids as the admin arranged them. */
  private order: readonly string[] = [];

  constructor(
    private given: readonly GivenEngine[],
    private readonly addresses: Addresses,
  ) {}

  setSettings(configs: readonly EngineConfig[]): void {
    this.settings = configs;
  }

  arrange(order: readonly string[]): void {
    this.order = [...new Set(order)];
  }

  /** Engines that were found or simulated stand in for configured ones. */
  drop(source: GivenEngine['source']): void {
    this.given = this.given.filter((each) => each.source !== source);
  }

  /** What the hosts file says by now. */
  setFile(engines: readonly GivenEngine[]): void {
    this.given = [...this.given.filter((each) => each.source !== 'file'), ...engines];
  }

  of(source: GivenEngine['source']): GivenEngine[] {
    return this.given.filter((each) => each.source === source);
  }

  find(id: string): EngineEntry | undefined {
    return this.entries().find(({ config }) => config.id === id);
  }

  /** The entry that leads to the same address, other than `except`. */
  twin(connection: EngineConfig['connection'], except?: string): EngineEntry | undefined {
    const wanted = this.addresses.engineIdOf(connection);
    return this.entries().find(
      ({ config }) => config.id !== except && this.addresses.engineIdOf(config.connection) === wanted,
    );
  }

  /** Each address once, each id once: the settings go before what was given. */
  entries(): EngineEntry[] {
    const own = this.settings.map((config): EngineEntry => ({ config, source: 'settings' }));
    const ids = new Set(own.map(({ config }) => config.id));
    const ways = new Set(own.map(({ config }) => this.addresses.engineIdOf(config.connection)));
    const beside = this.given.flatMap(({ config, source }): EngineEntry[] => {
      const way = this.addresses.engineIdOf(config.connection);
      if (ways.has(way)) return [];
      const id = freeId(config.id, ids);
      ways.add(way);
      ids.add(id);
      return [{ config: { ...config, id }, source }];
    });
    return this.ordered([...own, ...beside]);
  }

  private ordered(entries: EngineEntry[]): EngineEntry[] {
    const place = new Map(this.order.map((id, index) => [id, index]));
    const of = ({ config }: EngineEntry) => place.get(config.id) ?? Infinity;
    // Infinity less itself is not a number: those that were left out keep their order, behind.
    const arranged = [...entries].sort((a, b) => (of(a) === of(b) ? 0 : of(a) - of(b)));
    // The file of the settings may have been edited since: its order counts, on the places that its engines have.
    const own = entries.filter(({ source }) => source === 'settings').values();
    return arranged.map((entry) => (entry.source === 'settings' ? (own.next().value ?? entry) : entry));
  }
}
