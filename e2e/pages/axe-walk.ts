import { expect } from '../fixtures/web';
import type { Axe } from './axe';

const first = (axe: Axe, start: string) => axe.page.locator(`[data-testid^="${start}"]`).first();

/** The overview, the menus of the bar, and the search, which lets what it does not find step back. */
export async function walkBar(axe: Axe): Promise<void> {
  const { page } = axe;
  await axe.finds('overview and picture');
  for (const menu of ['theme-menu', 'language-menu']) {
    await page.getByTestId(menu).click();
    await axe.menu(menu);
  }
  const results = page.getByTestId('search-results').getByRole('option');
  await page.keyboard.press('/');
  await page.getByTestId('search').fill('no such thing');
  await expect(results).toHaveCount(0);
  await axe.finds('search without results');
  await page.getByTestId('search').fill('a');
  await expect(results.first()).toBeVisible();
  await axe.finds('search');
  await page.getByTestId('search').fill('10.');
  await axe.card('network', '[data-dim]');
  await axe.card('container', '[data-dim]');
  await page.getByTestId('search').fill('');
  await page.keyboard.press('Escape');
}

/** Cards of each kind, reached and unreached, their menus, and the panes beside. */
export async function walkPicture(axe: Axe): Promise<void> {
  const { page } = axe;
  await page.getByTestId('busiest').getByRole('button').first().click();
  await expect(page.getByTestId('attach')).toBeVisible();
  await axe.finds('pane of a container');
  await page.getByTestId('open-raw').click();
  await axe.dialog('raw JSON');
  await axe.close();
  await first(axe, 'network-').press('Enter');
  await page.getByTestId('open-addresses').click();
  await expect(page.getByTestId('address-grid')).toBeVisible();
  await axe.dialog('addresses');
  const views = page.getByTestId('address-view').locator('label');
  await views.last().click();
  await expect(page.getByTestId('held-table')).toBeVisible();
  await axe.dialog('addresses, as a table');
  await views.first().click();
  await page.getByTestId('next-free').click();
  await page.getByTestId('give-address').click();
  await axe.dialog('addresses, whom to give one to');
  await axe.close();
  for (const kind of ['container', 'network', 'host'])
    await axe.card(kind, ':not([data-dim]):not([data-offline])');
  await axe.card('host', '[data-testid*=nobody]');
  for (const kind of ['container', 'network', 'host']) {
    await axe.cards(kind).first().click({ button: 'right' });
    await axe.menu(`menu of a ${kind}`);
  }
  await axe.cards('host', '[data-testid*=nobody]').click();
  await axe.finds('pane of a host that is not reached', '[data-testid=inspector]');
}

export async function walkTable(axe: Axe): Promise<void> {
  const { page } = axe;
  const rows = page.getByTestId('table').getByRole('row');
  await page.keyboard.press('t');
  await expect(rows.nth(1)).toBeVisible();
  await axe.finds('table');
  await rows.nth(1).click({ button: 'right' });
  await axe.menu('menu of a row');
  await page.keyboard.press('g');
}

/** Where a container is attached and detached, the toast after, and where a network is made. */
export async function walkChanges(axe: Axe): Promise<void> {
  const { page } = axe;
  // Where nothing is: the overview comes back.
  await page.getByTestId('topology').click({ position: { x: 200, y: 40 } });
  await page.getByTestId('busiest').getByRole('button').first().click();
  await page.getByTestId('attach').click();
  await axe.dialog('attach');
  await axe.close();
  await first(axe, 'detach-').click();
  await expect(page.getByTestId('apply')).toBeEnabled();
  await expect(page.getByTestId('apply')).not.toHaveAttribute('aria-busy', 'true');
  await axe.dialog('detach');
  await page.getByTestId('apply').click();
  await expect(page.getByTestId('undo')).toBeVisible();
  await axe.finds('toast', '.mantine-Notification-root');
  await page.keyboard.press('n');
  await axe.dialog('new network');
  await page.getByTestId('apply').click();
  await page.getByTestId('network-vlan').fill('5000');
  await expect(page.getByTestId('network-name')).toHaveAttribute('aria-invalid', 'true');
  await axe.dialog('new network, what is wrong with it');
  await axe.close();
}

/** The list of hosts, one of them unreached; the form for each way to a host, empty and found wanting. */
export async function walkHosts(axe: Axe): Promise<void> {
  const { page } = axe;
  for (const key of ['l', '?', 'h']) {
    await page.keyboard.press(key);
    await axe.dialog(`key ${key}`);
    if (key !== 'h') await axe.close();
  }
  await page.getByTestId('engines-dialog').getByTestId('add-host').click();
  for (const kind of ['socket', 'tcp', 'ssh']) {
    await page.getByTestId(`kind-${kind}`).click();
    await axe.dialog(`host by ${kind}`);
  }
  await page.getByTestId('kind-tcp').click();
  await page.getByTestId('engine-host').fill('127.0.0.1');
  await page.getByTestId('engine-port').fill('1');
  await page.getByTestId('engine-tls').locator('label').last().click();
  await expect(page.getByTestId('plain-warning')).toBeVisible();
  await page.getByTestId('plain-accepted').check();
  await page.getByTestId('engine-test').click();
  await expect(page.getByTestId('test-failed')).toBeVisible();
  await axe.dialog('host without TLS, whose test failed');
  // Back to the list it was opened from, and out of that.
  await page.locator('.mantine-Modal-close').click();
  await expect(page.getByTestId('engines-dialog')).toBeVisible();
  await axe.close();
}

/** What runs on a host only once it is allowed. */
export async function walkToolbox(axe: Axe): Promise<void> {
  const { page } = axe;
  await axe.cards('host').first().click();
  await expect(page.getByTestId('toolbox-unasked')).toBeVisible();
  await axe.finds('pane of a host', '[data-testid=inspector]');
  await first(axe, 'shim-make-').click();
  await axe.dialog('shim without the toolbox');
  // Each answer leads back to the dialog that it was asked from.
  const shim = page.getByTestId('shim-dialog');
  await shim.getByTestId('toolbox-look').click();
  await page.getByTestId('toolbox-method').selectOption('pull');
  await axe.dialog('toolbox');
  await page.getByTestId('toolbox-refuse').click();
  await expect(shim.getByTestId('toolbox-refused')).toBeVisible();
  await shim.getByTestId('toolbox-look').click();
  await page.getByTestId('toolbox-method').selectOption('load');
  await page.getByTestId('toolbox-allow').click();
  await expect(shim.getByTestId('shim-commands')).toBeVisible({ timeout: 90_000 });
  await axe.dialog('shim');
  await axe.close();
  await expect(page.getByTestId('nic-list')).toBeVisible({ timeout: 90_000 });
  await axe.finds('pane of a host with its NICs', '[data-testid=inspector]');
  await page.getByTestId('host-details').click();
  await axe.dialog('NICs of a host');
  await axe.close();
  await page.getByTestId('isolation-open').click();
  await axe.dialog('isolation, to choose from');
  await page.getByTestId('isolation-run').click();
  await expect(page.getByTestId('isolation-matrix')).toBeVisible({ timeout: 60_000 });
  await page.getByTestId('isolation-matrix').getByRole('button').first().click();
  await axe.dialog('isolation, with its evidence');
  await axe.close();
}

const compose = `networks:
  iot:
    driver: macvlan
    driver_opts: { parent: eth0.20 }
    ipam: { config: [{ subnet: "\${NET}.0/24" }] }
  wide:
    driver: macvlan
    driver_opts: { parent: eth0.30 }
    ipam: { config: [{ subnet: 10.70.30.0/24 }] }
  apps:
    driver: overlay
`;

/** The segments: found, kept, edited, exported, imported, about to be deleted. */
export async function walkSegments(axe: Axe): Promise<void> {
  const { page } = axe;
  await page.keyboard.press('s');
  await expect(page.getByTestId('segments-panel')).toBeVisible();
  await axe.finds('segments that are found', '[data-testid=segments-panel]');
  await page.getByTestId('new-segment').click();
  await axe.dialog('new segment');
  await page.getByTestId('apply').click();
  await axe.dialog('new segment, what is wrong with it');
  await axe.close();
  await page.getByTestId('import-segments').click();
  await page.getByTestId('import-text').fill(compose);
  await page.getByTestId('import-value-NET').fill('10.70.20');
  await expect(page.getByTestId('import-iot')).toBeVisible();
  await axe.dialog('import, with results');
  await axe.close();
  await first(axe, 'adopt-').click();
  await expect(page.getByTestId('apply')).toBeEnabled();
  await expect(page.getByTestId('apply')).not.toHaveAttribute('aria-busy', 'true');
  await axe.dialog('a segment to keep');
  await page.getByTestId('apply').click();
  await first(axe, 'segment-menu-').click();
  await axe.menu('menu of a segment');
  await axe.finds('segments that are kept', '[data-testid=segments-panel]');
  for (const entry of ['edit', 'export', 'delete']) {
    await first(axe, 'segment-menu-').click();
    await page.getByTestId(`segment-${entry}`).click();
    await axe.dialog(`segment: ${entry}`);
    await axe.close();
  }
  await page.getByTestId('close-segments').click();
}

/** What a killed console left half-done. */
export async function walkRecover(axe: Axe): Promise<void> {
  const { page } = axe;
  await axe.finds('what was cut off', '[data-testid^=cut-off-]');
  for (const action of ['finish', 'roll-back', 'keep']) {
    await page.locator('[data-testid^=cut-off-]').getByTestId(`recover-${action}`).click();
    await expect(page.getByTestId('recover-dialog')).toBeVisible();
    await axe.dialog(`recover: ${action}`);
    await axe.close();
  }
}

/** A host that is lost while the window is open: what was last known of it steps back. */
export async function walkLost(axe: Axe): Promise<void> {
  const { page } = axe;
  await expect(axe.cards('container', '[data-offline]').first()).toBeVisible({ timeout: 90_000 });
  await axe.card('container', '[data-offline]');
  await axe.card('network', '[data-offline]');
  await page.keyboard.press('t');
  await expect(page.getByTestId('table').locator('[data-offline]').first()).toBeVisible();
  await axe.finds('table with a host that is lost', '[data-testid=table]');
}
