import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startingEngines } from './engines';
import { parseOptions } from './launch/options.mjs';
import { Storage } from './services/storage/storage';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trunkline-starting-'));
  // Nothing of who runs the tests.
  vi.stubEnv('HOME', folder);
  vi.stubEnv('XDG_RUNTIME_DIR', folder);
  vi.stubEnv('DOCKER_CONFIG', folder);
  vi.stubEnv('DOCKER_CONTEXT', undefined);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

it('names what was tried before engines are simulated, each with its reason', async () => {
  const socket = join(folder, 'nope.sock');
  vi.stubEnv('DOCKER_HOST', `unix://${socket}`);
  const options = parseOptions(['--web', '--demo-hosts', '1', '--demo-containers', '1']);
  const { engines, demo } = await startingEngines(options, folder, null, new Storage(() => undefined));
  try {
    expect(demo?.demoReason).toMatchObject({
      code: 'engine_unreachable',
      params: { context: 'none_answered' },
    });
    expect(demo?.demoTried[0]).toMatchObject({
      name: 'DOCKER_HOST',
      problem: { code: expect.stringMatching(/./), message: expect.stringContaining(socket) },
    });
  } finally {
    await engines.endDemo();
  }
});
