import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { picture } from '../fixtures/picture';
import { expect, test } from '../fixtures/web';
import { ConsolePage } from '../pages/console';

const folder = 'test-results/addresses-export';

/** The addresses of the LAN that a container's first macvlan network is on, ready to be exported. */
async function openExport(page: Page): Promise<void> {
  await new ConsolePage(page).ready('reverse-proxy');
  const network = page.locator('[data-testid^="network-"]').filter({ hasText: 'lan' }).first();
  await network.press('Enter');
  await page.getByTestId('open-addresses').click();
  await expect(page.getByTestId('address-grid')).toBeVisible();
  await page.getByTestId('export-addresses').press('Enter');
  await expect(page.getByTestId('export-text')).toContainText('address,last_address,state');
}

for (const [locale, colorScheme] of [
  ['en-US', 'light'],
  ['zh-CN', 'dark'],
] as const)
  test(`a LAN’s addresses as files of other programs, ${colorScheme}, ${locale}`, async ({
    browser_,
    served,
  }) => {
    const viewport = { width: 1280, height: 720 };
    const context = await browser_.newContext({ locale, colorScheme, viewport });
    const page = await context.newPage();
    await page.goto(served.url);
    await openExport(page);
    await picture(page, join(folder, `csv-${locale}.png`));
    await page.getByTestId('export-format').click();
    await picture(page, join(folder, `formats-${locale}.png`));
    await page
      .getByRole('option', { name: /^dnsmasq/ })
      .first()
      .click();
    await page.getByTestId('export-domain').fill('home.arpa');
    await expect(page.getByTestId('export-text')).toContainText(/host-record=[a-z0-9-]+\.home\.arpa,/);
    await expect(page.getByTestId('left-out-nobody')).toBeVisible();
    await picture(page, join(folder, `dnsmasq-${locale}.png`));
  });

test('the file that is saved is what was shown', async ({ page }) => {
  await openExport(page);
  await page.getByTestId('export-format').click();
  await page.getByRole('option', { name: 'Kea: reservations' }).click();
  await page.getByTestId('export-automatic').check();
  const shown = await page.getByTestId('export-text').textContent();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByTestId('export-save').click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/-kea\.json$/);
  const saved = await readFile(await download.path(), 'utf8');
  expect(saved).toBe(shown);
  expect(JSON.parse(saved)).toHaveProperty('Dhcp4.subnet4.0.reservations.0.hw-address');
});

test('a range is exported alone, and Escape goes back to the grid', async ({ page }) => {
  await openExport(page);
  await page.keyboard.press('Escape');
  const cell = (last: number) => page.locator(`[data-testid$=".${String(last)}"][data-testid^="cell-"]`);
  await expect(page.getByTestId('address-grid')).toBeVisible();
  await cell(1).focus();
  await cell(2).click({ modifiers: ['Shift'] });
  await page.getByTestId('export-addresses').click();
  await expect(page.getByTestId('export-part')).toBeChecked();
  await expect(page.getByTestId('export-text')).not.toContainText(',given,');
  await page.getByTestId('export-part').uncheck();
  await expect(page.getByTestId('export-text')).toContainText(',given,');
});
