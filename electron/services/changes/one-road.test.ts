import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChangeRequest } from '../../../shared/model';
import { refusal } from '../testing/change-bench';
import { container, problem } from '../testing/fake-engine';
import { create, SegmentWorld, type WorldConsole } from '../testing/segment-world';

let dir: string;
let world: SegmentWorld;
let at: WorldConsole;
const report = vi.fn();
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'trunkline-road-'));
  world = new SegmentWorld();
  world.engine('e1').add(container('c1', 'web'));
  at = await world.open(dir, report);
});
afterEach(async () => {
  await at.flush();
  await rm(dir, { recursive: true });
  expect(report).not.toHaveBeenCalled();
});

const apply = async (request: ChangeRequest) => at.changes.apply((await at.changes.preview(request)).id);
const segmentId = () => at.segments()[0]?.segment.id ?? '';
const networkId = () => [...world.engine('e1').networkMap.keys()].at(-1) ?? '';
const onWeb = { engineId: 'e1', containerId: 'c1' };
const attach = (): ChangeRequest => ({
  ...{ kind: 'attach', ...onWeb },
  ...{ networkId: networkId(), ipv4: '10.70.1.9' },
});
const attachToSegment = (): ChangeRequest => ({
  ...{ kind: 'attach-to-segment', ...onWeb },
  ...{ segmentId: segmentId(), ipv4: '10.70.1.9' },
});
const readdress = (ipv4 = '10.70.1.8'): ChangeRequest => ({
  ...{ kind: 'readdress', ...onWeb },
  ...{ networkId: networkId(), ipv4 },
});

/** A request of each kind, for a world in which the segment is made already. */
const kinds: [string, () => ChangeRequest][] = [
  ['a change of one engine', attach],
  ['a change of a segment', attachToSegment],
];

describe.each(kinds)('%s', (_what, request) => {
  beforeEach(async () => void (await apply(create)));

  it('is applied once, whether the second asks at once or later, and says so', async () => {
    const { id } = await at.changes.preview(request());
    const both = await Promise.all([refusal(at.changes.apply(id)), refusal(at.changes.apply(id))]);
    const again = { code: 'change_not_found', params: { context: 'applied' } };
    expect(both).toMatchObject([null, again]);
    expect(await refusal(at.changes.apply(id))).toMatchObject(again);
    expect(world.engine('e1').calls.filter((call) => call.startsWith('connect'))).toHaveLength(1);
  });

  it('is undone once, and the second is told that it was', async () => {
    const { id } = await apply(request());
    const both = await Promise.all([refusal(at.changes.undo(id)), refusal(at.changes.undo(id))]);
    const again = { code: 'change_not_undoable', params: { context: 'undone' } };
    expect(both).toMatchObject([null, again]);
    expect(await refusal(at.changes.undo(id))).toMatchObject(again);
  });

  it('is not undone under a later one, of whatever kind', async () => {
    const { id } = await apply(request());
    const later = await apply(readdress());
    const overtaken = { code: 'change_not_undoable', params: { context: 'overtaken' } };
    expect(await refusal(at.changes.undo(id))).toMatchObject(overtaken);
    expect((await at.changes.list(10)).find((each) => each.id === id)?.undoProblem).toMatchObject(overtaken);
    await at.changes.undo(later.id);
    expect(await at.changes.undo(id)).toMatchObject({ state: 'undone' });
  });

  it('is found by the next start in the one log, and undone there', async () => {
    const { id } = await apply(request());
    await at.flush();
    at = await world.open(dir, report);
    expect(at.log.list().map((each) => each.request.kind)).toEqual([request().kind, 'create-segment']);
    expect(await at.changes.undo(id)).toMatchObject({ state: 'undone' });
    expect(world.engine('e1').containerMap.get('c1')?.endpoints).toEqual([]);
  });
});

it('a change of a segment is not undone under a later change of one of its networks', async () => {
  const made = await apply(create);
  const removed = await apply({ kind: 'remove-network', engineId: 'e1', networkId: networkId() });
  expect(await refusal(at.changes.undo(made.id))).toMatchObject({
    code: 'change_not_undoable',
    params: { context: 'overtaken' },
  });
  await at.changes.undo(removed.id);
  expect(await at.changes.undo(made.id)).toMatchObject({ state: 'undone' });
});

it('a removed network is not made again while another has come to have its name', async () => {
  await apply(create);
  const { networkMap } = world.engine('e1');
  const old = [...networkMap.values()].at(-1)!;
  const { id } = await apply({ kind: 'remove-network', engineId: 'e1', networkId: old.id });
  networkMap.set('theirs', { ...old, id: 'theirs', parent: 'eth9' });
  const twin = { code: 'change_not_undoable', params: { context: 'twin', network: 'office' } };
  expect((await at.changes.list(1))[0]?.undoProblem).toMatchObject(twin);
  expect(await refusal(at.changes.undo(id))).toMatchObject(twin);
  networkMap.delete('theirs');
  expect(await at.changes.undo(id)).toMatchObject({ state: 'undone' });
});

it('an undo that ends halfway is told as that for a segment, too', async () => {
  const made = await apply(create);
  world.engine('e2').before = (call) => {
    if (call.startsWith('remove-network')) throw problem('engine_error');
  };
  world.engine('e1').before = (call) => {
    if (call.startsWith('create-network') || call.startsWith('restore')) throw problem('engine_error');
  };
  expect(await refusal(at.changes.undo(made.id))).toMatchObject({
    code: 'rollback_failed',
    params: { rolledBack: 0 },
  });
  expect(at.log.get(made.id)?.record).toMatchObject({
    ...{ state: 'failed', undoable: false, wasUndoing: true },
    hosts: [{ engineId: 'e1', state: 'rollback-failed' }, { engineId: 'e2' }],
  });
  const again = await refusal(at.changes.undo(made.id));
  expect(again).toMatchObject({ code: 'change_not_undoable', params: { context: 'undo_failed' } });
});
