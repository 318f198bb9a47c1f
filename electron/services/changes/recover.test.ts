import { appendFile, readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChangeRequest } from '../../../shared/model';
import { ChangeBench, changing, refusal } from '../testing/change-bench';
import { container, endpoint, FakeEngine, network, problem } from '../testing/fake-engine';

const lan = network('n1', 'lan');
const dmz = network('n2', 'dmz', { subnets: [{ subnet: '10.70.2.0/24', exclusions: {} }], parent: 'eth2' });
const attached = endpoint(dmz, { ipv4: '10.70.2.9', pinned4: '10.70.2.9', aliases: ['www'] });
const move: ChangeRequest = {
  kind: 'move',
  engineId: 'e1',
  containerId: 'c1',
  fromNetworkId: 'n2',
  toNetworkId: 'n1',
  ipv4: '10.70.1.60',
};

let bench: ChangeBench;
beforeEach(async () => {
  bench = await ChangeBench.open(
    new FakeEngine().add(lan, dmz, container('c1', 'web', { endpoints: [attached] })),
  );
});
afterEach(async () => {
  await bench.close();
  expect(bench.reported).toEqual([]);
});

const networksOf = () =>
  bench.engine.containerMap
    .get('c1')
    ?.endpoints.map((each) => [each.networkName, each.pinned4, each.aliases]);
const before = [['dmz', '10.70.2.9', ['www']]];
const after = [['lan', '10.70.1.60', ['www']]];

/** Moves `web` until the console is killed; gives a new console, which has found the change. */
async function cutOff(nth: number, when: 'before' | 'after') {
  const { changes } = await bench.start();
  const killed = bench.killAt(nth, when);
  const { id } = await changes.preview(move);
  void changes.apply(id).catch(() => undefined);
  await killed;
  bench.revive();
  return { ...(await bench.start()), id };
}

it('a network that was being made is not found in an equal one of another hand', async () => {
  const spec = {
    ...{ name: 'lan20', driver: 'macvlan' as const, parent: 'eth4', subnet: '10.70.4.0/24' },
    ...{ mode: 'bridge', exclusions: [], internal: false },
  };
  const cut = async () => {
    const { changes } = await bench.start();
    const killed = bench.killAt(1, 'after');
    const { id } = await changes.preview({ kind: 'create-network', engineId: 'e1', spec });
    void changes.apply(id).catch(() => undefined);
    await killed;
    bench.revive();
    return { ...(await bench.start()), id };
  };
  const named = () => [...bench.engine.networkMap.values()].filter((each) => each.name === 'lan20');
  const { changes, log, id } = await cut();
  const [ours] = named();
  bench.engine.networkMap.delete(ours!.id);
  bench.engine.add({ ...ours!, id: 'theirs' });
  // The journal knows the id of what was made.
  const entry = log.get(id)!;
  entry.run!.hosts[0]!.doubt = null;
  const inverse = { op: 'remove-network' as const, networkId: ours!.id, networkName: 'lan20' };
  entry.run!.hosts[0]!.done = [{ inverse, networkId: ours!.id }];
  await changes.recover(id, 'roll-back');
  expect(named().map((each) => each.id)).toEqual(['theirs']);
});

describe('a change whose console was killed', () => {
  const points = [
    [1, 'before', 0],
    [1, 'after', 0],
    [2, 'before', 1],
    [2, 'after', 1],
  ] as const;
  it.each(points)(
    'at call %i, %s it was done, is told, and finished or taken back',
    async (nth, when, done) => {
      const { changes, log, id } = await cutOff(nth, when);
      expect(log.list(1)[0]).toMatchObject({
        id,
        state: 'interrupted',
        undoable: false,
        hosts: [
          {
            stepsDone: done,
            recovery: {
              doubtful: true,
              finish: [{ op: 'connect' }, { op: 'disconnect' }].slice(done),
              rollBack: [
                { op: 'connect', networkName: 'dmz' },
                { op: 'disconnect', networkName: 'lan' },
              ].slice(1 - done),
            },
          },
        ],
      });
      const finished = await changes.recover(id, 'finish');
      expect(finished).toMatchObject({ state: 'applied', undoable: true });
      expect(finished.hosts[0]?.recovery).toBeUndefined();
      expect(networksOf()).toEqual(after);
      await changes.undo(id);
      expect(networksOf()).toEqual(before);
    },
  );
  it.each(points)('at call %i, %s it was done, is taken back', async (nth, when) => {
    const { changes, id } = await cutOff(nth, when);
    expect(await changes.recover(id, 'roll-back')).toMatchObject({ state: 'rolled-back', undoable: false });
    expect(networksOf()).toEqual(before);
    expect(await refusal(changes.recover(id, 'finish'))).toMatchObject({ code: 'change_not_interrupted' });
  });

  it('can be left as it is, which touches nothing', async () => {
    const { changes, id } = await cutOff(2, 'before');
    const half = networksOf();
    bench.engine.before = (call) => {
      throw new Error(call);
    };
    expect(await changes.recover(id, 'keep')).toMatchObject({ state: 'kept', undoable: false });
    expect(networksOf()).toEqual(half);
    bench.revive();
    expect((await bench.start()).log.list(1)[0]).toMatchObject({ state: 'kept' });
  });

  it('is not settled, nor undone afterwards, by who has read another record of it', async () => {
    const { changes, log, id } = await cutOff(2, 'before');
    const hosts = log.list(1)[0]?.hosts ?? [];
    const stale = hosts.map((host) => ({ ...host, stepsDone: 0 }));
    const half = networksOf();
    for (const action of ['finish', 'roll-back', 'keep'] as const)
      expect(await refusal(changes.recover(id, action, stale))).toMatchObject({
        ...{ code: 'change_stale', params: { context: 'record' } },
      });
    expect([networksOf(), log.list(1)[0]?.state]).toEqual([half, 'interrupted']);
    const finished = await changes.recover(id, 'finish', hosts);
    expect(finished.state).toBe('applied');
    expect(await refusal(changes.undo(id, hosts))).toMatchObject({ code: 'change_stale' });
    expect(networksOf()).toEqual(after);
    expect(await changes.undo(id, finished.hosts)).toMatchObject({ state: 'undone' });
  });

  const ends = ['finish', 'roll-back'] as const;
  const twice = ends.flatMap((first) =>
    (['before', 'after'] as const).flatMap((when) => ends.map((action) => [first, when, action] as const)),
  );
  it.each(twice)('whose %s was killed again, %s a call, still has its %s', async (first, when, action) => {
    const { changes, id } = await cutOff(1, 'after');
    const killed = bench.killAt(1, when);
    void changes.recover(id, first).catch(() => undefined);
    await killed;
    bench.revive();
    const again = await bench.start();
    expect(again.log.get(id)?.record).toMatchObject({
      state: 'interrupted',
      hosts: [{ recovery: { doubtful: true } }],
    });
    await again.changes.recover(id, action);
    expect(networksOf()).toEqual(action === 'finish' ? after : before);
  });

  it('while it was undone, is undone to the end or stands again', async () => {
    for (const action of ['roll-back', 'finish'] as const) {
      for (const when of ['before', 'after'] as const) {
        const first = await bench.start();
        const { id } = await first.changes.preview(move);
        await first.changes.apply(id);
        const killed = bench.killAt(1, when);
        void first.changes.undo(id).catch(() => undefined);
        await killed;
        bench.revive();
        const { changes, log } = await bench.start();
        expect(log.get(id)?.record).toMatchObject({
          ...{ state: 'interrupted', wasUndoing: true },
          hosts: [{ stepsDone: 1 }],
        });
        const record = await changes.recover(id, action);
        expect(record.state).toBe(action === 'finish' ? 'applied' : 'undone');
        expect(record.wasUndoing).toBeUndefined();
        expect(networksOf()).toEqual(action === 'finish' ? after : before);
        if (action === 'finish') await changes.undo(id);
        expect(networksOf()).toEqual(before);
      }
    }
  });

  it('keeps others off what it affected, and off that alone', async () => {
    const { changes, id } = await cutOff(2, 'before');
    const attach = (containerId: string, networkId: string) => ({
      kind: 'attach' as const,
      engineId: 'e1',
      containerId,
      networkId,
      ipv4: '10.70.3.7',
    });
    bench.engine.add(
      container('c2', 'db'),
      network('n3', 'apps', { subnets: [{ subnet: '10.70.3.0/24', exclusions: {} }], parent: 'eth3' }),
    );
    await bench.resync();
    expect((await changes.preview(attach('c1', 'n3'))).problems[0]?.code).toBe('change_interrupted');
    const other = await changes.preview(attach('c2', 'n3'));
    expect(await changes.apply(other.id)).toMatchObject({ state: 'applied' });
    const stale = await changes.preview({
      kind: 'detach',
      engineId: 'e1',
      containerId: 'c1',
      networkId: 'n1',
    });
    expect(await refusal(changes.apply(stale.id))).toMatchObject({ code: 'change_interrupted' });
    await changes.recover(id, 'finish');
    expect((await changes.preview({ ...attach('c1', 'n3'), ipv4: '10.70.3.8' })).problems).toEqual([]);
  });

  it('stays cut off, from where it then is, when finishing is refused', async () => {
    const { changes, log, id } = await cutOff(1, 'before');
    bench.engine.before = (call) => {
      if (call.startsWith('disconnect')) throw problem('engine_error');
    };
    expect(await refusal(changes.recover(id, 'finish'))).toMatchObject({ code: 'engine_error' });
    expect(log.get(id)?.record).toMatchObject({
      state: 'interrupted',
      hosts: [{ stepsDone: 1, problem: { code: 'engine_error' } }],
    });
    bench.revive();
    const again = await bench.start();
    expect(again.log.get(id)?.record).toMatchObject({
      ...{ state: 'interrupted', hosts: [{ stepsDone: 1 }] },
    });
    await again.changes.recover(id, 'roll-back');
    expect(networksOf()).toEqual(before);
  });
});

describe('an engine that is lost in the midst of a change', () => {
  it('leaves it cut off, with the call in doubt, until the engine is back', async () => {
    const { changes, log } = await bench.start();
    const { id } = await changes.preview(move);
    let gone = false;
    const fake = bench.engine;
    const real = fake.disconnect.bind(fake);
    bench.engine.disconnect = async (...args) => {
      await real(...args);
      gone = true;
      throw problem('engine_unreachable');
    };
    bench.engine.before = () => {
      if (gone) throw problem('engine_unreachable');
    };
    expect(await refusal(changes.apply(id))).toMatchObject({
      code: 'change_interrupted',
      params: { context: 'lost', rolledBack: 0 },
    });
    expect(log.get(id)?.record).toMatchObject({
      state: 'interrupted',
      hosts: [{ stepsDone: 1, recovery: { doubtful: true }, problem: { code: 'engine_unreachable' } }],
    });
    bench.revive();
    expect(await changes.recover(id, 'finish')).toMatchObject({ state: 'applied' });
    expect(networksOf()).toEqual(after);
  });

  it('does not matter when it is back at once: the answer that was lost is looked up', async () => {
    const { changes } = await bench.start();
    const { id } = await changes.preview(move);
    const fake = bench.engine;
    const real = fake.connect.bind(fake);
    bench.engine.connect = async (...args) => {
      await real(...args);
      bench.engine.connect = real;
      throw problem('engine_unreachable');
    };
    expect(await changes.apply(id)).toMatchObject({ state: 'applied' });
    expect(networksOf()).toEqual(after);
    expect(bench.engine.calls.filter((call) => call.startsWith('connect'))).toHaveLength(1);
  });
});

describe('the journal', () => {
  it('is ahead of the engine: each call is on disk before it is sent', async () => {
    const { changes } = await bench.start();
    const { id } = await changes.preview(move);
    const seen: string[] = [];
    bench.engine.before = async (call) => {
      if (changing.test(call)) seen.push((await readFile(bench.file, 'utf8')).trim());
    };
    await changes.apply(id);
    expect(
      seen.map((text) => text.split('\n').map((line) => (JSON.parse(line) as { note?: string }).note)),
    ).toEqual([
      [undefined, 'try'],
      [undefined, 'try', 'done', 'try'],
    ]);
  });

  it('goes on behind a line that was cut short', async () => {
    const first = await cutOff(2, 'before');
    await bench.flush();
    await appendFile(bench.file, '{"note":"done","id":"');
    const { changes, log } = await bench.start();
    expect(log.get(first.id)?.record).toMatchObject({
      ...{ state: 'interrupted', hosts: [{ stepsDone: 1 }] },
    });
    await changes.recover(first.id, 'finish');
    await log.flush();
    expect((await bench.start()).log.get(first.id)?.record.state).toBe('applied');
    expect(bench.reported).toEqual([]);
  });
});
