import { describe, expect, it } from 'vitest';
import { countersAt } from './traffic';

const at = (seed: number, seconds: number) => countersAt({ seed, carried: 0, since: 0 }, seconds * 1000);

describe('traffic', () => {
  it('never counts backwards, and moves', () => {
    for (let seed = 1; seed <= 40; seed++) {
      let before = at(seed, 0).rxBytes;
      const start = before;
      for (let second = 1; second <= 600; second++) {
        const now = at(seed, second).rxBytes;
        expect(now).toBeGreaterThanOrEqual(before);
        before = now;
      }
      expect(before).toBeGreaterThan(start);
    }
  });

  it('stays between a few kbit/s on average and some 100 Mbit/s at its peak, and is not flat', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const rates = Array.from(
        { length: 900 },
        (_, i) => (at(seed, i + 1).rxBytes - at(seed, i).rxBytes) * 8,
      );
      const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
      expect(mean).toBeGreaterThan(2_000);
      expect(Math.max(...rates)).toBeLessThan(110e6);
      expect(Math.max(...rates)).toBeGreaterThan(mean * 1.2);
    }
  });

  it('is the same for the same seed and moment, and stands still while held', () => {
    expect(at(7, 1234)).toEqual(at(7, 1234));
    expect(at(7, 1234)).not.toEqual(at(8, 1234));
    const held = { seed: 7, carried: 100, since: null };
    expect(countersAt(held, 5_000)).toEqual(countersAt(held, 500_000));
    expect(countersAt(held, 0)).toEqual(at(7, 100));
  });
});
