import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EngineConfig } from '../../../shared/model';
import { addresses } from '../testing/ways';
import { EngineSettingsFile } from './settings-file';

let folder: string;
let file: string;
const opened: EngineSettingsFile[] = [];
const reported: unknown[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trunkline-settings-'));
  file = join(folder, 'engines.yaml');
});
afterEach(async () => {
  for (const each of opened.splice(0)) each.dispose();
  reported.length = 0;
  await rm(folder, { recursive: true, force: true });
});

async function open(text?: string): Promise<EngineSettingsFile> {
  if (text !== undefined) await writeFile(file, text);
  const settings = await EngineSettingsFile.open(file, addresses, (error) => reported.push(error));
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

  it('that can’t be written changes nothing', async () => {
    const settings = await open(yaml('a'));
    // In place of a full disk, and good for root, too: the folder is none any more.
    await rm(folder, { recursive: true });
    await writeFile(folder, '');
    await expect(settings.save([])).rejects.toMatchObject({ problem: { code: 'storage_failed' } });
    expect(ids(settings)).toEqual(['a']);
  });
});
