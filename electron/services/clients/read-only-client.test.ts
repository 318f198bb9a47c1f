import { expect, it } from 'vitest';
import { readOnlyClient } from './read-only-client';
import { FakeEngine } from '../testing/fake-engine';

it('an engine as a read-only console has it refuses what would change it, and asks nobody', async () => {
  const engine = new FakeEngine();
  const client = readOnlyClient(engine);
  const spec = {} as Parameters<typeof client.createNetwork>[0];
  const helper = { task: 'facts' } as Parameters<typeof client.runHelper>[0];
  const refused = [
    client.connect('n', 'c', {}),
    client.disconnect('n', 'c', true),
    client.createNetwork(spec),
    client.removeNetwork('n'),
    client.runHelper(helper),
    client.images.load(Buffer.from('')),
    client.images.build(Buffer.from(''), 'r'),
    client.images.pull('r'),
    client.images.remove('r'),
  ];
  for (const each of refused) await expect(each).rejects.toMatchObject({ problem: { code: 'read_only' } });
  expect(await client.interfaceMacs('c')).toEqual(new Map());
  expect(await client.sweepHelpers()).toEqual({ removed: 0, waiting: 0, left: [] });
  expect(engine.calls).toEqual([]);
  expect(await client.networks()).toEqual(await engine.networks());
});
