import type { CommandName } from '../../shared/contract';
import { changesEngine, commands } from '../../shared/contract';
import { expect as expectDesktop, test as desktop } from '../desktop/harness';
import { picture } from '../fixtures/picture';
import { expect, test } from '../fixtures/web';
import { ConsolePage } from '../pages/console';

const changing = Object.keys(commands).filter((name) => changesEngine(name as CommandName));

test.describe('over HTTP', () => {
  test.use({ serveArgs: ['--demo', '--read-only'] });

  test('no command that changes an engine exists', async ({ served }) => {
    expect(changing.length).toBeGreaterThan(5);
    for (const name of changing)
      expect(await served.api(name, { id: 'x' }), name).toMatchObject({
        ok: false,
        error: { code: 'read_only', hint: expect.stringContaining('--read-only') },
      });
    const answer = await fetch(`${served.origin}/api/change.apply`, {
      method: 'POST',
      headers: { authorization: `Bearer ${served.bearer}`, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(answer.status).toBe(403);
    expect(await served.api('preferences.set', { theme: 'dark' })).toMatchObject({ ok: true });
  });

  test('the window looks, and offers nothing else', async ({ page, served }, info) => {
    const console_ = new ConsolePage(page);
    await console_.ready('dashboard');
    await expect(page.getByTestId('read-only')).toHaveText('Read-only');
    await expect(page.getByTestId('new-network')).toHaveCount(0);
    await console_.container('dashboard').click();
    await expect(console_.inspector).toContainText('dashboard');
    await expect(page.getByTestId('attach')).toHaveCount(0);
    await expect(
      console_.inspector.locator('[data-testid^=detach-], [data-testid^=edit-address-]'),
    ).toHaveCount(0);
    await expect(page.getByTestId('handle-dashboard')).toHaveCount(0);
    await picture(page, info.outputPath('window.png'));
    // Keys.
    await console_.container('dashboard').press('a');
    await page.keyboard.press('n');
    await expect(page.locator('[role=dialog]')).toHaveCount(0);
    // The menu.
    await console_.container('dashboard').click({ button: 'right' });
    const menu = page.getByTestId('topology-menu');
    await expect(menu).toBeVisible();
    await expect(
      menu.locator('[data-testid=menu-attach], [data-testid^=menu-detach], [data-testid^=menu-address]'),
    ).toHaveCount(0);
    await page.keyboard.press('Escape');
    // A drag onto a network that would take it moves the card in the picture, and nothing more.
    await page.keyboard.press('f');
    const before = await served.api('inventory.get');
    const network = page.locator('[data-testid^=network-]').first();
    await console_.dragTo(console_.container('dashboard'), network);
    await console_.drop();
    await expect(page.locator('[role=dialog]')).toHaveCount(0);
    const endpoints = (answer: { value?: unknown }) =>
      (answer.value as { containers: { name: string; endpoints: unknown[] }[] }).containers.map((each) => [
        each.name,
        each.endpoints,
      ]);
    expect(endpoints(await served.api('inventory.get'))).toEqual(endpoints(before));
    // Panels and the log.
    await page.getByTestId('segments').click();
    await expect(page.getByTestId('segments-panel')).toBeVisible();
    await expect(
      page
        .getByTestId('segments-panel')
        .locator('[data-testid=new-segment], [data-testid=import-segments], [data-testid^=adopt-]'),
    ).toHaveCount(0);
    await picture(page, info.outputPath('segments.png'));
    await page.getByTestId('view-table').click();
    await page.locator('[data-testid^=row-dashboard-]').first().click({ button: 'right' });
    await expect(page.getByRole('menuitem')).toHaveCount(2);
    await picture(page, info.outputPath('table.png'));
  });
});

desktop.describe('over IPC', () => {
  desktop.use({ extraArgs: ['--demo', '--read-only', '--demo-hosts', '1', '--demo-containers', '2'] });

  desktop('no command that changes an engine exists, and the menu offers none', async ({ page, app }) => {
    const codes = await page.evaluate(
      (names) =>
        Promise.all(
          names.map(async (name) => {
            const result = await window.trunkline?.invoke(name as CommandName, { id: 'x' } as never);
            return result?.ok === false ? result.error.code : 'answered';
          }),
        ),
      changing,
    );
    expectDesktop(new Set(codes)).toEqual(new Set(['read_only']));
    await expectDesktop(page.getByTestId('read-only')).toBeVisible();
    const enabled = await app.evaluate(
      ({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('new-network')?.enabled,
    );
    expectDesktop(enabled).toBe(false);
  });
});
