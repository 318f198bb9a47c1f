import { existsSync } from 'node:fs';
import { appendFile, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newRun } from '../storage/journal';
import { Storage } from '../storage/storage';
import { openChangeLog, type ChangeLog } from './change-log';

const { writeAtomic } = vi.hoisted(() => ({
  writeAtomic: { before: (): Promise<void> => Promise.resolve() },
}));
vi.mock('write-file-atomic', async (original) => {
  const { default: real } = await original<{ default: (...args: unknown[]) => Promise<void> }>();
  return {
    default: async (...args: unknown[]) => {
      await writeAtomic.before();
      return real(...args);
    },
  };
});

let dir: string;
let file: string;
let segmentFile: string;
const report = vi.fn();
const logs: ChangeLog[] = [];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'trunkline-older-'));
  file = join(dir, 'changes.jsonl');
  segmentFile = join(dir, 'segment-changes.jsonl');
  report.mockClear();
});
afterEach(async () => {
  writeAtomic.before = () => Promise.resolve();
  await Promise.all(logs.splice(0).map((each) => each.flush()));
  await rm(dir, { recursive: true });
});

async function open(living: string[] = []): Promise<ChangeLog> {
  await Promise.all(logs.splice(0).map((each) => each.flush()));
  const alive = (owner: string) => living.includes(owner);
  const log = await openChangeLog(file, new Storage(report), alive, 'me');
  logs.push(log);
  return log;
}

const on = { containerId: 'c1', containerName: 'web', networkId: 'n1', networkName: 'lan' };
const step = { op: 'disconnect' as const, ...on };
const back = { op: 'connect' as const, ...on, endpoint: { ipv4: '10.70.1.9' } };
const line = (value: object) => `${JSON.stringify(value)}\n`;

/** As the log of changes of one engine had it. */
const single = (id: string, at: number, more: object = {}, beside: object = { inverse: [back] }) =>
  line({
    record: {
      ...{ id, at, who: 'ada', state: 'applied', undoable: true },
      request: { kind: 'detach', engineId: 'e1', containerId: 'c1', networkId: 'n1' },
      ...{ engineId: 'e1', engineName: 'atlas', steps: [step] },
      ...more,
    },
    ...beside,
  });

const segment = {
  ...{ id: 'seg-1', name: 'Office', vlan: null, driver: 'macvlan', mode: 'bridge', reserved: [] },
  subnets: [{ subnet: '10.70.1.0/24' }],
  members: [],
};
/** As the log of segment changes had it. */
const whole = (id: string, at: number, more: object = {}, beside: object = {}) =>
  line({
    record: {
      ...{ id, at, who: 'ada', state: 'applied', undoable: true },
      ...{ request: { kind: 'forget', segmentId: 'seg-1' }, segmentId: 'seg-1', segmentName: 'Office' },
      hosts: [{ engineId: 'e1', engineName: 'atlas', steps: [step], state: 'done' }],
      ...more,
    },
    ...{ inverse: [{ engineId: 'e1', engineName: 'atlas', steps: [back] }], before: segment, after: null },
    ...beside,
  });

const states = (log: ChangeLog) => log.list().map(({ id, state }) => `${id} ${state}`);

describe('the logs of earlier versions', () => {
  const problem = { code: 'engine_error', message: 'no' };
  const pictures = [
    { engineId: 'e1', subject: { kind: 'network', networkName: 'lan' }, picture: { a: '1' } },
  ];
  const run = newRun('apply', 'gone', [{ engineId: 'e1', engineName: 'atlas', steps: [step] }]);
  beforeEach(async () => {
    const notes = [
      { note: 'try', id: 'c', host: 0, at: 0, back: false, inverse: back, existing: [] },
      { note: 'done', id: 'c', host: 0, at: 0, back: false },
    ];
    const open = { state: 'applying', undoable: false };
    await writeFile(
      file,
      line({ note: 'open', owner: 'before' }) +
        single(
          'a',
          1,
          { ipv4: '10.70.1.9', networkId: 'n9' },
          { inverse: [back], pictures, left: pictures },
        ) +
        single('d', 4, { state: 'failed', undoable: false, problem }, { inverse: null }) +
        single('c', 3, open, { inverse: null, run }) +
        notes.map(line).join(''),
    );
    await writeFile(
      segmentFile,
      whole('b', 2) + whole('e', 5, { ...open, hosts: [] }, { inverse: null, run }),
    );
  });

  const expectAll = (log: ChangeLog) => {
    expect(states(log)).toEqual(['e interrupted', 'd failed', 'c interrupted', 'b applied', 'a applied']);
    const host = { engineId: 'e1', engineName: 'atlas', steps: [step] };
    expect(log.get('a')).toMatchObject({
      record: { hosts: [{ ...host, state: 'done', ipv4: '10.70.1.9', networkId: 'n9' }], undoable: true },
      inverse: [{ engineId: 'e1', engineName: 'atlas', steps: [back] }],
      pictures,
      left: pictures,
    });
    expect(log.get('b')).toMatchObject({
      record: { request: { kind: 'forget-segment' }, segment: { id: 'seg-1', name: 'Office' } },
      inverse: [{ steps: [back] }],
      kept: { what: 'segment', id: 'seg-1', before: segment, after: null },
    });
    expect(log.get('c')?.record.hosts).toMatchObject([
      { ...host, state: 'interrupted', stepsDone: 1, recovery: { rollBack: [back] } },
    ]);
    expect(log.get('d')?.record.hosts).toMatchObject([{ ...host, state: 'rollback-failed', problem }]);
    expect(log.get('e')?.record.hosts).toMatchObject([{ ...host, state: 'interrupted', stepsDone: 0 }]);
    expect(report).not.toHaveBeenCalled();
  };

  it('become one, in the order of their times, with nothing lost; both stay beside it', async () => {
    const before = [await readFile(file, 'utf8'), await readFile(segmentFile, 'utf8')];
    expectAll(await open());
    expect((await readdir(dir)).sort()).toEqual([
      'changes.jsonl',
      'changes.jsonl.old',
      'segment-changes.jsonl.old',
    ]);
    expect(await readFile(`${file}.old`, 'utf8')).toBe(before[0]);
    expect(await readFile(`${segmentFile}.old`, 'utf8')).toBe(before[1]);
    const lines = (await readFile(file, 'utf8')).trim().split('\n');
    expect(
      lines.every((each) => !('engineId' in ((JSON.parse(each) as { record?: object }).record ?? {}))),
    ).toBe(true);
    expectAll(await open());
    expect(await readdir(dir)).toHaveLength(3);
  });

  it('leave no empty one beside, where there was none of one engine', async () => {
    await rm(file);
    expect(states(await open())).toEqual(['e interrupted', 'b applied']);
    expect((await readdir(dir)).sort()).toEqual(['changes.jsonl', 'segment-changes.jsonl.old']);
  });

  it.runIf(existsSync('/dev/full')).each([
    ['the one kept beside it', '.old.part'],
    ['the new one', ''],
  ])('stay as they were on a disk that is full for %s, and are kept to the byte later', async (_, name) => {
    const first = await readFile(file, 'utf8');
    if (name) await symlink('/dev/full', `${file}${name}`);
    else writeAtomic.before = () => Promise.reject(new Error('ENOSPC: no space left on device, write'));
    const log = await open();
    expect(states(log)).toHaveLength(5);
    expect(report).toHaveBeenCalledOnce();
    expect(await readdir(dir)).not.toContain('changes.jsonl.old');
    await log.write({ ...log.get('a')!, run: undefined });
    const then = await readFile(file, 'utf8');
    expect(then.startsWith(first)).toBe(true);
    writeAtomic.before = () => Promise.resolve();
    await rm(`${file}.old.part`, { force: true });
    await open();
    expect(await readFile(`${file}.old`, 'utf8')).toBe(then);
    await logs[0]?.write({ ...log.get('b')!, run: undefined });
    expect(await readFile(`${file}.old`, 'utf8')).toBe(then);
  });

  it('are only read while another console lives, and what this one writes is the newer', async () => {
    await appendFile(file, line({ note: 'open', owner: 'other' }));
    const log = await open(['other']);
    expectAll(log);
    expect((await readdir(dir)).sort()).toEqual(['changes.jsonl', 'segment-changes.jsonl']);
    const entry = log.get('b')!;
    await log.write({ ...entry, record: { ...entry.record, state: 'undone', undoable: false } });
    expect(states(await open())).toContain('b undone');
    expect((await readdir(dir)).sort()).toContain('segment-changes.jsonl.old');
    expect(states(await open())).toContain('b undone');
  });

  it('that was left half-way is gone on with at the next start', async () => {
    await open();
    // Killed before the second file was set aside.
    await writeFile(segmentFile, await readFile(`${segmentFile}.old`, 'utf8'));
    expectAll(await open());
    expect((await readdir(dir)).filter((each) => each.startsWith('segment-changes.jsonl.old'))).toHaveLength(
      2,
    );
  });
});
