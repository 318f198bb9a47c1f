import { describe, expect, it } from 'vitest';
import { ReadBudget } from './read-budget';

describe('the budget of reads', () => {
  it('lets a deployment through at once and slows a storm to the second', () => {
    let now = 0;
    const budget = new ReadBudget(() => now);
    expect(budget.wait(100)).toBe(40);
    budget.spend(150);
    budget.spend(150);
    expect(budget.wait(30)).toBe(1_000);
    // However large the storm is, nothing waits for longer.
    expect(budget.wait(100_000)).toBe(1_000);
    now += 12_000;
    expect(budget.wait(100)).toBe(40);
  });

  it('lets a thing that never rests be read twenty times a second in the long run', () => {
    let now = 0;
    let reads = 0;
    const budget = new ReadBudget(() => now);
    while (now < 60_000) {
      now += budget.wait(1);
      budget.spend(1);
      reads += 1;
    }
    expect(reads).toBeLessThan(60 * 20 + 210);
  });

  it('bears a clock that is set back', () => {
    let now = 100_000;
    const budget = new ReadBudget(() => now);
    now = 0;
    budget.spend(1);
    expect(budget.wait(1)).toBe(40);
  });
});
