import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { firstPage, launchDesktop, runtime } from '../fixtures/desktop';
import { clickMenu, expect, test } from './harness';

const readState = async (userData: string) =>
  JSON.parse(await readFile(join(userData, 'window.json'), 'utf8')) as Record<string, unknown>;

const inWindow = <T>(app: ElectronApplication, ask: (window: Electron.BrowserWindow) => T) =>
  app.evaluate(({ BrowserWindow }, source) => {
    // Playwright sends functions as text, and only the outermost one.
    const run = new Function(`return (${source})`)() as (window: Electron.BrowserWindow) => T;
    return run(BrowserWindow.getAllWindows()[0]!);
  }, ask.toString());

test('size, place and zoom come back with the next start', async ({
  app,
  page,
  userData,
  entry,
  extraArgs,
  extraEnv,
}) => {
  await expect(page).toHaveTitle(/Trunkline/);
  await inWindow(app, (window) => window.setBounds({ x: 40, y: 60, width: 1000, height: 700 }));
  await clickMenu(app, 'zoom-in');
  await clickMenu(app, 'zoom-in');
  await app.close();
  expect(await readState(userData)).toEqual({
    version: 1,
    bounds: { x: 40, y: 60, width: 1000, height: 700 },
    maximized: false,
    zoom: 2,
  });

  const second = await launchDesktop({ entry, extraArgs, extraEnv }, userData);
  try {
    await firstPage(second.app);
    expect(await inWindow(second.app, (window) => window.getNormalBounds())).toEqual({
      x: 40,
      y: 60,
      width: 1000,
      height: 700,
    });
    await expect.poll(() => inWindow(second.app, (window) => window.webContents.getZoomLevel())).toBe(2);
  } finally {
    await second.app.close();
  }
});

test.describe('with a window.json that is broken', () => {
  test.beforeEach(({ userData }) => writeFile(join(userData, 'window.json'), '{"version":1,'));

  test('the app starts, and keeps the file aside', async ({ page, userData }) => {
    await expect(page).toHaveTitle(/Trunkline/);
    expect(await readFile(join(userData, 'window.json.broken'), 'utf8')).toBe('{"version":1,');
    expect(existsSync(join(userData, 'window.json'))).toBe(false);
  });
});

test('the theme and the language of the preferences reach frame and menu', async ({ page, app }) => {
  const set = (change: { theme?: 'dark' | 'auto'; language?: 'en' | 'zh-CN' }) =>
    page.evaluate((wanted) => window.trunkline!.invoke('preferences.set', wanted), change);
  await set({ theme: 'dark', language: 'zh-CN' });
  await expect.poll(() => app.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('dark');
  const labels = () => app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label));
  await expect.poll(labels).toContain('视图');
  await expect.poll(() => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true);
  await set({ theme: 'auto', language: 'en' });
  await expect.poll(() => app.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('system');
  await expect.poll(labels).toContain('View');
});

test('a second start brings the first window forward', async ({ page, app, userData, entry, extraArgs }) => {
  await expect(page).toHaveTitle(/Trunkline/);
  await inWindow(app, (window) => window.minimize());
  const args = ['--no-sandbox', entry, `--user-data-dir=${userData}`, ...extraArgs];
  const second = spawn(runtime.executablePath, args, { stdio: 'ignore' });
  const [code] = (await once(second, 'exit')) as [number | null];
  expect(code).toBe(0);
  await expect.poll(() => inWindow(app, (window) => window.isMinimized())).toBe(false);
});

test('a crashed page is loaded anew once, then the user is asked', async ({ page, app }) => {
  await expect(page).toHaveTitle(/Trunkline/);
  await app.evaluate(({ dialog, BrowserWindow }) => {
    const seen = { asked: [] as string[], loads: 0 };
    Object.assign(globalThis, { seen });
    dialog.showMessageBox = ((_window: unknown, options: { title: string }) => {
      seen.asked.push(options.title);
      return Promise.resolve({ response: 0, checkboxChecked: false });
    }) as typeof dialog.showMessageBox;
    BrowserWindow.getAllWindows()[0]?.webContents.on('did-finish-load', () => seen.loads++);
  });
  const seen = () =>
    app.evaluate(() => (globalThis as unknown as { seen: { asked: string[]; loads: number } }).seen);
  await inWindow(app, (window) => window.webContents.forcefullyCrashRenderer());
  await expect.poll(seen).toEqual({ asked: [], loads: 1 });
  await inWindow(app, (window) => window.webContents.forcefullyCrashRenderer());
  await expect.poll(seen).toEqual({ asked: ['The window stopped working'], loads: 2 });
});

test('quitting ends the process cleanly, with everything written', async ({ page, app, userData }) => {
  await page.evaluate(() => window.trunkline!.invoke('preferences.set', { inspectorWidth: 444 }));
  const exit = once(app.process(), 'exit');
  await app.evaluate(({ app: main }) => main.quit());
  expect((await exit)[0]).toBe(0);
  const kept = JSON.parse(await readFile(join(userData, 'preferences.json'), 'utf8')) as unknown;
  expect(JSON.stringify(kept)).toContain('444');
});
