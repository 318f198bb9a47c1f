import { existsSync } from 'node:fs';
import { appendFile, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { newRun, runSchema } from './journal';
import { LogFile } from './log-file';
import { RecordLog } from './record-log';
import { Storage } from './storage';

const { writeAtomic } = vi.hoisted(() => ({
  writeAtomic: { before: (_file: string): Promise<void> => Promise.resolve() },
}));
vi.mock('write-file-atomic', async (original) => {
  const { default: real } = await original<{
    default: (file: string, ...rest: unknown[]) => Promise<void>;
  }>();
  return {
    default: async (file: string, ...rest: unknown[]) => {
      await writeAtomic.before(file);
      return real(file, ...rest);
    },
  };
});

const schema = z.object({
  record: z.object({ id: z.string(), state: z.string() }),
  run: runSchema.optional(),
});
type Entry = z.infer<typeof schema>;

const steps = [{ op: 'remove-network' as const, networkId: 'n1', networkName: 'lan' }];
const run = () => newRun('apply', 'someone', [{ engineId: 'e1', engineName: 'atlas', steps }]);
const settled = (id: string): Entry => ({ record: { id, state: 'applied' } });
const open = (id: string, state = 'interrupted') => ({ record: { id, state }, run: run() });
const line = (value: object) => `${JSON.stringify(value)}\n`;
const doubt = { at: 0, back: false, inverse: null, existing: [] };

let dir = '';
let file = '';
const report = vi.fn();
/** Consoles that live. */
let living: string[] = [];
const logs: RecordLog<Entry>[] = [];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'trunkline-log-'));
  file = join(dir, 'changes.jsonl');
  living = ['me'];
  report.mockClear();
});
afterEach(async () => {
  writeAtomic.before = () => Promise.resolve();
  await Promise.all(logs.splice(0).map((each) => each.flush()));
  await rm(dir, { recursive: true });
});

async function console_(owner = 'me'): Promise<RecordLog<Entry>> {
  living = [...new Set([...living, owner])];
  const options = { owner, alive: (name: string) => living.includes(name) };
  const log = await RecordLog.open(file, schema, new Storage(report), options);
  logs.push(log);
  return log;
}
const linesOf = async (path = file) => (await readFile(path, 'utf8')).trim().split('\n').length;
/** What was written is on disk, and what followed from that is done. */
async function quiet(log: RecordLog<Entry>): Promise<void> {
  await log.flush();
  await log.flush();
}
const ids = (log: RecordLog<Entry>) => log.list().map((each) => each.id);
/** A log as years leave it: 5,000 changes of four lines each, the first of them cut off half-way. */
async function years({ more = '', changes: count = 5000 } = {}): Promise<void> {
  const note = { note: 'try', id: 'cut', host: 0, ...doubt };
  const changes = Array.from({ length: count }, (_, at) => {
    const id = `c${String(at)}`;
    const done = { note: 'done', id, host: 0, at: 0, back: false };
    return [open(id, 'applying'), { ...note, id }, done, settled(id)].map(line).join('');
  });
  await writeFile(file, [line(open('cut')), line(note), ...changes, more].join(''));
}

describe('a log of many years', () => {
  it('is trimmed at the start to its newest records and what is not settled; what was there is kept beside it', async () => {
    await years();
    const was = await readFile(file, 'utf8');
    const log = await console_();
    // The console's own name, and a line each.
    expect(await linesOf()).toBe(1 + 1000);
    // The name had been written by then.
    expect((await readFile(`${file}.1`, 'utf8')).startsWith(was)).toBe(true);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    for (const each of [log, await console_()]) {
      expect(ids(each).slice(0, 2)).toEqual(['c4999', 'c4998']);
      expect(ids(each).slice(-2)).toEqual(['c4001', 'cut']);
      expect(each.get('cut')?.run?.hosts[0]).toMatchObject({ done: [], doubt });
    }
    expect((await readdir(dir)).sort()).toEqual(['changes.jsonl', 'changes.jsonl.1']);
    expect(report).not.toHaveBeenCalled();
  });

  it('is trimmed while the console runs, once no change is under way, and loses nothing of what is', async () => {
    await years({ changes: 4999 });
    const log = await console_();
    const journal = await log.begin(open('mine', 'applying'));
    await journal.trying(0, doubt, true);
    void log.write(settled('other'));
    await quiet(log);
    expect(await linesOf()).toBeGreaterThan(20_000);
    journal.settled(0, 'done');
    void log.write({ record: { id: 'mine', state: 'interrupted' }, run: journal.run });
    for (let at = 0; at < 100; at += 1) void log.write(settled(`d${String(at)}`));
    await vi.waitFor(async () => expect(await linesOf()).toBeLessThan(2_000), { timeout: 20_000 });
    await log.flush();
    const again = await console_();
    expect(ids(again)).toEqual(ids(log));
    expect(again.get('mine')?.run?.hosts[0]).toMatchObject({ done: [{ inverse: null }], doubt: null });
  });

  it('is left alone while another console works on it, whose view and lines stay', async () => {
    await years({ more: line({ note: 'open', owner: 'other' }) });
    living.push('other');
    const log = await console_();
    expect(await linesOf()).toBeGreaterThan(20_000);
    void log.write(settled('mine'));
    await quiet(log);
    expect(await linesOf()).toBeGreaterThan(20_000);
    // Its end is seen by the next that starts.
    living = [];
    await console_('third');
    expect(await linesOf()).toBe(1 + 1000);
  });

  it('nor while one works on it that has come since; once that is gone, with what it left there', async () => {
    await years({ changes: 4999 });
    const first = await console_();
    const second = await console_('other');
    void second.write(settled('theirs'));
    const journal = await second.begin({ record: { id: 'cut-too', state: 'applying' }, run: run() });
    await journal.trying(0, doubt, true);
    for (let at = 0; at < 200; at += 1) void first.write(settled(`d${String(at)}`));
    await quiet(first);
    expect(await linesOf()).toBeGreaterThan(20_000);
    // Killed in the middle of its change.
    living = ['me'];
    for (let at = 200; at < 400; at += 1) void first.write(settled(`d${String(at)}`));
    await vi.waitFor(async () => expect(await linesOf()).toBeLessThan(2_000), { timeout: 20_000 });
    await quiet(first);
    const next = await console_('next');
    expect(ids(next)).toEqual(expect.arrayContaining(['theirs', 'cut', 'd0', 'd399']));
    expect(next.get('cut-too')?.run?.hosts[0]).toMatchObject({ done: [], doubt });
    expect(report).not.toHaveBeenCalled();
  });

  it('of a console that starts at that very moment nothing is lost', async () => {
    await years();
    writeAtomic.before = () => appendFile(file, line(settled('late')));
    await console_();
    expect(await linesOf()).toBe(1 + 1000 + 1);
    writeAtomic.before = () => Promise.resolve();
    expect(ids(await console_())[0]).toBe('late');
  });
});

describe('when trimming does not come to its end', () => {
  it('the log is whole: a full disk, which is told', async () => {
    await years();
    const was = await readFile(file, 'utf8');
    writeAtomic.before = () => Promise.reject(new Error('ENOSPC: no space left on device, write'));
    const log = await console_();
    expect((await readFile(file, 'utf8')).startsWith(was)).toBe(true);
    expect(report).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ message: expect.stringContaining('ENOSPC') as string }),
    );
    void log.write(settled('mine'));
    await log.flush();
    writeAtomic.before = () => Promise.resolve();
    const again = await console_();
    expect(ids(again)[0]).toBe('mine');
    expect(await linesOf()).toBe(1 + 1000);
  });

  it.runIf(existsSync('/dev/full'))('the same where the copy beside it can’t be made', async () => {
    await years();
    await symlink('/dev/full', `${file}.part`);
    const was = await readFile(file, 'utf8');
    await console_();
    expect((await readFile(file, 'utf8')).startsWith(was)).toBe(true);
    expect(report).toHaveBeenCalledOnce();
  });

  it('the log is whole: the console is killed before the new file stands, or right after', async () => {
    await years();
    // What a console killed half-way leaves lying about.
    await writeFile(`${file}.part`, '{"record":{"id":"half');
    await writeFile(`${file}.1234567`, '{"record":{"id":"half');
    let end = (_killed: Error): void => undefined;
    writeAtomic.before = () => new Promise((_, reject) => (end = reject));
    const killed = console_();
    await vi.waitFor(() => expect(existsSync(`${file}.1`)).toBe(true), { timeout: 20_000 });
    writeAtomic.before = () => Promise.resolve();
    living = [];
    const again = await console_('next');
    expect(ids(again).at(-1)).toBe('cut');
    expect(await linesOf()).toBe(1 + 1000);
    expect(report).not.toHaveBeenCalled();
    end(new Error('killed'));
    await killed;
  });
});

describe('the file', () => {
  it('is read in lines of its own: a name may hold what others take for an end', async () => {
    const name = 'a\u2028b\u0085c\rd';
    const log = await console_();
    void log.write(settled(name));
    await log.flush();
    expect(ids(await console_())).toEqual([name]);
  });

  it('has a line by the time that it is told to be written', async () => {
    const log = await console_();
    await log.write(settled('told'));
    expect(await readFile(file, 'utf8')).toContain('"told"');
  });

  const told = async () => {
    const before = report.mock.calls.length;
    await (await console_()).flush();
    return report.mock.calls.slice(before).map(([error]) => /\((\d+);/.exec(String(error))?.[1]);
  };

  it('is told of once where lines can’t be read, and again where others can’t, also after fewer than before', async () => {
    await writeFile(file, `${line(settled('a'))}odd\nodder\n`);
    expect([await told(), await told()]).toEqual([['2'], []]);
    await appendFile(file, '{"record":{"id":"c"]\n');
    expect([await told(), await told()]).toEqual([['1'], []]);
    const lines = (await readFile(file, 'utf8')).split('\n').filter((each) => !/odd|\]/.test(each));
    await writeFile(file, `${lines.join('\n')}odd again\n`);
    expect([await told(), await told()]).toEqual([['1'], []]);
    expect(ids(await console_())).toEqual(['a']);
  });

  it.each(['{"record":{"id":"b","st', '{"record":{"id":"b"', '{"note":"try","id":"a","at":1', '{"re'])(
    'is not told to lack anything where a write was cut off: %s',
    async (half) => {
      await writeFile(file, `${line(settled('a'))}${half}`);
      expect([await told(), await told()]).toEqual([[], []]);
      expect(ids(await console_())).toEqual(['a']);
    },
  );

  it.each(['{"limit":{"id":"b"', '{"record":{"id":"b"}{"note":'])(
    'is told to where it is no line of ours that was cut off: %s',
    async (odd) => {
      await writeFile(file, odd);
      expect(await told()).toEqual(['1']);
    },
  );

  it('that can’t be read is not trimmed away', async () => {
    await symlink(dir, file);
    const lines = await LogFile.open(file, new Storage(report), () => undefined);
    expect(
      await lines.replace(
        () => undefined,
        () => [],
      ),
    ).toBe(false);
    expect(report).toHaveBeenCalledOnce();
  });
});
