import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';
import type { HostStep, ProblemError } from '../../../shared/model';
import { hostless, problem } from '../../../shared/texts';
import type { HostAccess } from '../changes/host-steps';
import { ShimWorld } from '../testing/shim-world';
import type { PolicyKind } from './kind';

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

/** The steps of a kind of which nobody else puts any, and that is put whole or not at all. */
export const plainAccess = <W>(
  kind: Pick<PolicyKind<never, W, string>, 'read' | 'put' | 'remove' | 'differs'>,
  engineId: string,
  nameOf: (it: W) => string,
): HostAccess<W> => ({
  nameOf,
  read: () => kind.read(engineId),
  async put(it) {
    await kind.put(engineId, it);
  },
  remove: (it) => kind.remove(engineId, nameOf(it)),
  same: (one, other) => !kind.differs(one, other),
  isOthers: () => false,
  isWhole: () => true,
  halfWay: (how, it, host, detail) =>
    problem('toolbox_unavailable', { context: `policy_${how}`, host, name: nameOf(it), detail }),
  unlike: (_step: HostStep, it) =>
    hostless('verify_failed', { context: 'policy', name: nameOf(it) }, { engineId }),
});
