import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, launchDesktop, firstPage, test } from '../fixtures/desktop';

test.use({ extraArgs: ['--demo'] });

test('starts with the demo banner that says that nothing real is touched', async ({ page }) => {
  await expect(page.getByTestId('demo-banner')).toBeVisible();
  await expect(page.getByTestId('topology')).toBeVisible();
  await expect(page.getByTestId('status-line')).toContainText('3 online');
});

test('the application menu drives the window', async ({ page, app }) => {
  await expect(page.getByTestId('topology')).toBeVisible();
  const click = (id: string) =>
    app.evaluate(({ Menu }, wanted) => Menu.getApplicationMenu()?.getMenuItemById(wanted)?.click(), id);
  await click('new-network');
  await expect(page.getByTestId('network-dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('network-dialog')).toBeHidden();
  await click('change-log');
  await expect(page.getByTestId('change-log')).toBeVisible();
});

test('theme, language and layout are kept; quitting is orderly', async ({ page, app, userData }) => {
  await page.getByTestId('language-menu').click();
  await page.getByTestId('language-zh-CN').click();
  await expect(page.getByTestId('view-table')).toContainText('表格');
  await page.getByTestId('theme-menu').click();
  await page.getByTestId('theme-dark').click();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await page.getByTestId('view-table').click();
  await expect(page.getByTestId('table')).toBeVisible();
  const exit = new Promise((resolve) => app.process().once('exit', resolve));
  await app.close();
  expect(await exit).toBe(0);
  const kept = JSON.parse(await readFile(join(userData, 'preferences.json'), 'utf8')) as object;
  expect(kept).toMatchObject({ theme: 'dark', language: 'zh-CN', view: 'table' });

  const again = await launchDesktop({ entry: process.cwd(), extraArgs: ['--demo'], extraEnv: {} }, userData);
  try {
    const next = await firstPage(again.app);
    await expect(next.getByTestId('table')).toBeVisible();
    await expect(next.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
    await expect(next.getByTestId('view-topology')).toContainText('拓扑');
  } finally {
    await again.app.close();
  }
});
