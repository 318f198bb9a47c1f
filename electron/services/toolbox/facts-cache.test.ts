import { expect, it, vi } from 'vitest';
import type { HostFacts } from '../../../shared/model';
import { hostFacts } from '../../../shared/rules/host/testing';
import { FactsCache } from './facts-cache';

it('shares a look that is under way, but not a long one with who wants to know how it is now', async () => {
  let now = 0;
  const looks: ((facts: HostFacts) => void)[] = [];
  const read = vi.fn(() => new Promise<HostFacts>((resolve) => looks.push(resolve)));
  const cache = new FactsCache(read, () => now);
  const before = cache.get('e1', true);
  now = 4_000;
  void cache.get('e1', true);
  expect(read).toHaveBeenCalledTimes(1);
  now = 6_000;
  void cache.get('e1', false);
  expect(read).toHaveBeenCalledTimes(1);
  const after = cache.get('e1', true);
  expect(read).toHaveBeenCalledTimes(2);

  looks[1]?.({ ...hostFacts('e1'), at: 2 });
  looks[0]?.({ ...hostFacts('e1'), at: 1 });
  expect(await before).toMatchObject({ at: 1 });
  expect(await after).toMatchObject({ at: 2 });
  // The one that was overtaken is not kept.
  expect(cache.last()).toMatchObject([{ at: 2 }]);
});
