import type { EngineClient } from '../../docker';

/** What is under way on one engine. */
interface Work {
  readonly ended: AbortController;
  /** Ends what need not come to its end. */
  withdrawn: AbortController;
  readonly running: Set<Promise<unknown>>;
  /** The last look for leftovers; there is one before the first task. */
  swept?: Promise<void>;
  /** The next one. */
  timer?: NodeJS.Timeout;
}

async function unlessAborted(signal: AbortSignal, work: Promise<void>): Promise<void> {
  if (signal.aborted) return;
  const over = new AbortController();
  const aborted = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true, signal: over.signal });
  });
  await Promise.race([work, aborted]).finally(() => over.abort());
}

/** How a task is run. */
export interface Running {
  /** Ends it alone. */
  early?: AbortSignal | undefined;
  /** It comes to its end also where it is allowed no more meanwhile. */
  whole?: boolean | undefined;
}

/** Milliseconds until leftovers are looked for again, where helpers are that may become some. */
const againMs = 30_000;

/** Tasks on engines, each swept before and known while it runs, so that all of one engine can be ended together. */
export class ToolboxWork {
  private readonly engines = new Map<string, Work>();

  constructor(private readonly report: (error: unknown) => void) {}

  /**
   * @param task is to tell by `onLeft` of each helper that could not be removed; its signal is aborted by {@link stop} and
   * {@link withdraw}, too
   */
  async run<T>(
    client: EngineClient,
    task: (signal: AbortSignal, onLeft: () => void) => Promise<T>,
    { early, whole }: Running = {},
  ): Promise<T> {
    const work = this.on(client.engineId);
    const { signal: ended } = work.ended;
    const all = whole ? ended : AbortSignal.any([ended, work.withdrawn.signal]);
    const onLeft = () => {
      if (!all.aborted) void this.sweep(client);
    };
    const running = (async () => {
      const signal = early ? AbortSignal.any([all, early]) : all;
      // Who has ended it waits for no look at what others left; the task itself says so.
      await unlessAborted(signal, work.swept ?? this.sweep(client));
      return task(signal, onLeft);
    })();
    work.running.add(running);
    try {
      return await running;
    } catch (error) {
      // Its helper may have been left where nobody could tell.
      onLeft();
      throw error;
    } finally {
      work.running.delete(running);
    }
  }

  /** Removes what consoles that were killed have left on the engine, and looks again while more may become of that. */
  sweep(client: EngineClient): Promise<void> {
    const work = this.on(client.engineId);
    clearTimeout(work.timer);
    work.swept = this.look(client, work);
    return work.swept;
  }

  /** Resolves when nothing runs on the engine any more: what need not come to its end has been ended for that reason. */
  async withdraw(engineId: string, why: unknown): Promise<void> {
    const work = this.engines.get(engineId);
    if (!work) return;
    work.withdrawn.abort(why);
    work.withdrawn = new AbortController();
    await Promise.allSettled(work.running);
  }

  /** Ends all. Resolves when nothing runs on the engine any more. */
  async stop(engineId: string): Promise<void> {
    const work = this.engines.get(engineId);
    this.engines.delete(engineId);
    clearTimeout(work?.timer);
    work?.ended.abort();
    if (work) await Promise.allSettled(work.running);
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.engines.keys()].map((engineId) => this.stop(engineId)));
  }

  private async look(client: EngineClient, work: Work): Promise<void> {
    const { signal } = work.ended;
    try {
      const { waiting } = await client.sweepHelpers();
      if (waiting === 0 || signal.aborted) return;
      clearTimeout(work.timer);
      work.timer = setTimeout(() => void this.sweep(client), againMs).unref();
    } catch (error) {
      // With its client closed there is nothing to tell of.
      if (!signal.aborted) this.report(error);
    }
  }

  private on(engineId: string): Work {
    const known = this.engines.get(engineId);
    if (known) return known;
    const made: Work = { ended: new AbortController(), withdrawn: new AbortController(), running: new Set() };
    this.engines.set(engineId, made);
    return made;
  }
}
