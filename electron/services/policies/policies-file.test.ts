import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Storage } from '../storage';
import { PoliciesFile } from './policies-file';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trunkline-policies-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('a broken file is set aside, and one of a later version too', async () => {
  for (const text of ['{', '{"version":2}']) {
    const reported: unknown[] = [];
    await writeFile(join(folder, 'policies.json'), text);
    const file = await PoliciesFile.open(
      join(folder, 'policies.json'),
      new Storage((error) => reported.push(error)),
    );
    expect(file.shims.list()).toEqual([]);
    expect(reported).toHaveLength(1);
    const [aside = ''] = (await readdir(folder)).filter((each) => each.includes('broken'));
    expect(await readFile(join(folder, aside), 'utf8')).toBe(text);
    await rm(join(folder, aside));
  }
});
