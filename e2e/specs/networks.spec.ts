import { expect, test } from '../fixtures/lab';
import { ConsolePage } from '../pages/console';

test('make a macvlan network: bad input is told at its field and changes nothing; then it exists', async ({
  page,
  lab,
}) => {
  const [first] = lab.hosts;
  await first.docker('run', '-d', '--name', 'web', lab.image, 'sleep', '3600');
  const console_ = new ConsolePage(page);
  await console_.ready('web');
  await page.getByTestId('new-network').first().click();
  const dialog = page.getByTestId('network-dialog');
  await expect(dialog).toBeVisible();
  await page.getByTestId('network-name').fill('office');
  await page.getByTestId('network-parent').fill(first.nic);
  await page.getByTestId('network-subnet').fill('10.70.1.7/24');
  await expect(dialog).toContainText('10.70.1.0/24');
  await expect(console_.apply).toBeDisabled();
  await page.getByTestId('network-subnet').fill('10.70.1.0/24');
  await page.getByTestId('network-gateway').fill('10.99.0.1');
  await expect(dialog).toContainText('10.99.0.1');
  await expect(console_.apply).toBeDisabled();
  await page.getByTestId('network-gateway').fill('10.70.1.1');
  await page.getByTestId('network-subnet6').fill('fd00:70:1::1/112');
  await expect(dialog).toContainText('fd00:70:1::/112');
  await expect(console_.apply).toBeDisabled();
  await page.getByTestId('network-subnet6').fill('fd00:70:1::/112');
  await page.getByTestId('network-gateway6').fill('fd00:70:1::1');
  expect(await first.docker('network', 'ls', '-q', '--filter', 'name=office')).toBe('');
  await console_.planShown();
  await console_.apply.click();
  await expect(console_.network('h1', 'office')).toBeVisible();
  const [made] = JSON.parse(await first.docker('network', 'inspect', 'office')) as [
    {
      Driver: string;
      EnableIPv6: boolean;
      IPAM: { Config: object[] };
      Options: Record<string, string>;
      Labels: Record<string, string>;
    },
  ];
  expect(made.Driver).toBe('macvlan');
  expect(made.EnableIPv6).toBe(true);
  expect(made.IPAM.Config).toEqual([
    { Subnet: '10.70.1.0/24', Gateway: '10.70.1.1' },
    { Subnet: 'fd00:70:1::/112', Gateway: 'fd00:70:1::1' },
  ]);
  expect(made.Options).toMatchObject({ parent: first.nic });
  expect(made.Labels).toMatchObject({ 'io.trunkline.managed': 'true' });

  // Undo takes it away again.
  await page.getByTestId('undo').click();
  await expect(console_.network('h1', 'office')).toBeHidden();
  expect(await first.docker('network', 'ls', '-q', '--filter', 'name=office')).toBe('');
});
