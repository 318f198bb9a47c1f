import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, runtime, test } from '../fixtures/desktop';

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
});

test.describe('without a keyring', () => {
  test.skip(runtime.kind !== 'stand-in', 'a real machine may have one');

  test('the window offers nothing that would be kept in plain text', async ({ page, app }) => {
    expect(await configs(page)).toMatchObject({ ok: true, value: { keychain: false } });
    // Not even where somebody has switched Chromium’s own password on.
    expect(await app.evaluate(({ safeStorage }) => safeStorage.isEncryptionAvailable())).toBe(false);
  });
});
