import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startDemo } from '../../electron/demo';
import type { ChangeRequest } from '../../shared/model';
import { buildChild, startChild } from '../faults/child';

let dir: string;
let program: string;
let demo: Awaited<ReturnType<typeof startDemo>>;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'trunkline-killed-'));
  program = await buildChild(join(dir, 'program'));
  demo = await startDemo({ hosts: 1, containers: 20 });
}, 120_000);
afterAll(async () => {
  await demo.close();
  await rm(dir, { recursive: true });
});

it('a change that was answered as applied is so for the next start, killed in that very moment', async () => {
  const folder = join(dir, 'data');
  for (let round = 0; round < 10; round += 1) {
    const child = await startChild(program, folder, demo.endpoints);
    const [last] = await child.value('change.list', { limit: 1 });
    expect(last?.state).toBe(round === 0 ? undefined : 'applied');
    const { engines } = await child.value('inventory.get', {});
    const request: ChangeRequest = {
      kind: 'create-network',
      engineId: engines[0]?.id ?? '',
      spec: {
        name: `killed-${String(round)}`,
        driver: 'macvlan',
        parent: `eth0.${String(900 + round)}`,
        mode: 'bridge',
        subnet: `10.199.${String(round)}.0/24`,
        exclusions: [],
        internal: false,
      },
    };
    const applied = await child.apply(request);
    await child.kill();
    if (!applied.ok) throw new Error(JSON.stringify(applied.error));
  }
}, 180_000);
