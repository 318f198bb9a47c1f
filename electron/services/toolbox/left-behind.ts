import { isDeepStrictEqual } from 'node:util';
import { ProblemError, type Problem, type ToolboxSettings } from '../../../shared/model';
import { problem } from '../../../shared/rules';
import type { EngineClient } from '../../docker';
import { imageReference, removeImage } from '../../toolbox';

/** Milliseconds until it is tried again to take away what is left. */
const againMs = 30_000;

interface LeftContext {
  /** Asked anew each time: an engine that was lost is reached by another one later. */
  client(engineId: string): EngineClient;
  settings(): ToolboxSettings;
  isRefused(engineId: string): boolean;
  hostOf(engineId: string): string;
  report(error: unknown): void;
}

/** What is to be taken away from one engine. An object is one try: what comes of an earlier one counts no more. */
interface Clearing {
  /** What the last try that ended has left. */
  problem?: Problem | undefined;
  timer?: NodeJS.Timeout;
}

/** How a try ended. */
interface Ended {
  problem?: Problem;
  /** Helpers that may become leftovers are there. */
  waiting: boolean;
  error?: unknown;
}

/** What of the toolbox is left on engines where it is allowed no more, for as long as it could not be taken away. */
export class LeftBehind {
  private readonly engines = new Map<string, Clearing>();

  constructor(private readonly context: LeftContext) {}

  /** What is left there; undefined where nothing is, as far as this console knows. */
  problemOn(engineId: string): Problem | undefined {
    return this.engines.get(engineId)?.problem;
  }

  /** Takes helpers and image away, and tries again later what could not be. Never rejects. */
  async clear(engineId: string): Promise<void> {
    const mine = this.begin(engineId);
    const { problem: left, waiting, error } = await this.takeAway(engineId);
    if (this.engines.get(engineId) !== mine) return;
    // It may have been allowed again while this waited.
    if (!this.context.isRefused(engineId) || (!left && !waiting)) return this.forget(engineId);
    // The same each time it is tried is told once.
    if (error !== undefined && !isDeepStrictEqual(left, mine.problem)) this.context.report(error);
    mine.problem = left;
    mine.timer = setTimeout(() => void this.clear(engineId), againMs).unref();
  }

  /** The engine is there again, by another client; or another host, where nothing was refused and nothing is touched. */
  onOnline(engineId: string): void {
    if (!this.context.isRefused(engineId)) this.forget(engineId);
    else if (this.engines.has(engineId)) void this.clear(engineId);
  }

  /** Its client is about to be closed: it is gone on with when the engine is there again. */
  rest(engineId: string): void {
    if (this.engines.has(engineId)) this.begin(engineId);
  }

  forget(engineId: string): void {
    clearTimeout(this.engines.get(engineId)?.timer);
    this.engines.delete(engineId);
  }

  dispose(): void {
    for (const engineId of [...this.engines.keys()]) this.forget(engineId);
  }

  private begin(engineId: string): Clearing {
    const last = this.engines.get(engineId);
    clearTimeout(last?.timer);
    const next: Clearing = { problem: last?.problem };
    this.engines.set(engineId, next);
    return next;
  }

  private async takeAway(engineId: string): Promise<Ended> {
    const host = this.context.hostOf(engineId);
    try {
      const client = this.context.client(engineId);
      const mine = this.engines.get(engineId);
      const { left, waiting } = await client.sweepHelpers();
      // It may have been allowed again, or be another try's by now.
      const image = this.engines.get(engineId) === mine ? await this.takeImage(client) : {};
      const names = left.join(' ');
      if (names)
        return { ...image, waiting: true, problem: problem('toolbox_left', { host, names }, { engineId }) };
      return { ...image, waiting: waiting > 0 };
    } catch (error) {
      const unread = problem('toolbox_left', { context: 'unread', host }, { engineId });
      return { problem: unread, waiting: false, error };
    }
  }

  private async takeImage(client: EngineClient): Promise<Pick<Ended, 'problem' | 'error'>> {
    const { engineId } = client;
    const settings = this.context.settings();
    try {
      await removeImage(client, settings);
      return {};
    } catch (error) {
      const words = error instanceof ProblemError ? error.problem.engineText : undefined;
      const params = {
        ...({ context: 'image', host: this.context.hostOf(engineId) } as const),
        image: imageReference(settings),
      };
      const more = { engineId, ...(words !== undefined && { engineText: words }) };
      return { problem: problem('toolbox_left', params, more), error };
    }
  }
}
