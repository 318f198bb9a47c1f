import { expect, test } from '../fixtures/lab';
import { picture } from '../fixtures/picture';
import { ConsolePage } from '../pages/console';

test.use({
  // In brackets of its own: Playwright would take a bare list's second item for the fixture's options.
  labHosts: [[{}, { engine: 'podman' }], { scope: 'worker' }],
});

/** What Podman can't do is seen before it is asked for; what it refuses is told in the window's language. */
test('a network on Podman: what it has not is not offered, and its refusals are told in Chinese', async ({
  page,
  lab,
}, info) => {
  const [, podman] = lab.hosts;
  await podman.docker('run', '-d', '--name', 'web', lab.image, 'sleep', '3600');
  const console_ = new ConsolePage(page);
  await console_.ready('web');
  const shoot = (name: string) => picture(page, info.outputPath(`${name}.png`));

  await page.getByTestId('new-network').first().click();
  const dialog = page.getByTestId('network-dialog');
  await page.getByTestId('network-host').click();
  await page.getByRole('option', { name: 'h2' }).click();
  await expect(page.getByTestId('network-driver-hint')).toContainText('has no ipvlan');
  await expect(dialog.getByRole('radio', { name: 'ipvlan' })).toBeDisabled();
  await expect(page.getByTestId('network-exclusions')).toBeDisabled();
  await page.getByTestId('network-name').fill('office');
  await page.getByTestId('network-parent').fill(podman.nic);
  await page.getByTestId('network-vlan').fill('10');
  await page.getByTestId('network-subnet').fill('10.70.1.0/24');
  await page.getByTestId('network-gateway').fill('10.70.1.1');
  await expect(dialog).toContainText('ip link add link eth1 name eth1.10 type vlan id 10');
  await console_.planShown();
  await shoot('form-light-en');
  await page.locator('.mantine-Modal-close').click();

  await page.getByTestId('theme-menu').click();
  await page.getByTestId('theme-dark').click();
  await page.getByTestId('language-menu').click();
  await page.getByTestId('language-zh-CN').click();
  await page.getByTestId('new-network').first().click();
  await page.getByTestId('network-host').click();
  await page.getByRole('option', { name: 'h2' }).click();
  await page.getByTestId('network-name').fill('office');
  await page.getByTestId('network-parent').fill('nope0');
  await page.getByTestId('network-subnet').fill('10.70.1.0/24');
  await page.getByTestId('network-gateway').fill('10.70.1.1');
  await console_.planShown();
  await console_.apply.click();
  await expect(dialog).toContainText('h2 上没有网络接口 nope0');
  await shoot('refused-zh');
  await page.locator('.mantine-Modal-close').click();
});
