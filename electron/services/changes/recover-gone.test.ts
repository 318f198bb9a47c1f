import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChangeRequest } from '../../../shared/model';
import { CONTAINER_GONE, NETWORK_GONE } from '../../../shared/rules';
import type { ChangeBench } from '../testing/change-bench';
import { refusal } from '../testing/change-bench';
import { container, endpoint } from '../testing/fake-engine';
import { create, SegmentWorld } from '../testing/segment-world';
import { attach, c1, dmz, move, openWebOnDmz, readdress } from '../testing/web-on-dmz';

const on = (extra = {}) => endpoint(dmz, { ipv4: '10.70.2.9', pinned4: '10.70.2.9', ...extra });

let bench: ChangeBench;
beforeEach(async () => {
  bench = await openWebOnDmz();
});
afterEach(async () => {
  await bench.close();
  expect(bench.reported).toEqual([]);
});

const webGone = { network: '', container: 'web', field: CONTAINER_GONE };
const notFound = { code: 'container_not_found', params: { container: 'web' } };
const networksOf = () => bench.engine.containerMap.get('c1')?.endpoints.map((each) => each.networkName);

const removed = (): void => void bench.engine.containerMap.delete('c1');

/** The console is killed at a call of `work`, and another hand does its own before the next one starts. */
async function cutOff(
  nth: number,
  when: 'before' | 'after',
  request: ChangeRequest,
  { undo = false, hand = removed }: { undo?: boolean; hand?: () => void } = {},
) {
  const { changes } = await bench.start();
  const { id } = await changes.preview(request);
  if (undo) await changes.apply(id);
  const killed = bench.killAt(nth, when);
  void (undo ? changes.undo(id) : changes.apply(id)).catch(() => undefined);
  await killed;
  bench.revive();
  hand();
  return { ...(await bench.start()), id };
}

describe('a change that was cut off, whose container another hand removes', () => {
  const points = [
    [1, 'before'],
    [1, 'after'],
    [2, 'before'],
    [2, 'after'],
  ] as const;
  const kinds = { move, readdress };
  const cases = (['move', 'readdress'] as const).flatMap((kind) =>
    points.map(([nth, when]) => [kind, nth, when] as const),
  );
  it.each(cases)('is rolled back except for it: a %s at call %i, %s it', async (kind, nth, when) => {
    const { changes, id } = await cutOff(nth, when, kinds[kind]);
    const record = await changes.recover(id, 'roll-back');
    expect(record).toMatchObject({ state: 'rolled-back', undoable: false });
    expect(record.exceptions).toMatchObject([webGone]);
    expect(record.hosts[0]).not.toHaveProperty('problem');
  });

  it('is rolled back except for it where nothing was to be given back', async () => {
    const { changes, id } = await cutOff(1, 'after', attach);
    expect((await changes.recover(id, 'roll-back')).exceptions).toMatchObject([webGone]);
  });

  it('is so when its network goes with it', async () => {
    const hand = () => {
      removed();
      bench.engine.networkMap.delete('n2');
    };
    const { changes, id } = await cutOff(2, 'after', move, { hand });
    const record = await changes.recover(id, 'roll-back');
    expect([record.state, record.exceptions]).toMatchObject(['rolled-back', [webGone]]);
  });

  it('is so while a container of its own address has come in its place', async () => {
    const again = container('c9', 'web', { endpoints: [on()] });
    const hand = () => {
      removed();
      bench.engine.add(again);
    };
    const { changes, id } = await cutOff(2, 'after', move, { hand });
    const record = await changes.recover(id, 'roll-back');
    expect([record.state, record.exceptions]).toMatchObject(['rolled-back', [webGone]]);
    expect(bench.engine.containerMap.get('c9')).toEqual(again);
  });

  it.each(cases)(
    'is not finished, and then still rolled back: a %s at call %i, %s it',
    async (kind, nth, when) => {
      const { changes, log, id } = await cutOff(nth, when, kinds[kind]);
      for (const _ of ['first', 'second'])
        expect(await refusal(changes.recover(id, 'finish'))).toMatchObject(notFound);
      expect(log.get(id)?.record).toMatchObject({
        ...{
          state: 'interrupted',
          hosts: [{ problem: notFound, recovery: { rollBack: expect.anything() as [] } }],
        },
      });
      const { changes: next } = await bench.start();
      const record = await next.recover(id, 'roll-back');
      expect([record.state, record.exceptions]).toMatchObject(['rolled-back', [webGone]]);
    },
  );

  it('tells of it at a second press, when it goes in the midst of the first one', async () => {
    const { changes, log, id } = await cutOff(2, 'after', move, { hand: () => undefined });
    let back = false;
    bench.engine.before = (call) => {
      back ||= call.startsWith('disconnect n1');
      // Between two reads of what was taken back.
      if (back && call === 'networks') removed();
    };
    expect(await refusal(changes.recover(id, 'roll-back'))).toMatchObject(notFound);
    expect(log.get(id)?.record.state).toBe('interrupted');
    bench.engine.before = () => undefined;
    const record = await changes.recover(id, 'roll-back');
    expect([record.state, record.exceptions]).toMatchObject(['rolled-back', [webGone]]);
  });

  it('ends so also when it was being undone, whose finishing is refused', async () => {
    for (const [nth, when] of points) {
      bench.engine.add(container('c1', 'web', { endpoints: [on()] }));
      const { changes, log, id } = await cutOff(nth, when, move, { undo: true });
      for (const _ of ['first', 'second'])
        expect(await refusal(changes.recover(id, 'finish'))).toMatchObject(notFound);
      expect(log.get(id)?.record).toMatchObject({ state: 'interrupted', wasUndoing: true });
      const record = await changes.recover(id, 'roll-back');
      expect([record.state, record.exceptions]).toMatchObject(['undone', [webGone]]);
    }
  });

  it('is taken back when the call in doubt was to stop it', async () => {
    const request: ChangeRequest = { ...attach, stopFirst: true };
    const { changes } = await bench.start();
    const { id } = await changes.preview(request);
    const stopping = new Promise<void>((resolve) => {
      bench.engine.stop = () => {
        resolve();
        return new Promise<never>(() => undefined);
      };
    });
    void changes.apply(id).catch(() => undefined);
    await stopping;
    bench.revive();
    removed();
    const next = await bench.start();
    expect(await refusal(next.changes.recover(id, 'finish'))).toMatchObject(notFound);
    const record = await next.changes.recover(id, 'roll-back');
    expect([record.state, record.exceptions]).toMatchObject(['rolled-back', [webGone]]);
  });
});

describe('a change that was cut off, whose network another hand removes', () => {
  const remove = (id: string) => () => void bench.engine.networkMap.delete(id);

  it('is rolled back except for it where nothing else is taken from the container', async () => {
    const detach: ChangeRequest = { kind: 'detach', ...c1, networkId: 'n2' };
    const { changes, id } = await cutOff(1, 'after', detach, { hand: remove('n2') });
    const record = await changes.recover(id, 'roll-back');
    expect(record).toMatchObject({ state: 'rolled-back' });
    expect(record.exceptions).toMatchObject([{ network: 'dmz', container: 'web', field: NETWORK_GONE }]);
    expect(networksOf()).toEqual([]);
  });

  it('does not take the container off the only one that it has', async () => {
    const { changes, log, id } = await cutOff(2, 'after', move, { hand: remove('n2') });
    expect(await refusal(changes.recover(id, 'roll-back'))).toMatchObject({
      ...{
        code: 'change_not_undoable',
        params: { context: 'taken_off', network: 'dmz', container: 'web', host: 'atlas' },
      },
    });
    expect([networksOf(), log.get(id)?.record.state]).toEqual([['lan'], 'interrupted']);
    expect(await changes.recover(id, 'finish')).toMatchObject({ state: 'applied' });
  });

  it('is rolled back except for it where the container was stopped on it', async () => {
    bench.engine.add(
      container('c1', 'web', { state: 'exited', endpoints: [on({ ipv4: '', endpointId: '' })] }),
    );
    const { changes, id } = await cutOff(2, 'after', readdress, { hand: remove('n2') });
    const record = await changes.recover(id, 'roll-back');
    expect([record.state, record.exceptions]).toMatchObject([
      'rolled-back',
      [{ network: 'dmz', container: 'web', field: NETWORK_GONE }],
    ]);
    expect(networksOf()).toEqual([]);
  });

  it('is not finished onto it, and is rolled back', async () => {
    const { changes, id } = await cutOff(1, 'before', attach, { hand: remove('n1') });
    expect(await refusal(changes.recover(id, 'finish'))).toMatchObject({
      ...{ code: 'network_not_found', params: { network: 'lan' } },
    });
    const record = await changes.recover(id, 'roll-back');
    expect(record).toMatchObject({ state: 'rolled-back' });
    expect(record).not.toHaveProperty('exceptions');
  });

  it('that was made by it, is rolled back without a word', async () => {
    const spec = {
      ...{ name: 'lan20', driver: 'macvlan' as const, parent: 'eth4', subnet: '10.70.4.0/24' },
      ...{ mode: 'bridge', exclusions: [], internal: false },
    };
    const made: ChangeRequest = { kind: 'create-network', engineId: 'e1', spec };
    const hand = () => {
      for (const [id, { name }] of bench.engine.networkMap) if (name === 'lan20') remove(id)();
    };
    const { changes, id } = await cutOff(1, 'after', made, { hand });
    const record = await changes.recover(id, 'roll-back');
    expect(record).toMatchObject({ state: 'rolled-back' });
    expect(record).not.toHaveProperty('exceptions');
  });
});

describe('a segment’s removal that was cut off, one of whose containers is gone', () => {
  let dir: string;
  let world: SegmentWorld;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'trunkline-gone-'));
    world = new SegmentWorld();
  });
  afterEach(() => rm(dir, { recursive: true }));

  it.each(['c1', 'c2'])('gives the others back what was theirs: %s', async (gone) => {
    const first = await world.open(dir, (error) => bench.reported.push(error));
    const { segment } = await first.changes.apply((await first.changes.preview(create)).id);
    const [office] = world.engine('e1').networkMap.values();
    const at = (ipv4: string) => ({ endpoints: [endpoint(office!, { ipv4, pinned4: ipv4 })] });
    world.engine('e1').add(container('c1', 'c1', at('10.70.1.9')), container('c2', 'c2', at('10.70.1.10')));
    const request = { kind: 'delete-segment', segmentId: segment?.id ?? '', detachRunning: true } as const;
    const { id } = await first.changes.preview(request);
    const killed = new Promise<void>((resolve) => {
      const fake = world.engine('e1');
      const real = fake.removeNetwork.bind(fake);
      fake.removeNetwork = async (network) => {
        await real(network);
        resolve();
        return new Promise<never>(() => undefined);
      };
    });
    void first.changes.apply(id).catch(() => undefined);
    await killed;
    await first.flush();
    for (const [name, engine] of world.engines) world.engines.set(name, engine.another());
    world.engine('e1').containerMap.delete(gone);
    const { changes, flush } = await world.open(dir, (error) => bench.reported.push(error));
    const record = await changes.recover(id, 'roll-back');
    expect([record.state, record.exceptions]).toMatchObject([
      'rolled-back',
      [{ network: '', container: gone, field: CONTAINER_GONE }],
    ]);
    const [left] = world.engine('e1').containerMap.values();
    expect(left?.endpoints).toMatchObject([
      { networkName: 'office', pinned4: gone === 'c1' ? '10.70.1.10' : '10.70.1.9' },
    ]);
    await flush();
  });
});
