import { ProblemError, type Engine, type Problem } from '../../../shared/model';
import { shownName } from '../../../shared/rules';
import { atHost, problem, problemOfValues, retried, unexpected } from '../../../shared/texts';
import type { Disposable, EngineClient } from '../../docker';
import { EventFollower } from './event-follower';
import type { Inventory } from './inventory';
import { Oddities } from './oddities';
import { ReadBudget } from './read-budget';
import { EngineReader, pingTimeout } from './reader';

/**
 * Milliseconds. The audit finds what emits no event: a connect to a stopped container, a renamed host. An engine that
 * was within reach for less than `steady` has not come back: the pauses between the attempts go on growing. Where something
 * answers, if oddly, nothing is heavy about asking again, and it may be well at any time: up to `lastAnswered`.
 */
const times = {
  firstRetry: 500,
  lastRetry: 5_000,
  lastAnswered: 2_000,
  ping: 3_000,
  audit: 10_000,
  steady: 15_000,
};

/** With the engine's name, which the window's sentences speak of. */
const toProblem = (error: unknown, host: string): Problem => {
  if (!(error instanceof ProblemError)) return unexpected(error);
  const { code, params = {}, engineId, engineText } = error.problem;
  // Nothing was asked for by an admin that could still be at work: only reading was.
  if (code !== 'engine_timeout' || (params.context ?? 'reading') !== 'reading')
    return atHost(error.problem, host);
  const silent = { host, ...params, context: 'silent' };
  return problemOfValues(code, silent, { ...(engineId && { engineId }), ...(engineText && { engineText }) });
};

/** What may be well again without anybody's doing here. */
const passing: ReadonlySet<Problem['code']> = new Set([
  'engine_unreachable',
  'engine_timeout',
  'engine_error',
]);

/** Why the engine is away, and that it is tried again, which `lost` sees to. */
function standing(error: unknown, host: string): Problem {
  const found = toProblem(error, host);
  return passing.has(found.code) ? retried(found) : found;
}

/** A short answer, though no engine's: not one that had to be cut off. */
function isCheap(error: unknown): boolean {
  if (!(error instanceof ProblemError) || error.problem.code !== 'engine_error') return false;
  return !/^too_/.test(String(error.problem.params?.context ?? ''));
}

/**
 * Keeps one engine's part of the inventory in step: connects, reads everything, follows events, audits, and when the
 * engine goes away keeps its last data, says why, and tries again. Sessions never wait for each other.
 */
export class EngineSession {
  readonly reader: EngineReader;
  private readonly oddities: Oddities;
  private readonly budget: ReadBudget;
  private follower: EventFollower | null = null;
  private stream: Disposable | null = null;
  private readonly timers = new Set<NodeJS.Timeout>();
  private retryMs = times.firstRetry;
  private attempt = 0;
  private connecting = false;
  /** When everything had been read; 0 while the engine is not in step. */
  private inStepSince = 0;
  private ended = false;

  constructor(
    readonly client: EngineClient,
    private readonly inventory: Inventory,
    private readonly now: () => number,
    /** Called when the engine is in step, after each (re)connection. */
    private readonly onOnline: () => void,
    private readonly report: (error: unknown) => void,
    /** See {@link EngineReader}. */
    onRead?: (ms: number) => void,
  ) {
    this.oddities = new Oddities(report, () => this.showOddities(), client.endpoint);
    this.budget = new ReadBudget(now);
    this.reader = new EngineReader(client, inventory, this.oddities, () => this.listed(), onRead);
  }

  start(): void {
    void this.connect();
  }

  /** Tries at once instead of at the next turn. */
  retry(): void {
    this.retryMs = times.firstRetry;
    // An attempt that waits for its answer already is as good as another.
    if (this.engine()?.state !== 'online' && !this.connecting) void this.connect();
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
    this.connecting = true;
    try {
      const facts = await this.client.facts();
      if (!current()) return;
      await this.follow(current);
      if (!current()) return;
      this.setEngine(facts);
      // From now on: an engine that goes silent while it is read would be waited for, call by call.
      this.every(times.ping, () => this.client.ping(pingTimeout), current);
      // Events are followed before the lists are read, so that nothing falls in between.
      await this.reader.resync(true);
      if (!current()) return;
      this.inStepSince = this.now();
      this.every(times.audit, () => this.reader.resync(false), current);
      this.onOnline();
    } catch (error) {
      if (current()) this.lost(error);
    } finally {
      if (attempt === this.attempt) this.connecting = false;
    }
  }

  /** Not before its lists are there: a slow engine would be shown as one that has nothing on it. */
  private listed(): void {
    if (this.engine()?.state !== 'online') this.setEngine({ state: 'online', problem: undefined });
  }

  private async follow(current: () => boolean): Promise<void> {
    const follower = new EventFollower(
      this.reader,
      this.budget,
      () => this.readFacts(current),
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
      if (current()) this.setEngine(facts);
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
    this.connecting = false;
    if (this.inStepSince > 0 && this.now() - this.inStepSince >= times.steady)
      this.retryMs = times.firstRetry;
    this.drop();
    if (this.ended) return;
    this.setEngine({ state: 'offline', problem: standing(error, this.engine()?.name ?? '') });
    // Also the pause that silence before it has made long.
    const most = isCheap(error) ? times.lastAnswered : times.lastRetry;
    const timer = setTimeout(
      () => {
        this.timers.delete(timer);
        void this.connect();
      },
      Math.min(this.retryMs, most),
    );
    this.timers.add(timer);
    this.retryMs = Math.min(this.retryMs * 2, most);
  }

  private drop(): void {
    this.inStepSince = 0;
    this.reader.abandon();
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.follower?.dispose();
    this.stream?.dispose();
    this.follower = null;
    this.stream = null;
  }

  /** An engine can be within reach, and something on it not be readable: that is told beside the picture. */
  private showOddities(): void {
    const engine = this.engine();
    if (engine?.state !== 'online') return;
    const { nameless } = this.oddities;
    if (nameless > 0) {
      // What is missing from the picture comes before what is not whole in it.
      const params = { context: 'nameless', host: engine.name, count: nameless } as const;
      return this.setEngine({ problem: problem('engine_error', params, { engineId: engine.id }) });
    }
    const odd = this.oddities.summary((id) =>
      shownName(this.inventory.container(engine.id, id)?.name ?? id.slice(0, 12)),
    );
    if (!odd) return this.setEngine({ problem: undefined });
    const { count, names, text } = odd;
    const params = { context: 'partly', host: engine.name, count, names } as const;
    this.setEngine({ problem: problem('engine_error', params, { engineId: engine.id, engineText: text }) });
  }
}
