import { expect, test } from '../fixtures/lab';
import { ConsolePage } from '../pages/console';

/** Sooner than the lists are read again, which would show it without any event: every ten seconds. */
const byEvents = expect.configure({ timeout: 9_000 });

test('the picture follows the engine: CLI attach, a network made by hand, a removal', async ({
  page,
  lab,
}) => {
  const [first] = lab.hosts;
  await first.docker('run', '-d', '--name', 'web', lab.image, 'sleep', '3600');
  const console_ = new ConsolePage(page);
  await console_.ready('web');
  await first.docker('network', 'create', '--subnet', '10.80.0.0/24', 'by-hand');
  await byEvents(console_.network('h1', 'by-hand')).toBeVisible();
  await first.docker('network', 'connect', '--ip', '10.80.0.9', 'by-hand', 'web');
  await byEvents(console_.edge('web', 'by-hand')).toBeAttached();
  await byEvents(console_.container('web')).toContainText('10.80.0.9');
  await first.docker('rm', '-f', 'web');
  await byEvents(console_.container('web')).toBeHidden();
  await first.docker('network', 'rm', 'by-hand');
  await byEvents(console_.network('h1', 'by-hand')).toBeHidden();
});

test('an engine that is killed shows offline with its last data, and comes back by itself', async ({
  page,
  lab,
}) => {
  const [first] = lab.hosts;
  await first.docker('run', '-d', '--name', 'web', lab.image, 'sleep', '3600');
  const console_ = new ConsolePage(page);
  await console_.ready('web');
  await first.killDaemon();
  await expect(page.getByTestId('status-line')).toContainText('1 offline');
  await expect(console_.container('web')).toBeVisible();
  await expect(page.getByTestId('offline-h1')).toBeVisible();
  await first.startDaemon();
  await expect(page.getByTestId('status-line')).toContainText('2 online');
  await expect(page.getByTestId('offline-h1')).toBeHidden();
  // Its containers ended with it (no restart policy): in step again, without a reload.
  await console_.container('web').click();
  await expect(console_.inspector).toContainText(/Exited|Stopped/i);
  await first.docker('start', 'web');
  await expect(console_.inspector).toContainText(/Running/i);
});
