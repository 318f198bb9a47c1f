import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/web';
import { ConsolePage } from '../pages/console';

// Axe looks at every element of a state for seconds, on a machine that does other things besides.
test.describe.configure({ timeout: 120_000 });
test.use({ serveArgs: ['--demo', '--demo-hosts', '2', '--demo-containers', '8'] });

/** Every card of the picture is made like every other: one is looked at by itself instead of all of them. */
const cards = '.react-flow__node';

/** Nothing may be half faded in, as its contrast is another one until it is there. Some turn for ever. */
const settled = (page: Page) =>
  page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((each) => each.effect?.getComputedTiming().endTime !== Infinity)
        .map((each) => each.finished.catch(() => undefined)),
    ),
  );

/** Axe finds nothing in what is shown, neither in the light theme nor in the dark one. */
async function expectNothingFound(page: Page, include?: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    await settled(page);
    // Legacy: in this one window, without another page in which the results are put together.
    const axe = new AxeBuilder({ page }).setLegacyMode();
    const { violations } = await (include ? axe.include(include) : axe.exclude(cards)).analyze();
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, any }) => `${id}: ${target.join(' ')}: ${any[0]?.message ?? ''}`),
    );
    expect.soft(found, colorScheme).toEqual([]);
  }
}

const dialog = '[role=dialog]';

async function opened(page: Page): Promise<void> {
  await expect(page.getByRole('dialog').first()).toBeVisible();
}

async function closed(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

/** The pane of the container that carries the most: it has an attachment that can be taken away. */
async function openContainer(page: Page): Promise<void> {
  await page.getByTestId('busiest').getByRole('button').first().click();
  await expect(page.getByTestId('attach')).toBeVisible();
}

test.beforeEach(async ({ page }) => {
  await expect(page.getByTestId('busiest').getByRole('button').first()).toBeVisible();
});

test('axe finds nothing in the overview and the picture', async ({ page }) => {
  await expectNothingFound(page);
});

test('axe finds nothing in a card of each kind, nor in the pane beside it', async ({ page }) => {
  await openContainer(page);
  await expectNothingFound(page);
  for (const kind of ['container', 'network', 'host']) {
    const first = page.locator(`${cards} [data-testid^=${kind}-]`).first();
    const name = await first.getAttribute('data-testid');
    await expectNothingFound(page, `[data-testid="${name}"]`);
  }
});

test('axe finds nothing in the search', async ({ page }) => {
  await page.keyboard.press('/');
  await page.getByTestId('search').fill('a');
  await expect(page.getByTestId('search-results').getByRole('option').first()).toBeVisible();
  await expectNothingFound(page);
  await page.getByTestId('search').fill('no such thing');
  await expect(page.getByTestId('search-results').getByRole('option')).toHaveCount(0);
  await expectNothingFound(page);
});

test('axe finds nothing in the table', async ({ page }) => {
  await page.keyboard.press('t');
  await expect(page.getByTestId('table').getByRole('row').nth(1)).toBeVisible();
  await expectNothingFound(page);
});

test('axe finds nothing where a container is attached and detached, nor in the toast after', async ({
  page,
}) => {
  const { apply, inspector } = new ConsolePage(page);
  await openContainer(page);
  await page.getByTestId('attach').click();
  await opened(page);
  await expectNothingFound(page, dialog);
  await closed(page);
  await inspector.locator('[data-testid^=detach-]').first().click();
  await expect(apply).toBeEnabled();
  await expectNothingFound(page, dialog);
  await apply.click();
  await expect(page.getByTestId('undo')).toBeVisible();
  await expectNothingFound(page, '.mantine-Notification-root');
});

test('axe finds nothing where a network is made, nor in what is wrong there', async ({ page }) => {
  await page.keyboard.press('n');
  await opened(page);
  await expectNothingFound(page, dialog);
  await page.getByTestId('apply').click();
  await page.getByTestId('network-vlan').fill('5000');
  await expect(page.getByTestId('network-name')).toHaveAttribute('aria-invalid', 'true');
  await expectNothingFound(page, dialog);
});

test('axe finds nothing in the hosts, the change log and the shortcuts', async ({ page }) => {
  for (const key of ['h', 'l', '?']) {
    await page.keyboard.press(key);
    await opened(page);
    await expectNothingFound(page, dialog);
    await closed(page);
  }
});

test('axe finds nothing in the pane of the segments and its dialogs', async ({ page }) => {
  await page.keyboard.press('s');
  await expect(page.getByTestId('segments-panel')).toBeVisible();
  await expectNothingFound(page, '[data-testid=segments-panel]');
  for (const way of ['new-segment', 'import-segments']) {
    await page.getByTestId(way).click();
    await opened(page);
    await expectNothingFound(page, dialog);
    await closed(page);
  }
});
