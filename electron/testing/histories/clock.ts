import { syncBuiltinESMExports } from 'node:module';
import timersPromises from 'node:timers/promises';
import { vi } from 'vitest';

const realPause = timersPromises.setTimeout;

/** As the one of `node:timers/promises`, which Vitest leaves to the real time. */
function pause<T>(ms?: number, value?: T, { signal }: { signal?: AbortSignal } = {}): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(value as T), ms);
    const stop = () => {
      clearTimeout(timer);
      reject(new Error('aborted'));
    };
    signal?.addEventListener('abort', stop, { once: true });
  });
}

/** Also for whoever has imported it by its name. */
function putPause(one: typeof realPause): void {
  Object.assign(timersPromises, { setTimeout: one });
  syncBuiltinESMExports();
}

const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** Work of the system that is asked for and not done: files are read and written in threads of their own. */
const isWorking = (): boolean =>
  process.getActiveResourcesInfo().some((name) => name.startsWith('FS') || name === 'CloseReq');

/** Until nothing goes on but what waits for its time. */
async function idle(): Promise<void> {
  do await turn();
  while (isWorking());
}

/** Time that passes only as fast as all work is done that was due by then, so that a history goes the same way each time. */
export const clock = {
  start(at: number): void {
    vi.useFakeTimers({
      now: at,
      toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
    });
    putPause(pause as typeof realPause);
  },
  stop(): void {
    vi.clearAllTimers();
    vi.useRealTimers();
    putPause(realPause);
  },
  /** Nothing that waits for its time comes any more. */
  forget(): void {
    vi.clearAllTimers();
  },
  /** Lets so much time pass; ends early where `until` says so. */
  async pass(ms: number, until: () => boolean = () => false): Promise<void> {
    let over = false;
    const end = setTimeout(() => (over = true), ms);
    await idle();
    while (!over && !until()) {
      // What is due at one moment and all that it brings about come before the next.
      vi.advanceTimersToNextTimer();
      await idle();
    }
    clearTimeout(end);
  },
};
