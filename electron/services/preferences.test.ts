import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultPreferences } from '../../shared/model';
import { Storage } from './storage/storage';
import { PreferencesFile } from './preferences';

let dir: string;
beforeEach(async () => (dir = await mkdtemp(join(tmpdir(), 'trunkline-prefs-'))));
afterEach(() => rm(dir, { recursive: true }));

describe('the preferences file', () => {
  it('keeps what was set, for its owner only', async () => {
    const file = join(dir, 'deeper', 'preferences.json');
    const first = await PreferencesFile.open(file, new Storage(vi.fn()));
    expect(first.get()).toEqual(defaultPreferences);
    first.set({ theme: 'dark' });
    first.set({ positions: { a: { x: 1, y: 2 } } });
    await first.flush();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const second = await PreferencesFile.open(file, new Storage(vi.fn()));
    expect(second.get()).toEqual({ ...defaultPreferences, theme: 'dark', positions: { a: { x: 1, y: 2 } } });
  });

  it('sets a broken file aside, whole, and says so', async () => {
    const file = join(dir, 'preferences.json');
    await writeFile(file, '{"theme":"dark"');
    const report = vi.fn();
    const preferences = await PreferencesFile.open(file, new Storage(report));
    expect(preferences.get()).toEqual(defaultPreferences);
    expect(report).toHaveBeenCalledOnce();
    const [aside] = (await readdir(dir)).filter((name) => name.includes('.broken-'));
    expect(await readFile(join(dir, aside!), 'utf8')).toBe('{"theme":"dark"');
  });
});
