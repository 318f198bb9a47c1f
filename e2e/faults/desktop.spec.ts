import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startDemo, type Demo } from '../../electron/demo';
import type { CommandInput, CommandName, CommandOutput } from '../../shared/contract';
import { expect, firstPage, launchDesktop, test as desktop, type Launched } from '../fixtures/desktop';
import { picture } from '../fixtures/picture';
import { startProxy, type EngineProxy } from './proxy';

/** The desktop app on two simulated engines, each behind a proxy; it can be killed and started again. */
const test = desktop.extend<{
  demo: Demo;
  between: readonly [EngineProxy, EngineProxy];
  start: () => Promise<Launched & { page: Page }>;
}>({
  demo: async ({}, use) => {
    const demo = await startDemo({ hosts: 2, containers: 10 });
    await use(demo);
    await demo.close();
  },
  between: async ({ demo }, use) => {
    const [first = '', second = ''] = demo.endpoints;
    const proxies = [await startProxy(first), await startProxy(second)] as const;
    await use(proxies);
    for (const each of proxies) await each.close();
  },
  start: async ({ between, userData, entry }, use) => {
    const started: Launched[] = [];
    await use(async () => {
      const extraArgs = between.flatMap(({ endpoint }) => ['--host', endpoint]);
      const launched = await launchDesktop({ entry, extraArgs, extraEnv: {} }, userData);
      started.push(launched);
      const page = await firstPage(launched.app);
      await expect(page.getByTestId('topology')).toBeVisible();
      return { ...launched, page };
    });
    for (const { app } of started) await app.close().catch(() => undefined);
  },
});

async function value<N extends CommandName>(
  page: Page,
  name: N,
  input: CommandInput<N>,
): Promise<CommandOutput<N>> {
  const result = await page.evaluate(
    async ([command, given]) =>
      window.trunkline?.invoke(command as 'inventory.get', given as Record<string, never>),
    [name, input] as const,
  );
  if (!result?.ok) throw new Error(JSON.stringify(result));
  return result.value as CommandOutput<N>;
}

/** As an admin's choice would: theme and language. */
async function pictured(page: Page, name: string): Promise<void> {
  for (const [theme, language] of [
    ['light', 'en'],
    ['dark', 'zh-CN'],
  ] as const) {
    await value(page, 'preferences.set', { theme, language });
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    await picture(page, test.info().outputPath(`${name}-${theme}-${language}.png`));
  }
  await value(page, 'preferences.set', { theme: 'light', language: 'en' });
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
}

test('a plan that can’t be read is set aside and told; preferences that can’t be written are told until they are', async ({
  start,
  userData,
}) => {
  const plan = join(userData, 'plan.yaml');
  await writeFile(plan, 'version: 1\nsegments: {');
  const { page } = await start();
  const told = page.getByTestId('file-broken-plan.yaml');
  await expect(told).toContainText('plan.yaml can’t be read');
  const aside = /set aside, whole, as (\S+?)\. /.exec((await told.textContent()) ?? '')?.[1] ?? '';
  expect(await readFile(aside, 'utf8')).toBe('version: 1\nsegments: {');
  await pictured(page, 'broken');
  await told.getByRole('button', { name: 'Dismiss' }).click();
  await expect(told).toBeHidden();

  // In place of a full disk, which the profile of the window itself would not survive: a folder stands where the file was.
  const file = join(userData, 'preferences.json');
  const banner = page.getByTestId('storage-problem');
  await expect.poll(() => readFile(file, 'utf8')).toContain('"light"');
  await rename(file, `${file}.kept`);
  await mkdir(join(file, 'in the way'), { recursive: true });
  await page.keyboard.press('t');
  await expect(page.getByTestId('table')).toBeVisible();
  await expect(banner).toContainText('preferences.json could not be written');
  await pictured(page, 'unwritten');
  await rm(file, { recursive: true });
  await expect(banner).toBeHidden({ timeout: 90_000 });
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ view: 'table', theme: 'light' });
});

test('a segment’s change that was cut off by a killed app is told on the next start, host by host, and finished', async ({
  start,
  between,
}) => {
  test.setTimeout(400_000);
  const [first, second] = between;
  const killed = await start();
  const online = async (page: Page) =>
    (await value(page, 'inventory.get', {})).engines.filter((each) => each.state === 'online');
  await expect.poll(() => online(killed.page)).toHaveLength(2);
  const { id } = await value(killed.page, 'change.preview', {
    request: {
      kind: 'create-segment',
      segment: {
        name: 'Office',
        vlan: 98,
        subnets: [{ subnet: '10.98.1.0/24', gateway: '10.98.1.1' }],
        driver: 'macvlan',
        mode: 'bridge',
        reserved: [],
      },
      hosts: (await online(killed.page)).map((each) => ({ engineId: each.id, parentNic: 'eth0' })),
    },
  });
  first.fault = (call) => (call.nth === 1 ? { kind: 'hold-after' } : undefined);
  second.fault = (call) => (call.nth === 1 ? { kind: 'hold-before' } : undefined);
  await killed.page.evaluate((of) => void window.trunkline?.invoke('change.apply', { id: of }), id);
  await Promise.all(between.map((each) => each.held()));
  const gone = new Promise((resolve) => killed.app.process().once('exit', resolve));
  killed.app.process().kill('SIGKILL');
  await gone;
  for (const each of between) {
    each.cutAll();
    each.fault = () => undefined;
  }

  const { page } = await start();
  await expect.poll(() => online(page)).toHaveLength(2);
  const banner = page.locator('[data-testid^=cut-off-]');
  await expect(banner).toContainText('Office');
  await expect(banner).toContainText(/0 of 1 steps are (known to be )?done/);
  await pictured(page, 'cut-off');
  await banner.getByTestId('recover-finish').click();
  const dialog = page.getByTestId('recover-dialog');
  await expect(dialog.getByTestId('recover-steps')).toHaveCount(2);
  await pictured(page, 'dialog');
  await dialog.getByTestId('apply').click();
  await expect(dialog).toBeHidden();
  await expect(banner).toBeHidden();
  const { segments } = await value(page, 'segments.list', {});
  expect(segments.map(({ members }) => members.map((each) => each.state))).toEqual([['present', 'present']]);
});
