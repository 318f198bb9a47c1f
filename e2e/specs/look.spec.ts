import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Snapshot } from '../../shared/model';
import { picture, updates } from '../fixtures/picture';
import { expect, test } from '../fixtures/web';
import { ConsolePage } from '../pages/console';

const folder = updates ? 'assets/screenshots' : 'test-results/look';

const shoot = async (page: Page, name: string, into: string = folder) => {
  await picture(page, join(into, `${name}.png`));
};

const looks = [
  { name: 'light-en', scheme: 'light', locale: 'en-US', topology: 'Topology', state: 'running' },
  { name: 'dark-zh', scheme: 'dark', locale: 'zh-CN', topology: '拓扑', state: '运行中' },
] as const;

for (const { name, scheme, locale, topology, state } of looks) {
  test(`${name}: the system's theme and language, in every view`, async ({ browser_, served }) => {
    // Six views, one after the other.
    test.slow();
    const context = await browser_.newContext({
      viewport: { width: 1440, height: 900 },
      colorScheme: scheme,
      locale,
    });
    const page = await context.newPage();
    await page.goto(served.url);
    const console_ = new ConsolePage(page);
    await console_.ready('reverse-proxy');
    await expect(page.getByTestId('view-topology')).toContainText(topology);
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme);
    await expect(page.locator('html')).toHaveAttribute('lang', locale === 'zh-CN' ? 'zh-CN' : 'en');

    await page.keyboard.press('f');
    await console_.page.getByTestId('status-line').hover();
    await expect(page.getByTestId('status-line')).toContainText(/[1-9][\d.]* Mbit\/s/);
    await shoot(page, `topology-${name}`);

    // A band stands for its LAN on every host, an interface for all that stands on it.
    const { value } = await served.api('inventory.get');
    const { engines, networks } = value as Pick<Snapshot, 'engines' | 'networks'>;
    const band = page.locator('[data-testid^="lan-"]').first();
    const subnet = ((await band.getAttribute('data-testid')) ?? '').slice('lan-'.length);
    await band.click();
    await expect(console_.inspector.getByRole('heading', { level: 2 })).toHaveText(subnet);
    const members = networks.filter((each) => each.subnets.some((range) => range.subnet === subnet));
    expect(members.length).toBeGreaterThan(1);
    for (const member of members) {
      const host = engines.find(({ id }) => id === member.engineId)?.name ?? '';
      await expect(page.getByTestId(`occupied-${host}-${member.name}`)).toBeVisible();
    }
    await shoot(page, `lan-${name}`, 'test-results/look');
    const nic = page.locator('[data-testid^="nic-"]').first();
    await nic.click();
    await expect(console_.inspector.getByRole('heading', { level: 2 })).toHaveText(await nic.innerText());
    await expect(page.locator('[data-testid^="occupied-"]').first()).toBeVisible();
    await shoot(page, `nic-${name}`, 'test-results/look');
    await nic.press('Escape');

    await console_.zoomTo('reverse-proxy');
    await console_.container('reverse-proxy').click();
    await expect(console_.inspector).toContainText(state);
    await expect(page.getByTestId('chart-rx-tx').locator('.recharts-line-curve').first()).toBeVisible();
    await shoot(page, `inspector-${name}`);

    await console_.container('reverse-proxy').press('a');
    await page.getByTestId('attach-filter').fill('iot');
    await page.keyboard.press('Enter');
    await console_.planShown();
    await shoot(page, `attach-${name}`);
    await page.keyboard.press('Escape');

    await page.getByTestId('view-table').click();
    await expect(console_.table).toBeVisible();
    await shoot(page, `table-${name}`);
    await context.close();
  });
}

test.describe('with no engine that answers', () => {
  test.use({ serveArgs: ['--host', 'unix:///nonexistent/docker.sock'] });
  test('says which, why, and what to do', async ({ page }) => {
    await expect(page.getByTestId('status-line')).toContainText('1 offline');
    await expect(page.getByTestId('topology')).toContainText('/nonexistent/docker.sock');
    await shoot(page, 'offline-light-en');
  });
});

test.describe('with nothing running', () => {
  test.use({ serveArgs: ['--demo', '--demo-hosts', '1', '--demo-containers', '0'] });
  test('the picture and the table say what to do', async ({ page }) => {
    await expect(page.getByTestId('status-line')).toContainText('0 containers');
    await expect(page.getByTestId('host-atlas')).toBeVisible();
    await shoot(page, 'empty-light-en');
    await page.getByTestId('view-table').click();
    await expect(page.getByText('docker run')).toBeVisible();
  });
});

test.describe('with a thousand containers', () => {
  test.use({ serveArgs: ['--demo', '--demo-hosts', '5', '--demo-containers', '1000'] });
  test('shows all of them, finds one, and lists them', async ({ page, served }) => {
    test.slow();
    const console_ = new ConsolePage(page);
    // Five engines of two hundred containers each are read beside whatever else this machine does.
    await expect(page.getByTestId('status-line')).toContainText('1000 containers', { timeout: 60_000 });
    await shoot(page, 'thousand-light-en');
    const { value } = await served.api('inventory.get');
    const names = (value as { containers: { name: string }[] }).containers.map((each) => each.name);
    expect(names).toHaveLength(1000);
    await console_.zoomTo(names[567] ?? '');
    await page.getByTestId('view-table').click();
    await expect(console_.table).toHaveAttribute('aria-rowcount', /^1\d{3}$/);
  });
});

for (const { name, scheme, locale } of looks) {
  test(`${name}: at 1024 pixels the top bar cuts nothing off`, async ({ browser_, served }) => {
    const context = await browser_.newContext({
      viewport: { width: 1024, height: 700 },
      colorScheme: scheme,
      locale,
    });
    const page = await context.newPage();
    await page.goto(served.url);
    await new ConsolePage(page).ready('reverse-proxy');
    await shoot(page, `narrow-${name}`, 'test-results/look');
    const cut = await page
      .locator('header')
      .first()
      .evaluate((bar) => {
        const parts = [...bar.querySelectorAll<HTMLElement>('button, label, button span, label span')];
        // A word that is hidden on purpose is a pixel wide.
        const isCut = (each: Element) => each.clientWidth > 1 && each.scrollWidth > each.clientWidth + 1;
        return [bar, ...parts].filter(isCut).map((each) => each.textContent);
      });
    expect(cut).toEqual([]);
    // Where the word is not shown, it is still the name.
    const topology = locale === 'zh-CN' ? '拓扑' : 'Topology';
    await expect(page.getByRole('radio', { name: topology })).toBeAttached();
    await context.close();
  });
}
