import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, serve, test as base, type Served } from '../fixtures/web';
import { run } from '../lab/run';

/**
 * A console whose user-data folder is a disk of 256 KB, mounted where it alone sees it: in a mount namespace of its
 * own, which ends with it.
 */
const onSmallDisk = (folder: string): string[] => [
  ...['unshare', '--mount', '--propagation', 'private', 'sh', '-c'],
  // exec: the process that is started is the console itself.
  `mount -t tmpfs -o size=256k tmpfs '${folder}' && exec "$@"`,
  'sh',
];

const test = base.extend<{ folder: string; served: Served }>({
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'trunkline-disk-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
  served: async ({ folder }, use) => {
    const served = await serve(['--demo'], folder, onSmallDisk(folder));
    await use(served);
    await served.end();
  },
});

test.skip(process.getuid?.() !== 0, 'only root can mount a disk of its own');

test('a full disk is told, what belongs there is kept and written once there is room, and nothing is torn', async ({
  page,
  served,
  folder,
}) => {
  const inside = (...argv: string[]) => run(['nsenter', '-t', String(served.pid), '-m', ...argv]);
  const file = join(folder, 'preferences.json');
  const stored = async () => JSON.parse(await inside('cat', file)) as Record<string, unknown>;
  const banner = page.getByTestId('storage-problem');
  await expect(page.getByTestId('topology')).toBeVisible();
  await served.api('preferences.set', { theme: 'light' });
  await expect.poll(stored).toMatchObject({ theme: 'light' });
  await expect(banner).toBeHidden();

  await inside('sh', '-c', `cat /dev/zero >'${folder}/full' 2>/dev/null || true`);
  await served.api('preferences.set', { theme: 'dark' });
  await expect(banner).toContainText('preferences.json could not be written');
  await expect(banner).toContainText('no space left on device');
  await expect(banner).toContainText('tried again every few seconds');
  // The window goes by what was chosen; the old file is whole, and no piece of the new one lies beside it.
  expect(await served.api('preferences.get')).toMatchObject({ value: { theme: 'dark' } });
  expect(await stored()).toMatchObject({ theme: 'light' });
  await page.screenshot({ path: test.info().outputPath('disk-full.png') });

  await inside('rm', `${folder}/full`);
  await expect.poll(stored, { timeout: 20_000 }).toMatchObject({ theme: 'dark' });
  await expect(banner).toBeHidden();
  expect((await inside('ls', folder)).split('\n').filter((name) => /preferences/.test(name))).toEqual([
    'preferences.json',
  ]);
});
