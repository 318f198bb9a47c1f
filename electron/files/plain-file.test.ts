import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reasonText, systemReason } from '../../shared/rules';
import { readPlainFile, readPlainFileSync } from './plain-file';

let dir: string;
beforeEach(async () => (dir = await mkdtemp(join(tmpdir(), 'trunkline-plain-'))));
afterEach(() => rm(dir, { recursive: true }));

const ways = [
  ['as it comes', readPlainFile],
  ['at once', async (file: string, most: number) => readPlainFileSync(file, most)],
] as const;

describe.each(ways)('a file read %s', (_name, read) => {
  const refusal = (file: string, most = 100) =>
    read(file, most).then(
      () => 'read',
      (error: unknown) => reasonText(systemReason(error)),
    );

  it('is given whole, through a link, too', async () => {
    const file = join(dir, 'file');
    await writeFile(file, 'x'.repeat(100));
    await symlink(file, join(dir, 'link'));
    expect((await read(file, 100)).toString()).toBe('x'.repeat(100));
    expect((await read(join(dir, 'link'), 100)).length).toBe(100);
  });

  it('is no larger than its bound', async () => {
    const file = join(dir, 'file');
    await writeFile(file, 'x'.repeat(101));
    expect(await refusal(file)).toMatch(/larger/);
  });

  it.runIf(process.platform === 'linux')(
    'is a plain one: no pipe, device, socket or folder, nor a link to one',
    async () => {
      const pipe = join(dir, 'pipe');
      execFileSync('mkfifo', [pipe]);
      await symlink('/dev/zero', join(dir, 'zero'));
      await symlink(pipe, join(dir, 'link'));
      for (const name of ['pipe', 'link', 'zero'])
        expect(await refusal(join(dir, name))).toMatch(/no plain file/);
      expect(await refusal('/dev/null')).toMatch(/no plain file/);
      mkdirSync(join(dir, 'folder'));
      expect(await refusal(join(dir, 'folder'))).toBe('it is a folder');
      const server = createServer().listen(join(dir, 'socket'));
      await new Promise((resolve) => server.once('listening', resolve));
      expect(await refusal(join(dir, 'socket'))).not.toBe('read');
      server.close();
    },
  );
});
