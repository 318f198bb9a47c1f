import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  chmod,
  chown,
  lstat,
  mkdtemp,
  open,
  readFile,
  readdir,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openChangeLog } from '../../electron/services/changes/change-log';
import { EngineSettingsFile } from '../../electron/services/engines/settings-file';
import { HostNames } from '../../electron/services/engines/host-names';
import { OrderFile } from '../../electron/services/engines/order-file';
import { HostsFile } from '../../electron/services/engines/hosts-file';
import { PreferencesFile } from '../../electron/services/preferences';
import { PlanFile } from '../../electron/services/segments/plan-file';
import { Storage } from '../../electron/services/storage/storage';
import { ToolboxFile } from '../../electron/services/toolbox/toolbox-file';
import { addresses } from '../../electron/services/testing/ways';

/** A user-data folder that somebody else has filled: the console starts, says what is wrong, and leaves it alone. */
let dir: string;
let storage: Storage;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'trunkline-hostile-'));
  storage = new Storage(vi.fn());
});
afterEach(() => rm(dir, { recursive: true }));

const openers = {
  'engines.yaml': async (file: string) => {
    const settings = await EngineSettingsFile.open(file, addresses, storage);
    await settings.dispose();
    return [settings.problem(), ...storage.problems()].filter((each) => each !== undefined);
  },
  'plan.yaml': async (file: string) => {
    await PlanFile.open(file, storage);
    return storage.problems();
  },
  'preferences.json': async (file: string) => {
    await PreferencesFile.open(file, storage);
    return storage.problems();
  },
  'changes.jsonl': async (file: string) => {
    await (await openChangeLog(file, storage)).flush();
    return storage.problems();
  },
  'toolbox.json': async (file: string) => {
    await ToolboxFile.open(file, storage);
    return storage.problems();
  },
  'order.json': async (file: string) => {
    await OrderFile.open(file, storage);
    return storage.problems();
  },
  'host-names.json': async (file: string) => {
    await HostNames.open(file, storage);
    return storage.problems();
  },
} as const;
const files = Object.entries(openers).map(([name, opened]) => ({ name, opened }));
const yaml = files.filter(({ name }) => name.endsWith('.yaml'));

/** A file of so many bytes that takes no room on the disk: whoever reads it is given them all the same. */
async function huge(file: string, size: number): Promise<void> {
  const handle = await open(file, 'w');
  await handle.truncate(size);
  await handle.close();
}
const sum = async (file: string) =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex');

describe.runIf(process.platform === 'linux')('what is no plain file', () => {
  it.each(files)('$name: a pipe, which nobody writes to', async ({ name, opened }) => {
    const file = join(dir, name);
    execFileSync('mkfifo', [file]);
    const problems = await opened(file);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain('no plain file');
    expect((await lstat(file)).isFIFO()).toBe(true);
    expect(await readdir(dir)).toEqual([name]);
  });

  it.each(files)('$name: a link to a device without an end', async ({ name, opened }) => {
    const file = join(dir, name);
    await symlink('/dev/zero', file);
    expect(await opened(file)).toMatchObject([
      { message: expect.stringContaining('no plain file') as string },
    ]);
    expect((await lstat(file)).isSymbolicLink()).toBe(true);
  });

  it('stays where it is when something is to be written there', async () => {
    const file = join(dir, 'preferences.json');
    execFileSync('mkfifo', [file]);
    const preferences = await PreferencesFile.open(file, storage);
    preferences.set({ theme: 'dark' });
    await preferences.flush();
    expect((await lstat(file)).isFIFO()).toBe(true);
    await rm(file);
    await preferences.flush();
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ theme: 'dark' });
    expect(storage.problems()).toEqual([]);
  });

  it('is no hosts file', async () => {
    const file = join(dir, 'hosts');
    execFileSync('mkfifo', [file]);
    await expect(HostsFile.open(file, addresses)).rejects.toThrow('no plain file');
  });
});

describe.runIf(process.platform === 'linux')('what is elsewhere, or another’s', () => {
  it.each(files)(
    '$name: a link to a file of somebody else, which stays as it is',
    async ({ name, opened }) => {
      const theirs = join(dir, 'theirs');
      await writeFile(theirs, 'root:x:0:0\n[');
      const was = await sum(theirs);
      await symlink(theirs, join(dir, name));
      expect(await opened(join(dir, name))).toHaveLength(1);
      expect(await sum(theirs)).toBe(was);
    },
  );

  it.each(files)('$name: nobody may read it, and it stays', async ({ name, opened }) => {
    const file = join(dir, name);
    await writeFile(file, '[]\n', { mode: 0 });
    expect(await asNobody(() => opened(file))).toHaveLength(1);
    await chmod(file, 0o600);
    expect(await readFile(file, 'utf8')).toBe('[]\n');
  });
});

/** Who is root can read all: as somebody else, meanwhile, whose the folder is. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return work();
  const nobody = 65_534;
  await chown(dir, nobody, nobody);
  process.seteuid?.(nobody);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

describe('what is far too large', () => {
  it.each(files.filter(({ name }) => name !== 'changes.jsonl'))('$name', async ({ name, opened }) => {
    const file = join(dir, name);
    await huge(file, 600 << 20);
    const problems = await opened(file);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain('far larger');
    expect((await lstat(file)).size).toBe(600 << 20);
  });

  it('changes.jsonl: a line without an end goes aside, the others count', async () => {
    const file = join(dir, 'changes.jsonl');
    const before = process.memoryUsage().rss;
    await huge(file, 600 << 20);
    const problems = await openers['changes.jsonl'](file);
    expect(problems).toMatchObject([{ code: 'file_broken', params: { context: 'lines_aside', count: 1 } }]);
    const aside = String(problems[0]?.params?.['aside']);
    expect((await lstat(aside)).size).toBe(600 << 20);
    expect((await lstat(file)).size).toBeLessThan(1 << 20);
    expect(process.memoryUsage().rss - before).toBeLessThan(300 << 20);
    storage = new Storage(vi.fn());
    expect(await openers['changes.jsonl'](file)).toEqual([]);
  });
});

/** What is told of a text. A plan knows nothing of engines, and leaves what it does not know alone. */
const toldOf = ({ name, what }: { name: string; what: string }): string[] => {
  if (name === 'plan.yaml' && what === 'a directive') return [];
  return [name === 'engines.yaml' ? 'settings_broken' : 'file_broken'];
};

describe('what takes long to read', () => {
  it.each(
    yaml
      .flatMap((each) => [
        { ...each, what: 'brackets', text: '['.repeat(900_000) },
        { ...each, what: 'lines', text: '\n'.repeat(1_000_000) },
        { ...each, what: 'entries', text: '- a\n'.repeat(200_000) },
        { ...each, what: 'aliases', text: 'a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n' },
        { ...each, what: 'a directive', text: '%\u001b]0;X\u0007\n---\nversion: 1\nengines: [1]\n' },
      ])
      .map((each) => ({ ...each, codes: toldOf(each) })),
  )('$name: $what', async ({ name, opened, text, codes }) => {
    const file = join(dir, name);
    await writeFile(file, text);
    const was = await sum(file);
    const raw = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const problems = await opened(file);
    expect(raw).not.toHaveBeenCalled();
    expect(problems.map(({ code }) => code)).toEqual(codes);
    const kept = existsSync(file) ? file : String(problems[0]?.params?.['aside']);
    expect(await sum(kept)).toBe(was);
  });

  it('engines.yaml of 100,000 entries', async () => {
    const file = join(dir, 'engines.yaml');
    const entries = Array.from(
      { length: 100_000 },
      (_, at) => `- address: unix:///run/engine-${String(at)}\n`,
    );
    await writeFile(file, `version: 1\nengines:\n${entries.join('')}`);
    expect(await openers['engines.yaml'](file)).toHaveLength(1);
  });
});
