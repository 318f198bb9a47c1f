import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChangeRecord } from '../../../shared/model';
import { Storage } from '../storage/storage';
import { openChangeLog } from './change-log';

let dir: string;
beforeEach(async () => (dir = await mkdtemp(join(tmpdir(), 'trunkline-log-'))));
afterEach(() => rm(dir, { recursive: true }));

const record = (id: string, state: ChangeRecord['state'] = 'applied'): ChangeRecord => ({
  id,
  at: 1,
  who: 'ada',
  request: { kind: 'detach', engineId: 'e1', containerId: 'c1', networkId: 'n1' },
  hosts: [{ engineId: 'e1', engineName: 'atlas', steps: [], state: 'done' }],
  state,
  undoable: false,
});

describe('the change log', () => {
  it('is read again after a restart, newest first, the last state of each change', async () => {
    const file = join(dir, 'changes.jsonl');
    const log = await openChangeLog(file, new Storage(vi.fn()));
    void log.write({ record: record('a', 'applying'), inverse: null });
    void log.write({ record: record('b'), inverse: [] });
    void log.write({ record: record('a', 'undone'), inverse: null });
    await log.flush();
    const again = await openChangeLog(file, new Storage(vi.fn()));
    expect(again.list(10).map((each) => [each.id, each.state])).toEqual([
      ['b', 'applied'],
      ['a', 'undone'],
    ]);
    expect(again.list(1)).toHaveLength(1);
    expect(again.get('b')?.inverse).toEqual([]);
  });

  it('leaves out a line cut short by a crash, with which nothing is lost, and does not touch it', async () => {
    const file = join(dir, 'changes.jsonl');
    const log = await openChangeLog(file, new Storage(vi.fn()));
    void log.write({ record: record('a'), inverse: null });
    await log.flush();
    await appendFile(file, '{"record":{"id":"b"\n');
    const report = vi.fn();
    const again = await openChangeLog(file, new Storage(report));
    void again.write({ record: record('c'), inverse: null });
    await again.flush();
    expect(again.list(10).map((each) => each.id)).toEqual(['c', 'a']);
    expect(report).not.toHaveBeenCalled();
    expect(await readFile(file, 'utf8')).toContain('{"record":{"id":"b"\n');
  });
});
