import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import type { OpenDialogOptions } from 'electron';
import { expect, test as base } from '../fixtures/desktop';
import { picture } from '../fixtures/picture';
import { launchBrowser, serve } from '../fixtures/web';
import { HostsPage } from '../pages/hosts';

/** The admin's home folder is the test's own, with Docker's usual files and a key for SSH. */
const test = base.extend({
  extraArgs: async ({}, use) => use(['--host', 'unix:///nonexistent/docker.sock']),
  extraEnv: async ({ userData }, use) => {
    for (const file of ['.docker/ca.pem', '.docker/cert.pem', '.docker/key.pem', '.ssh/lab']) {
      await mkdir(join(userData, file, '..'), { recursive: true });
      await writeFile(join(userData, file), '');
    }
    await use({ HOME: userData, DOCKER_CONFIG: '', SSH_AUTH_SOCK: '' });
  },
});

type Recorded = { options: OpenDialogOptions; parented: boolean }[];

/** Puts an admin in the place of the dialog who answers so; null is Cancel. */
const answer = (app: ElectronApplication, path: string | null) =>
  app.evaluate(({ dialog, BrowserWindow }, chosen) => {
    const asked: Recorded = [];
    Object.assign(globalThis, { asked });
    const show = (window: unknown, options: OpenDialogOptions) => {
      asked.push({ options, parented: window === BrowserWindow.getAllWindows()[0] });
      return Promise.resolve({ canceled: chosen === null, filePaths: chosen === null ? [] : [chosen] });
    };
    dialog.showOpenDialog = show as typeof dialog.showOpenDialog;
  }, path);

const asked = (app: ElectronApplication) =>
  app.evaluate(() => (globalThis as unknown as { asked: Recorded }).asked);

test('certificates are chosen by the system’s dialog, over the window, and bring those beside them', async ({
  page,
  app,
  userData,
}, info) => {
  const docker = join(userData, '.docker');
  const hosts = new HostsPage(page);
  await hosts.open();
  await hosts.add('tcp');
  await picture(page, info.outputPath('empty.png'));
  await answer(app, null);
  await page.getByTestId('choose-ca').click();
  await expect.poll(() => asked(app)).toHaveLength(1);
  const [first] = await asked(app);
  expect(first).toMatchObject({
    parented: true,
    options: { title: 'Choose the authority’s certificate', defaultPath: docker },
  });
  expect(first?.options.properties).toEqual(['openFile', 'showHiddenFiles', 'dontAddToRecent']);
  // Cancelled: nothing is filled in, and the button can be pressed again.
  await expect(page.getByTestId('engine-ca')).toHaveValue('');
  await hosts.fill({ key: '/own/key.pem' });
  await answer(app, join(docker, 'cert.pem'));
  await page.getByTestId('choose-cert').click();
  await expect(page.getByTestId('engine-cert')).toHaveValue(join(docker, 'cert.pem'));
  await expect(page.getByTestId('engine-ca')).toHaveValue(join(docker, 'ca.pem'));
  await expect(page.getByTestId('engine-key')).toHaveValue('/own/key.pem');
  await picture(page, info.outputPath('filled.png'));
  await page.getByTestId('kind-ssh').click();
  await answer(app, join(userData, '.ssh/lab'));
  await page.getByTestId('choose-keyFile').click();
  await expect(page.getByTestId('engine-keyFile')).toHaveValue(join(userData, '.ssh/lab'));
  expect((await asked(app))[0]?.options).toMatchObject({
    defaultPath: join(userData, '.ssh'),
    filters: [],
  });
});

test('main takes no other kind of file from the page, and no path that is none', async ({ page, app }) => {
  await answer(app, '/etc/passwd');
  const refused = (input: object) =>
    page.evaluate((sent) => window.trunkline?.invoke('files.choose', sent as never), input);
  for (const input of [
    { kind: 'any' },
    { kind: 'ca', current: 7 },
    { kind: 'ca', current: 'x'.repeat(4097) },
  ])
    expect(await refused(input)).toMatchObject({ ok: false, error: { code: 'invalid_input' } });
  expect(await asked(app)).toEqual([]);
});

test('a browser has no such button, and its console no such command', async ({ userData, extraArgs }) => {
  const served = await serve(extraArgs, userData);
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(served.url);
    const hosts = new HostsPage(page);
    await hosts.open();
    await hosts.add('tcp');
    await expect(page.getByTestId('engine-ca')).toBeVisible();
    await expect(page.getByTestId('choose-ca')).toHaveCount(0);
    const answered = await page.evaluate(async () => {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch('/api/files.choose', { method: 'POST', headers, body: '{"kind":"ca"}' });
      return { status: response.status, body: (await response.json()) as unknown };
    });
    expect(answered).toMatchObject({ status: 404, body: { error: { code: 'unknown_command' } } });
  } finally {
    await browser.close();
    await served.end();
  }
});
