import type { EngineConfig } from '../../../shared/model';
import type { Locks } from '../changes/locks';
import type { Inventory } from '../inventory/inventory';
import type { EngineView } from '../inventory/view';
import type { EngineEntry, EngineList } from './engine-list';
import type { Sessions } from './sessions';
import type { Addresses } from './ways';

/** Why a session ends: the same address by other means (`reconnects`), another address, or off the list. */
export type SessionEnd = 'reconnects' | 'elsewhere' | 'gone';

export interface FollowContext {
  list: EngineList;
  sessions: Sessions;
  inventory: Pick<Inventory, 'setView'>;
  addresses: Addresses;
  /** Those of changes: a change that runs on an engine ends before its session does. */
  locks: Locks;
  /** Before a session's client is closed: whatever still needs it is to end. */
  onEnding(engineId: string, why: SessionEnd): Promise<void>;
  /** No simulated engine is left on the list. */
  endDemo(): Promise<void>;
}

/** Makes the sessions what the list says. */
export class SessionFollower {
  constructor(private readonly context: FollowContext) {}

  /** Names, colours, sites and places at once; connections as soon as no change runs on the engine. Resolves when all is so. */
  async follow(): Promise<void> {
    const { list, sessions, locks } = this.context;
    this.show();
    const wanted = new Map(list.entries().map((entry) => [entry.config.id, entry]));
    const differing = [...new Set([...sessions.ids(), ...wanted.keys()])].filter((id) => {
      const entry = wanted.get(id);
      return !entry || !sessions.goesBy(entry);
    });
    await Promise.all(differing.map((id) => locks.run(id, () => this.settle(id))));
    if (list.of('demo').length === 0) await this.context.endDemo();
  }

  /** Names, colours, sites and places alone. */
  show(): void {
    const { list, inventory } = this.context;
    list.entries().forEach(({ config }, position) => inventory.setView(config.id, viewOf(config, position)));
  }

  /** By what the list says by now, which may be more than what it said when this was asked for. */
  private async settle(id: string): Promise<void> {
    const { sessions } = this.context;
    if (this.settled(id)) return;
    if (sessions.find(id)) await this.context.onEnding(id, this.why(id));
    const entries = this.context.list.entries();
    const position = entries.findIndex(({ config }) => config.id === id);
    const entry = entries[position];
    if (entry) sessions.put(entry, viewOf(entry.config, position));
    else sessions.remove(id);
  }

  private settled(id: string): boolean {
    const { list, sessions } = this.context;
    const entry = list.find(id);
    return entry ? sessions.goesBy(entry) : !sessions.find(id);
  }

  private why(id: string): SessionEnd {
    const { list, sessions, addresses } = this.context;
    const entry: EngineEntry | undefined = list.find(id);
    if (!entry) return 'gone';
    const before = sessions.connection(id);
    const same = before && addresses.engineIdOf(before) === addresses.engineIdOf(entry.config.connection);
    return same ? 'reconnects' : 'elsewhere';
  }
}

const viewOf = ({ name, colour, group, site, lans }: EngineConfig, position: number): EngineView => ({
  position,
  ...(name ? { name } : {}),
  ...(colour ? { colour } : {}),
  ...(group ? { group } : {}),
  ...(site ? { site } : {}),
  ...(lans ? { lans } : {}),
});
