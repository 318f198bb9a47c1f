import { appendFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ChangeRecord } from '../../../shared/model';
import { Storage } from '../storage/storage';
import { openChangeLog, type ChangeLog } from './change-log';
import { OthersChanges } from './others-changes';

let dir: string;
let others: OthersChanges | undefined;
beforeEach(async () => (dir = await mkdtemp(join(tmpdir(), 'trunkline-others-'))));
afterEach(() => {
  others?.dispose();
  return rm(dir, { recursive: true });
});

const record: ChangeRecord = {
  ...{ id: 'a', at: 1, who: 'ada', state: 'applying', undoable: false },
  request: { kind: 'detach', engineId: 'e1', containerId: 'c1', networkId: 'n1' },
  hosts: [{ engineId: 'e1', engineName: 'atlas', steps: [], state: 'done' }],
};

/** A change that another console is on, and what this one is told of it. */
async function beside() {
  const living = new Set(['them']);
  /** Called while it is asked whether they live. */
  const meanwhile = vi.fn();
  const alive = (owner: string) => {
    meanwhile();
    return living.has(owner);
  };
  const open = (owner: string): Promise<ChangeLog> =>
    openChangeLog(join(dir, 'changes.jsonl'), new Storage(vi.fn()), alive, owner);
  const theirs = await open('them');
  const hosts = [{ engineId: 'e1', engineName: 'atlas', steps: [], done: [], doubt: null }];
  await theirs.begin({ record, inverse: null, run: { owner: 'them', kind: 'apply', hosts } });
  const log = await open('me');
  const told: [string, ChangeRecord['state']][] = [];
  const takeOver = vi.fn(() => Promise.resolve());
  others = new OthersChanges({
    ...{ log, alive, owner: 'me', report: vi.fn() },
    onRecord: ({ id, state }) => told.push([id, state]),
    takeOver,
  });
  return { living, takeOver, meanwhile, theirs, log, told, look: () => others?.look() };
}

it('a change of a console that is just being killed is cut off once that is gone', async () => {
  const { living, log, told, look } = await beside();
  await look();
  expect(log.get('a')?.record.state).toBe('applying');
  expect(told).toEqual([]);
  living.clear();
  await look();
  expect(told).toEqual([['a', 'interrupted']]);
  await look();
  expect(told).toHaveLength(1);
});

it('a change that another console has carried to its end is told as it ended', async () => {
  const { living, theirs, log, told, look } = await beside();
  await theirs.write({ record: { ...record, state: 'applied' }, inverse: null });
  living.clear();
  await look();
  expect(told).toEqual([['a', 'applied']]);
  expect(log.unsettled()).toEqual([]);
});

it('one that is ended while it is asked for is not taken for cut off', async () => {
  const { living, meanwhile, told, look } = await beside();
  meanwhile.mockImplementation(() => {
    const line = JSON.stringify({ record: { ...record, state: 'applied' }, inverse: null });
    appendFileSync(join(dir, 'changes.jsonl'), `${line}\n`);
    meanwhile.mockReset();
  });
  living.clear();
  await look();
  expect(told).toEqual([['a', 'applied']]);
});

it('goes on from where it was: what is read once is not read again', async () => {
  const { theirs, log, look } = await beside();
  await look();
  const taken = vi.spyOn(JSON, 'parse');
  await look();
  expect(taken).not.toHaveBeenCalled();
  await theirs.write({ record: { ...record, state: 'applied' }, inverse: null });
  const half = JSON.stringify({ record: { ...record, id: 'b' }, inverse: null });
  appendFileSync(join(dir, 'changes.jsonl'), half);
  await look();
  expect([taken.mock.calls.length, log.get('a')?.record.state]).toEqual([1, 'applied']);
  taken.mockRestore();
});

it('takes in what a console has left that could not write its plan, once that is gone', async () => {
  const { living, theirs, log, takeOver, look } = await beside();
  const unwritten = { code: 'storage_failed' as const, message: 'It is not in plan.yaml yet.' };
  await theirs.write({
    ...{ record: { ...record, id: 'late', state: 'applied', unwritten }, inverse: null },
    owner: 'them',
  });
  await look();
  expect(log.get('late')).toBeUndefined();
  living.clear();
  await look();
  expect(log.get('late')?.record).toMatchObject({ unwritten });
  expect(takeOver).toHaveBeenCalled();
});
