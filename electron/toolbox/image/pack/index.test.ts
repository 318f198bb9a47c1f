import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { packedName } from '../definition';
import { packToolboxes } from '.';

let dir = '';
beforeEach(async () => (dir = await mkdtemp(join(tmpdir(), 'trunkline-pack-'))));
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(dir, { recursive: true });
});

it('where Debian packages can’t be had, each architecture gets one line, and an earlier file stays', async () => {
  vi.stubEnv('PATH', dir);
  const earlier = packedName('aarch64');
  await writeFile(join(dir, earlier), 'earlier');
  const lines: string[] = [];
  await packToolboxes(dir, (line) => lines.push(line));
  const why = 'because apt-get is not here, so Debian packages can’t be had';
  expect(lines).toEqual([
    `toolbox for x86_64: the package has none, ${why}`,
    expect.stringMatching(
      new RegExp(`^toolbox for aarch64: the one of \\d{4}-\\d\\d-\\S+ stays, ${why}$`),
    ) as string,
  ]);
  expect(await readdir(dir)).toEqual([earlier]);
});
