import { isDeepStrictEqual } from 'node:util';
import { ProblemError, type EngineConnection } from '../../../shared/model';
import { problem } from '../../../shared/rules';
import type { EngineClient } from '../../docker';
import type { Inventory } from '../inventory/inventory';
import { EngineSession } from '../inventory/session';
import { unknownEngine } from '../inventory/unknown-engine';
import type { EngineView } from '../inventory/view';
import type { EngineEntry } from './engine-list';

export interface SessionsContext {
  inventory: Inventory;
  client(engineId: string, connection: EngineConnection): EngineClient;
  /** The engine is in step, after each (re)connection. */
  onOnline(engineId: string): void;
  /** All of the engine has been read, in so many milliseconds. */
  onRead?(engineId: string, ms: number): void;
  /** What a host called itself when it answered at this address last; empty where that is not known. */
  lastName(engineId: string, endpoint: string): string;
  now(): number;
  report(error: unknown): void;
}

interface Running {
  session: EngineSession;
  connection: EngineConnection;
}

/** One session for each engine of the list, made, replaced and ended while the console runs. */
export class Sessions {
  private readonly running = new Map<string, Running>();

  constructor(private readonly context: SessionsContext) {}

  /** @throws ProblemError `engine_unknown` */
  get(engineId: string): EngineSession {
    const found = this.running.get(engineId)?.session;
    if (!found) throw new ProblemError(problem('engine_unknown', { host: engineId }));
    return found;
  }

  find(engineId: string): EngineSession | undefined {
    return this.running.get(engineId)?.session;
  }

  ids(): string[] {
    return [...this.running.keys()];
  }

  connection(engineId: string): EngineConnection | undefined {
    return this.running.get(engineId)?.connection;
  }

  /** Whether its session goes by this connection. */
  goesBy({ config }: EngineEntry): boolean {
    return isDeepStrictEqual(this.running.get(config.id)?.connection, config.connection);
  }

  /** Begins, or begins anew by another way: then what the old one read is forgotten. */
  put({ config, source }: EngineEntry, view: EngineView): void {
    const { inventory, onOnline, onRead, lastName, now, report } = this.context;
    const { id, connection } = config;
    const client = this.context.client(id, connection);
    const before = this.running.get(id);
    before?.session.dispose();
    const read = (ms: number) => onRead?.(id, ms);
    const session = new EngineSession(client, inventory, now, () => onOnline(id), report, read);
    this.running.set(id, { session, connection });
    const engine = unknownEngine(client, source === 'demo', now(), lastName(id, client.endpoint));
    if (before) inventory.resetEngine(engine);
    else inventory.addEngine(engine, view);
    session.start();
  }

  remove(engineId: string): void {
    this.running.get(engineId)?.session.dispose();
    this.running.delete(engineId);
    this.context.inventory.removeEngine(engineId);
  }

  dispose(): void {
    for (const { session } of this.running.values()) session.dispose();
  }
}
