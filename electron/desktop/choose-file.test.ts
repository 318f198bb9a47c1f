import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenDialogOptions } from 'electron';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fileChooser } from './choose-file';
import { labelsFor } from './menu-labels';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'trunkline-choose-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** Files of the home folder. */
function have(...files: string[]): void {
  for (const file of files) {
    mkdirSync(join(home, file, '..'), { recursive: true });
    writeFileSync(join(home, file), '');
  }
}
const at = (file: string) => join(home, file);

/** A chooser whose dialog answers with this path; null is Cancel. */
function chooser(answer: string | null, language: 'en' | 'zh-CN' = 'en') {
  const window = { isDestroyed: () => false };
  const showOpenDialog = vi.fn(async (_window: typeof window, _options: OpenDialogOptions) => ({
    canceled: answer === null,
    filePaths: answer === null ? [] : [answer],
  }));
  const choose = fileChooser({
    dialog: { showOpenDialog },
    window,
    home,
    labels: () => labelsFor(language, 'en'),
  });
  const asked = () => showOpenDialog.mock.calls[0]![1];
  return { choose, asked, showOpenDialog, window };
}

describe('the dialog for a file', () => {
  it('stands over the window, says what it is for, and shows hidden files', async () => {
    const { choose, asked, showOpenDialog, window } = chooser(at('ca.pem'), 'zh-CN');
    expect(await choose({ kind: 'ca', current: '' })).toEqual({ path: at('ca.pem'), beside: {} });
    expect(showOpenDialog.mock.calls[0]![0]).toBe(window);
    expect(asked()).toMatchObject({ title: '选择颁发机构的证书', message: '选择颁发机构的证书' });
    expect(asked().properties).toEqual(['openFile', 'showHiddenFiles', 'dontAddToRecent']);
  });

  it.each([
    ['cert', ['pem', 'crt', 'cer']],
    ['key', ['pem', 'key']],
  ] as const)(
    'shows what files of %s are mostly called, and all others where they are not',
    async (kind, usual) => {
      const { choose, asked } = chooser(null);
      await choose({ kind, current: '' });
      expect(asked().filters?.map((each) => each.extensions)).toEqual([usual, ['*']]);
    },
  );

  it('hides no SSH key, which have no extension', async () => {
    const { choose, asked } = chooser(null);
    await choose({ kind: 'keyFile', current: '' });
    expect(asked().filters).toEqual([]);
  });

  it('begins at the file that the field names, in its folder, or where such files are', async () => {
    have('.docker/ca.pem', '.ssh/id', 'lab/old/cert.pem');
    const begins = async (kind: 'ca' | 'keyFile', current: string) => {
      const { choose, asked } = chooser(null);
      await choose({ kind, current });
      return asked().defaultPath;
    };
    expect(await begins('ca', '')).toBe(at('.docker'));
    expect(await begins('keyFile', '')).toBe(at('.ssh'));
    expect(await begins('ca', at('lab/old/cert.pem'))).toBe(at('lab/old/cert.pem'));
    expect(await begins('ca', at('lab/old/gone.pem'))).toBe(at('lab/old'));
    expect(await begins('keyFile', ' ~/.ssh/id ')).toBe(at('.ssh/id'));
    for (const odd of ['cert.pem', at('nowhere/cert.pem'), '../..', 'a\0b'])
      expect(await begins('ca', odd)).toBe(at('.docker'));
  });

  it('begins in the home folder of who has none of these', async () => {
    const { choose, asked } = chooser(null);
    await choose({ kind: 'keyFile', current: '' });
    expect(asked().defaultPath).toBe(home);
  });

  it('tells of the other files that lie beside by Docker’s names, where it is one of them', async () => {
    have('tls/ca.pem', 'tls/cert.pem', 'tls/key.pem', 'tls/other.pem', '.ssh/id', '.ssh/ca.pem');
    const beside = async (kind: 'ca' | 'cert' | 'key' | 'keyFile', file: string) =>
      (await chooser(at(file)).choose({ kind, current: '' })).beside;
    const [ca, cert, key] = [at('tls/ca.pem'), at('tls/cert.pem'), at('tls/key.pem')];
    expect(await beside('cert', 'tls/cert.pem')).toEqual({ ca, key });
    expect(await beside('ca', 'tls/ca.pem')).toEqual({ cert, key });
    // Another certificate has another key.
    expect(await beside('cert', 'tls/other.pem')).toEqual({});
    expect(await beside('key', 'tls/ca.pem')).toEqual({});
    expect(await beside('keyFile', '.ssh/id')).toEqual({});
  });

  it('that is cancelled chooses nothing', async () => {
    have('.docker/ca.pem');
    expect(await chooser(null).choose({ kind: 'ca', current: at('.docker/ca.pem') })).toEqual({
      path: null,
      beside: {},
    });
  });

  it('is there once: a second click opens no second one', async () => {
    const { choose, showOpenDialog } = chooser(at('a'));
    const answers = await Promise.all([1, 2].map(() => choose({ kind: 'ca', current: '' })));
    expect(answers.map((each) => each.path)).toEqual([at('a'), null]);
    expect(showOpenDialog).toHaveBeenCalledOnce();
    expect((await choose({ kind: 'ca', current: '' })).path).toBe(at('a'));
  });

  it('can be asked for again after it failed, and is not opened over a window that is gone', async () => {
    const { choose, showOpenDialog, window } = chooser(at('a'));
    showOpenDialog.mockRejectedValueOnce(new Error('no display'));
    await expect(choose({ kind: 'ca', current: '' })).rejects.toThrow('no display');
    expect((await choose({ kind: 'ca', current: '' })).path).toBe(at('a'));
    window.isDestroyed = () => true;
    expect((await choose({ kind: 'ca', current: '' })).path).toBeNull();
    expect(showOpenDialog).toHaveBeenCalledTimes(2);
  });
});
