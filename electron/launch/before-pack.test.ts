import { access } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { packScript } from './before-pack.mjs';

it('what packs the toolboxes is there', async () => {
  await expect(access(packScript)).resolves.toBeUndefined();
});
