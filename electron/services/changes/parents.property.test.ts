import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLeftover, isLive } from '../../../shared/rules';
import { ChangeBench, refusal } from '../testing/change-bench';
import {
  gesture,
  modelEngine,
  requestFor,
  stateAfter,
  stateOf,
  type Gesture,
  type ModelState,
} from '../testing/change-model';
import type { ChangeLog } from './change-log';
import type { Changes } from './changes';

/**
 * Parents of networks go, or are given to a bridge, and come back, containers are stopped and started by other hands, and an
 * admin goes on: what the change log says of each change is what the engine has. In the end, with all parents back and with
 * what the console offers for leftovers, every container can be stopped and started. The fake engine leaves behind what
 * real ones do (docs/engine-facts.md §2). Seed and counterexample are printed (more runs: TRUNKLINE_PROPERTY_RUNS).
 */

const kinds = ['attach', 'detach', 'move', 'readdress', 'undo'] as const;
const parent = fc.constantFrom('eth1', 'eth2');
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(gesture, fc.constantFrom(...kinds)).map(([one, what]) => ({ ...one, what })),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('parent' as const), parent }) },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constant('power' as const), who: fc.constantFrom('c1', 'c2', 'c3') }),
  },
);
type Move = typeof step extends fc.Arbitrary<infer M> ? M : never;

/** The generations whose engines differ here: 20.10, 26.1, 28.5 and 29.7. */
const generations = fc.constantFrom(
  { keeps: true, can: { sharedParent: false, gatewayPriority: false, macOnConnect: false } },
  { keeps: true, can: { sharedParent: true, gatewayPriority: true, macOnConnect: false } },
  { keeps: false, can: { sharedParent: true, gatewayPriority: true, macOnConnect: true } },
);

class Admin {
  private readonly befores = new Map<string, ModelState>();
  /** The change that nothing has come after. */
  private newest: string | null = null;

  constructor(
    private readonly bench: ChangeBench,
    private readonly changes: Changes,
    private readonly log: ChangeLog,
  ) {}

  async act(move: Move): Promise<void> {
    const { engine } = this.bench;
    if (move.what === 'parent') {
      if (!engine.unusable.delete(move.parent)) engine.unusable.add(move.parent);
      return;
    }
    if (move.what === 'power') return this.power(move.who);
    if (move.what === 'undo') return this.undo(move);
    return this.ask(move);
  }

  private state(): ModelState {
    return stateOf(this.bench.engine);
  }

  /** Another hand stops or starts a container. */
  private async power(who: string): Promise<void> {
    const { engine } = this.bench;
    if (engine.containerMap.get(who)?.state === 'running') await engine.stop(who);
    else await refusal(engine.start(who));
    this.newest = null;
    await this.bench.resync();
  }

  private async ask(move: Gesture): Promise<void> {
    const { engine } = this.bench;
    const before = this.state();
    const request = requestFor(move, engine);
    if (!request) return;
    const { id, problems } = await this.changes.preview(request);
    if (problems.length > 0) return;
    const after = stateAfter(before, request, engine);
    await refusal(this.changes.apply(id));
    const record = this.log.get(id)?.record;
    const now = this.state();
    if (record?.state === 'applied') {
      expect(now).toEqual(after);
      this.befores.set(id, before);
      this.newest = id;
    } else if (record?.state === 'rolled-back') {
      // Whoever was stopped and started for it runs as before.
      expect(now).toEqual(before);
    } else {
      if (!record) return expect(now).toEqual(before);
      expect(record.state).toBe('failed');
      this.newest = null;
      this.checkFailed(record.hosts[0]?.problem, before);
    }
  }

  /** What is not as it was is really not, and what is said to be left is there. */
  private checkFailed(
    problem: { code: string; params?: Record<string, string | number> | undefined } | undefined,
    before: ModelState,
  ): void {
    expect(problem?.code).toBe('rollback_failed');
    if (problem?.params?.['context'] !== 'leftover') return expect(this.state()).not.toEqual(before);
    const { container = '', network = '' } = problem.params;
    const who = [...this.bench.engine.containerMap.values()].find((one) => one.name === container);
    const left = who?.endpoints.find((one) => one.networkName === network);
    expect(who && left && isLeftover(who, left)).toBe(true);
  }

  private async undo(move: Gesture): Promise<void> {
    const open = this.log.list(100).filter((one) => one.undoable && one.state === 'applied');
    const record = open[move.who % 4 === 0 ? move.net % Math.max(1, open.length) : 0];
    if (!record) return;
    const now = this.state();
    await refusal(this.changes.undo(record.id));
    const ended = this.log.get(record.id)?.record;
    const newest = this.newest === record.id;
    this.newest = null;
    if (ended?.state === 'undone') {
      if (newest && !ended.exceptions?.length) expect(this.state()).toEqual(this.befores.get(record.id));
    } else if (ended?.state === 'applied') expect(this.state()).toEqual(now);
    else this.checkFailed(ended?.hosts[0]?.problem, now);
  }

  /** All parents are back; what the console knows to be left over is cleared as it offers to. */
  async settle(): Promise<void> {
    const { engine } = this.bench;
    engine.unusable.clear();
    await this.bench.resync();
    for (const { id } of [...engine.containerMap.values()]) await this.clear(id);
    for (const { id } of [...engine.containerMap.values()]) {
      await engine.stop(id);
      await engine.start(id);
      const who = engine.containerMap.get(id);
      expect(who?.state).toBe('running');
      expect(who?.endpoints.filter((one) => isLeftover({ state: 'running' }, one))).toEqual([]);
    }
  }

  private async clear(containerId: string): Promise<void> {
    for (;;) {
      const who = this.bench.shown().containers.find((one) => one.id === containerId);
      const left = who && isLive(who) && who.endpoints.find((one) => isLeftover(who, one));
      if (!left) return;
      const { networkId } = left;
      const preview = await this.changes.preview({ kind: 'detach', engineId: 'e1', containerId, networkId });
      expect(preview.problems).toEqual([]);
      await this.changes.apply(preview.id);
    }
  }
}

describe('on networks whose parents come and go', () => {
  it('the change log says what the engine has, and every container can restart', async () => {
    await fc.assert(
      fc.asyncProperty(
        generations,
        fc.array(step, { minLength: 1, maxLength: 14 }),
        async ({ keeps, can }, moves) => {
          const engine = modelEngine(can);
          engine.keepsLeftovers = keeps;
          const bench = await ChangeBench.open(engine);
          try {
            const { changes, log } = await bench.start();
            const admin = new Admin(bench, changes, log);
            for (const each of moves) await admin.act(each);
            await admin.settle();
            expect(bench.reported).toEqual([]);
          } finally {
            await bench.close();
          }
        },
      ),
      { numRuns: Number(process.env['TRUNKLINE_PROPERTY_RUNS'] ?? 150) },
    );
  }, 120_000);
});
