import { ProblemError, type Problem, type ToolboxSettings } from '../../../shared/model';
import { problem } from '../../../shared/rules';
import type { EngineClient, Sweep } from '../../docker';
import { imageReference, removeImage } from '../../toolbox';

/** Milliseconds until it is tried again to take away what is left. */
const againMs = 30_000;

interface LeftContext {
  /** Null where the engine could not be asked, which has been reported. */
  sweep(client: EngineClient): Promise<Sweep | null>;
  settings(): ToolboxSettings;
  isRefused(engineId: string): boolean;
  hostOf(engineId: string): string;
  report(error: unknown): void;
}

/** What of the toolbox is left on engines where it is allowed no more, for as long as it could not be taken away. */
export class LeftBehind {
  private readonly known = new Map<string, Problem>();
  private readonly timers = new Map<string, NodeJS.Timeout>();

  constructor(private readonly context: LeftContext) {}

  /** What is left there; undefined where nothing is, as far as this console knows. */
  problemOn(engineId: string): Problem | undefined {
    return this.known.get(engineId);
  }

  /** Takes helpers and image away, and tries again later what could not be. Never rejects. */
  async clear(client: EngineClient): Promise<void> {
    const { engineId } = client;
    this.rest(engineId);
    const left = await this.takeAway(client);
    // It may have been allowed again while this waited.
    if (left === null || !this.context.isRefused(engineId)) return this.forget(engineId);
    this.known.set(engineId, left);
    this.timers.set(engineId, setTimeout(() => void this.clear(client), againMs).unref());
  }

  /** The engine is there again, by another client. */
  onOnline(client: EngineClient): void {
    if (this.known.has(client.engineId)) void this.clear(client);
  }

  /** Its client is about to be closed. */
  rest(engineId: string): void {
    clearTimeout(this.timers.get(engineId));
    this.timers.delete(engineId);
  }

  forget(engineId: string): void {
    this.rest(engineId);
    this.known.delete(engineId);
  }

  dispose(): void {
    for (const engineId of [...this.timers.keys()]) this.rest(engineId);
  }

  private async takeAway(client: EngineClient): Promise<Problem | null> {
    const { engineId } = client;
    const host = this.context.hostOf(engineId);
    const settings = this.context.settings();
    const swept = await this.context.sweep(client);
    if (!swept) return problem('toolbox_left', { context: 'unread', host }, { engineId });
    try {
      await removeImage(client, settings);
    } catch (error) {
      this.context.report(error);
      const words = error instanceof ProblemError ? error.problem.engineText : undefined;
      const more = { engineId, ...(words !== undefined && { engineText: words }) };
      if (swept.left.length === 0)
        return problem('toolbox_left', { context: 'image', host, image: imageReference(settings) }, more);
    }
    if (swept.left.length === 0) return null;
    return problem('toolbox_left', { host, names: swept.left.join(' ') }, { engineId });
  }
}
