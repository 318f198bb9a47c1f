import { mkdir, mkdtemp, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { Storage } from './storage';
import { openUserFile, type UserFileWriter } from './user-file';

let dir: string;
let file: string;
let storage: Storage;
let told: number;
const reported: unknown[] = [];
const opened: UserFileWriter[] = [];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'trunkline-user-file-'));
  file = join(dir, 'kept.json');
  told = 0;
  storage = new Storage(
    (error) => reported.push(error),
    () => (told += 1),
  );
});
afterEach(async () => {
  vi.restoreAllMocks();
  for (const each of opened.splice(0)) await each.flush();
  reported.length = 0;
  await rm(dir, { recursive: true, force: true });
});

const shape = z.object({ limit: z.number() });
async function open(shared = false) {
  const parse = (text: string) => shape.parse(JSON.parse(text));
  const found = await openUserFile({ file, parse, empty: { limit: 0 }, storage, shared });
  opened.push(found.writer);
  return found;
}
const onDisk = () => readFile(file, 'utf8');
const asides = async () => (await readdir(dir)).filter((name) => name.includes('.broken-'));

/** A folder where the file would be set aside: it can't be, whoever runs this. Gives what takes it away again. */
async function inTheWay(): Promise<() => Promise<void>> {
  vi.spyOn(Date, 'now').mockReturnValue(7);
  await mkdir(`${file}.broken-7`);
  return () => rmdir(`${file}.broken-7`);
}

describe('a broken file', () => {
  it('is set aside, whole, and told with what is wrong and where it is', async () => {
    await writeFile(file, '{"limit":"five"}');
    const { value, writer } = await open();
    expect(value).toEqual({ limit: 0 });
    const [aside = ''] = await asides();
    expect(await readFile(join(dir, aside), 'utf8')).toBe('{"limit":"five"}');
    expect(storage.problems()).toMatchObject([
      { code: 'file_broken', params: { file: 'kept.json', aside: join(dir, aside) } },
    ]);
    expect(storage.problems()[0]?.message).toContain('line 1, “limit”: a number belongs here');
    expect([told, reported.length]).toEqual([1, 1]);
    await writer.write('{"limit":1}');
    expect(await onDisk()).toBe('{"limit":1}');
    expect(await readFile(join(dir, aside), 'utf8')).toBe('{"limit":"five"}');
    // The admin may not have seen it yet.
    expect(storage.problems()).toHaveLength(1);
  });

  it('that can’t be set aside is not said to be, and nothing is written over it until it can', async () => {
    const clear = await inTheWay();
    await writeFile(file, '{"limit":');
    const { writer } = await open();
    const [problem] = storage.problems();
    expect(problem).toMatchObject({ code: 'file_broken', params: { context: 'unmoved' } });
    expect(`${problem?.message} ${problem?.hint}`).toMatch(/it is a folder.*nothing is written over it/);
    expect(problem?.hint).not.toContain('was set aside');
    await writer.write('{"limit":1}');
    await writer.flush();
    expect(await onDisk()).toBe('{"limit":');
    expect([storage.problems().length, reported.length]).toEqual([1, 1]);

    await clear();
    await writer.flush();
    expect(await onDisk()).toBe('{"limit":1}');
    expect(await readFile(`${file}.broken-7`, 'utf8')).toBe('{"limit":');
    expect(storage.problems()).toMatchObject([{ params: { aside: `${file}.broken-7` } }]);
  });

  it('that the admin has moved away meanwhile makes no trouble', async () => {
    const clear = await inTheWay();
    await writeFile(file, 'x');
    const { writer } = await open();
    await rename(file, join(dir, 'elsewhere'));
    await clear();
    await writer.write('{"limit":1}');
    expect(await onDisk()).toBe('{"limit":1}');
    expect([await asides(), storage.problems()]).toEqual([[], []]);
  });
});

describe('a file that can’t be read at all', () => {
  it('stays where it is, and is set aside before anything is written there', async () => {
    // Whoever runs this: a folder is no file.
    await mkdir(file);
    await writeFile(join(file, 'inside'), 'x');
    const { value, writer } = await open();
    expect(value).toEqual({ limit: 0 });
    expect(await asides()).toEqual([]);
    expect(storage.problems()).toMatchObject([
      { code: 'file_broken', params: { context: 'unread', detail: 'it is a folder' } },
    ]);
    await writer.write('{"limit":1}');
    const [aside = ''] = await asides();
    expect(await readFile(join(dir, aside, 'inside'), 'utf8')).toBe('x');
    expect(await onDisk()).toBe('{"limit":1}');
  });
});

describe('a file that another hand changes while the console runs', () => {
  const edited = async () => (await readdir(dir)).filter((name) => name.includes('.edited-'));
  const begun = async (text = '{"limit":1}') => {
    await writeFile(file, text);
    return (await open(true)).writer;
  };

  it('is written over where the newest counts', async () => {
    await writeFile(file, '{"limit":1}');
    const { writer } = await open();
    await writeFile(file, '{"limit":7}');
    await writer.write('{"limit":2}');
    expect(await onDisk()).toBe('{"limit":2}');
    expect(await edited()).toEqual([]);
  });

  it.each(['{"limit":7}', '{"limit":', ''])('is set aside before a write: %j', async (text) => {
    const writer = await begun();
    await writer.write('{"limit":2}');
    await writeFile(file, text);
    await writer.write('{"limit":3}');
    expect(await onDisk()).toBe('{"limit":3}');
    const [aside = ''] = await edited();
    expect(await readFile(join(dir, aside), 'utf8')).toBe(text);
    expect(storage.problems()).toMatchObject([
      { code: 'file_broken', params: { context: 'edited', file: 'kept.json', aside: join(dir, aside) } },
    ]);
    await writer.write('{"limit":4}');
    expect(await edited()).toHaveLength(1);
  });

  it('is so too before the first write, also where there was none, and in what must be written at once', async () => {
    const { writer } = await open(true);
    await writeFile(file, '{"limit":7}');
    await writer.writeNow('{"limit":2}');
    const [aside = ''] = await edited();
    expect([await onDisk(), await readFile(join(dir, aside), 'utf8')]).toEqual([
      '{"limit":2}',
      '{"limit":7}',
    ]);
  });

  it('is told each time, with where it is', async () => {
    const writer = await begun();
    const asides: unknown[] = [];
    for (const now of [5, 6]) {
      vi.spyOn(Date, 'now').mockReturnValue(now);
      await writeFile(file, 'mine');
      await writer.write('{"limit":2}');
      asides.push(storage.problems().map(({ params }) => params?.['aside']));
    }
    expect(asides).toEqual([[`${file}.edited-5`], [`${file}.edited-6`]]);
  });

  it('that can’t be set aside stays, and is written in its place once it can', async () => {
    const writer = await begun();
    vi.spyOn(Date, 'now').mockReturnValue(7);
    await mkdir(`${file}.edited-7`);
    await writeFile(file, 'mine');
    await writer.write('{"limit":2}');
    expect([await onDisk(), storage.problems().map(({ params }) => params?.['context'])]).toEqual([
      'mine',
      ['edited_unmoved'],
    ]);
    await rename(file, join(dir, 'elsewhere'));
    await writer.flush();
    expect([await onDisk(), storage.problems()]).toEqual(['{"limit":2}', []]);

    await writeFile(file, 'mine');
    await writer.write('{"limit":3}');
    await rmdir(`${file}.edited-7`);
    await writer.flush();
    expect([await onDisk(), await readFile(`${file}.edited-7`, 'utf8')]).toEqual(['{"limit":3}', 'mine']);
    expect(storage.problems()).toMatchObject([{ params: { context: 'edited' } }]);
  });

  it('is nobody’s where it is the same, or taken away', async () => {
    const writer = await begun();
    await writeFile(file, '{"limit":1}');
    await writer.write('{"limit":2}');
    await rm(file);
    await writer.write('{"limit":3}');
    expect([await onDisk(), await edited(), storage.problems()]).toEqual(['{"limit":3}', [], []]);
  });
});

describe('what must be on disk or nowhere', () => {
  it('rejects where a broken file can’t be set aside, and leaves it', async () => {
    const clear = await inTheWay();
    await writeFile(file, 'x');
    const { writer } = await open();
    await expect(writer.writeNow('{"limit":1}')).rejects.toMatchObject({
      problem: { code: 'storage_failed', params: { file: 'kept.json' } },
    });
    expect(await onDisk()).toBe('x');
    await clear();
    await writer.flush();
    expect(await onDisk()).toBe('x');
    await writer.writeNow('{"limit":2}');
    expect(await onDisk()).toBe('{"limit":2}');
  });

  it('leaves no older text waiting that would come over it', async () => {
    const { writer } = await open();
    await rename(dir, `${dir}.away`);
    await expect(writer.writeKept('{"limit":1}')).rejects.toMatchObject({
      problem: { code: 'storage_failed', params: { context: 'waiting', file: 'kept.json' } },
    });
    await rename(`${dir}.away`, dir);
    await writer.writeNow('{"limit":2}');
    await writer.flush();
    expect(await onDisk()).toBe('{"limit":2}');
  });

  it('takes nothing away that came after it', async () => {
    const { writer } = await open();
    const now = writer.writeNow('{"limit":1}');
    await Promise.all([now, writer.write('{"limit":2}')]);
    expect(await onDisk()).toBe('{"limit":2}');
  });

  it('takes nothing away that came after it with the text of what waited before', async () => {
    const { writer } = await open();
    await rename(dir, `${dir}.away`);
    await writer.write('{"limit":1}');
    await rename(`${dir}.away`, dir);
    const now = writer.writeNow('{"limit":2}');
    await Promise.all([now, writer.write('{"limit":1}')]);
    expect(await onDisk()).toBe('{"limit":1}');
  });
});

describe('what is told of where it is kept', () => {
  it('is no failure where what came later is on its way, be it after one that is over', async () => {
    const { writer } = await open();
    await rename(dir, `${dir}.away`);
    await expect(writer.writeKept('{"limit":0}')).rejects.toThrow();
    await rename(`${dir}.away`, dir);
    const later: Promise<void>[] = [];
    /** A text, and another that is asked for while it is being written. */
    const then = (text: string, next: Parameters<UserFileWriter['writeKept']>[0]) => () => {
      later.push(writer.writeKept(next));
      return Promise.resolve(text);
    };
    await writer.writeKept(then('{"limit":1}', then('{"limit":2}', '{"limit":3}')));
    await Promise.all(later);
    expect(await onDisk()).toBe('{"limit":3}');
  });
});
