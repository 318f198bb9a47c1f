import { expect, test } from '../fixtures/lab';
import type { LabHost } from '../lab';
import { ConsolePage } from '../pages/console';

const onLan = async (host: LabHost, image: string, name: string) => {
  await host.docker(
    ...['network', 'create', '-d', 'macvlan', '-o', `parent=${host.nic}`, '--subnet', '10.70.1.0/24', 'lan'],
  );
  await host.docker(
    'run',
    '-d',
    '--name',
    name,
    '--network',
    'lan',
    '--ip',
    '10.70.1.77',
    image,
    'sleep',
    '3600',
  );
};

test('an address that no engine knows to be had twice is told, and leads to both who have it', async ({
  page,
  lab,
}, info) => {
  const [first, second] = lab.hosts;
  await onLan(first, lab.image, 'original');
  const console_ = new ConsolePage(page);
  await expect(page.getByTestId('overview-host-h1')).toContainText('1/1');
  await expect(page.getByTestId('attention')).toBeHidden();

  await onLan(second, lab.image, 'copy');
  const attention = page.getByTestId('attention');
  await expect(attention).toContainText('10.70.1.77');
  await page.screenshot({ path: info.outputPath('twice.png') });
  await attention.getByRole('button', { name: 'copy' }).click();
  await expect(console_.inspector.getByRole('heading', { level: 2 })).toHaveText('copy');
  await expect(console_.inspector).toContainText('10.70.1.77');

  // Closed first: once its container has gone, the pane may have no button left to press.
  await page.getByTestId('inspector').getByRole('button', { name: 'Close' }).click();
  await second.docker('rm', '-f', 'copy');
  await expect(page.getByTestId('overview-host-h2')).toContainText('0/0');
  await expect(attention).toBeHidden();

  await second.killDaemon();
  await expect(attention).toContainText('h2 does not answer');
  await second.startDaemon();
  await expect(attention).toBeHidden();
});
