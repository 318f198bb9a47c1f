import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { firstPage, launchDesktop } from '../fixtures/desktop';
import { expect, test } from '../fixtures/lab';
import { picture } from '../fixtures/picture';
import { launchBrowser, serve } from '../fixtures/web';
import { ConsolePage } from '../pages/console';
import { HostsPage } from '../pages/hosts';

/** The first host is named on the command line; the second is for the window to add. */
test.use({ extraArgs: async ({ lab }, use) => use(['--host', lab.hosts[0].endpoint]) });

test('a host is added by its socket, named, coloured, grouped and moved; all of that is there at the next start', async ({
  app,
  page,
  lab,
  userData,
  extraArgs,
}, info) => {
  const [, second] = lab.hosts;
  const hosts = new HostsPage(page);
  await expect(page.getByTestId('topology')).toBeVisible();
  await hosts.open();
  await expect(hosts.row('h1')).toContainText('Named with --host');
  await expect(page.getByTestId('engine-edit-h1')).toHaveCount(0);
  await hosts.add('socket');
  await hosts.fill({ path: second.socket });
  await hosts.test();
  await expect(page.getByTestId('test-answer')).toContainText('h2 answers');
  await hosts.fill({ name: 'Lab two' });
  await hosts.fill({ group: 'Rack 7' });
  await page.keyboard.press('Escape'); // the groups that there are
  await page.getByTestId('colour-violet').check();
  await hosts.saved();
  await expect(hosts.row('Lab two')).toContainText('online');
  await expect(hosts.row('Lab two')).toContainText('calls itself h2');
  await hosts.add('socket');
  await hosts.fill({ path: `${second.socket}.later`, name: 'Later', group: 'Rack 7' });
  await page.keyboard.press('Escape');
  await hosts.saved();
  expect(await hosts.names()).toEqual(['Lab two', 'Later', 'h1']);
  await hosts.grip('Later').press('ArrowUp');
  await expect.poll(() => hosts.names()).toEqual(['Later', 'Lab two', 'h1']);
  await expect(hosts.grip('Later')).toBeFocused();
  await hosts.drag(hosts.grip('Lab two'), hosts.row('Later'));
  await expect.poll(() => hosts.names()).toEqual(['Lab two', 'Later', 'h1']);
  await hosts.drag(hosts.grip('the group No group'), hosts.row('Later'));
  await expect.poll(() => hosts.names()).toEqual(['h1', 'Lab two', 'Later']);
  await hosts.grip('Lab two').press('ArrowDown');
  await expect.poll(() => hosts.names()).toEqual(['h1', 'Later', 'Lab two']);
  await picture(page, info.outputPath('list.png'));
  await hosts.close();
  await expect(page.getByTestId('host-Lab two')).toContainText('h2');
  await picture(page, info.outputPath('picture.png'));

  const kept = await readFile(join(userData, 'engines.yaml'), 'utf8');
  for (const text of ['Lab two', 'Rack 7', 'violet', second.socket]) expect(kept).toContain(text);
  expect(kept).not.toContain(lab.hosts[0].socket);
  await app.close();
  const again = await launchDesktop({ entry: process.cwd(), extraArgs, extraEnv: {} }, userData);
  try {
    const next = new HostsPage(await firstPage(again.app));
    await expect(next.page.getByTestId('status-line')).toContainText('2 online');
    await next.open();
    await expect(next.row('Lab two')).toContainText('calls itself h2');
    // What the command line names has kept its place among those of the settings.
    expect(await next.names()).toEqual(['h1', 'Later', 'Lab two']);
    await next.edit('Lab two');
    await expect(next.page.getByTestId('engine-group')).toHaveValue('Rack 7');
    await expect(next.page.getByTestId('colour-violet')).toBeChecked();
  } finally {
    await again.app.close();
  }
});

test('a host that does not answer says why, at its card too, and is mended in the form', async ({
  page,
  lab,
}) => {
  const [, second] = lab.hosts;
  const hosts = new HostsPage(page);
  await expect(page.getByTestId('topology')).toBeVisible();
  await hosts.open();
  await hosts.add('socket');
  await hosts.fill({ path: 'docker.sock' });
  await expect(hosts.form).toContainText('An absolute path');
  await hosts.fill({ path: `${second.socket}.gone`, name: 'Broken' });
  await hosts.test();
  await expect(page.getByTestId('test-failed')).toContainText('Host reached');
  await hosts.saved();
  await expect(hosts.row('Broken')).toContainText('offline');
  await hosts.close();
  await expect(page.getByTestId('offline-Broken')).toContainText('Broken can’t be reached');
  const card = page.getByTestId('host-Broken');
  await card.getByText('Broken', { exact: true }).click();
  await expect(new ConsolePage(page).inspector.getByRole('alert')).toBeVisible();
  await page.getByTestId('edit-host').click();
  await hosts.fill({ path: second.socket });
  await hosts.save.click();
  await expect(hosts.form).toBeHidden();
  await expect(page.getByTestId('status-line')).toContainText('2 online');
  await expect(page.getByTestId('offline-Broken')).toHaveCount(0);
});

test('an engine that is on the list already is not added again; removing one touches nothing on it', async ({
  page,
  lab,
}) => {
  const [, second] = lab.hosts;
  await second.docker('run', '-d', '--name', 'stays', lab.image, 'sleep', '3600');
  const hosts = new HostsPage(page);
  await expect(page.getByTestId('topology')).toBeVisible();
  await hosts.open();
  for (const twice of [false, true]) {
    await hosts.add('socket');
    await hosts.fill({ path: second.socket });
    if (!twice) await hosts.saved();
  }
  await hosts.test();
  await expect(page.getByTestId('test-answer')).toContainText('the same engine as h2');
  await hosts.save.click();
  await expect(hosts.form).toContainText('This engine is on the list already');
  await page.locator('.mantine-Modal-close').click();
  await page.getByTestId('engine-remove-h2').click();
  await expect(page.getByTestId('engine-remove')).toContainText('Nothing happens on h2 itself');
  await page.getByTestId('remove-confirm').click();
  await expect(hosts.list).toBeVisible();
  await expect(hosts.row('h2')).toHaveCount(0);
  await hosts.close();
  await expect(page.getByTestId('host-h2')).toHaveCount(0);
  expect(await second.docker('inspect', '-f', '{{.State.Running}}', 'stays')).toContain('true');
});

test('plain TCP is warned of, and needs to be accepted', async ({ page, userData }) => {
  const hosts = new HostsPage(page);
  await expect(page.getByTestId('topology')).toBeVisible();
  await hosts.open();
  await hosts.add('tcp');
  await hosts.fill({ host: '127.0.0.1', port: '1' });
  await page.getByTestId('engine-tls').getByText('Plain').click();
  await expect(page.getByTestId('plain-warning')).toContainText('root');
  await hosts.save.click();
  await expect(hosts.save).toBeDisabled();
  await expect(hosts.form).toContainText('Confirm that you accept this');
  await page.getByTestId('plain-accepted').check();
  await hosts.saved();
  await expect(hosts.list).toContainText('Plain TCP');
  expect(await readFile(join(userData, 'engines.yaml'), 'utf8')).toContain('plainAccepted: true');
});

test('a settings file that can’t be read is told in the window, and left where it is found', async ({
  page,
  userData,
}) => {
  await expect(page.getByTestId('topology')).toBeVisible();
  await writeFile(join(userData, 'engines.yaml'), 'engines: [');
  await expect(page.getByTestId('settings-problem')).toContainText('engines.yaml');
  expect(await readFile(join(userData, 'engines.yaml'), 'utf8')).toBe('engines: [');
});

test('two LANs with one subnet: a site for each host gives two bands, and the same address on both', async ({
  page,
  lab,
}, info) => {
  test.slow();
  const [first, second] = lab.hosts;
  const subnet = ['--subnet', '10.70.1.0/24', '--gateway', '10.70.1.1'];
  for (const host of [first, second]) {
    await host.docker('network', 'create', '-d', 'macvlan', '-o', `parent=${host.nic}`, ...subnet, 'lan');
    await host.docker('run', '-d', '--name', `web-${host.name}`, lab.image, 'sleep', '3600');
  }
  await second.docker('network', 'connect', '--ip', '10.70.1.60', 'lan', `web-${second.name}`);
  const hosts = new HostsPage(page);
  await hosts.open();
  for (const [host, site] of [
    [first, 'Office'],
    [second, 'Cellar'],
  ] as const) {
    await hosts.add('socket');
    await hosts.fill({ path: host.socket, name: `Host ${host.name}`, site });
    await page.keyboard.press('Escape'); // the sites that there are
    await hosts.saved();
  }
  await hosts.close();
  const bands = page.getByTestId('lan-10.70.1.0/24');
  await expect(bands).toHaveCount(2);
  await expect(bands.filter({ hasText: 'Office' })).toHaveCount(1);
  await expect(bands.filter({ hasText: 'Cellar' })).toHaveCount(1);
  await picture(page, info.outputPath('two-bands.png'));

  const console_ = new ConsolePage(page);
  await console_.ready(`web-${first.name}`);
  await console_.dragTo(
    console_.container(`web-${first.name}`),
    console_.network(`Host ${first.name}`, 'lan'),
  );
  await console_.drop();
  await console_.addressField.fill('10.70.1.60');
  await console_.planShown();
  await console_.addressField.press('Enter');
  await expect(console_.edge(`web-${first.name}`, 'lan')).toBeAttached();
  await expect(page.getByTestId('attention')).toBeHidden();

  await hosts.open();
  await hosts.edit(`Host ${second.name}`);
  await hosts.fill({ site: '' });
  await page.keyboard.press('Escape');
  await hosts.saved();
  await hosts.close();
  await expect(bands).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('attention')).toContainText('10.70.1.60');
});

test('in a browser as on the desktop: a host is added, and another window sees it at once', async ({
  lab,
  extraArgs,
  userData,
}) => {
  const served = await serve(extraArgs, userData);
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await page.goto(served.url);
    const other = await context.newPage();
    await other.goto(served.origin);
    await expect(other.getByTestId('host-h1')).toBeVisible();
    const hosts = new HostsPage(page);
    await hosts.open();
    await hosts.add('socket');
    await hosts.fill({ path: lab.hosts[1].socket, name: 'From afar' });
    await hosts.saved();
    await expect(hosts.row('From afar')).toContainText('online');
    await expect(other.getByTestId('host-From afar')).toBeVisible();
  } finally {
    await browser.close();
    await served.end();
  }
});
