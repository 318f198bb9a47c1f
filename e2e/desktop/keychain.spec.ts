import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, runtime, test } from '../fixtures/desktop';
import { picture } from '../fixtures/picture';

const configs = (page: Page) => page.evaluate(() => window.trunkline?.invoke('engines.configs', {}));

test.use({ extraArgs: ['--demo', '--demo-hosts', '1', '--demo-containers', '1'] });

test.describe('with a keyring', () => {
  test.skip(runtime.kind !== 'stand-in', 'a real keyring is the machine’s own');
  let folder = '';
  test.use({
    extraEnv: async ({}, use) => {
      folder = await mkdtemp(join(tmpdir(), 'trunkline-keyring-'));
      await use({ STANDIN_KEYRING: join(folder, 'keyring') });
      await rm(folder, { recursive: true, force: true });
    },
  });

  test('the window offers to remember passphrases', async ({ page }) => {
    expect(await configs(page)).toMatchObject({ ok: true, value: { keychain: true } });
  });

  test.describe('whose file is broken', () => {
    const broken = '{"version":1,"secrets":{"/keys/admin":42}}';
    test.use({
      userData: async ({ userData }, use) => {
        await writeFile(join(userData, 'keychain.json'), broken);
        await use(userData);
      },
    });

    test('the window tells that passphrases must be typed again, and where the file is now', async ({
      page,
      userData,
    }) => {
      const told = page.getByTestId('file-broken-keychain.json');
      await expect(told).toContainText('keychain.json can’t be read: line 1, “secrets./keys/admin”');
      await expect(told).toContainText('Passphrases that were remembered must be typed again');
      const [aside = ''] = (await readdir(userData)).filter((name) =>
        name.startsWith('keychain.json.broken-'),
      );
      await expect(told).toContainText(join(userData, aside));
      expect(await readFile(join(userData, aside), 'utf8')).toBe(broken);
      // It goes on remembering.
      expect(await configs(page)).toMatchObject({ ok: true, value: { keychain: true } });
      for (const [theme, language] of [
        ['light', 'en'],
        ['dark', 'zh-CN'],
      ] as const) {
        await page.evaluate((wanted) => window.trunkline?.invoke('preferences.set', wanted), {
          theme,
          language,
        });
        await expect(page.locator('html')).toHaveAttribute('lang', language);
        await picture(page, test.info().outputPath(`keychain-${theme}-${language}.png`));
      }
      await expect(told).toContainText('需要在密钥要求时重新输入');
      await told.getByRole('button').click();
      await expect(told).toBeHidden();
    });
  });
});

test.describe('without a keyring', () => {
  test.skip(runtime.kind !== 'stand-in', 'a real machine may have one');

  test('the window offers nothing that would be kept in plain text', async ({ page, app }) => {
    expect(await configs(page)).toMatchObject({ ok: true, value: { keychain: false } });
    // Not even where somebody has switched Chromium’s own password on.
    expect(await app.evaluate(({ safeStorage }) => safeStorage.isEncryptionAvailable())).toBe(false);
  });
});
