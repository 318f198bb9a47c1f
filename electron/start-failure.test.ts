import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProblemError } from '../shared/model';
import { problem } from '../shared/texts';
import { resources } from '../renderer/i18n/resources';
import { chineseStart, inOneLine, startFailure } from './start-failure';

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'trunkline-start-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

const inUse = new ProblemError(
  problem('folder_in_use', { folder: '/home/me/trunkline', file: '/home/me/trunkline/console.lock', pid: 7 }),
);

describe('a console that can’t start', () => {
  it.each([
    ['en-GB', undefined, 'en'],
    ['zh-Hans-CN', undefined, 'zh-CN'],
    ['zh-CN', 'auto', 'zh-CN'],
    ['de-DE', 'zh-CN', 'zh-CN'],
    ['zh-CN', 'en', 'en'],
  ] as const)('says on %s with the language %s why, in %s', async (locale, language, expected) => {
    const file = join(folder, 'preferences.json');
    const text = JSON.stringify({ language });
    if (language) await writeFile(file, text);
    const told = await startFailure(inUse, folder, locale);
    expect(told.title).toBe(expected === 'en' ? 'Trunkline could not start' : 'Trunkline 无法启动');
    expect(told.message).toBe(
      expected === 'en'
        ? 'Another Trunkline (process 7) works in /home/me/trunkline.'
        : '另一个 Trunkline（进程 7）正在使用 /home/me/trunkline。',
    );
    expect(told.hint).toContain('/home/me/trunkline/console.lock');
    expect(inOneLine(told)).toMatch(
      expected === 'en'
        ? /^Trunkline could not start: Another .*\. Use /
        : /^Trunkline 无法启动：另一个.*。请使用/,
    );
    // It is another console's: read, and nothing else.
    if (language) expect(await readFile(file, 'utf8')).toBe(text);
  });

  it('goes by the system where the preferences can’t be read, and leaves them as they are', async () => {
    await writeFile(join(folder, 'preferences.json'), '{');
    expect((await startFailure(inUse, folder, 'zh-CN')).title).toBe('Trunkline 无法启动');
    expect(await readFile(join(folder, 'preferences.json'), 'utf8')).toBe('{');
    expect((await startFailure(inUse, null, 'zh-CN')).title).toBe('Trunkline 无法启动');
  });

  it('tells what it has no Chinese for in English', async () => {
    expect(await startFailure(new Error('no room'), folder, 'zh-CN')).toEqual({
      ...{ title: 'Trunkline 无法启动', message: 'no room', hint: '' },
    });
  });

  it('says what the window would', () => {
    const { errors, hints } = resources['zh-CN'] as unknown as Record<string, Record<string, string>>;
    for (const [code, { message, hint }] of Object.entries(chineseStart.problems))
      expect([message, hint]).toEqual([errors?.[code], hints?.[code]]);
  });
});
