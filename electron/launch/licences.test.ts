import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { allows, licenceOf, noticesOf, packageOf, unlicensed } from './licences.mjs';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'trunkline-licences-'));
});
afterEach(() => rm(root, { recursive: true }));

const install = async (name: string, manifest: object, text = '') => {
  const folder = join(root, 'node_modules', name);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name, version: '1.0.0', ...manifest }));
  if (text) await writeFile(join(folder, 'LICENSE.md'), text);
  return folder;
};

describe('licences', () => {
  it.each([
    ['MIT', true, true],
    ['(MIT OR GPL-3.0)', true, true],
    ['MIT AND ISC', true, true],
    ['MIT AND GPL-3.0', false, false],
    ['MPL-2.0', false, true],
    ['GPL-3.0-only', false, false],
    ['SEE LICENSE IN x', false, false],
    ['', false, false],
  ])('%s: shipped %s, as a tool %s', (expression, shipped, tool) =>
    expect([allows(expression, 'shipped'), allows(expression, 'tool')]).toEqual([shipped, tool]),
  );

  it('are read as packages have named them over the years', () => {
    expect(licenceOf({ license: 'MIT' })).toBe('MIT');
    expect(licenceOf({ license: { type: 'ISC' } })).toBe('ISC');
    expect(licenceOf({ licenses: [{ type: 'MIT' }, { type: 'GPL-2.0' }] })).toBe('MIT OR GPL-2.0');
    expect(licenceOf({})).toBe('');
  });

  it('that are not on the list are found, by the lock file and what is installed', async () => {
    await install('old', { licenses: [{ type: 'MIT' }] });
    const packages = {
      '': { name: 'ours' },
      'node_modules/good': { version: '1', license: 'ISC' },
      'node_modules/old': { version: '2' },
      'node_modules/a/node_modules/@b/bad': { version: '3', license: 'AGPL-3.0' },
      'node_modules/silent': { version: '4' },
    };
    await writeFile(join(root, 'package-lock.json'), JSON.stringify({ packages }));
    expect(unlicensed(root)).toEqual(['@b/bad 3: AGPL-3.0', 'silent 4: none']);
  });

  it('go with what is shipped, once for each package, and stop what must not be', async () => {
    const one = await install('one', { license: 'MIT' }, 'Copyright (c) One');
    const scoped = await install('@s/two', { license: 'OFL-1.1' });
    const text = noticesOf([
      join(one, 'a.js'),
      `\0${join(one, 'b.js')}?commonjs`,
      join(scoped, 'x.css'),
      '/ours.ts',
    ]);
    expect(text.match(/one 1\.0\.0 \(MIT\)\n\nCopyright \(c\) One/g)).toHaveLength(1);
    expect(text).toContain('@s/two 1.0.0 (OFL-1.1)');
    expect(noticesOf(['/ours.ts'])).toBe('');
    const bad = await install('bad', { license: 'GPL-3.0' });
    expect(() => noticesOf([join(bad, 'x.js')])).toThrow('bad 1.0.0 can’t be shipped');
    expect(packageOf(join(one, 'node_modules', 'inner', 'x.js'))).toBe(join(one, 'node_modules', 'inner'));
  });
});
