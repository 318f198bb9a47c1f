import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packedName } from './definition';
import { rootfsSource } from './rootfs-source';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'trunkline-rootfs-'));
  for (const architecture of ['x86_64', 'aarch64']) {
    await writeFile(join(dir, packedName(architecture)), gzipSync(`for ${architecture}`));
  }
});
afterEach(() => rm(dir, { recursive: true }));

const mac = { machine: 'arm64', platform: 'darwin' } as const;
const windows = { machine: 'x86_64', platform: 'win32' } as const;

const refusal = (architecture: string) => ({
  problem: {
    code: 'toolbox_unavailable',
    params: { context: 'architecture', architecture, host: 'h1' },
    message: expect.stringContaining(`no toolbox image for ${architecture}, which h1 needs`) as string,
  },
});

describe('a packaged console', () => {
  it.each([
    ['aarch64', 'aarch64'],
    ['arm64', 'aarch64'],
    ['x86_64', 'x86_64'],
    ['amd64', 'x86_64'],
  ])('gives an engine that says %s the file system for %s', async (named, architecture) => {
    for (const here of [mac, windows]) {
      const rootfs = await rootfsSource([join(dir, 'absent'), dir], here).get(named, 'h1');
      expect(rootfs.toString()).toBe(`for ${architecture}`);
    }
  });

  it('has one for its own machine, by whatever name that goes', async () => {
    const source = rootfsSource([dir], mac);
    expect(source.own).toBe('aarch64');
    expect((await source.get(source.own, '')).toString()).toBe('for aarch64');
  });

  it.each(['riscv64', 'armv7l', 's390x'])(
    'says that it has none for %s, and for whom',
    async (architecture) => {
      await expect(rootfsSource([dir], windows).get(architecture, 'h1')).rejects.toMatchObject(
        refusal(architecture),
      );
    },
  );

  it('says so too where nothing was packed, though the machine is of that architecture', async () => {
    await expect(rootfsSource([], mac).get('aarch64', 'h1')).rejects.toMatchObject(refusal('aarch64'));
  });

  it('that was packed anew meanwhile needs no restart', async () => {
    const source = rootfsSource([dir], mac);
    await expect(source.get('riscv64', 'h1')).rejects.toMatchObject(refusal('riscv64'));
    await writeFile(join(dir, packedName('riscv64')), gzipSync('for riscv64'));
    expect((await source.get('riscv64', 'h1')).toString()).toBe('for riscv64');
  });

  it('does not pass over a file that is there and broken', async () => {
    await writeFile(join(dir, packedName('x86_64')), 'cut off');
    await expect(rootfsSource([dir], windows).get('x86_64', 'h1')).rejects.toThrow(/header/);
    await rm(join(dir, packedName('x86_64')));
    await mkdir(join(dir, packedName('x86_64')));
    await expect(rootfsSource([dir], windows).get('x86_64', 'h1')).rejects.toThrow(/EISDIR/);
  });
});
