import { randomUUID } from 'node:crypto';
import {
  ProblemError,
  isRunOver,
  type Problem,
  type Run,
  type RunRequest,
  type RunResult,
  type RunWithResult,
} from '../../../shared/model';
import { problem } from '../../../shared/texts';
import type { RunHandle, RunKinds } from './kind';

/** Runs that are over are kept with their results, at most so many: a large matrix is a megabyte. */
export const keptRuns = 20;

export interface RunsContext {
  kinds: RunKinds;
  /**
   * Removes what the run may have left on the engine, and reads the engine back. Rejects with a `ProblemError`: what is still
   * there, or why nobody can tell.
   */
  clear(engineId: string, runId: string): Promise<void>;
  onChange(run: Run): void;
  now(): number;
  /** Where errors go that nobody expected; the run has failed. */
  report(error: unknown): void;
}

/** Of any kind; which one goes with which request, the map of kinds says. */
type Carry = (request: RunRequest, handle: RunHandle) => Promise<RunResult>;

interface Entry {
  run: Run;
  result: RunResult | null;
  readonly controller: AbortController;
  /** Engines on which something of it was. */
  readonly used: Set<string>;
  /** It has what it was begun for, or has failed: only its hosts are being read back. */
  found: boolean;
  /** Resolves when it is over; never rejects. */
  over: Promise<void>;
}

/** Everything that takes its time: begun, told how far it is, cancelled, and kept with what it found. */
export class Runs {
  /** Oldest first. */
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly context: RunsContext) {}

  start(request: RunRequest): Run {
    const run: Run = {
      ...{ id: randomUUID(), request, state: 'running', startedAt: this.context.now(), endedAt: null },
      ...{ progress: { done: 0, of: 0 }, left: [] },
    };
    const entry: Entry = {
      ...{ run, result: null, controller: new AbortController(), used: new Set(), found: false },
      over: Promise.resolve(),
    };
    this.entries.set(run.id, entry);
    this.context.onChange(run);
    entry.over = this.carryOut(entry);
    return entry.run;
  }

  /** Newest first. */
  list(): Run[] {
    return [...this.entries.values()].map(({ run }) => run).reverse();
  }

  /** @throws ProblemError `run_not_found` */
  get(id: string): RunWithResult {
    const { run, result } = this.entry(id);
    return { ...run, result };
  }

  /**
   * Resolves with the run as it has ended, when nothing of it is on any engine or it says where something may be.
   *
   * @throws ProblemError `run_not_found`
   */
  async cancel(id: string): Promise<Run> {
    const entry = this.entry(id);
    this.end(entry);
    await entry.over;
    return entry.run;
  }

  /**
   * An engine's client is about to be closed: ends the runs that have to do with it, while it can still be read back. By the
   * time that another is behind the same id, that one would be read in its place.
   */
  async release(engineId: string): Promise<void> {
    await this.endAll(({ request }) => request.networks.some((each) => each.engineId === engineId));
  }

  /** Cancels all; resolves when they are over. The clients must live until then. */
  async dispose(): Promise<void> {
    await this.endAll(() => true);
  }

  private async endAll(which: (run: Run) => boolean): Promise<void> {
    const entries = [...this.entries.values()].filter(({ run }) => which(run));
    for (const entry of entries) this.end(entry);
    await Promise.all(entries.map(({ over }) => over));
  }

  private end(entry: Entry): void {
    if (entry.found || entry.controller.signal.aborted) return;
    this.change(entry, { state: 'cancelling' });
    entry.controller.abort();
  }

  private async carryOut(entry: Entry): Promise<void> {
    const { signal } = entry.controller;
    const { request, id } = entry.run;
    let failure: Problem | undefined;
    try {
      const carryOut = this.context.kinds[request.kind] as Carry;
      entry.result = await carryOut(request, {
        id,
        signal,
        progress: (done, of) => this.change(entry, { progress: { done, of } }),
        uses: (engineId) => void entry.used.add(engineId),
      });
    } catch (error) {
      failure = this.problemOf(error);
    }
    entry.found = true;
    const state = failure ? 'failed' : signal.aborted ? 'cancelled' : 'done';
    const left = await this.clear(entry);
    this.change(entry, {
      ...{ state, left, endedAt: this.context.now() },
      ...(failure && { problem: failure }),
    });
    this.forgetOld();
  }

  /** Also after a run that came to its end by itself: a helper whose removal failed has told nobody. */
  private async clear({ used, run }: Entry): Promise<Run['left']> {
    const left = await Promise.all(
      [...used].map(async (engineId) => {
        try {
          await this.context.clear(engineId, run.id);
          return [];
        } catch (error) {
          return [{ engineId, problem: this.problemOf(error) }];
        }
      }),
    );
    return left.flat();
  }

  private change(entry: Entry, part: Partial<Run>): void {
    entry.run = { ...entry.run, ...part };
    this.context.onChange(entry.run);
  }

  private forgetOld(): void {
    const over = [...this.entries.values()].filter(({ run }) => isRunOver(run));
    for (const { run } of over.slice(0, Math.max(0, over.length - keptRuns))) this.entries.delete(run.id);
  }

  private entry(id: string): Entry {
    const known = this.entries.get(id);
    if (!known) throw new ProblemError(problem('run_not_found', {}));
    return known;
  }

  private problemOf(error: unknown): Problem {
    if (error instanceof ProblemError) return error.problem;
    this.context.report(error);
    return problem('internal', { context: 'command', command: 'run.start' });
  }
}
