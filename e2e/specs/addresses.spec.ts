import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { picture } from '../fixtures/picture';
import { expect, test } from '../fixtures/web';
import { ConsolePage } from '../pages/console';

const folder = 'test-results/addresses';
const shoot = async (page: Page, name: string) => {
  await picture(page, join(folder, `${name}.png`));
};

/** The addresses of the LAN that a container's first macvlan network is on. */
async function openGrid(page: Page): Promise<ConsolePage> {
  const console_ = new ConsolePage(page);
  await console_.ready('reverse-proxy');
  const network = page.locator('[data-testid^="network-"]').filter({ hasText: 'lan' }).first();
  await network.press('Enter');
  await page.getByTestId('open-addresses').click();
  await expect(page.getByTestId('address-grid')).toBeVisible();
  return console_;
}

for (const [locale, colorScheme] of [
  ['en-US', 'light'],
  ['zh-CN', 'dark'],
] as const)
  test(`a LAN’s addresses at a glance, ${colorScheme}, ${locale}`, async ({ browser_, served }) => {
    const viewport = { width: 1280, height: 720 };
    const context = await browser_.newContext({ locale, colorScheme, viewport });
    const page = await context.newPage();
    await page.goto(served.url);
    await openGrid(page);
    await shoot(page, `grid-${locale}`);
    await page.getByTestId('next-free').click();
    await page.getByTestId('give-address').click();
    await expect(page.getByTestId('candidate-filter')).toBeFocused();
    await shoot(page, `choose-${locale}`);
  });

test('a free address is given to a container from the grid, with the keyboard alone', async ({ page }) => {
  const console_ = await openGrid(page);
  await page.getByTestId('next-free').click();
  const address = await page.locator('[data-current]').getAttribute('data-testid');
  const free = address!.replace('cell-', '');
  await page.locator('[data-current]').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByTestId(`cell-${free}`)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('candidate-filter')).toBeFocused();
  await page.keyboard.press('Enter');
  await console_.planShown();
  await expect(console_.addressField).toHaveValue(free);
  await console_.apply.click();
  await expect(console_.dialog).toHaveCount(0);
  // The grid is there again, at the address.
  await expect(page.getByTestId(`cell-${free}`)).toHaveAttribute('data-current', 'true');
  await expect(page.getByTestId(`cell-${free}`)).toHaveAttribute('data-state', 'pinned');
});

for (const [locale, colorScheme] of [
  ['en-US', 'light'],
  ['zh-CN', 'dark'],
] as const)
  test(`a range is selected, reserved with a note, and let go again, ${colorScheme}, ${locale}`, async ({
    browser_,
    served,
  }) => {
    const context = await browser_.newContext({
      ...{ locale, colorScheme },
      viewport: { width: 1280, height: 720 },
    });
    const page = await context.newPage();
    await page.goto(served.url);
    // Reservations are kept in a segment's plan.
    await new ConsolePage(page).ready('reverse-proxy');
    await page.getByTestId('segments').click();
    await page.getByTestId('adopt-lan').click();
    await new ConsolePage(page).planShown();
    await page.getByTestId('apply').click();
    await page.getByTestId('close-segments').click();
    const console_ = await openGrid(page);
    const cell = (last: number) => page.locator(`[data-testid$=".${String(last)}"][data-testid^="cell-"]`);
    await cell(210).click();
    await page.keyboard.press('Escape');
    await cell(219).click({ modifiers: ['Shift'] });
    await expect(page.locator('[data-testid^="cell-"][data-selected]')).toHaveCount(10);
    await page.getByTestId('reserve-addresses').click();
    await page.getByTestId('reserve-note').fill('printers');
    await picture(page, join(folder, `reserve-${locale}.png`));
    await page.getByTestId('reserve-preview').click();
    await expect(page.getByTestId('segment-change')).toContainText('printers');
    await picture(page, join(folder, `reserve-preview-${locale}.png`));
    await console_.planShown();
    await console_.apply.click();
    await expect(cell(215)).toHaveAttribute('data-state', 'reserved');
    await cell(215).click();
    await expect(page.getByTestId('cell-details')).toContainText('printers');
    await picture(page, join(folder, `reserved-${locale}.png`));
    await page.getByTestId('release-addresses').click();
    await console_.planShown();
    await console_.apply.click();
    await expect(cell(215)).not.toHaveAttribute('data-state', 'reserved');
    await expect(cell(214)).toHaveAttribute('data-state', 'reserved');
  });
