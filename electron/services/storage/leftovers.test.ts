import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createConsole } from '../console';
import { clearUnfinished, isUnfinished, ownFiles } from './leftovers';
import { newOwner } from './owner';
import { givenEndpoints } from '../testing/given-engines';

let dir: string;
const report = vi.fn();
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'trunkline-leftovers-'));
  report.mockClear();
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const library = createRequire(import.meta.url).resolve('write-file-atomic');
/** Writes a file and stands still when its temporary one is there. */
const writer = `
  require(process.argv[1])(process.argv[2], 'half of it', {
    mode: 0o600,
    tmpfileCreated: () => new Promise(() => process.stdout.write('.')),
  });
  setInterval(() => undefined, 1000);
`;
/** A process that writes one of our files and is in the middle of it; gives what kills it. */
async function halfWritten(name: string): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, ['-e', writer, library, join(dir, name)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return async () => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  };
}
const beside = async (name: string) => (await readdir(dir)).filter((each) => each.startsWith(`${name}.`));
const later = () => Date.now() + 120_000;

/** Starts a console on the folder, two minutes from now, and ends it. */
async function startAgain(now: () => number = later): Promise<void> {
  const core = await createConsole({
    engines: givenEndpoints([]),
    userDataDir: dir,
    report,
    info: { version: '0', transport: 'web', readOnly: false, locale: 'en', platform: 'linux' },
    now,
  });
  await core.dispose();
}

/** One in 43 has a number that is left, as it might be a count or a date: then it is written again. */
async function killedWriter(name: string): Promise<void> {
  for (;;) {
    const kill = await halfWritten(name);
    await kill();
    const [made = ''] = await beside(name);
    const path = join(dir, made);
    if (isUnfinished(made, name, await stat(path))) return;
    await rm(path);
  }
}

describe('what a kill in the middle of a write leaves', () => {
  it('is gone after the next start, and the file that was to be replaced is as it was', async () => {
    await writeFile(join(dir, 'plan.yaml'), 'version: 1\nsegments: []\n');
    await killedWriter('plan.yaml');
    expect(await beside('plan.yaml')).toHaveLength(1);
    await startAgain();
    expect(await beside('plan.yaml')).toEqual([]);
    expect(await readFile(join(dir, 'plan.yaml'), 'utf8')).toBe('version: 1\nsegments: []\n');
    expect(report).not.toHaveBeenCalled();
  });

  it('stays while another console works on the folder, which may be writing it', async () => {
    const owner = newOwner();
    try {
      const note = JSON.stringify({ note: 'open', owner: owner.name });
      await writeFile(join(dir, 'changes.jsonl'), `${note}\n`);
      await killedWriter('plan.yaml');
      await startAgain();
      expect(await beside('plan.yaml')).toHaveLength(1);
    } finally {
      owner.release();
    }
    await startAgain();
    expect(await beside('plan.yaml')).toEqual([]);
  });

  it('stays while it is young: a console that is just starting has put its name nowhere yet', async () => {
    await killedWriter('engines.yaml');
    await startAgain(Date.now);
    expect(await beside('engines.yaml')).toHaveLength(1);
  });
});

describe('nothing else is touched', () => {
  const seconds = Math.floor(Date.now() / 1000);
  const others = [
    'changes.jsonl.1',
    'changes.jsonl.part',
    'plan.yaml.2',
    'plan.yaml.20261125',
    'plan.yaml.2026112505',
    'plan.yaml.2611250530',
    `plan.yaml.${seconds}`,
    `plan.yaml.${seconds - 3600}`,
    'plan.yaml.4294967296',
    'plan.yaml.0123456789',
    'plan.yaml.123456789.bak',
    'plan.yaml.123456789~',
    `plan.yaml.broken-${Date.now()}`,
    'plan.yml.123456789',
    'my-plan.yaml.123456789',
    'Preferences.123456789',
    'notes.txt.3123456789',
  ];

  it.each(others)('%s', async (name) => {
    await writeFile(join(dir, name), 'mine');
    await clearUnfinished(dir, report, later());
    expect(await readFile(join(dir, name), 'utf8')).toBe('mine');
  });

  it('a copy of an old file that is named after the moment of copying', async () => {
    const path = join(dir, `plan.yaml.${seconds - 40 * 86_400}`);
    await writeFile(path, 'mine');
    const written = new Date((seconds - 90 * 86_400) * 1000);
    await utimes(path, written, written);
    await clearUnfinished(dir, report, later());
    expect(await readFile(path, 'utf8')).toBe('mine');
  });

  it('a folder or a link by such a name', async () => {
    await mkdir(join(dir, 'plan.yaml.3123456789'));
    await writeFile(join(dir, 'elsewhere'), 'mine');
    await symlink(join(dir, 'elsewhere'), join(dir, 'plan.yaml.3123456780'));
    await clearUnfinished(dir, report, later());
    expect(await readdir(dir)).toHaveLength(3);
  });
});

it.each(ownFiles)('%s is one of ours, with any number that is no count and no time', async (name) => {
  const numbers = ['100000000', '987654321', '3123456789', '4294967295'];
  for (const number of numbers) await writeFile(join(dir, `${name}.${number}`), '');
  await writeFile(join(dir, name), 'kept');
  await clearUnfinished(dir, report, later());
  expect(await readdir(dir)).toEqual([name]);
  expect((await stat(join(dir, name))).size).toBe(4);
});

it('the list of them is whole', async () => {
  const electron = join(import.meta.dirname, '..', '..');
  const sources = (await readdir(electron, { recursive: true })).filter(
    (each) => each.endsWith('.ts') && !each.endsWith('.test.ts') && !each.includes('testing'),
  );
  const texts = await Promise.all(sources.map((each) => readFile(join(electron, each), 'utf8')));
  const named = texts.flatMap((text) => [...text.matchAll(/join\(userData(?:Dir)?, '([^']+)'\)/g)]);
  expect([...new Set(named.map(([, name]) => name))].sort()).toEqual([...ownFiles].sort());
});
