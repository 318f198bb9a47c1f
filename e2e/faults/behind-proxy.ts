import type { ElectronApplication, Page } from '@playwright/test';
import { expect, test as lab } from '../fixtures/lab';
import { startProxy, type EngineProxy } from './proxy';

/** The desktop app on two real engines, of which the first is reached by way of a proxy that can be told to misbehave. */
export const test = lab.extend<{ between: EngineProxy }>({
  between: async ({ lab: { hosts } }, use) => {
    const proxy = await startProxy(hosts[0].socket);
    await use(proxy);
    await proxy.close();
  },
  extraArgs: async ({ between, lab: { hosts } }, use) => {
    await use(['--host', between.endpoint, '--host', hosts[1].endpoint]);
  },
});

export { expect };

/** What the window does by itself, counted in it: frames drawn, milliseconds of long tasks, banners ever shown. */
export interface Watched {
  frames: number;
  longTasks: number;
  banners: string[];
}

/** Counts from now on; a reload would end it, and be seen by that. */
export async function watchWindow(page: Page): Promise<() => Promise<Watched>> {
  await page.evaluate(() => {
    const watched: Watched = { frames: 0, longTasks: 0, banners: [] };
    const frame = () => {
      watched.frames += 1;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) watched.longTasks += duration;
    }).observe({ type: 'longtask' });
    const look = () => {
      for (const each of document.querySelectorAll('[data-testid^=offline-], [data-testid=lost-banner]')) {
        const name = each.getAttribute('data-testid') ?? '';
        if (!watched.banners.includes(name)) watched.banners.push(name);
      }
    };
    look();
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
    Object.assign(window, { watched });
  });
  return () => page.evaluate(() => ({ ...(window as unknown as { watched: Watched }).watched }));
}

/** Bytes of the heaps of window and main process, each after a garbage collection. */
export async function heaps(app: ElectronApplication, page: Page): Promise<{ window: number; main: number }> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  await cdp.detach();
  const main = await app.evaluate(() => {
    process.getBuiltinModule('v8').setFlagsFromString('--expose-gc');
    (process.getBuiltinModule('vm').runInNewContext('gc') as () => void)();
    return process.memoryUsage().heapUsed;
  });
  return { window: usedSize, main };
}

/** Events by the thousand: a thousand in each second, as many as are due whenever the machine lets it. */
export class Storm {
  /** In a calm nothing is told, and only counted. */
  raging = false;
  /** Events so far. */
  due = 0;
  /** Those that nobody listened to. */
  unheard = 0;
  private last = performance.now();
  private readonly timer: NodeJS.Timeout;

  /** @param lines what the engine has really said, to be told again and again */
  constructor(
    private readonly between: EngineProxy,
    private readonly lines: readonly string[],
  ) {
    this.timer = setInterval(() => this.tell(), 10);
  }

  end(): void {
    clearInterval(this.timer);
  }

  private tell(): void {
    const now = performance.now();
    const count = Math.floor(now - this.last);
    this.last += count;
    for (let i = 0; i < count; i++) {
      const line = this.lines[this.due % this.lines.length] ?? '';
      if (this.raging && this.between.say(/^\/events/, line) === 0) this.unheard += 1;
      this.due += 1;
    }
  }
}
