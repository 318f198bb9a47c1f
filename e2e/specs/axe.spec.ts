import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDemo, type Demo } from '../../electron/demo';
import type { Snapshot } from '../../shared/model';
import { startProxy, type EngineProxy } from '../faults/proxy';
import { leaveSegmentOpen } from '../fixtures/left-open';
import { expect, serve, test, type Served } from '../fixtures/web';
import { until } from '../lab/poll';
import { Axe } from '../pages/axe';
import {
  walkBar,
  walkChanges,
  walkHosts,
  walkLost,
  walkPicture,
  walkRecover,
  walkSegments,
  walkTable,
  walkToolbox,
} from '../pages/axe-walk';

// Axe looks at every element of a state for seconds, on a machine that does other things besides.
test.describe.configure({ timeout: 1_200_000 });

let demo: Demo;
/** In front of the second host. */
let proxy: EngineProxy;
let userData = '';
let served: Served | null = null;

test.beforeEach(async () => {
  demo = await startDemo({ hosts: 2, containers: 8, version: '29.7' });
  proxy = await startProxy(demo.endpoints[1] ?? '');
  userData = await mkdtemp(join(tmpdir(), 'trunkline-axe-'));
});
test.afterEach(async () => {
  await served?.end();
  served = null;
  await proxy.close();
  await demo.close();
  await rm(userData, { recursive: true, force: true });
});

/** A console with two hosts, of which it knows who they are; `gone`, where given, is not reached. */
async function start(endpoints: readonly string[]): Promise<Served> {
  await served?.end();
  return (served = await serve(
    endpoints.flatMap((endpoint) => ['--host', endpoint]),
    userData,
  ));
}

const engineOf = async (on: Served) =>
  until('a host to be there', async () => {
    const { value } = (await on.api('inventory.get')) as { value?: Snapshot };
    return value?.engines.find((each) => each.state === 'online');
  });

for (const look of [
  { locale: 'en', colorScheme: 'light' },
  { locale: 'zh-CN', colorScheme: 'dark' },
] as const)
  test(`axe finds nothing anywhere, ${look.colorScheme}, in ${look.locale}`, async ({ browser_ }) => {
    const endpoints = [demo.endpoints[0] ?? '', proxy.endpoint, `unix://${join(userData, 'nobody.sock')}`];
    await leaveSegmentOpen(userData, await engineOf(await start(endpoints)));
    const context = await browser_.newContext({
      ...look,
      viewport: { width: 1440, height: 900 },
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await page.goto((await start(endpoints)).url);
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', look.colorScheme);
    await expect(page.locator('html')).toHaveAttribute('lang', look.locale);
    await expect(page.getByTestId('busiest').getByRole('button').first()).toBeVisible();
    const axe = new Axe(page);
    for (const walk of [walkRecover, walkBar, walkPicture, walkTable, walkChanges, walkHosts])
      await test.step(walk.name, () => walk(axe));
    for (const walk of [walkToolbox, walkSegments]) await test.step(walk.name, () => walk(axe));
    proxy.refuse(true);
    proxy.cutAll();
    await test.step(walkLost.name, () => walkLost(axe));
  });
