import { join } from 'node:path';
import type { Snapshot } from '../../shared/model';
import { demoBehindProxy } from '../fixtures/demo-behind-proxy';
import { leaveSegmentOpen } from '../fixtures/left-open';
import { expect, test, type Served } from '../fixtures/web';
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

const place = demoBehindProxy({ hosts: 2, containers: 8, version: '29.7' });
const walks = [
  ...[walkRecover, walkBar, walkPicture, walkTable, walkChanges, walkHosts],
  ...[walkToolbox, walkSegments],
];

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
    // The third host is never reached.
    const endpoints = [...place.endpoints, `unix://${join(place.userData, 'nobody.sock')}`];
    const first = await place.start(endpoints);
    const here = await engineOf(first);
    await first.end();
    await leaveSegmentOpen(place.userData, here);
    const context = await browser_.newContext({
      ...look,
      viewport: { width: 1440, height: 900 },
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    const axe = await Axe.on(page);
    page.setDefaultTimeout(15_000);
    await page.goto((await place.start(endpoints)).url);
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', look.colorScheme);
    await expect(page.locator('html')).toHaveAttribute('lang', look.locale);
    await expect(page.getByTestId('busiest').getByRole('button').first()).toBeVisible();
    for (const walk of walks) await test.step(walk.name, () => walk(axe));
    place.proxy.refuse(true);
    place.proxy.cutAll();
    await test.step(walkLost.name, () => walkLost(axe));
  });
