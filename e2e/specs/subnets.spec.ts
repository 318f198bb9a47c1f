import { join } from 'node:path';
import { picture } from '../fixtures/picture';
import { expect, test } from '../fixtures/web';
import { ConsolePage } from '../pages/console';

for (const [locale, colorScheme] of [
  ['en-US', 'light'],
  ['zh-CN', 'dark'],
] as const)
  test(`all subnets on one map, ${colorScheme}, ${locale}`, async ({ browser_, served }) => {
    const context = await browser_.newContext({
      ...{ locale, colorScheme },
      viewport: { width: 1280, height: 900 },
    });
    const page = await context.newPage();
    await page.goto(served.url);
    await new ConsolePage(page).ready('reverse-proxy');
    await page.getByTestId('subnets').click();
    const table = page.getByTestId('subnet-table');
    await expect(table.getByRole('row').nth(1)).toBeVisible();
    await expect(page.getByTestId('pools')).toBeVisible();
    await picture(page, join('test-results/subnets', `map-${locale}.png`));
    await table.locator('[data-opens]').first().getByRole('button').first().click();
    await expect(page.getByTestId('address-grid')).toBeVisible();
  });
