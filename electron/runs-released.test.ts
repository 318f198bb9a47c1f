import { expect, it, vi } from 'vitest';
import { isLanDriver, problem, toolboxVersion, toolboxVersionLabel } from '../shared/rules';
import { ProblemError } from '../shared/model';
import type { EngineClient } from './docker';
import { added, endpointOf, online, socketOf, start, useDemoConsoles } from './testing/demo-consoles';

useDemoConsoles(2, 8);

/** Helpers that run until they are ended; tells on which engines they were begun and looked for. */
function holding(client: EngineClient, told: string[]): EngineClient {
  const { endpoint } = client;
  const labels = { [toolboxVersionLabel]: toolboxVersion };
  const image = { id: 'i1', size: 1, architecture: 'amd64', labels };
  return Object.assign(client, {
    images: { ...client.images, find: async () => image },
    runHelper: ({ signal }: Parameters<EngineClient['runHelper']>[0]) => {
      told.push(`run ${endpoint}`);
      const ended = new ProblemError(problem('internal', { context: 'command', command: 'run.start' }));
      return new Promise<never>((_, reject) => signal?.addEventListener('abort', () => reject(ended)));
    },
    clearHelpers: async () => (told.push(`clear ${endpoint}`), []),
  });
}

it('a run ends, and its host is read back, before another host is behind the same id', async () => {
  const told: string[] = [];
  const on = await start({
    ways: (real) => ({ ...real, client: (...asked) => holding(real.client(...asked), told) }),
  });
  const engineId = await added(on, 0);
  await on.value('toolbox.consent', { engineId, granted: true });
  const { networks } = await on.value('inventory.get', {});
  const asked = networks.filter(({ driver }) => isLanDriver(driver));
  const { id } = await on.value('run.start', {
    request: { kind: 'isolation', networks: asked.map((each) => ({ engineId, networkId: each.id })) },
  });
  await vi.waitFor(() => expect(told).toContain(`run ${endpointOf(0)}`));
  await on.value('engines.edit', { id: engineId, connection: socketOf(1) });
  await online(on, engineId);
  expect(await on.value('run.get', { id })).toMatchObject({ state: 'cancelled', left: [] });
  expect(told.filter((each) => !each.endsWith(endpointOf(0)))).toEqual([]);
  expect(told.at(-1)).toBe(`clear ${endpointOf(0)}`);
}, 60_000);
