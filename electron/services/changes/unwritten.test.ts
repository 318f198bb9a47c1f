import { copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { SegmentRequest } from '../../../shared/model';
import { problem } from '../testing/fake-engine';
import { create, office, SegmentWorld, type WorldConsole } from '../testing/segment-world';

let dir: string;
let world: SegmentWorld;
let opened: WorldConsole;
const report = vi.fn();
const open = async (from: string): Promise<WorldConsole> => (opened = await world.open(from, report));

/** A folder under the file's name: nothing is put in its place, whoever runs this. */
const bar = async () => {
  const plan = join(dir, 'plan.yaml');
  await rename(plan, `${plan}.kept`).catch(() => undefined);
  await mkdir(plan);
};
const unbar = async () => {
  const plan = join(dir, 'plan.yaml');
  await rm(plan, { recursive: true });
  await rename(`${plan}.kept`, plan).catch(() => undefined);
};
/** What a console that was killed has left, for the next one; that one may go on. */
const left = async (): Promise<string> => {
  const next = await mkdtemp(join(dir, 'next-'));
  await copyFile(join(dir, 'changes.jsonl'), join(next, 'changes.jsonl'));
  await copyFile(join(dir, 'plan.yaml.kept'), join(next, 'plan.yaml')).catch(() => undefined);
  return next;
};
const apply = async (request: SegmentRequest = create) =>
  opened.changes.apply((await opened.changes.preview(request)).id);
const renamed = (name: string): SegmentRequest => ({
  kind: 'edit-segment',
  segmentId: opened.plan.segments()[0]?.id ?? '',
  segment: { ...office, name },
  hosts: [],
});
const planned = () => opened.plan.segments().map((each) => each.name);

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'trunkline-unwritten-'));
  world = new SegmentWorld();
  await open(dir);
});
afterEach(async () => {
  await opened.flush();
  await rm(dir, { recursive: true });
  report.mockReset();
});

it('a change whose plan can’t be written says so until it is', async () => {
  await bar();
  const record = await apply();
  expect(record).toMatchObject({
    state: 'applied',
    unwritten: { code: 'storage_failed', params: { context: 'plan', file: 'plan.yaml' } },
  });
  expect(opened.log.list()).toEqual([record]);
  await unbar();
  await opened.flush();
  await vi.waitFor(() => expect(world.records.at(-1)).not.toHaveProperty('unwritten'));
  expect(world.records.at(-1)).toMatchObject({ id: record.id, state: 'applied' });
  expect(opened.log.list()).toEqual([world.records.at(-1)]);
});

it('the next start puts it into the plan, and says no more that it is not there', async () => {
  await bar();
  await apply();
  await open(await left());
  expect(planned()).toEqual([]);
  await opened.changes.putPlanAgain();
  expect(planned()).toEqual(['Office']);
  expect(opened.log.list()).toMatchObject([{ state: 'applied' }]);
  expect(opened.log.list()[0]).not.toHaveProperty('unwritten');
  await unbar();
});

it('the next start takes out of the plan what was undone', async () => {
  const { id } = await apply();
  await opened.flush();
  await bar();
  expect(await opened.changes.undo(id)).toMatchObject({ state: 'undone', unwritten: {} });
  await open(await left());
  expect(planned()).toEqual(['Office']);
  await opened.changes.putPlanAgain();
  expect(planned()).toEqual([]);
  await unbar();
});

it('the next start goes by all of them, in whatever order they were undone', async () => {
  await apply();
  await opened.flush();
  const first = await apply(renamed('One'));
  const second = await apply(renamed('Two'));
  await opened.flush();
  await bar();
  await opened.changes.undo(second.id);
  await opened.changes.undo(first.id);
  await open(await left());
  expect(planned()).toEqual(['Two']);
  await opened.changes.putPlanAgain();
  expect(planned()).toEqual(['Office']);
  await unbar();
});

it('the next start leaves what another hand has written since', async () => {
  const { segment } = await apply();
  await opened.flush();
  await bar();
  await apply(renamed('One'));
  await open(await left());
  const [now] = opened.plan.segments();
  if (now) await opened.plan.set(segment?.id ?? '', { ...now, name: 'By hand' });
  await opened.changes.putPlanAgain();
  expect(planned()).toEqual(['By hand']);
  expect(opened.log.list()[0]).not.toHaveProperty('unwritten');
  await unbar();
});

it('a change that leaves the plan as it was says nothing of another that is not there yet', async () => {
  const { id } = await apply();
  await opened.flush();
  await bar();
  const subnets = [{ subnet: '10.70.2.0/24', gateway: '10.70.2.1' }];
  const other = { ...office, name: 'Lab', subnets };
  const hosts = [{ engineId: 'e1', parentNic: 'eth2' }];
  expect(await apply({ kind: 'create-segment', segment: other, hosts })).toHaveProperty('unwritten');
  // It can't be undone, and stands.
  world.engine('e2').before = (call) => {
    if (call.startsWith('remove')) throw problem('engine_error');
  };
  await expect(opened.changes.undo(id)).rejects.toThrow();
  expect(opened.log.get(id)?.record).toMatchObject({ state: 'applied' });
  expect(opened.log.get(id)?.record).not.toHaveProperty('unwritten');
  await unbar();
});
