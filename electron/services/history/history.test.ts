import { describe, expect, it } from 'vitest';
import { historySeconds, Ring } from './ring';
import { MemoryHistory, type HistoryQuery } from './store';

describe('the ring', () => {
  it('keeps an hour, with gaps as NaN', () => {
    const ring = new Ring(2);
    ring.write(10_000, [1, 2]);
    ring.write(10_003, [3, 4]);
    expect([0, 1, 2, 3].map((plus) => ring.read(10_000 + plus, 0))).toEqual([1, NaN, NaN, 3]);
    expect(ring.read(10_003, 1)).toBe(4);
    ring.write(10_003 + historySeconds, [5, 6]);
    expect(ring.read(10_003, 0)).toBeNaN();
    expect(ring.read(10_004, 0)).toBeNaN();
    expect(ring.read(10_003 + historySeconds, 0)).toBe(5);
  });
  it('does not bring back values of the hour before after a long silence', () => {
    const ring = new Ring(2);
    for (let second = 0; second < 100; second++) ring.write(second, [7, 7]);
    ring.write(historySeconds + 50, [8, 8]);
    expect(ring.read(historySeconds + 20, 0)).toBeNaN();
    expect(ring.read(60, 0)).toBe(7);
  });
  it('has as many columns as it is made with, and leaves what is not told unknown', () => {
    const ring = new Ring(3);
    ring.write(299, [1, 2, 3]);
    ring.write(300, [4]);
    expect([0, 1, 2].map((column) => ring.read(299, column))).toEqual([1, 2, 3]);
    expect([0, 1, 2].map((column) => ring.read(300, column))).toEqual([4, NaN, NaN]);
  });
});

type Column = 'rx' | 'tx';
const all = (query: Partial<HistoryQuery<string, Column>>): HistoryQuery<string, Column> => ({
  ...{ of: () => true, columns: ['rx', 'tx'], until: 1019, seconds: 20, points: 2 },
  ...query,
});

describe('the history', () => {
  const measured = () => {
    const history = new MemoryHistory<string, Column>(['rx', 'tx']);
    const [a, b] = [history.series('a', 'a'), history.series('b', 'b')];
    for (let second = 1000; second < 1020; second++) a.write(second, [second === 1013 ? 100 : 10, 1]);
    for (let second = 1010; second < 1020; second++) b.write(second, [5, 1]);
    return history;
  };

  it('sums series, averages buckets and keeps the peak', async () => {
    const { at, columns } = await measured().query(all({}));
    expect(at).toEqual([1_000_000, 1_010_000]);
    expect(columns.rx.mean).toEqual([10, (9 * 15 + 105) / 10]);
    expect(columns.rx.peak).toEqual([10, 105]);
    expect(columns.tx.mean).toEqual([1, 2]);
  });

  it('answers for the series and the columns that were asked for', async () => {
    const { columns } = await measured().query(all({ of: (each) => each === 'b', columns: ['tx'] }));
    expect(columns).toEqual({ tx: { mean: [null, 1], peak: [null, 1] } });
  });

  it('never gives more points than asked for, and says where nothing was measured', async () => {
    const history = new MemoryHistory<string, Column>(['rx', 'tx']);
    const { at, columns } = await history.query(all({ until: 5000, seconds: 3600, points: 120 }));
    expect(at).toHaveLength(120);
    expect(columns.rx.mean.every((each) => each === null)).toBe(true);
  });

  it('goes on with a series of the same key, and lets go of what is to be forgotten', async () => {
    const history = measured();
    history.series('a', 'again').write(1020, [7, 7]);
    const of = (each: string) => each === 'again';
    const query = all({ of, until: 1020, seconds: 2, points: 2 });
    expect((await history.query(query)).columns.rx.mean).toEqual([10, 7]);
    history.forget(of);
    expect(history.size).toBe(1);
    expect((await history.query(query)).columns.rx.mean).toEqual([null, null]);
  });
});
