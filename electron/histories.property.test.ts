import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { clock } from './testing/histories/clock';
import { Play } from './testing/histories/play';
import { step, told } from './testing/histories/steps';

/**
 * Any history of an admin's changes and guards and of what other hands do on two or three hosts of one LAN, with calls that fail,
 * hang or answer late, engines that go and come back, and consoles that are killed: no address of the LAN is given twice by
 * Trunkline; once all is quiet each guarded container has its addresses, or the console says why not; and what the log and
 * the window say is what the engines have. Real consoles on simulated engines, in time of their own. A failure prints its seed
 * and the shortest history that was found. Ten steps take a third of a second of the processor, so few are played by default; by
 * night: TRUNKLINE_HISTORY_STEPS=100000, and TRUNKLINE_HISTORY_SEED to go another way.
 */
const wanted = Number(process.env['TRUNKLINE_HISTORY_STEPS'] ?? 2_000);
const seed = Number(process.env['TRUNKLINE_HISTORY_SEED'] ?? 12);
const longest = 150;
/** How long a shorter history that fails is looked for, milliseconds. */
const searchMs = 60_000;

beforeEach(() => clock.start(Date.UTC(2026, 0, 1)));
afterEach(() => clock.stop());

it(
  `keeps every address through ${String(wanted)} steps`,
  async () => {
    let steps = 0;
    let histories = 0;
    let failedAt: number | undefined;
    const history = fc.array(step, { minLength: 1, maxLength: longest, size: 'max' });
    const property = fc.asyncProperty(fc.integer({ min: 2, max: 3 }), history, async (hosts, all) => {
      // Enough is enough, unless a shorter history is looked for that fails as well.
      const over = failedAt === undefined ? steps >= wanted : process.uptime() * 1000 - failedAt > searchMs;
      if (over) return;
      histories += 1;
      try {
        await new Play(hosts).all(all, () => (steps += 1));
      } catch (error) {
        failedAt ??= process.uptime() * 1000;
        throw error;
      }
    });
    const result = await fc.check(property, { seed, numRuns: wanted });
    const figure = `${String(steps)} steps in ${String(histories)} histories, seed ${String(seed)}`;
    const { counterexample, errorInstance } = result;
    const lines = counterexample?.[1].map(told) ?? [];
    const failure = counterexample
      ? `\n${String(counterexample[0])} hosts, path ${String(result.counterexamplePath)}\n${lines.join('\n')}\n${String(errorInstance instanceof Error ? errorInstance.stack : errorInstance)}`
      : '';
    console.log(`${figure}: ${failure ? 'broken' : 'nothing broken'}${failure}`);
    expect(result.failed, `${figure}${failure}`).toBe(false);
  },
  Math.max(600_000, wanted * 200),
);
