import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withLock } from './lock';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trunkline-lock-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a lock', () => {
  it('lets one work at a time, whatever became of the one before', async () => {
    const file = join(folder, 'lock');
    let inside = 0;
    let most = 0;
    const work = async (at: number) => {
      inside += 1;
      most = Math.max(most, inside);
      // Long enough for any other to come in.
      await new Promise((resolve) => setTimeout(resolve, 50));
      inside -= 1;
      if (at === 1) throw new Error('that one');
      return at;
    };
    const all = await Promise.allSettled([0, 1, 2, 3].map((at) => withLock(file, () => work(at))));
    expect(all.map((each) => (each.status === 'fulfilled' ? each.value : 'failed'))).toEqual([
      0,
      'failed',
      2,
      3,
    ]);
    expect(most).toBe(1);
  });

  it('of a file that can’t be made fails before any work', async () => {
    let worked = false;
    const work = async () => void (worked = true);
    await expect(withLock(join(folder, 'nowhere', 'lock'), work)).rejects.toThrow('can’t be locked');
    expect(worked).toBe(false);
  });
});
