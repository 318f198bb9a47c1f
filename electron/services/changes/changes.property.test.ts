import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChangeRequest, NetworkSpec } from '../../../shared/model';
import { ChangeBench } from '../testing/change-bench';
import { container, endpoint, FakeEngine, network, problem } from '../testing/fake-engine';
import type { Changes } from './changes';

/**
 * Any sequence of changes, refused calls, lost answers, undos, and consoles that are killed and settle what they find,
 * leaves the engine as a model of two lines says. Runs against the fake engine; seed and counterexample are printed.
 */

const subnet = (n: number) => `10.70.${String(n)}.0/24`;
const nets = [1, 2, 3].map((n) =>
  network(`n${String(n)}`, `net${String(n)}`, {
    parent: `eth${String(n)}`,
    subnets: [{ subnet: subnet(n), exclusions: {} }],
  }),
);
const names = ['c1', 'c2'];
const engine = () =>
  new FakeEngine().add(
    ...nets,
    ...names.map((id, i) =>
      container(id, id, {
        endpoints: [
          endpoint(nets[0]!, { ipv4: `10.70.1.${String(10 + i)}`, pinned4: `10.70.1.${String(10 + i)}` }),
        ],
      }),
    ),
  );
const spec: NetworkSpec = {
  name: 'made',
  driver: 'macvlan',
  parent: 'eth9',
  mode: 'bridge',
  subnet: subnet(9),
  exclusions: [],
  internal: false,
};

/** What is to be compared: by name, as a network that is made anew has another id. */
const stateOf = ({ networkMap, containerMap }: FakeEngine) => ({
  networks: [...networkMap.values()].map((each) => each.name).sort(),
  containers: [...containerMap.values()].map((each) => [
    each.name,
    ...each.endpoints.map((one) => `${one.networkName} ${one.pinned4 ?? ''}`).sort(),
  ]),
});

type Hit = {
  nth: number;
  how: 'refused' | 'lost-before' | 'lost-after' | 'killed-before' | 'killed-after';
} | null;
const hit = fc.option(
  fc.record({
    nth: fc.integer({ min: 1, max: 4 }),
    how: fc.constantFrom('refused', 'lost-before', 'lost-after', 'killed-before', 'killed-after'),
  }),
  { freq: 2 },
) as fc.Arbitrary<Hit>;
const pick = fc.nat(99);
const action = fc.record({
  what: fc.constantFrom('attach', 'detach', 'move', 'readdress', 'create', 'remove', 'undo'),
  who: pick,
  net: pick,
  to: pick,
  address: fc.option(fc.integer({ min: 20, max: 30 })),
  hit,
  settle: fc.constantFrom('finish', 'roll-back'),
});
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never;

function requestOf({ what, who, net, to, address }: Action, fake: FakeEngine): ChangeRequest | null {
  const at = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(1, list.length)];
  const networks = [...fake.networkMap.values()];
  const [one, other] = [at(networks, net), at(networks, to)];
  const on = { engineId: 'e1', containerId: at(names, who) ?? '' };
  if (what === 'create') return { kind: 'create-network', engineId: 'e1', spec };
  if (!one || !other) return null;
  const pin = (base: typeof one) =>
    address === null ? {} : { ipv4: base.subnets[0]!.subnet.replace('0/24', String(address)) };
  if (what === 'remove') return { kind: 'remove-network', engineId: 'e1', networkId: one.id };
  if (what === 'move')
    return { kind: 'move', ...on, fromNetworkId: one.id, toNetworkId: other.id, ...pin(other) };
  if (what === 'undo') return null;
  return { kind: what, ...on, networkId: one.id, ...(what === 'detach' ? {} : pin(one)) } as ChangeRequest;
}

/** Makes the nth changing call go wrong. Gives what resolves when the console is killed there. */
function arrange(bench: ChangeBench, wrong: Hit): Promise<void> {
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

async function act(bench: ChangeBench, changes: Changes, step: Action): Promise<Changes> {
  const before = stateOf(bench.engine);
  const request = requestOf(step, bench.engine);
  const log = (await bench.start()).log;
  const undoable = log.list(100).find((each) => each.undoable && each.state === 'applied');
  if (!request && !undoable) return changes;
  const preview = request ? await changes.preview(request) : null;
  if (preview && preview.problems.length > 0) {
    expect(preview.steps).toEqual([]);
    return changes;
  }
  const killed = arrange(bench, step.hit);
  const id = preview?.id ?? undoable?.id ?? '';
  const going = preview ? changes.apply(id) : changes.undo(id);
  const ended = await Promise.race([
    killed.then(() => 'killed' as const),
    going.then(
      () => 'done' as const,
      () => 'failed' as const,
    ),
  ]);
  if (ended !== 'killed') {
    bench.revive();
    // All or nothing; what a failed change leaves is what was before it.
    if (ended === 'failed') expect(stateOf(bench.engine)).toEqual(before);
    return changes;
  }
  const half = await finishAfterKill(bench, id, step);
  if (half.back) expect(stateOf(bench.engine)).toEqual(before);
  else {
    // Whatever was finished after a kill is what it would have been without one.
    const calm = await ChangeBench.open(half.untouched);
    const other = (await calm.start()).changes;
    if (request) {
      await other.apply((await other.preview(request)).id);
      expect(stateOf(bench.engine)).toEqual(stateOf(calm.engine));
    }
    await calm.close();
  }
  return half.changes;
}

async function finishAfterKill(bench: ChangeBench, id: string, { settle, what }: Action) {
  const undoing = what === 'undo';
  bench.revive();
  const next = await bench.start();
  const found = next.log.get(id)?.record;
  expect(found?.state).toBe('interrupted');
  await next.changes.recover(id, settle);
  expect(next.log.unsettled()).toEqual([]);
  // Of an undo that was cut off, `finish` is what takes it back to where it began.
  return { changes: next.changes, back: (settle === 'roll-back') !== undoing, untouched: engineBefore };
}
let engineBefore = engine();

describe('any sequence of changes', () => {
  it('leaves the engine as the model says, whatever fails, is lost or killed in between', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 8 }), async (steps) => {
        const bench = await ChangeBench.open(engine());
        try {
          let { changes } = await bench.start();
          for (const step of steps) {
            engineBefore = bench.engine.another();
            ({ changes } = await bench.start());
            changes = await act(bench, changes, step);
          }
          expect(bench.reported).toEqual([]);
        } finally {
          await bench.close();
        }
      }),
      { numRuns: 500 },
    );
  }, 60_000);
});
