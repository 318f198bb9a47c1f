import { describe, expect, it } from 'vitest';
import { OneAtATime } from './one-at-a-time';

/** Work that ends when told, and counts how often it was begun. */
function gate() {
  const ends: ((error?: Error) => void)[] = [];
  const work = () =>
    new Promise<void>((resolve, reject) => ends.push((error) => (error ? reject(error) : resolve())));
  return { work, ends };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('one at a time', () => {
  it('answers a hundred questions about a thing that is being read with one more read', async () => {
    const { work, ends } = gate();
    const one = new OneAtATime();
    const first = one.run('c1', work);
    const later = Array.from({ length: 100 }, () => one.run('c1', work));
    expect(ends).toHaveLength(1);
    ends[0]?.();
    await first;
    await turn();
    expect(ends).toHaveLength(2);
    ends[1]?.();
    await Promise.all(later);
    await turn();
    expect(ends).toHaveLength(2);
    expect(one.size).toBe(0);
  });

  it('reads different things side by side, and goes on after a failure', async () => {
    const { work, ends } = gate();
    const one = new OneAtATime();
    const failing = one.run('c1', work);
    const other = one.run('c2', work);
    const again = one.run('c1', work);
    expect(ends).toHaveLength(2);
    ends[0]?.(new Error('odd'));
    await expect(failing).rejects.toThrow('odd');
    await turn();
    expect(ends).toHaveLength(3);
    ends[1]?.();
    ends[2]?.();
    await Promise.all([other, again]);
    await turn();
    expect(one.size).toBe(0);
  });
});
