import { writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { newRun } from './services/journal';
import { endAll, inFolder, start, useDemoConsoles } from './testing/demo-consoles';

useDemoConsoles(1, 1);

/** A change that its console began and never ended. */
function leftOpen(id: string, engineId: string): string {
  const on = { containerId: 'c', containerName: 'web', networkId: 'n', networkName: 'lan' };
  const steps = [{ op: 'disconnect' as const, ...on }];
  const record = {
    id,
    at: 1,
    who: 'ada',
    request: { kind: 'detach', engineId, containerId: 'c', networkId: 'n' },
    engineId,
    engineName: engineId,
    steps,
    state: 'applying',
    undoable: false,
  };
  const run = newRun('apply', '', [{ engineId, engineName: engineId, steps }]);
  return `${JSON.stringify({ record, inverse: null, run })}\n`;
}

it('an engine that never comes back can be removed: what was cut off on it is kept as it stands', async () => {
  const first = await start();
  const add = async (name: string) => {
    const connection = { kind: 'socket' as const, path: inFolder(`${name}.sock`) };
    return (await first.value('engines.add', { connection, name })).engineId;
  };
  const [lost, other] = [await add('lost'), await add('other')];
  await endAll();
  await writeFile(inFolder('changes.jsonl'), leftOpen('mine', lost) + leftOpen('theirs', other));
  const on = await start();
  const records = async (from: typeof on) =>
    Object.fromEntries((await from.value('change.list', {})).map((each) => [each.id, each]));
  expect(await records(on)).toMatchObject({
    mine: { state: 'interrupted' },
    theirs: { state: 'interrupted' },
  });
  await on.value('engines.remove', { engineId: lost });
  const expected = { mine: { state: 'kept', undoable: false }, theirs: { state: 'interrupted' } };
  expect(await records(on)).toMatchObject(expected);
  expect((await records(on))['mine']).not.toHaveProperty('recovery');
  expect(await on.refused('change.recover', { id: 'mine', action: 'finish' })).toBe('change_not_interrupted');
  await endAll();
  expect(await records(await start())).toMatchObject(expected);
});
