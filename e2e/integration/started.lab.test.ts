import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Step } from '../../shared/model';
import { runSteps } from '../../electron/services/testing/unjournaled';
import { startLab, type Lab } from '../lab';
import { connectTo } from './engine-client.helpers';

const engines = ['docker', 'docker-26.1', 'docker-28', 'podman-5'] as const;
let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ hosts: engines.map((engine) => ({ engine })) });
});
afterAll(() => lab.down());

/** It ends at once when it is started again, and before the engine is read back. */
const once = 'if [ -e /ran ]; then exit 0; fi; touch /ran; exec sleep 3600';

it.each(engines)('a job that ends by itself once it is started was started: %s', async (engine) => {
  const host = lab.hosts[engines.indexOf(engine)]!;
  await host.docker('run', '-d', '--name', 'job', lab.image, 'sh', '-c', once);
  await expect
    .poll(() => host.docker('exec', 'job', 'ls', '/ran').catch(() => ''), { timeout: 90_000 })
    .toContain('ran');
  const client = connectTo(host);
  try {
    const job = (await client.containers()).find(({ name }) => name === 'job')!;
    const names = { containerId: job.id, containerName: 'job' };
    const steps: Step[] = [
      { op: 'stop', ...names },
      { op: 'start', ...names },
    ];
    const before = (await client.container(job.id)).detail?.startedAt;
    expect(await runSteps(client, steps, () => undefined)).toMatchObject({ ok: true });
    await expect.poll(async () => (await client.container(job.id)).state, { timeout: 90_000 }).toBe('exited');
    expect((await client.container(job.id)).detail?.startedAt).not.toBe(before);
  } finally {
    client.close();
    await host.clean();
  }
});
