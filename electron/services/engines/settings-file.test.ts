import { mkdir, mkdtemp, readdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EngineConfig } from '../../../shared/model';
import { Storage } from '../storage/storage';
import { addresses } from '../testing/ways';
import { EngineSettingsFile } from './settings-file';

let folder: string;
let file: string;
const opened: EngineSettingsFile[] = [];
const reported: unknown[] = [];
beforeEach(async () => {
  storage = new Storage((error) => reported.push(error));
  folder = await mkdtemp(join(tmpdir(), 'trunkline-settings-'));
  file = join(folder, 'engines.yaml');
});
afterEach(async () => {
  for (const each of opened.splice(0)) await each.dispose();
  reported.length = 0;
  await rm(folder, { recursive: true, force: true });
});

let storage: Storage;
async function open(text?: string): Promise<EngineSettingsFile> {
  if (text !== undefined) await writeFile(file, text);
  const settings = await EngineSettingsFile.open(file, addresses, storage);
  opened.push(settings);
  return settings;
}
const entry = (id: string): EngineConfig => ({ id, connection: { kind: 'socket', path: `/${id}.sock` } });
const ids = (settings: EngineSettingsFile) => settings.configs().map((each) => each.id);
const yaml = (...names: string[]) =>
  `version: 1\nengines:\n${names.map((id) => `  - { id: ${id}, address: "unix:///${id}.sock" }\n`).join('')}`;
const onDisk = () => readFile(file, 'utf8');
const broken = 'version: 1\nengines: {';

describe('engines.yaml', () => {
  it('has decided nothing while it is not there, and is made with the first engine, for the admin alone', async () => {
    const settings = await open();
    expect([settings.decided, settings.configs(), settings.problem()]).toEqual([false, [], undefined]);
    await settings.save([entry('a')]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(ids(await open())).toEqual(['a']);
    await settings.save([]);
    expect((await open()).decided).toBe(true);
  });

  it('takes no text of its own, read while the next was written, for another hand’s', async () => {
    const settings = await open();
    const names: string[] = [];
    for (let round = 0; round < 40; round++) {
      names.push(`e${String(round)}`);
      let saving = true;
      const saved = settings.save(names.map(entry)).finally(() => (saving = false));
      // As the watcher does, at any moment of it.
      const looks = Array.from({ length: 16 }, async () => {
        while (saving) await settings.refresh();
      });
      await Promise.all([saved, ...looks]);
      expect(ids(settings)).toEqual(names);
    }
  });

  it('is set aside when it is broken, whole, with the reason; then it can be begun anew', async () => {
    const settings = await open(broken);
    expect(settings.configs()).toEqual([]);
    expect(settings.decided).toBe(true);
    const trouble = settings.problem();
    expect(trouble).toMatchObject({ code: 'settings_broken', params: { file } });
    const aside = String(trouble?.params?.['aside']);
    expect(await readFile(aside, 'utf8')).toBe(broken);
    expect(await readdir(folder)).toHaveLength(1);
    expect(reported).toHaveLength(1);
    await settings.save([entry('a')]);
    expect(settings.problem()).toBeUndefined();
    expect(await readFile(aside, 'utf8')).toBe(broken);
  });

  it('of a newer Trunkline is never touched', async () => {
    const newer = 'version: 7\nfleet: []\n';
    const settings = await open(newer);
    expect(settings.problem()).toMatchObject({ code: 'settings_newer', params: { version: '7' } });
    await expect(settings.save([entry('a')])).rejects.toMatchObject({ problem: { code: 'settings_newer' } });
    expect(await onDisk()).toBe(newer);
    expect(await readdir(folder)).toEqual(['engines.yaml']);
  });

  it('of an older one is brought up to date, and the old one kept', async () => {
    const old = '- unix:///a.sock\n- unix:///b.sock\n';
    const settings = await open(old);
    expect(settings.configs()).toHaveLength(2);
    expect(await onDisk()).toContain('version: 1');
    expect(await readFile(`${file}.version-0`, 'utf8')).toBe(old);
    expect((await open()).configs()).toEqual(settings.configs());
  });
});

describe('engines.yaml under another hand', () => {
  it('is read again when it was written', async () => {
    const settings = await open(yaml('a'));
    expect(await settings.refresh()).toBe(false);
    await writeFile(file, yaml('b', 'a'));
    expect(await settings.refresh()).toBe(true);
    expect(ids(settings)).toEqual(['b', 'a']);
  });

  it('tells when it was written', async () => {
    const settings = await open(yaml('a'));
    const onChange = vi.fn();
    settings.watch(onChange);
    await settings.save([entry('a'), entry('b')]);
    await writeFile(file, yaml('c'));
    await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(1), { timeout: 10_000 });
    expect(ids(settings)).toEqual(['c']);
  });

  it('stays where it is while it is broken, and nothing is written until it is mended', async () => {
    const settings = await open(yaml('a'));
    await writeFile(file, broken);
    expect(await settings.refresh()).toBe(true);
    expect(settings.problem()).toMatchObject({ code: 'settings_broken', params: { context: 'kept' } });
    expect(ids(settings)).toEqual(['a']);
    expect(await settings.refresh()).toBe(false);
    await expect(settings.save([])).rejects.toMatchObject({ problem: { code: 'settings_broken' } });
    expect(await onDisk()).toBe(broken);
    await writeFile(file, yaml('a', 'b'));
    expect(await settings.refresh()).toBe(true);
    expect([settings.problem(), ids(settings)]).toEqual([undefined, ['a', 'b']]);
    await settings.save([entry('b')]);
  });

  it('that was taken away, or is empty for the moment of being saved, goes on from memory', async () => {
    const settings = await open(yaml('a'));
    await writeFile(file, '');
    expect(await settings.refresh()).toBe(false);
    await rm(file);
    expect(await settings.refresh()).toBe(false);
    await settings.save([...settings.configs(), entry('b')]);
    expect(ids(await open())).toEqual(['a', 'b']);
  });
});

describe('engines.yaml on a full disk', () => {
  /** In place of a full disk, and good for root, too: the folder is none any more. */
  const fill = async () => {
    await rename(folder, `${folder}.away`);
    await writeFile(folder, '');
  };
  const free = async () => {
    await rm(folder);
    await rename(`${folder}.away`, folder);
  };
  afterEach(() => rm(`${folder}.away`, { recursive: true, force: true }));

  it('is told, keeps the engines in memory, and has them once there is room', async () => {
    const settings = await open(yaml('a'));
    await fill();
    await settings.save([entry('a'), entry('b')]);
    expect(ids(settings)).toEqual(['a', 'b']);
    expect(storage.problems()).toMatchObject([
      {
        code: 'storage_failed',
        params: { context: 'waiting', file: 'engines.yaml', detail: 'a part of its path is no folder' },
      },
    ]);
    await free();
    expect(await settings.refresh()).toBe(false);
    expect(ids(settings)).toEqual(['a', 'b']);
    await settings.dispose();
    expect(storage.problems()).toEqual([]);
    expect(ids(await open())).toEqual(['a', 'b']);
  });

  it('loses nothing of what another hand has written meanwhile', async () => {
    const settings = await open(yaml('a', 'b'));
    const onChange = vi.fn();
    settings.watch(onChange);
    await fill();
    await settings.save([entry('b'), entry('mine')]);
    await free();
    await writeFile(file, `${yaml('a', 'b', 'theirs')}# by hand\n`);
    await settings.refresh();
    expect(ids(settings)).toEqual(['b', 'theirs', 'mine']);
    await settings.dispose();
    expect(ids(await open())).toEqual(['b', 'theirs', 'mine']);
    expect(await onDisk()).toContain('# by hand');
  });

  it('is not written over what was broken by another hand while it waited', async () => {
    const settings = await open(yaml('a'));
    await fill();
    await settings.save([entry('a'), entry('b')]);
    await free();
    await writeFile(file, broken);
    await settings.dispose();
    expect(await onDisk()).toBe(broken);
    expect(settings.problem()).toMatchObject({ code: 'settings_broken', params: { context: 'kept' } });
    expect(storage.problems()[0]?.params?.['detail']).toContain('can’t be read');
    await writeFile(file, yaml('a', 'c'));
    await settings.dispose();
    expect(ids(await open())).toEqual(['a', 'c', 'b']);
    expect(storage.problems()).toEqual([]);
  });
});

describe('a broken engines.yaml that can’t be set aside', () => {
  it('is left, and never written over; nor is one that can’t be read', async () => {
    vi.spyOn(Date, 'now').mockReturnValue(7);
    await mkdir(`${file}.broken-7`);
    const settings = await open(broken);
    vi.restoreAllMocks();
    expect(settings.problem()).toMatchObject({ code: 'settings_broken', params: { context: 'kept' } });
    await expect(settings.save([entry('a')])).rejects.toMatchObject({ problem: { code: 'settings_broken' } });
    expect(await onDisk()).toBe(broken);

    await rm(file);
    await mkdir(file);
    const folderInstead = await open();
    expect(folderInstead.problem()).toMatchObject({
      params: { context: 'kept', detail: 'it is a folder' },
    });
    await expect(folderInstead.save([])).rejects.toMatchObject({ problem: { code: 'settings_broken' } });
    await rmdir(file);
    await writeFile(file, yaml('a'));
    expect(await folderInstead.refresh()).toBe(true);
    expect([folderInstead.problem(), ids(folderInstead)]).toEqual([undefined, ['a']]);

    // Out of sight for a while, and then there as it was.
    await rename(file, `${file}.moved`);
    await mkdir(file);
    expect(await folderInstead.refresh()).toBe(true);
    await rmdir(file);
    await rename(`${file}.moved`, file);
    expect(await folderInstead.refresh()).toBe(true);
    expect(folderInstead.problem()).toBeUndefined();
  });

  it('put back as it was set aside is not written over', async () => {
    const settings = await open(broken);
    await writeFile(file, broken);
    await settings.refresh();
    await expect(settings.save([])).rejects.toMatchObject({ problem: { code: 'settings_broken' } });
    expect(await onDisk()).toBe(broken);
  });
});
