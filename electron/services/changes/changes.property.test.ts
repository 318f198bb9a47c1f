import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EngineRequest, Problem, RecoverAction } from '../../../shared/model';
import { ChangeBench, refusal } from '../testing/change-bench';
import {
  gesture,
  modelEngine,
  requestFor,
  stateAfter,
  stateOf,
  type ModelState,
} from '../testing/change-model';
import { problem } from '../testing/fake-engine';
import type { ChangeLog } from './change-log';
import type { Changes } from './changes';

/**
 * Any sequence of changes, refused calls, lost answers, undos, and consoles that are killed and settle what they find,
 * leaves the engine as a model says, and the console's own inventory, as its reader keeps it, equal to the engine: by
 * what a change reads again alone, without an event and without an audit. Runs against the fake engine, which refuses
 * what real ones refuse; seed and counterexample are printed (more runs: TRUNKLINE_PROPERTY_RUNS). That the plans are
 * right is `plan.property.test.ts`, that several hosts are changed all or not at all `run-hosts.test.ts`, that the
 * inventory follows events `storms.test.ts`.
 */

const hit = fc.option(
  fc.record({
    nth: fc.integer({ min: 1, max: 4 }),
    how: fc.constantFrom('refused', 'lost-before', 'lost-after', 'killed-before', 'killed-after'),
  }),
  { freq: 2 },
);
const action = fc.record({
  asks: gesture,
  hit,
  settle: fc.constantFrom('finish', 'roll-back', 'finish', 'roll-back', 'keep'),
});
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never;
const abilities = fc.record({
  sharedParent: fc.boolean(),
  gatewayPriority: fc.boolean(),
  macOnConnect: fc.boolean(),
});

/** Makes the nth changing call go wrong. Gives what resolves when the console is killed there. */
function arrange(bench: ChangeBench, wrong: Action['hit']): Promise<void> {
  const never = new Promise<void>(() => undefined);
  if (!wrong) return never;
  const { nth, how } = wrong;
  if (how === 'killed-before' || how === 'killed-after')
    return bench.killAt(nth, how === 'killed-before' ? 'before' : 'after');
  const fake = bench.engine;
  let count = 0;
  for (const name of ['connect', 'disconnect', 'createNetwork', 'removeNetwork'] as const) {
    const real = fake[name].bind(fake) as (...args: unknown[]) => Promise<unknown>;
    fake[name] = (async (...args: unknown[]) => {
      count += 1;
      if (count !== nth) return real(...args);
      if (how === 'refused') throw problem('engine_error');
      if (how === 'lost-after') await real(...args);
      throw problem('engine_unreachable');
    }) as never;
  }
  return never;
}

/** One admin, who goes on whatever happens. */
class Admin {
  /** Changes that stand, the newest last, with what was before each; null once something below it was taken away. */
  private stands: { id: string; before: ModelState | null }[] = [];

  private constructor(
    private readonly bench: ChangeBench,
    private changes: Changes,
    private log: ChangeLog,
  ) {}

  static async at(bench: ChangeBench): Promise<Admin> {
    const { changes, log } = await bench.start();
    return new Admin(bench, changes, log);
  }

  async act(step: Action): Promise<void> {
    if (step.asks.what === 'undo') await this.undo(step);
    else await this.ask(step);
    expect(this.log.unsettled()).toEqual([]);
    this.checkShown();
  }

  private async ask(step: Action): Promise<void> {
    const { engine } = this.bench;
    const before = stateOf(engine);
    const request = requestFor(step.asks, engine);
    if (!request) return;
    const { id, problems, hosts } = await this.changes.preview(request);
    if (problems.length > 0) return expect(hosts[0]?.steps).toEqual([]);
    const after = stateAfter(before, request, engine);
    const ended = await this.run(step, id, () => this.changes.apply(id));
    if (ended === 'left') return;
    expect(this.state()).toEqual(ended === 'done' ? after : before);
    if (ended !== 'done') return;
    this.checkMac(request);
    this.stands.push({ id, before });
  }

  private async undo(step: Action): Promise<void> {
    const open = this.log.list(100).filter((each) => each.undoable && each.state === 'applied');
    // Mostly the newest, as admins do.
    const record = open[step.asks.who % 4 === 0 ? step.asks.net % Math.max(1, open.length) : 0];
    if (!record) return;
    const now = this.state();
    const newest = this.stands.at(-1);
    const ended = await this.run(step, record.id, () => this.changes.undo(record.id));
    if (ended === 'left') return;
    if (ended === 'failed') return expect(this.state()).toEqual(now);
    const index = this.stands.findIndex((each) => each.id === record.id);
    const above = this.stands.splice(index).slice(1);
    this.stands.push(...above.map(({ id }) => ({ id, before: null })));
    if (newest?.id === record.id && newest.before) return expect(this.state()).toEqual(newest.before);
    // What came later stands, and is not what this was about.
    expect(this.state()).not.toEqual(now);
  }

  /** `done` and `failed` say where the change stands, however that came about; `left` that nobody knows. */
  private async run(
    { asks, hit: wrong, settle }: Action,
    id: string,
    work: () => Promise<unknown>,
  ): Promise<'done' | 'failed' | 'left'> {
    const killed = arrange(this.bench, wrong).then(() => 'killed' as const);
    const going = work().then(
      () => 'done' as const,
      () => 'failed' as const,
    );
    const ended = await Promise.race([killed, going]);
    this.bench.revive();
    if (ended !== 'killed') return ended;
    ({ changes: this.changes, log: this.log } = await this.bench.start());
    expect(this.log.get(id)?.record.state).toBe('interrupted');
    const action = await this.settle(id, settle);
    if (action === 'keep') {
      this.stands = [];
      return 'left';
    }
    // Of an undo that was cut off, `finish` is what takes it back to where it began.
    return (action === 'finish') === (asks.what !== 'undo') ? 'done' : 'failed';
  }

  /** Where there is no way back that is said, nothing is lost by having tried, and the way ahead is open. */
  private async settle(id: string, action: RecoverAction): Promise<RecoverAction> {
    const refused = (await refusal(this.changes.recover(id, action))) as Problem | null;
    if (refused === null) return action;
    expect([
      ['change_not_undoable', 'irreversible'],
      // Of a network that had no label of ours nobody knows who has made it again.
      ['change_stale', 'unsure'],
    ]).toContainEqual([refused.code, refused.params?.context]);
    const other = action === 'finish' ? 'roll-back' : 'finish';
    expect(this.log.get(id)?.record.state).toBe('interrupted');
    await this.changes.recover(id, other);
    return other;
  }

  private state(): ModelState {
    return stateOf(this.bench.engine);
  }

  private checkMac(request: EngineRequest): void {
    const { engine } = this.bench;
    if (request.kind !== 'attach' || !request.mac || !engine.can.macOnConnect) return;
    const who = engine.containerMap.get(request.containerId);
    const mac = who?.endpoints.find((each) => each.networkId === request.networkId)?.mac;
    if (who?.state === 'running') expect(mac).toBe(request.mac.toLowerCase());
  }

  private checkShown(): void {
    const { engine } = this.bench;
    const { networks, containers } = this.bench.shown();
    const byId = <T extends { id: string }>(things: Iterable<T>) =>
      new Map([...things].map((one) => [one.id, one]));
    expect(byId(networks)).toEqual(engine.networkMap);
    expect(byId(containers)).toEqual(engine.containerMap);
  }
}

describe('any sequence of changes', () => {
  it('leaves the engine as the model says, and the inventory as the engine is', async () => {
    await fc.assert(
      fc.asyncProperty(abilities, fc.array(action, { minLength: 1, maxLength: 10 }), async (can, actions) => {
        const bench = await ChangeBench.open(modelEngine(can));
        try {
          const admin = await Admin.at(bench);
          for (const each of actions) await admin.act(each);
          expect(bench.reported).toEqual([]);
        } finally {
          await bench.close();
        }
      }),
      { numRuns: Number(process.env['TRUNKLINE_PROPERTY_RUNS'] ?? 150) },
    );
  }, 120_000);
});
