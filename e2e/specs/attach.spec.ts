import { pinOnEngine } from '../integration/console';
import { expect, test } from '../fixtures/lab';
import { until, type LabHost } from '../lab';
import { ConsolePage } from '../pages/console';

const lanOn = (host: LabHost, range: string) =>
  host.docker(
    ...['network', 'create', '-d', 'macvlan', '-o', `parent=${host.nic}`, '--subnet', '10.70.1.0/24'],
    ...['--gateway', '10.70.1.1', '--ip-range', range, 'lan'],
  );

test.beforeEach(async ({ lab, cleanLab: _clean }) => {
  const [first, second] = lab.hosts;
  await lanOn(first, '10.70.1.32/27');
  await lanOn(second, '10.70.1.64/27');
  await first.docker('run', '-d', '--name', 'web', lab.image, 'sleep', '3600');
  await second.docker('run', '-d', '--name', 'probe', '--network', 'lan', lab.image, 'sleep', '3600');
});

test('drag a container onto a macvlan, choose its address, reach it from the other host, undo', async ({
  page,
  lab,
}) => {
  const [first, second] = lab.hosts;
  const console_ = new ConsolePage(page);
  await console_.ready('web');
  await console_.dragTo(console_.container('web'), console_.network('h1', 'lan'));
  await expect(page.getByTestId('drop-hint')).toBeVisible();
  await console_.drop();

  await expect(console_.dialog).toBeVisible();
  await expect(console_.addressField).toHaveValue(/^10\.70\.1\.\d+$/);
  await console_.addressField.fill('10.70.1.10');
  await console_.planShown();
  await console_.addressField.press('Enter');
  await expect(console_.edge('web', 'lan')).toBeAttached();
  await expect(console_.container('web')).toContainText('10.70.1.10');
  await expect(console_.dialog).toBeHidden();
  expect(await pinOnEngine(first, 'web', 'lan')).toEqual({ pin: '10.70.1.10', address: '10.70.1.10' });
  await second.docker('exec', 'probe', 'ping', '-c', '1', '-W', '5', '10.70.1.10');

  await page.getByTestId('undo').click();
  await expect(console_.edge('web', 'lan')).not.toBeAttached();
  expect(await pinOnEngine(first, 'web', 'lan')).toBeNull();
});

test('what happens on the hosts while the dialog is open is told there', async ({ page, lab }) => {
  const [first] = lab.hosts;
  await first.docker('run', '-d', '--name', 'late', lab.image, 'sleep', '3600');
  const console_ = new ConsolePage(page);
  await console_.ready('late');
  await console_.dragTo(console_.container('web'), console_.network('h1', 'lan'));
  await console_.drop();
  await console_.addressField.fill('10.70.1.10');
  await console_.planShown();
  await first.docker('network', 'connect', '--ip', '10.70.1.10', 'lan', 'late');
  await expect(console_.dialog).toContainText('late');
  await expect(console_.apply).toBeDisabled();
  await first.docker('network', 'disconnect', 'lan', 'late');
  await console_.planShown();
  await first.docker('rm', '-f', 'web');
  await expect(console_.apply).toBeDisabled();
});

test('an address that another host uses is refused where it is typed', async ({ page, lab }) => {
  const [first, second] = lab.hosts;
  const taken = (await pinOnEngine(second, 'probe', 'lan'))?.address ?? '';
  const console_ = new ConsolePage(page);
  await console_.ready('web');
  await console_.dragTo(console_.container('web'), console_.network('h1', 'lan'));
  await console_.drop();
  await console_.addressField.fill(taken);
  await expect(console_.dialog).toContainText('probe');
  await expect(console_.dialog).toContainText('h2');
  await expect(console_.apply).toBeDisabled();
  // What was typed is not thrown away by a key.
  await page.keyboard.press('Escape');
  await expect(console_.dialog).toBeVisible();
  await page.locator('.mantine-Modal-close').click();
  await expect(console_.dialog).toBeHidden();
  expect(await pinOnEngine(first, 'web', 'lan')).toBeNull();
});

test('a container in the host’s namespace says why it can’t be dropped', async ({ page, lab }) => {
  const [first] = lab.hosts;
  await first.docker('run', '-d', '--name', 'agent', '--network', 'host', lab.image, 'sleep', '3600');
  const console_ = new ConsolePage(page);
  await console_.ready('agent');
  await console_.dragTo(console_.container('agent'), console_.network('h1', 'lan'));
  await expect(page.getByTestId('drop-hint')).toContainText(/host/i);
  await console_.drop();
  await expect(console_.dialog).toBeHidden();
});

test('with the keyboard alone, from the table', async ({ page, lab }) => {
  const [first] = lab.hosts;
  const console_ = new ConsolePage(page);
  await expect(console_.topology).toBeVisible();
  await page.keyboard.press('t');
  await expect(console_.row('web', 'bridge')).toBeVisible();
  await console_.tabTo(console_.table);
  await page.keyboard.press('End');
  await page.keyboard.press('a');
  await expect(page.getByTestId('attach-filter')).toBeFocused();
  await page.keyboard.type('lan');
  await page.keyboard.press('Enter');
  await expect(console_.addressField).toHaveValue(/^10\.70\.1\.\d+$/);
  await console_.tabTo(console_.addressField);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('10.70.1.11');
  await console_.planShown();
  await page.keyboard.press('Enter');
  await expect(console_.row('web', 'lan')).toContainText('10.70.1.11');
  expect((await pinOnEngine(first, 'web', 'lan'))?.pin).toBe('10.70.1.11');
});

test('click an address to pin another one; it survives a restart', async ({ page, lab }) => {
  const [first] = lab.hosts;
  await first.docker('network', 'connect', '--ip', '10.70.1.10', 'lan', 'web');
  const console_ = new ConsolePage(page);
  await console_.ready('web');
  await console_.container('web').click();
  await page.getByTestId('edit-address-lan').click();
  await console_.addressField.fill('10.70.1.12');
  await console_.planShown();
  await console_.addressField.press('Enter');
  await expect(console_.container('web')).toContainText('10.70.1.12');
  await first.docker('restart', '-t', '0', 'web');
  await until('the engine to have the pin', async () => {
    const now = await pinOnEngine(first, 'web', 'lan');
    return now?.address === '10.70.1.12' && now.pin === '10.70.1.12';
  });
  await expect(console_.container('web')).toContainText('10.70.1.12');
});
