import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { usualUserData } from './user-data';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'trunkline-home-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

it('is the desktop app’s on each system', () => {
  expect(usualUserData('linux', {}, '/home/a', '/older')).toBe(join('/home/a', '.config', 'Trunkline'));
  expect(usualUserData('linux', { XDG_CONFIG_HOME: '/x' }, '/home/a', '/older')).toBe(
    join('/x', 'Trunkline'),
  );
  expect(usualUserData('darwin', {}, '/u', '/older')).toBe(
    join('/u', 'Library', 'Application Support', 'Trunkline'),
  );
  expect(usualUserData('win32', { APPDATA: '/roaming' }, '/u', '/older')).toBe(join('/roaming', 'Trunkline'));
});

it('is the one that was used before, until the desktop’s is used', async () => {
  const [older, desktop] = [join(home, 'older'), join(home, '.config', 'Trunkline')];
  await mkdir(older);
  await writeFile(join(older, 'changes.jsonl'), '');
  expect(usualUserData('linux', {}, home, older)).toBe(older);
  await mkdir(desktop, { recursive: true });
  await writeFile(join(desktop, 'changes.jsonl'), '');
  expect(usualUserData('linux', {}, home, older)).toBe(desktop);
});
