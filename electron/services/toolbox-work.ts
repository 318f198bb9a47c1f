import type { EngineClient } from '../docker';

/** What is under way on one engine. */
interface Work {
  readonly controller: AbortController;
  readonly running: Set<Promise<unknown>>;
  /** Leftovers are swept once, before the first task. */
  swept?: Promise<unknown>;
}

/** Tasks on engines, each swept before and known while it runs, so that all of one engine can be ended together. */
export class ToolboxWork {
  private readonly engines = new Map<string, Work>();

  constructor(private readonly report: (error: unknown) => void) {}

  /** @param early ends this task alone; its signal is aborted by that as well as by {@link stop} */
  async run<T>(
    client: EngineClient,
    task: (signal: AbortSignal) => Promise<T>,
    early?: AbortSignal,
  ): Promise<T> {
    const work = this.on(client.engineId);
    const running = (async () => {
      work.swept ??= client.sweepHelpers().catch(this.report);
      await work.swept;
      const { signal } = work.controller;
      return task(early ? AbortSignal.any([signal, early]) : signal);
    })();
    work.running.add(running);
    try {
      return await running;
    } finally {
      work.running.delete(running);
    }
  }

  /** Resolves when nothing runs on the engine any more. */
  async stop(engineId: string): Promise<void> {
    const work = this.engines.get(engineId);
    this.engines.delete(engineId);
    work?.controller.abort();
    if (work) await Promise.allSettled(work.running);
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.engines.keys()].map((engineId) => this.stop(engineId)));
  }

  private on(engineId: string): Work {
    const known = this.engines.get(engineId);
    if (known) return known;
    const made: Work = { controller: new AbortController(), running: new Set() };
    this.engines.set(engineId, made);
    return made;
  }
}
