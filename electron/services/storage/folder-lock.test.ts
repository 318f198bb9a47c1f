import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { lockFolder, type FolderLock } from './folder-lock';
import { newOwner } from './owner';

const none = { ms: 0, eachMs: 1 };
const report = vi.fn<(error: unknown) => void>();
let folder = '';
let locks: FolderLock[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trunkline-lock-'));
  locks = [];
});
afterEach(async () => {
  for (const lock of locks) await lock.release();
  await rm(folder, { recursive: true, force: true });
});
const file = () => join(folder, 'console.lock');
async function lock(patience = none): Promise<FolderLock> {
  const got = await lockFolder(folder, report, patience);
  locks.push(got);
  return got;
}
const held = {
  problem: {
    code: 'folder_in_use',
    params: { folder: expect.any(String), file: expect.stringMatching(/console\.lock$/), pid: process.pid },
  },
};

/** The name of a console that was killed. */
async function killed(): Promise<string> {
  const child = spawn('sleep', ['60']);
  await once(child, 'spawn');
  const name = newOwner().name.replace(/^\d+/, String(child.pid));
  child.kill('SIGKILL');
  await once(child, 'exit');
  return name;
}

it('is one console’s at a time, and leaves nothing behind', async () => {
  const first = await lock();
  await expect(lock()).rejects.toMatchObject(held);
  await first.release();
  await first.release();
  const second = await lock();
  await first.release();
  await expect(lock()).rejects.toMatchObject(held);
  await second.release();
  expect(await readdir(folder)).toEqual([]);
  expect(report).not.toHaveBeenCalled();
});

it('waits for one that is just ending', async () => {
  const first = await lock();
  const second = lock({ ms: 60_000, eachMs: 1 });
  await first.release();
  await second;
});

it('is taken over from a console that was killed, or left by one whose name can’t be read', async () => {
  for (const left of [await killed(), '', 'nobody\n']) {
    await writeFile(file(), left);
    await (await lock()).release();
  }
});

it('is taken over by one of many that start at once', async () => {
  for (let round = 0; round < 50; round++) {
    await writeFile(file(), '1/0/0/gone');
    const all = await Promise.allSettled(Array.from({ length: 8 }, () => lock()));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const each of locks.splice(0)) await each.release();
    expect(await readdir(folder)).toEqual([]);
  }
});

it.each([
  ['a folder', () => mkdir(file())],
  ['a link that leads nowhere', () => symlink(join(folder, 'nowhere'), file())],
  ['a link to a device', () => symlink('/dev/zero', file())],
  ['a pipe', async () => void execFileSync('mkfifo', [file()])],
  ['more than a name', () => writeFile(file(), 'x'.repeat(5000))],
])('is started without where none can be made, which is reported: %s', async (_what, put) => {
  await put();
  const { held } = await lock();
  expect(held).toBe(false);
  expect(report).toHaveBeenCalledWith(
    expect.objectContaining({ message: expect.stringContaining('can’t be made'), cause: expect.any(Error) }),
  );
});

it('clears what killed consoles left beside it, and nothing that is young or another’s', async () => {
  const theirs = ['console.lock.0f8fad5b-d9cb-469f-a165-70867728950e', 'console.lock.0123456789abcdef'];
  for (const name of [...theirs, 'console.lock.mine']) await writeFile(join(folder, name), '');
  await (await lock()).release();
  expect(await readdir(folder)).toHaveLength(3);
  vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 120_000);
  await (await lock()).release();
  expect(await readdir(folder)).toEqual(['console.lock.mine']);
});
