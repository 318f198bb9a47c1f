import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/lab';
import { picture } from '../fixtures/picture';
import { ConsolePage } from '../pages/console';

const folder = 'test-results/guard';
const shoot = async (page: Page, name: string) => {
  await picture(page, join(folder, `${name}.png`));
};

test('a guarded container that is made anew by hand has its address again, and the log tells who gave it', async ({
  page,
  lab,
}) => {
  test.slow();
  const [host] = lab.hosts;
  await host.docker(
    ...['network', 'create', '-d', 'macvlan', '-o', `parent=${host.nic}`, '--subnet', '10.70.1.0/24', 'lan'],
  );
  const run = (name: string) =>
    host.docker('run', '-d', '--name', name, '--network', 'lan', lab.image, 'sleep', '3600');
  // It has the engine's first address and goes: the next one would get that.
  await run('first');
  await run('web');
  await host.docker('rm', '-f', 'first');

  const console_ = new ConsolePage(page);
  const card = page.locator('[data-testid^="container-"]').filter({ hasText: 'web' }).first();
  await card.press('Enter');
  await expect(console_.inspector.getByRole('heading', { level: 2 })).toHaveText('web');
  await page.getByTestId('guard').click();
  const dialog = page.getByTestId('guard-dialog');
  await expect(dialog).toContainText('10.70.1.3');
  await expect(dialog).toContainText('Automatic now. It is fixed at once');
  await shoot(page, 'dialog');
  await dialog.getByTestId('apply').click();
  const state = page.getByTestId('guard-state');
  await expect(state).toHaveAttribute('data-state', 'kept');
  await shoot(page, 'kept');

  await host.docker('rm', '-f', 'web');
  const row = page.getByTestId('guard-of-web');
  await expect(row).toContainText('No such container now');
  await shoot(page, 'away');
  await run('web');
  await expect(page.getByTestId('guards-kept')).toHaveText('As guarded:web');
  const address = '{{(index .NetworkSettings.Networks "lan").IPAddress}}';
  expect(await host.docker('inspect', '-f', address, 'web')).toBe('10.70.1.3');

  await page.getByTestId('change-log').click();
  const guarded = page.getByRole('row').filter({ hasText: 'Address guard' });
  await expect(guarded).toHaveCount(2);
  await expect(guarded.first()).toContainText('10.70.1.3');
  await shoot(page, 'log');
  await page.keyboard.press('Escape');

  await page.locator('[data-testid^="container-"]').filter({ hasText: 'web' }).first().press('Enter');
  await page.getByTestId('guard-release').click();
  await expect(page.getByTestId('guard')).toBeVisible();
});
