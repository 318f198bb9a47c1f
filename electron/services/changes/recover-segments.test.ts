import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { refusal } from '../testing/change-bench';
import { container, endpoint, problem } from '../testing/fake-engine';
import { create, SegmentWorld } from '../testing/segment-world';

let dir: string;
let world: SegmentWorld;
let at: Awaited<ReturnType<SegmentWorld['open']>>;
const report = vi.fn();
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'trunkline-segments-'));
  world = new SegmentWorld();
  at = await world.open(dir, report);
});
afterEach(async () => {
  await at.flush();
  await rm(dir, { recursive: true });
  expect(report).not.toHaveBeenCalled();
});

/** Another console on the folder, and the engines as they are, for callers that live. */
async function restart(): Promise<void> {
  await at.flush();
  for (const [id, engine] of world.engines) world.engines.set(id, engine.another());
  at = await world.open(dir, report);
}

/** The console is killed once e1 has done its part, and e2 has its call (`does`) or never hears of it. */
async function killed(work: () => Promise<unknown>, call: string, does: boolean): Promise<void> {
  const two = world.engine('e2');
  const name = call === 'create-network' ? 'createNetwork' : 'removeNetwork';
  const real = two[name].bind(two) as (...args: unknown[]) => Promise<unknown>;
  await new Promise<void>((resolve) => {
    const onPush = world.progress.push.bind(world.progress);
    let [ready, held] = [false, false];
    const check = () => ready && held && resolve();
    two[name] = (async (...args: unknown[]) => {
      if (does) await real(...args);
      held = true;
      check();
      return new Promise<never>(() => undefined);
    }) as never;
    world.progress.push = (...told) => {
      ready ||= told.some((each) => each.engineId === 'e1' && each.phase === 'verify');
      check();
      return onPush(...told);
    };
    void work().catch(() => undefined);
  });
  await restart();
}

/** Office is being made on both hosts when the console is killed. Gives the change. */
async function cutOff(does = false): Promise<string> {
  const { id } = await at.changes.preview(create);
  await killed(() => at.changes.apply(id), 'create-network', does);
  expect(at.log.get(id)?.record).toMatchObject({
    state: 'interrupted',
    hosts: [{ state: 'interrupted' }, { state: 'interrupted', recovery: { doubtful: true } }],
  });
  return id;
}
const recover = (id: string, action: 'finish' | 'roll-back' | 'keep') => at.changes.recover(id, action);
const remove = async (id: string) => {
  world.engines.delete(id);
  await at.changes.forget(id);
};
const planned = () => at.segments().map((each) => each.segment.members.map((one) => one.engineId));

describe('a segment change that was cut off', () => {
  it('is finished or taken back on all hosts', async () => {
    const made = await cutOff(true);
    expect(await recover(made, 'finish')).toMatchObject({ state: 'applied', undoable: true });
    expect([world.names('e1'), world.names('e2'), planned()]).toEqual([
      ['office'],
      ['office'],
      [['e1', 'e2']],
    ]);
    await at.changes.undo(made);
    const taken = await cutOff(true);
    expect(await recover(taken, 'roll-back')).toMatchObject({ state: 'rolled-back', undoable: false });
    expect([world.names('e1'), world.names('e2'), planned()]).toEqual([[], [], []]);
  });

  it('is not taken back while a running container would be given the address of one that is stopped', async () => {
    const { segment } = await at.changes.apply((await at.changes.preview(create)).id);
    const [lan] = world.engine('e1').networkMap.values();
    const idle = endpoint(lan!, { ipv4: '', endpointId: '', pinned4: '10.70.1.129' });
    world
      .engine('e1')
      .add(
        container('off', 'off', { state: 'exited', endpoints: [idle] }),
        container('auto', 'auto', { endpoints: [endpoint(lan!, { ipv4: '10.70.1.9' })] }),
      );
    const request = { kind: 'delete-segment', segmentId: segment?.id ?? '', detachRunning: true } as const;
    const { id } = await at.changes.preview(request);
    await killed(() => at.changes.apply(id), 'remove-network', false);
    expect(await refusal(recover(id, 'roll-back'))).toMatchObject({
      ...{ code: 'address_not_held', params: { context: 'back', container: 'off', other: 'auto' } },
    });
    expect(at.log.get(id)?.record.state).toBe('interrupted');
    const { containerMap } = world.engine('e1');
    containerMap.set('off', { ...containerMap.get('off')!, state: 'running' });
    expect(await recover(id, 'roll-back')).toMatchObject({ state: 'rolled-back' });
  });

  it('can be left as it is while a host is silent, which asks no engine', async () => {
    const id = await cutOff();
    for (const engine of world.engines.values())
      engine.before = () => {
        throw problem('engine_unreachable');
      };
    const calls = [...world.engines.values()].map((each) => each.calls.length);
    expect(await recover(id, 'keep')).toMatchObject({ state: 'kept', undoable: false });
    expect([...world.engines.values()].map((each) => each.calls.length)).toEqual(calls);
    await restart();
    expect(at.log.get(id)?.record.state).toBe('kept');
    expect(at.log.unsettled()).toEqual([]);
  });
});

describe('what the plan says of a segment whose change was cut off', () => {
  it('stays as it is until that is settled: settling it would write over what is planned meanwhile', async () => {
    const { id: made } = await at.changes.preview(create);
    const { segment } = await at.changes.apply(made);
    const segmentId = segment?.id ?? '';
    const { id } = await at.changes.preview({ kind: 'delete-segment', segmentId, detachRunning: false });
    // Its preview was there before.
    const early = await at.changes.preview({ kind: 'forget-segment', segmentId });
    await killed(() => at.changes.apply(id), 'remove-network', false);
    const forget = () => at.changes.preview({ kind: 'forget-segment', segmentId });
    const late = await forget();
    expect([early.problems, late.problems]).toMatchObject([
      [],
      [{ code: 'change_interrupted', params: { host: 'e1, e2' } }],
    ]);
    await expect(at.changes.apply(late.id)).rejects.toMatchObject({
      problem: { code: 'change_interrupted' },
    });
    expect(planned()).toEqual([['e1', 'e2']]);
    await recover(id, 'roll-back');
    const { id: forgotten, problems } = await forget();
    expect(problems).toEqual([]);
    expect(await at.changes.apply(forgotten)).toMatchObject({ state: 'applied' });
    expect(planned()).toEqual([]);
  });
});

describe('one of whose engines is off the list since', () => {
  it('still waits for a decision, and is finished on the others: the plan has those', async () => {
    const id = await cutOff();
    await remove('e2');
    expect(at.log.get(id)?.record.state).toBe('interrupted');
    expect(await recover(id, 'finish')).toMatchObject({
      state: 'partial',
      undoable: true,
      hosts: [
        { engineId: 'e1', state: 'done' },
        { engineId: 'e2', state: 'left' },
      ],
    });
    expect([world.names('e1'), planned()]).toEqual([['office'], [['e1']]]);
    await restart();
    expect(await at.changes.undo(id)).toMatchObject({ state: 'undone' });
    expect([world.names('e1'), planned()]).toEqual([[], []]);
  });

  it('is taken back on the others', async () => {
    const id = await cutOff();
    await remove('e2');
    expect(await recover(id, 'roll-back')).toMatchObject({
      state: 'rolled-back',
      hosts: [{ state: 'rolled-back' }, { state: 'left' }],
    });
    expect([world.names('e1'), planned()]).toEqual([[], []]);
  });

  it('or left as it is on all of them', async () => {
    const id = await cutOff();
    await remove('e2');
    expect(await recover(id, 'keep')).toMatchObject({ state: 'kept' });
    expect(world.names('e1')).toEqual(['office']);
  });

  it('takes a host in again that is back before it is decided', async () => {
    const id = await cutOff(true);
    const two = world.engine('e2');
    await remove('e2');
    world.engines.set('e2', two);
    expect(await recover(id, 'roll-back')).toMatchObject({
      hosts: [{ state: 'rolled-back' }, { state: 'rolled-back' }],
    });
    expect(world.names('e2')).toEqual([]);
  });

  it('also when the rest could not be settled at once', async () => {
    const id = await cutOff(true);
    const two = world.engine('e2');
    await remove('e2');
    world.engine('e1').before = (call) => {
      if (call.startsWith('remove-network')) throw problem('engine_error');
    };
    expect(await refusal(recover(id, 'roll-back'))).toMatchObject({ code: 'engine_error' });
    expect(at.log.get(id)?.record).toMatchObject({
      state: 'interrupted',
      hosts: [{ problem: { code: 'engine_error' } }, { recovery: { doubtful: true } }],
    });
    world.engines.set('e2', two);
    await restart();
    await recover(id, 'roll-back');
    expect([world.names('e1'), world.names('e2')]).toEqual([[], []]);
  });

  it('leaves no segment in the plan that was to go', async () => {
    const { id } = await at.changes.preview(create);
    const { segment } = await at.changes.apply(id);
    const segmentId = segment?.id ?? '';
    const gone = await at.changes.preview({ kind: 'delete-segment', segmentId, detachRunning: false });
    await killed(() => at.changes.apply(gone.id), 'remove-network', false);
    await remove('e2');
    expect(await recover(gone.id, 'finish')).toMatchObject({ state: 'partial' });
    expect([world.names('e1'), planned()]).toEqual([[], []]);
  });

  it('that was being undone is undone on the others, or stands on them', async () => {
    for (const action of ['roll-back', 'finish'] as const) {
      world.engines.set('e2', new SegmentWorld().engine('e2'));
      const { id } = await at.changes.preview(create);
      await at.changes.apply(id);
      await killed(() => at.changes.undo(id), 'remove-network', false);
      expect(at.log.get(id)?.record).toMatchObject({ state: 'interrupted', wasUndoing: true });
      await remove('e2');
      const stands = action === 'finish';
      expect(await recover(id, action)).toMatchObject({
        state: stands ? 'partial' : 'undone',
        undoable: stands,
        hosts: [{ state: stands ? 'done' : 'rolled-back' }, { state: 'left' }],
      });
      expect(world.names('e1')).toEqual(stands ? ['office'] : []);
      expect(planned()).toHaveLength(stands ? 1 : 0);
    }
  });
});

describe('all of whose engines are off the list', () => {
  it('is left as it is with the last of them', async () => {
    const id = await cutOff();
    await remove('e1');
    expect(at.log.get(id)?.record.state).toBe('interrupted');
    await remove('e2');
    expect(at.log.get(id)?.record).toMatchObject({ state: 'kept', undoable: false });
    expect(world.records.at(-1)).toMatchObject({ id, state: 'kept' });
  });

  it('can only be left as it is where they were not given to this console', async () => {
    const id = await cutOff();
    world.engines.clear();
    expect(await refusal(recover(id, 'finish'))).toMatchObject({
      code: 'engine_unknown',
      params: { context: 'recover', host: 'e1' },
    });
    expect(await recover(id, 'keep')).toMatchObject({ state: 'kept' });
  });
});
