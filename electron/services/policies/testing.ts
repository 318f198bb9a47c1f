import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';
import type { ProblemError } from '../../../shared/model';
import { ShimWorld } from '../testing/shim-world';

/** A console that keeps shims on one host, with a clock that the test moves. Call it once, at the top of a file. */
export function shimBench() {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trunkline-policies-'));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(async () => {
    vi.useRealTimers();
    await rm(folder, { recursive: true, force: true });
  });

  async function start() {
    const host = new ShimWorld();
    const console_ = await host.open(folder);
    const { known: world, calls, links, told: changes } = host;
    return {
      ...console_,
      ...{ world, calls, links, changes, path: join(folder, 'plan.yaml') },
      refuse: (error: ProblemError | null) => (host.refusal = error),
      pass: async (ms: number) => {
        host.now += ms;
        await vi.advanceTimersByTimeAsync(ms);
        // What was set off runs to its end: it writes no file here unless it says so.
        await new Promise((resolve) => setImmediate(resolve));
      },
    };
  }
  return start;
}
