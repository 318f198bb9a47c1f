import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/lab';
import { picture } from '../fixtures/picture';
import { until, type LabHost } from '../lab';
import { ConsolePage } from '../pages/console';

const toolboxImage = 'trunkline-toolbox';

const lanOn = (host: LabHost, name: string, parent: string, prefix: string, range: number) =>
  host.docker(
    ...['network', 'create', '-d', 'macvlan', '-o', `parent=${parent}`, '--subnet', `${prefix}.0/24`],
    ...['--gateway', `${prefix}.1`, '--ip-range', `${prefix}.${String(range)}/27`, name],
  );
const run = (host: LabHost, image: string, name: string, network: string) =>
  host.docker('run', '-d', '--name', name, '--network', network, image, 'sleep', '3600');

const shoot = async (page: Page, name: string) => {
  const folder = 'test-results/host';
  await picture(page, join(folder, `${name}.png`));
};

/** What the engine has of the toolbox: images, and containers in any state. */
const tracesOn = async (host: LabHost) => [
  await host.docker('images', '-q', toolboxImage),
  await host.docker('ps', '-aq', '--filter', 'label=io.trunkline.helper'),
];

const forget = async (hosts: readonly LabHost[]) => {
  for (const host of hosts) {
    // A console that was closed may have left one that is still at work.
    const helpers = await host.docker('ps', '-aq', '--filter', 'label=io.trunkline.helper');
    for (const id of helpers.split('\n').filter(Boolean)) await host.docker('rm', '-f', id);
    for (const id of (await host.docker('images', '-q', toolboxImage)).split('\n').filter(Boolean)) {
      await host.docker('rmi', '-f', id);
    }
    const links = await host.exec('ip', '-o', 'link');
    for (const [, name = ''] of links.matchAll(/^\d+: (tl-[0-9a-f]+)@/gm)) {
      await host.exec('ip', 'link', 'del', name);
    }
  }
};

test.beforeEach(async ({ lab, cleanLab: _clean }) => {
  await forget(lab.hosts);
  for (const [index, host] of lab.hosts.entries()) {
    await lanOn(host, 'lan', 'eth1', '10.70.1', 64 + 32 * index);
    await run(host, lab.image, `web-${host.name}`, 'lan');
  }
});
test.afterEach(({ lab }) => forget(lab.hosts));

const selectHost = async (page: Page, name: string) => {
  const console_ = new ConsolePage(page);
  await console_.ready(`web-${name}`);
  await console_.host(name).click();
  await expect(page.getByTestId('inspector')).toContainText(name);
  return console_;
};
const allow = async (page: Page) => {
  await page.getByTestId('toolbox-look').first().click();
  await page.getByTestId('toolbox-allow').click();
  await expect(page.getByTestId('toolbox-dialog')).toBeHidden();
};

test('shows what it would run before it runs it; once allowed, the NICs are those that ip tells', async ({
  page,
  lab,
}) => {
  const [first] = lab.hosts;
  await selectHost(page, 'h1');
  await page.getByTestId('toolbox-look').click();
  const dialog = page.getByTestId('toolbox-dialog');
  await expect(dialog.getByTestId('toolbox-task-facts')).toBeVisible();
  await expect(dialog.getByTestId('toolbox-task-shim')).toContainText('NET_ADMIN');
  await expect(dialog).toContainText(toolboxImage);
  await shoot(page, 'consent');
  expect(await tracesOn(first)).toEqual(['', '']);
  // How its image gets there is the admin's to choose.
  await page.getByTestId('toolbox-method').selectOption('pull');
  await expect(page.getByTestId('toolbox-image')).toBeVisible();
  await page.getByTestId('toolbox-method').selectOption('load');
  await expect(page.getByTestId('toolbox-image')).toBeHidden();
  await page.getByTestId('toolbox-allow').click();

  await expect(page.getByTestId('nic-eth1')).toBeVisible({ timeout: 90_000 });
  await expect(page.getByTestId('nic-eth1')).toContainText(`${first.address}/24`);
  await shoot(page, 'inspector');
  await page.getByTestId('host-details').click();
  const links = JSON.parse(await first.exec('ip', '-j', 'addr')) as {
    ifname: string;
    mtu: number;
    address: string;
  }[];
  for (const { ifname, mtu, address } of links) {
    const row = page.getByTestId(`nic-row-${ifname}`);
    await expect(row).toContainText(String(mtu));
    if (ifname !== 'lo') await expect(row).toContainText(address);
  }
  await expect(page.locator('[data-testid^="nic-row-"]')).toHaveCount(links.length);
  await shoot(page, 'interfaces');
  await page.keyboard.press('Escape');

  await page.getByTestId('language-menu').click();
  await page.getByTestId('language-zh-CN').click();
  await page.getByTestId('theme-menu').click();
  await page.getByTestId('theme-dark').click();
  await expect(page.getByTestId('inspector')).toContainText('网络接口');
  await shoot(page, 'inspector-dark-zh');
  await page.getByTestId('host-details').click();
  await shoot(page, 'interfaces-dark-zh');
  await page.keyboard.press('Escape');
  await page.getByTestId('toolbox-withdraw').click();
  await shoot(page, 'consent-dark-zh');
});

test('a no is remembered, leaves nothing on the engine, and can be taken back and given again', async ({
  page,
  lab,
}) => {
  const [first] = lab.hosts;
  await selectHost(page, 'h1');
  await page.getByTestId('toolbox-look').click();
  await page.getByTestId('toolbox-refuse').click();
  await expect(page.getByTestId('toolbox-refused')).toBeVisible();
  await shoot(page, 'refused');
  expect(await tracesOn(first)).toEqual(['', '']);
  await page.reload();
  await selectHost(page, 'h1');
  await expect(page.getByTestId('toolbox-refused')).toBeVisible();

  await allow(page);
  await expect(page.getByTestId('nic-eth1')).toBeVisible({ timeout: 90_000 });
  await page.getByTestId('toolbox-withdraw').click();
  await page.getByTestId('toolbox-refuse').click();
  await expect(page.getByTestId('toolbox-refused')).toBeVisible();
  await expect(page.getByTestId('nic-eth1')).toBeHidden();
  await until('nothing to be left', async () => (await tracesOn(first)).join('') === '');
});

test('a network whose interface is gone is told with its remedy, until a look finds it back', async ({
  page,
  lab,
}) => {
  test.setTimeout(400_000);
  const [first] = lab.hosts;
  const link = (what: 'add' | 'del') =>
    first.exec(
      'ip',
      'link',
      what,
      'par0',
      ...(what === 'add' ? 'up type veth peer name par1'.split(' ') : []),
    );
  await link('add');
  await lanOn(first, 'side', 'par0', '10.70.9', 64);
  await link('del');
  await selectHost(page, 'h1');
  await allow(page);
  await page.keyboard.press('Escape');
  const attention = page.getByTestId('attention');
  await expect(attention).toContainText('par0, which this host no longer has', { timeout: 90_000 });
  await shoot(page, 'parent-gone');
  await link('add');
  try {
    await page.getByTestId('look-again-side').click();
    await expect(attention).toContainText('par0 has no carrier', { timeout: 90_000 });
    await first.exec('ip', 'link', 'set', 'par1', 'up');
    await page.getByTestId('look-again-side').click();
    await expect(attention).toBeHidden({ timeout: 90_000 });
  } finally {
    await link('del');
  }
});

test('one click gives the host a way to its containers, and one takes it away', async ({ page, lab }) => {
  // Each of the two changes runs three helpers: it looks, does it, and reads it back.
  test.setTimeout(400_000);
  const [first] = lab.hosts;
  const web = await first.docker(
    ...['inspect', '-f', '{{.NetworkSettings.Networks.lan.IPAddress}}', 'web-h1'],
  );
  const reaches = () =>
    first.exec('busybox', 'ping', '-c', '1', '-W', '2', web).then(
      () => true,
      () => false,
    );
  expect(await reaches()).toBe(false);
  await selectHost(page, 'h1');
  await page.getByTestId('shim-make-lan').click();
  await expect(page.getByTestId('apply')).toBeDisabled();
  // The dialog itself says what it lacks, and leads there.
  await page.getByTestId('shim-dialog').getByTestId('toolbox-look').click();
  await page.getByTestId('toolbox-allow').click();
  // And back from there.
  await expect(page.getByTestId('shim-commands')).toContainText(`${web}/32`);
  await expect(page.getByTestId('shim-dialog')).toContainText('Nobody on the LAN', { timeout: 90_000 });
  await shoot(page, 'shim');
  await page.getByTestId('apply').click();
  await expect(page.getByTestId('shim-lan')).toHaveAttribute('data-state', 'applied', { timeout: 90_000 });
  expect(await reaches()).toBe(true);
  await shoot(page, 'shim-kept');
  await page.getByTestId('shim-remove-lan').click();
  await expect(page.getByTestId('change-dialog')).toContainText('Remove the link tl-');
  await page.getByTestId('apply').click();
  await expect(page.getByTestId('shim-lan')).toBeHidden({ timeout: 90_000 });
  expect(await reaches()).toBe(false);
});

test('who reaches whom: one LAN across hosts, another switch apart', async ({ page, lab }) => {
  // Two images are loaded and four helpers wait for answers that don't come.
  test.setTimeout(400_000);
  for (const [index, host] of lab.hosts.entries()) {
    await lanOn(host, 'iot', 'eth2', '10.70.20', 64 + 32 * index);
    await run(host, lab.image, `iot-${host.name}`, 'iot');
  }
  await selectHost(page, 'h1');
  await allow(page);
  await page.getByTestId('inspector').press('Escape');
  await selectHost(page, 'h2');
  await allow(page);
  await page.getByTestId('isolation-open').click();
  await page.getByTestId('isolation-run').click();
  const matrix = page.getByTestId('isolation-matrix');
  await expect(matrix).toBeVisible({ timeout: 90_000 });
  const cell = (from: string, to: string) =>
    matrix.getByRole('button', { name: new RegExp(`^${from} to ${to}: `) });
  await expect(cell('lan · h1', 'lan · h2')).toContainText('reachable');
  await expect(cell('iot · h1', 'iot · h2')).toContainText('reachable');
  // The lab has the addresses of both gateways, so that silence proves nothing.
  await expect(cell('lan · h1', 'iot · h2')).toContainText('no answer');
  await expect(cell('iot · h2', 'lan · h1')).toContainText('no answer');
  await cell('lan · h1', 'lan · h2').click();
  await expect(page.getByTestId('isolation-evidence')).toContainText('ARP');
  // All rows are there, and the dialog alone scrolls down: no box in it ends in the midst of a row.
  const below = await matrix.evaluate(({ parentElement: box }) =>
    box ? getComputedStyle(box).overflowY === 'hidden' && box.scrollHeight <= box.clientHeight + 1 : false,
  );
  expect(below).toBe(true);
  await shoot(page, 'isolation');
  // What is offered as a file: the stand-in for Electron tells of no downloads.
  await page.evaluate(() => {
    const make = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (blob) => {
      if (blob instanceof Blob) Object.assign(window, { savedFile: blob.text() });
      return make(blob);
    };
  });
  await page.getByTestId('isolation-json').click();
  const text = await page.evaluate(() => (window as unknown as { savedFile: Promise<string> }).savedFile);
  const report = JSON.parse(text) as { places: unknown[] };
  expect(report.places).toHaveLength(4);
});

test('a segment dropped on an interface that no network is on yet is made there', async ({ page, lab }) => {
  // The toolbox comes first, and two changes of real engines.
  test.slow();
  const [, second] = lab.hosts;
  const console_ = await selectHost(page, 'h2');
  await allow(page);
  await expect(page.getByTestId('nic-h2-eth2')).toBeVisible({ timeout: 90_000 });
  await page.getByTestId('segments').click();
  await page.getByTestId('new-segment').click();
  await page.getByTestId('segment-name').fill('cameras');
  await page.getByTestId('segment-subnet').fill('10.70.20.0/24');
  await page.getByTestId('segment-gateway').fill('10.70.20.1');
  await page.getByTestId('segment-nic-h1').fill('eth2');
  await page.getByTestId('segment-host-h2').uncheck();
  await console_.planShown();
  await console_.apply.click();
  await expect(page.getByTestId('member-cameras-h1')).toHaveAttribute('data-state', 'present');

  await page.getByTestId('close-segments').click();
  await console_.topology.click({ position: { x: 5, y: 300 } });
  await page.keyboard.press('f');
  await expect(page.getByTestId('band-cameras')).toBeVisible();
  await console_.dragTo(page.getByTestId('band-cameras'), page.getByTestId('nic-h2-eth2'));
  await expect(page.getByTestId('drop-hint')).toContainText('eth2');
  await console_.drop();
  await expect(page.getByTestId('segment-nic-h2')).toHaveValue('eth2');
  await console_.planShown();
  await console_.apply.click();
  await expect(console_.network('h2', 'cameras')).toBeVisible();
  expect(await second.docker('network', 'inspect', '-f', '{{.Options.parent}}', 'cameras')).toBe('eth2');
});
