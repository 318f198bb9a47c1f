import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/lab';
import { until, type LabHost } from '../lab';
import { ConsolePage } from '../pages/console';

const dualOn = (host: LabHost, ranges: [string, string]) =>
  host.docker(
    ...['network', 'create', '-d', 'macvlan', '-o', `parent=${host.nic}`, '--ipv6'],
    ...['--subnet', '10.70.1.0/24', '--gateway', '10.70.1.1', '--ip-range', ranges[0]],
    ...['--subnet', 'fd00:70::/64', '--gateway', 'fd00:70::1', '--ip-range', ranges[1]],
    'lan',
  );

interface Attached {
  pin4: string | undefined;
  pin6: string | undefined;
  ipv4: string;
  ipv6: string;
}

/** What the engine itself has of a container on a network; null where it is not on it. */
async function onEngine(host: LabHost, container: string, network: string): Promise<Attached | null> {
  const text = await host.docker('inspect', '-f', '{{json .NetworkSettings.Networks}}', container);
  const entry = (
    JSON.parse(text) as Record<
      string,
      {
        IPAMConfig: { IPv4Address?: string; IPv6Address?: string } | null;
        IPAddress: string;
        GlobalIPv6Address: string;
      }
    >
  )[network];
  return entry
    ? {
        pin4: entry.IPAMConfig?.IPv4Address,
        pin6: entry.IPAMConfig?.IPv6Address,
        ipv4: entry.IPAddress,
        ipv6: entry.GlobalIPv6Address,
      }
    : null;
}

/** The addresses of all interfaces in the container, as its kernel has them. */
async function inContainer(host: LabHost, container: string): Promise<string[]> {
  const links = JSON.parse(await host.docker('exec', container, 'ip', '-j', 'addr')) as {
    addr_info: { local: string }[];
  }[];
  return links.flatMap((link) => link.addr_info.map(({ local }) => local));
}

/** A new IPv6 address answers once the kernel has made sure that nobody else has it. */
const reached = (from: LabHost, container: string, address: string) =>
  until(`${address} to answer`, () =>
    from.docker('exec', container, 'ping', '-c', '1', '-W', '2', address).then(
      () => true,
      () => false,
    ),
  );

const address6 = (page: Page) => page.getByTestId('address6-field');

test.beforeEach(async ({ lab, cleanLab: _clean }) => {
  const [first, second] = lab.hosts;
  await first.docker('run', '-d', '--name', 'web', lab.image, 'sleep', '3600');
  await dualOn(second, ['10.70.1.64/27', 'fd00:70::2:0/112']);
  await second.docker('run', '-d', '--name', 'probe', '--network', 'lan', lab.image, 'sleep', '3600');
});

test('both addresses are chosen, reached from the other host, given up one by one, and undone', async ({
  page,
  lab,
}) => {
  test.setTimeout(400_000);
  const [first, second] = lab.hosts;
  await dualOn(first, ['10.70.1.32/27', 'fd00:70::1:0/112']);
  const console_ = new ConsolePage(page);
  await console_.ready('web');
  await console_.dragTo(console_.container('web'), console_.network('h1', 'lan'));
  await console_.drop();
  await expect(console_.addressField).toHaveValue('10.70.1.63');
  await expect(address6(page)).toHaveValue('fd00:70::1:ffff');
  await console_.addressField.fill('10.70.1.10');
  await address6(page).fill('FD00:70:0::A');
  await console_.planShown();
  await address6(page).press('Enter');
  await expect(console_.dialog).toBeHidden();
  await expect(page.getByText('Attach web to lan on h1: 10.70.1.10, fd00:70::a')).toBeVisible();
  const chosen = { pin4: '10.70.1.10', pin6: 'fd00:70::a', ipv4: '10.70.1.10', ipv6: 'fd00:70::a' };
  expect(await onEngine(first, 'web', 'lan')).toEqual(chosen);
  expect(await inContainer(first, 'web')).toEqual(expect.arrayContaining(['10.70.1.10', 'fd00:70::a']));
  await reached(second, 'probe', '10.70.1.10');
  await reached(second, 'probe', 'fd00:70::a');

  await console_.container('web').click();
  await page.getByTestId('edit-address-lan').click();
  await expect(address6(page)).toHaveValue('fd00:70::a');
  await page.getByTestId('address-kind-ipv4').getByText('Automatic').click();
  await console_.planShown();
  await console_.apply.click();
  await expect(console_.dialog).toBeHidden();
  const released = await onEngine(first, 'web', 'lan');
  expect(released).toMatchObject({ pin6: 'fd00:70::a', ipv6: 'fd00:70::a' });
  expect(released?.pin4).toBeFalsy();
  // From the engine's own range: it picks again.
  expect(released?.ipv4).toMatch(/^10\.70\.1\.(3[2-9]|4\d|5\d|6[0-3])$/);

  await page.getByTestId('undo').last().click();
  await expect(page.getByText('Undone')).toBeVisible();
  expect(await onEngine(first, 'web', 'lan')).toEqual(chosen);
});

test('an IPv6 address that another host uses is refused at its own field', async ({ page, lab }) => {
  const [first, second] = lab.hosts;
  await dualOn(first, ['10.70.1.32/27', 'fd00:70::1:0/112']);
  const taken = (await onEngine(second, 'probe', 'lan'))?.ipv6 ?? '';
  expect(taken).toMatch(/^fd00:70::2:/);
  const console_ = new ConsolePage(page);
  await console_.ready('web');
  await console_.dragTo(console_.container('web'), console_.network('h1', 'lan'));
  await console_.drop();
  await expect(address6(page)).toHaveValue('fd00:70::1:ffff');
  await address6(page).fill(taken);
  await expect(address6(page)).toHaveAttribute('aria-invalid', 'true');
  await expect(console_.dialog).toContainText('probe');
  await expect(console_.addressField).not.toHaveAttribute('aria-invalid', 'true');
  await expect(console_.apply).toBeDisabled();
  expect(await onEngine(first, 'web', 'lan')).toBeNull();
});

test('with the keyboard alone onto a segment that the host lacks, with both addresses', async ({
  page,
  lab,
}) => {
  test.setTimeout(400_000);
  const [first, second] = lab.hosts;
  const console_ = new ConsolePage(page);
  await console_.ready('web');
  await page.getByTestId('segments').click();
  await page.getByTestId('adopt-lan').click();
  await console_.planShown();
  await console_.apply.click();
  await expect(page.getByTestId('segment-lan')).toBeVisible();
  await page.getByTestId('close-segments').click();

  await page.keyboard.press('t');
  await expect(console_.row('web', 'bridge')).toBeVisible();
  await console_.tabTo(console_.table);
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('a');
  await expect(page.getByTestId('attach-filter')).toBeFocused();
  await expect(page.getByRole('group', { name: 'Segments not on h1 yet' })).toContainText('On h2.');
  await page.keyboard.type('lan');
  await page.keyboard.press('Enter');
  const form = page.getByTestId('segment-attach');
  await expect(form).toContainText('Create lan on');
  await expect(page.getByTestId('attach-nic')).toHaveValue('eth1');
  await expect(console_.addressField).toHaveValue(/^10\.70\.1\.\d+$/);
  await expect(address6(page)).toHaveValue(/^fd00:70::/);
  await console_.tabTo(address6(page));
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('fd00:70::b');
  await expect(form).toContainText('fd00:70::b');
  await console_.planShown();
  await page.keyboard.press('Enter');
  await expect(form).toBeHidden();
  const now = await onEngine(first, 'web', 'lan');
  expect(now).toMatchObject({ pin6: 'fd00:70::b', ipv6: 'fd00:70::b' });
  expect(now?.pin4).toBe(now?.ipv4);
  await reached(second, 'probe', 'fd00:70::b');
});
