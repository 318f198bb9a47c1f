import { ProblemError, type Engine, type Problem } from '../../../shared/model';
import type { Disposable, EngineClient } from '../../docker';
import { EventFollower } from './event-follower';
import type { Inventory } from './inventory';
import { EngineReader } from './reader';

/** Milliseconds. The audit finds what emits no event: a connect to a stopped container, a renamed host. */
const times = { firstRetry: 500, lastRetry: 5_000, ping: 3_000, pingTimeout: 4_000, audit: 10_000 };

const toProblem = (error: unknown): Problem =>
  error instanceof ProblemError
    ? error.problem
    : { code: 'internal', message: `Unexpected: ${error instanceof Error ? error.message : String(error)}` };

/**
 * Keeps one engine's part of the inventory in step: connects, reads everything, follows events, audits, and when the
 * engine goes away keeps its last data, says why, and tries again. Sessions never wait for each other.
 */
export class EngineSession {
  readonly reader: EngineReader;
  private follower: EventFollower | null = null;
  private stream: Disposable | null = null;
  private readonly timers = new Set<NodeJS.Timeout>();
  private retryMs = times.firstRetry;
  private attempt = 0;
  private ended = false;

  constructor(
    readonly client: EngineClient,
    private readonly inventory: Inventory,
    private readonly now: () => number,
    /** Called when the engine is in step, after each (re)connection. */
    private readonly onOnline: () => void,
    private readonly report: (error: unknown) => void,
  ) {
    this.reader = new EngineReader(client, inventory, report);
  }

  start(): void {
    void this.connect();
  }

  /** Tries at once instead of at the next turn. */
  retry(): void {
    this.retryMs = times.firstRetry;
    if (this.engine()?.state !== 'online') void this.connect();
  }

  dispose(): void {
    this.ended = true;
    this.drop();
    this.client.close();
  }

  private engine(): Engine | undefined {
    return this.inventory.engine(this.client.engineId);
  }

  private setEngine(change: Partial<Engine>): void {
    const engine = this.engine();
    if (!engine) return;
    const state = change.state ?? engine.state;
    const since = state === engine.state ? engine.since : this.now();
    this.inventory.update(engine.id, { engine: { ...engine, ...change, since } });
  }

  /** One attempt; a later one makes this one's answers void. */
  private async connect(): Promise<void> {
    this.drop();
    const attempt = ++this.attempt;
    const current = () => attempt === this.attempt && !this.ended;
    try {
      const facts = await this.client.facts();
      if (!current()) return;
      await this.follow(current);
      if (!current()) return;
      this.setEngine({ ...facts, name: facts.hostName, state: 'online', problem: undefined });
      // Events are followed before the lists are read, so that nothing falls in between.
      await this.reader.resync(true);
      if (!current()) return;
      this.retryMs = times.firstRetry;
      this.every(times.ping, () => this.client.ping(times.pingTimeout), current);
      this.every(times.audit, () => this.reader.resync(false), current);
      this.onOnline();
    } catch (error) {
      if (current()) this.lost(error);
    }
  }

  private async follow(current: () => boolean): Promise<void> {
    const follower = new EventFollower(
      this.client.engineId,
      this.inventory,
      this.reader,
      () => void this.readFacts(current),
      (error) => current() && this.lost(error),
    );
    const stream = await this.client.events(
      (event) => follower.handle(event),
      (reason) => current() && this.lost(reason),
    );
    if (!current()) {
      follower.dispose();
      return stream.dispose();
    }
    this.follower = follower;
    this.stream = stream;
  }

  private async readFacts(current: () => boolean): Promise<void> {
    try {
      const facts = await this.client.facts();
      if (current()) this.setEngine({ ...facts, name: facts.hostName });
    } catch (error) {
      this.report(error);
    }
  }

  /** Repeats with pauses between, never on top of itself; a failure means that the engine is lost. */
  private every(ms: number, work: () => Promise<void>, current: () => boolean): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      work().then(
        () => current() && this.every(ms, work, current),
        (error: unknown) => current() && this.lost(error),
      );
    }, ms);
    this.timers.add(timer);
  }

  private lost(error: unknown): void {
    this.attempt += 1;
    this.drop();
    if (this.ended) return;
    this.setEngine({ state: 'offline', problem: toProblem(error) });
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      void this.connect();
    }, this.retryMs);
    this.timers.add(timer);
    this.retryMs = Math.min(this.retryMs * 2, times.lastRetry);
  }

  private drop(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.follower?.dispose();
    this.stream?.dispose();
    this.follower = null;
    this.stream = null;
  }
}
