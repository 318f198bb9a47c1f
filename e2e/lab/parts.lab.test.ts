import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { describe as describeMissing, ensurePrerequisites, missingPrerequisites } from './prerequisites';
import { identify, isAlive, signal } from './procfs';
import { removeLeftovers } from './remove';
import { CommandError, run } from './run';

describe('prerequisites', () => {
  it('are all here, or the run would not have started', async () => {
    expect(await missingPrerequisites()).toEqual([]);
    await expect(ensurePrerequisites()).resolves.toBeUndefined();
  });

  it('are named in one line, each package once', () => {
    const missing = [
      { what: 'ip', package: 'iproute2' },
      { what: 'tc', package: 'iproute2' },
      { what: 'root' },
    ];
    expect(describeMissing(missing)).toBe('The lab needs ip, tc, root; on Debian: apt-get install iproute2');
    expect(describeMissing([{ what: 'root' }])).toBe('The lab needs root');
  });
});

describe('a process', () => {
  it('is told from another with its id, also when its name looks like a stat line', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'lab-parts-'));
    onTestFinished(() => {
      rmSync(dir, { recursive: true });
    });
    const odd = join(dir, 'a) Z 1 (b');
    copyFileSync('/bin/sleep', odd);
    const child = spawn(odd, ['1000']);
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child, 'spawn');
    const found = identify(child.pid!)!;
    expect(isAlive(found)).toBe(true);
    const other = { ...found, startTime: '1' };
    expect(isAlive(other)).toBe(false);
    signal(other, 'SIGKILL');
    expect(isAlive(found)).toBe(true);
    signal(found, 'SIGKILL');
    await once(child, 'exit');
    expect(identify(child.pid!)).toBeUndefined();
    // Gone already: no error.
    signal(found, 'SIGKILL');
  });
});

describe('a command', () => {
  it('that fails says why', async () => {
    const failed = await run(['sh', '-c', 'echo so; echo why >&2; exit 3']).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(CommandError);
    expect(failed).toMatchObject({
      code: 3,
      stdout: 'so\n',
      stderr: 'why\n',
      message: expect.stringMatching(/: why$/) as string,
    });
    await expect(run(['/nonexistent/tool'])).rejects.toThrow(/ENOENT/);
  });
});

describe('leftovers', () => {
  it("include namespaces whose lab has no folder any more, and nobody else's", async () => {
    const [orphan, foreign] = ['trunkline-0000ff-h1', 'trunkline-unrelated'];
    onTestFinished(async () => {
      for (const name of [orphan, foreign]) await run(['ip', 'netns', 'del', name]).catch(() => undefined);
    });
    for (const name of [orphan, foreign]) await run(['ip', 'netns', 'add', name]);
    expect(removeLeftovers()).toContain('0000ff');
    expect(existsSync(`/run/netns/${orphan}`)).toBe(false);
    expect(existsSync(`/run/netns/${foreign}`)).toBe(true);
  });
});
