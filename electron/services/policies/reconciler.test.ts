import { beforeEach, describe, expect, it } from 'vitest';
import { container, engine, network } from '../../../shared/rules/testing';
import {
  busy,
  flagBench,
  mast,
  put,
  refusal,
  roof,
  type FlagPolicy,
  FlagWorld,
} from '../testing/flag-policies';

const bench = flagBench();
let at: FlagWorld;
beforeEach(() => {
  at = bench.world;
});

const far: FlagPolicy = { engineId: 'e2', place: 'mast', placeId: 'p1' };
const flying = (...policies: FlagPolicy[]) => at.flying(...policies);
const refusing = (error: Error | null) => at.refuse(error);

describe('what is kept', () => {
  it('is put there once its engine is in step, and rests then', async () => {
    at.kept = [mast];
    expect(at.states()).toEqual(['mast pending']);
    at.keeper.onDelta(at.delta());
    await at.pass(1_000);
    expect(at.calls).toEqual([]);
    at.keeper.onOnline('e1');
    await at.pass(0);
    expect(at.calls).toEqual([put]);
    expect(at.told).toEqual([['mast pending'], ['mast applied']]);
    at.keeper.onDelta(at.delta());
    await at.pass(1_000);
    expect(at.calls).toEqual([put]);
  });

  it('is put there one after the other on one engine, and on two at the same time', async () => {
    at.kept = [mast, roof, far];
    const free = at.hold(put);
    at.keeper.onOnline('e1');
    at.keeper.onOnline('e2');
    await at.pass(0);
    expect(at.calls).toEqual([put, 'put e2 flag-p1 1']);
    expect(at.states()).toEqual(['mast pending', 'roof pending', 'mast applied']);
    free();
    await at.pass(0);
    expect(at.calls.at(-1)).toBe('put e1 flag-p2 1');
    expect(at.states()).toEqual(['mast applied', 'roof applied', 'mast applied']);
  });

  it('waits for the change that holds its engine, and holds changes up itself', async () => {
    let free: () => void = () => undefined;
    void at.locks.run('e1', () => new Promise<void>((resolve) => (free = resolve)));
    at.kept = [mast];
    at.keeper.onOnline('e1');
    await at.pass(1_000);
    expect(at.calls).toEqual([]);
    const unhold = at.hold(put);
    free();
    await at.pass(0);
    let begun = false;
    const change = at.locks.run('e1', async () => void (begun = true));
    await at.pass(0);
    expect([at.calls, begun]).toEqual([[put], false]);
    unhold();
    await change;
    expect(at.states()).toEqual(['mast applied']);
  });

  it('follows the world a moment after it, once for a bunch of changes that does not end', async () => {
    await flying(mast);
    at.known.containers.push(container({ id: 'c2' }));
    expect(at.states()).toEqual(['mast pending']);
    for (let count = 0; count < 3; count += 1) {
      at.keeper.onDelta(at.delta());
      await at.pass(110);
    }
    expect(at.calls).toEqual(['put e1 flag-p1 2']);
  });

  it('rests in a state of the kind’s own, and is put there anew under the new name', async () => {
    await flying(mast);
    const [old] = at.known.networks.splice(0, 1);
    at.keeper.onDelta(at.delta());
    await at.pass(300);
    expect(at.states()).toEqual(['mast no-place']);
    at.known.networks.push({ ...old!, id: 'p9' });
    at.keeper.onDelta(at.delta());
    await at.pass(300);
    expect(at.calls).toEqual(['remove e1 flag-p1', 'put e1 flag-p9 1']);
    expect([at.states(), at.kept]).toEqual([['mast applied'], [{ ...mast, placeId: 'p9' }]]);
  });

  it('that can’t be on the host says why, and nothing is tried', async () => {
    at.known.networks[0] = network({ id: 'p1', name: 'mast', internal: true });
    await flying(mast);
    expect(at.keeper.statuses()).toMatchObject([{ state: 'failed', problem: { code: 'parent_invalid' } }]);
    await at.pass(1_000_000);
    expect(at.calls).toEqual([]);
  });

  it('is shown and left alone where nothing may be changed', async () => {
    at = bench.world = new FlagWorld(true);
    await flying(mast);
    at.keeper.onConsent('e1');
    await at.pass(1_000_000);
    expect([at.states(), at.calls]).toEqual([['mast waiting'], []]);
  });
});

describe('what fails', () => {
  it('is tried again after 5 s, and then after twice as long each time, up to 300 s', async () => {
    at.kept = [mast];
    refusing(busy);
    at.keeper.onOnline('e1');
    await at.pass(0);
    expect(at.keeper.statuses()).toMatchObject([{ state: 'failed', put: null, problem: busy.problem }]);
    const waits: number[] = [];
    for (let seconds = 1; waits.length < 8; seconds += 1) {
      const before = at.calls.length;
      await at.pass(1_000);
      if (at.calls.length > before) waits.push(seconds - waits.reduce((sum, each) => sum + each, 0));
    }
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 300, 300]);
    refusing(null);
    await at.pass(300_000);
    expect(at.states()).toEqual(['mast applied']);
  });

  it('is not tried sooner for what happens meanwhile, nor later for another that waits longer', async () => {
    at.kept = [mast];
    refusing(busy);
    at.keeper.onOnline('e1');
    await at.pass(0);
    await at.pass(5_000);
    expect(at.calls).toEqual([put, put]);
    at.kept = [mast, roof];
    at.keeper.onDelta(at.delta());
    await at.pass(300);
    expect(at.calls.splice(0)).toEqual([put, put, 'put e1 flag-p2 1']);
    // The first has 9.7 s to go by now, the second 5 s.
    await at.pass(5_000);
    expect(at.calls).toEqual(['put e1 flag-p2 1']);
    await at.pass(4_700);
    expect(at.calls).toEqual(['put e1 flag-p2 1', put]);
  });

  it('for want of consent waits for that, and is asked again at once when it is given', async () => {
    at.kept = [mast];
    refusing(refusal('toolbox_unasked'));
    at.keeper.onOnline('e1');
    await at.pass(1_000_000);
    at.keeper.onDelta(at.delta());
    await at.pass(1_000_000);
    expect([at.calls, at.states()]).toEqual([[put], ['mast unlooked']]);
    refusing(null);
    at.keeper.onConsent('e1');
    await at.pass(0);
    expect([at.calls, at.states()]).toEqual([[put, put], ['mast applied']]);
  });

  it('is reported where nobody has foreseen it', async () => {
    at.kept = [mast];
    refusing(new Error('oops'));
    at.keeper.onOnline('e1');
    await at.pass(0);
    expect(at.keeper.statuses()).toMatchObject([{ state: 'failed', problem: { code: 'internal' } }]);
    expect(at.reported.splice(0)).toMatchObject([{ message: 'oops' }]);
  });

  it('is also what does not stay as it was put: that is never called applied', async () => {
    at.kept = [mast];
    at.wind = () => null;
    at.keeper.onOnline('e1');
    await at.pass(0);
    expect(at.keeper.statuses()).toMatchObject([{ state: 'failed', problem: { code: 'verify_failed' } }]);
    at.wind = (flag) => ({ ...flag, stars: 0 });
    await at.pass(5_000);
    expect(at.states()).toEqual(['mast failed']);
    expect(at.told.flat()).not.toContain('mast applied');
  });
});

describe('what comes to an end', () => {
  it('with its engine is nowhere in place, and put there anew when that is back, as after a reboot', async () => {
    await flying(mast);
    at.known.engines[0] = engine({ state: 'offline' });
    at.keeper.onDelta(at.delta({ engine: at.known.engines[0] }));
    expect(at.told.at(-1)).toEqual(['mast waiting']);
    at.flags.clear();
    await at.pass(1_000_000);
    expect(at.calls).toEqual([]);
    at.known.engines[0] = engine();
    expect(at.states()).toEqual(['mast pending']);
    at.keeper.onOnline('e1');
    await at.pass(0);
    expect([at.calls, at.states()]).toEqual([[put], ['mast applied']]);
  });

  it('when the engine is lost under way is not in place, whatever that call says later', async () => {
    at.kept = [mast, roof];
    const free = at.hold(put);
    at.keeper.onOnline('e1');
    await at.pass(0);
    at.keeper.onDelta(at.delta({ engine: engine({ state: 'offline' }) }));
    free();
    await at.pass(1_000);
    expect([at.calls, at.states()]).toEqual([[put], ['mast pending', 'roof pending']]);
    at.keeper.onOnline('e1');
    await at.pass(0);
    expect(at.calls).toEqual([put, put, 'put e1 flag-p2 1']);
  });

  it('when it is forgotten under way stays forgotten, and nothing more is done there', async () => {
    at.kept = [mast, roof, far];
    const free = at.hold(put);
    at.keeper.onOnline('e1');
    await at.pass(0);
    await at.keeper.forget('e1');
    free();
    await at.pass(1_000_000);
    expect([at.calls, at.kept, at.states()]).toEqual([[put], [far], ['mast pending']]);
  });

  it('when it is forgotten while its old thing is removed is not put there under the new name', async () => {
    await flying(mast);
    at.known.networks[0] = network({ id: 'p9', name: 'mast' });
    const free = at.hold('remove e1 flag-p1');
    at.keeper.onDelta(at.delta());
    await at.pass(300);
    await at.keeper.forget('e1');
    free();
    await at.pass(1_000);
    expect([at.calls, at.kept]).toEqual([['remove e1 flag-p1'], []]);
  });

  it('with the console ends with what is under way, and is silent then', async () => {
    at.kept = [mast, roof];
    const free = at.hold(put);
    at.keeper.onOnline('e1');
    await at.pass(0);
    const told = at.told.length;
    let over = false;
    const end = at.keeper.dispose().then(() => (over = true));
    await at.pass(0);
    expect(over).toBe(false);
    free();
    await end;
    at.keeper.onOnline('e1');
    await at.pass(1_000_000);
    expect([at.calls, at.told.length]).toEqual([[put], told]);
  });
});
