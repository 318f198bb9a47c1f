import { beforeEach, describe, expect, it } from 'vitest';
import { container } from '../../../shared/rules/testing';
import { busy, flagBench, mast, put, roof, type FlagPolicy, type FlagWorld } from '../testing/flag-policies';

const bench = flagBench();
let at: FlagWorld;
beforeEach(() => {
  at = bench.world;
});

const flying = (...policies: FlagPolicy[]) => at.flying(...policies);
const refusing = (error: Error | null) => at.refuse(error);

describe('what a policy has put there that rests', () => {
  const withoutMast = async () => {
    await flying(mast);
    at.known.networks = at.known.networks.filter(({ name }) => name !== 'mast');
    at.keeper.onDelta(at.delta());
    await at.pass(300);
  };

  it('stays where it may be of use again', async () => {
    await withoutMast();
    expect([at.calls, at.states()]).toEqual([[], ['mast no-place']]);
  });

  it('goes, once, where it is of none, and is tried again where that fails', async () => {
    at.idle = true;
    refusing(null);
    await flying(mast);
    refusing(busy);
    at.known.networks = at.known.networks.filter(({ name }) => name !== 'mast');
    at.keeper.onDelta(at.delta());
    await at.pass(300);
    refusing(null);
    await at.pass(5_000);
    expect(at.calls).toEqual(['remove e1 flag-p1', 'remove e1 flag-p1']);
    at.keeper.onDelta(at.delta());
    await at.pass(300);
    expect([at.calls.length, at.on('e1').size, at.states()]).toEqual([2, 0, ['mast no-place']]);
  });
});

describe('what another hand does on the host', () => {
  it('is found at the next look, told, and set right', async () => {
    await flying(mast, roof);
    at.on('e1').delete('flag-p1');
    at.told.length = 0;
    await at.pass(299_999);
    expect(at.states()).toEqual(['mast applied', 'roof applied']);
    await at.pass(1);
    expect(at.calls).toEqual(['read e1', put]);
    expect(at.told[0]).toEqual(['mast drifted', 'roof applied']);
    expect(at.told.at(-1)).toEqual(['mast applied', 'roof applied']);
    await at.pass(300_000);
    expect(at.calls.slice(2)).toEqual(['read e1']);
  });

  it('stays told until it is set right', async () => {
    await flying(mast);
    at.on('e1').set('flag-p1', { name: 'flag-p1', stars: 50 });
    const free = at.hold(put);
    await at.pass(300_000);
    expect(at.states()).toEqual(['mast drifted']);
    free();
    await at.pass(0);
    expect([at.states(), at.on('e1').get('flag-p1')?.stars]).toEqual([['mast applied'], 1]);
  });

  it('is no drift where it is what is wanted by now', async () => {
    await flying(mast);
    at.known.containers.push(container({ id: 'c2' }));
    at.keeper.noticed('e1', new Map([['flag-p1', { name: 'flag-p1', stars: 2 }]]));
    await at.pass(300);
    expect([at.states(), at.calls]).toEqual([['mast applied'], []]);
  });

  it('is seen, too, when a change reads the host', async () => {
    await flying(mast);
    at.keeper.noticed('e1', new Map());
    expect(at.told.at(-1)).toEqual(['mast drifted']);
    await at.pass(300);
    expect([at.calls, at.states()]).toEqual([[put], ['mast applied']]);
  });

  it('can’t be told while the host can’t be read, nor is anything called applied then', async () => {
    await flying(mast);
    refusing(busy);
    await at.pass(300_000);
    expect(at.keeper.statuses()).toMatchObject([{ state: 'failed', problem: busy.problem }]);
    refusing(null);
    await at.pass(5_000);
    expect([at.calls, at.states()]).toEqual([['read e1', put], ['mast applied']]);
  });
});

describe('what a change does on the host', () => {
  const flag = { name: 'flag-p1', stars: 1 };

  it('is certain once it is read, and kept without being put there again', async () => {
    at.keeper.onOnline('e1');
    at.keeper.sent('e1', 'flag-p1', flag);
    at.keeper.noticed('e1', new Map([['flag-p1', flag]]));
    await at.keeper.keep('e1/mast', mast);
    expect(at.told.at(-1)).toEqual(['mast applied']);
    await at.pass(1_000);
    expect(at.calls).toEqual([]);
    at.keeper.sent('e1', 'flag-p1', null);
    await at.keeper.keep('e1/mast', null);
    expect([at.kept, at.told.at(-1)]).toEqual([[], []]);
  });

  it('is no drift, and is read where the change itself has not', async () => {
    await flying(mast);
    at.on('e1').set('flag-p1', flag);
    at.keeper.sent('e1', 'flag-p1', flag);
    expect(at.states()).toEqual(['mast pending']);
    await at.pass(300);
    expect([at.calls, at.states()]).toEqual([['read e1'], ['mast applied']]);
  });

  it('and may have left half-way is put right at once', async () => {
    await flying(mast);
    at.on('e1').delete('flag-p1');
    at.keeper.doubted('e1', 'flag-p1');
    expect(at.states()).toEqual(['mast pending']);
    await at.pass(0);
    expect([at.calls, at.states()]).toEqual([[put], ['mast applied']]);
  });
});
