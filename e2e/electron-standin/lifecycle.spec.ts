import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { runtime } from '../fixtures/desktop';
import { exampleFolder, expect, lifecycle, out, test } from './example';

test('a dialog is replaced by the test', async ({ page, app }) => {
  await app.evaluate(({ dialog }) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: ['/x/y.txt'] });
  });
  await page.click('#file');
  await expect(out(page)).toHaveText('/x/y.txt');
});

test('a click in the application menu reaches the page', async ({ page, app }) => {
  await page.evaluate(() => {
    window.api.onTick((tick) => document.body.setAttribute('data-tick', String(tick.n)));
  });
  await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('ping')?.click());
  await expect(page.locator('body')).toHaveAttribute('data-tick', '99');
});

test('the window is visible at the size it was made with, and its data are where the command line says', async ({
  page,
  app,
  userData,
}) => {
  const window = await app.browserWindow(page);
  await expect.poll(() => window.evaluate((win: Electron.BrowserWindow) => win.isVisible())).toBe(true);
  expect(await window.evaluate((win: Electron.BrowserWindow) => win.getSize())).toEqual([900, 640]);
  expect(await app.evaluate(({ app: main }) => main.getPath('userData'))).toBe(userData);
  await window.evaluate((win: Electron.BrowserWindow) => win.setSize(1000, 700));
  // Frame and menu bar of a real window take their share.
  await expect.poll(() => page.evaluate(() => innerWidth)).toBe(1000);
  await expect.poll(() => page.evaluate(() => innerHeight > 620 && innerHeight <= 700)).toBe(true);
});

test('the theme of the app is the theme of the page', async ({ page, app }) => {
  await app.evaluate(({ nativeTheme }) => void (nativeTheme.themeSource = 'dark'));
  await expect.poll(() => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true);
  expect(await lifecycle(app)).toContain('theme:dark');
});

test('a second instance gives way and hands its arguments over', async ({ page, app, userData, entry }) => {
  await expect(page).toHaveTitle('Example');
  const second = spawn(
    runtime.executablePath,
    ['--no-sandbox', entry, `--user-data-dir=${userData}`, 'demo://deep'],
    {
      env: { ...process.env, EXAMPLE_FOLDER: exampleFolder },
    },
  );
  let text = '';
  second.stdout.on('data', (data) => (text += String(data)));
  await once(second, 'close');
  expect(text).toContain('SECOND-INSTANCE-EXIT');
  await expect.poll(() => lifecycle(app)).toContain('second-instance:demo://deep:{"hello":"first"}');
});

test('a reload keeps the preload and the storage', async ({ page }) => {
  await page.evaluate(() => localStorage.setItem('key', 'value'));
  await page.reload();
  await page.click('#greet');
  await expect(out(page)).toHaveText(/hello/);
  expect(await page.evaluate(() => localStorage.getItem('key'))).toBe('value');
});

test('a crash of the renderer is announced, and a reload brings the page back', async ({ page, app }) => {
  await expect(page).toHaveTitle('Example');
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  );
  await expect.poll(() => lifecycle(app)).toContain('gone:crashed');
  const greet = () =>
    app.evaluate(
      ({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
          'window.api?.greet("again")',
        ) as Promise<unknown>,
    );
  await expect.poll(greet).toBe('hello again at app://bundle/index.html');
});

test('closing the last window quits, in the order of Electron, with code 0', async ({ page, app }) => {
  let text = '';
  app.process().stdout?.on('data', (data) => (text += String(data)));
  const exit = once(app.process(), 'exit');
  await page.close();
  expect((await exit)[0]).toBe(0);
  expect(text.match(/LIFE [\w-]+/g)).toEqual([
    'LIFE window-all-closed',
    'LIFE before-quit',
    'LIFE will-quit',
  ]);
});

test.describe('from a file', () => {
  test.use({ extraEnv: { EXAMPLE_FOLDER: exampleFolder, EXAMPLE_MODE: 'file' } });
  test('loadFile shows the page, preload included', async ({ page }) => {
    expect(page.url()).toMatch(/^file:.*index\.html$/);
    await page.click('#greet');
    await expect(out(page)).toHaveText(/hello/);
  });
});

test.describe('as CommonJS', () => {
  test.use({ entry: resolve(exampleFolder, 'main.cjs') });
  test('a bundle that requires electron runs', async ({ page }) => {
    await page.click('#greet');
    await expect(out(page)).toHaveText(/hello/);
  });
});
