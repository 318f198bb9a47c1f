import { writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { newRun } from './services/storage/journal';
import { added, endAll, inFolder, online, start, useDemoConsoles } from './testing/demo-consoles';

useDemoConsoles(1, 1);

/** A change that its console began and never ended, as an earlier version wrote it. */
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
  expect((await records(on))['mine']?.hosts[0]).not.toHaveProperty('recovery');
  expect(await on.refused('change.recover', { id: 'mine', action: 'finish', seen: [] })).toBe(
    'change_not_interrupted',
  );
  await endAll();
  expect(await records(await start())).toMatchObject(expected);
});

/** The same of a segment that was to be made on these engines. */
function segmentLeftOpen(id: string, ...engineIds: string[]): string {
  const spec = {
    ...{
      name: 'office',
      driver: 'macvlan' as const,
      parent: 'eth0.77',
      mode: 'bridge',
      subnet: '10.77.0.0/24',
    },
    ...{ exclusions: [], internal: false },
  };
  const jobs = engineIds.map((engineId) => ({
    engineId,
    engineName: engineId,
    steps: [{ op: 'create-network' as const, networkName: 'office', spec }],
  }));
  const segment = {
    ...{ name: 'Office', vlan: 77, driver: 'macvlan', mode: 'bridge', reserved: [] },
    subnets: [{ subnet: spec.subnet }],
  };
  const members = engineIds.map((engineId) => ({ engineId, parentNic: 'eth0', networkName: 'office' }));
  const hosts = members.map(({ engineId, parentNic }) => ({ engineId, parentNic }));
  const record = {
    ...{ id, at: 1, who: 'ada', segmentId: `seg-${id}`, segmentName: 'Office', state: 'applying' },
    ...{ request: { kind: 'create', segment, hosts }, hosts: [], undoable: false },
  };
  const after = { ...segment, id: `seg-${id}`, members };
  const entry = { record, inverse: null, before: null, after, run: newRun('apply', '', jobs) };
  return `${JSON.stringify(entry)}\n`;
}

it('a segment change on it and others still waits, and is settled on the others', async () => {
  const first = await start();
  const here = await added(first, 0);
  const connection = { kind: 'socket' as const, path: inFolder('lost.sock') };
  const { engineId: lost } = await first.value('engines.add', { connection, name: 'lost' });
  await endAll();
  await writeFile(
    inFolder('segment-changes.jsonl'),
    segmentLeftOpen('both', here, lost) + segmentLeftOpen('alone', lost),
  );
  const on = await start();
  await online(on, here);
  await on.value('engines.remove', { engineId: lost });
  const records = await on.value('change.list', {});
  const states = Object.fromEntries(records.map((each) => [each.id, each.state]));
  expect(states).toEqual({ both: 'interrupted', alone: 'kept' });
  const seen = records.find((each) => each.id === 'both')?.hosts ?? [];
  const finish = { id: 'both', action: 'finish' } as const;
  expect(await on.refused('change.recover', { ...finish, seen: seen.slice(1) })).toBe('change_stale');
  expect(await on.value('change.recover', { ...finish, seen })).toMatchObject({
    state: 'partial',
    hosts: [
      { engineId: here, state: 'done' },
      { engineId: lost, state: 'left' },
    ],
  });
  const { networks } = await on.value('inventory.get', {});
  expect(networks.some((each) => each.engineId === here && each.name === 'office')).toBe(true);
  const { segments } = await on.value('segments.list', {});
  expect(segments.map((each) => each.members.map((one) => [one.engineId, one.state]))).toEqual([
    [[here, 'present']],
  ]);
  expect(await on.value('change.undo', { id: 'both' })).toMatchObject({ state: 'undone' });
});
