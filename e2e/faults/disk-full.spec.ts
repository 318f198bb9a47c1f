import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { parse } from 'yaml';
import { startDemo, type Demo } from '../../electron/demo';
import { picture } from '../fixtures/picture';
import { expect, serve, test as base, type Served } from '../fixtures/web';
import { run } from '../lab/run';
import { ConsolePage } from '../pages/console';
import { HostsPage } from '../pages/hosts';

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

const test = base.extend<{ folder: string; demo: Demo; served: Served }>({
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'trunkline-disk-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
  // Simulated engines beside the console, which holds them for real ones: it keeps a list of them.
  demo: async ({}, use) => {
    const demo = await startDemo({ hosts: 2, containers: 10 });
    await use(demo);
    await demo.close();
  },
  served: async ({ folder, demo }, use) => {
    const served = await serve(['--host', demo.endpoints[0] ?? ''], folder, onSmallDisk(folder));
    await use(served);
    await served.end();
  },
});

test.skip(process.getuid?.() !== 0, 'only root can mount a disk of its own');

/** What is done to the disk, and what is on it. */
function diskOf({ pid }: Served, folder: string) {
  const inside = (...argv: string[]) => run(['nsenter', '-t', String(pid), '-m', ...argv]);
  return {
    inside,
    /** To the last byte. */
    fill: () => inside('sh', '-c', `cat /dev/zero >'${folder}/full' 2>/dev/null || true`),
    free: () => inside('rm', `${folder}/full`),
    /** Empty lines up to the end of a file's last page: on a full disk nothing more goes into it. */
    pad: (name: string) =>
      inside(
        ...['sh', '-c'],
        `cd '${folder}' && head -c $((4096 - $(stat -c %s ${name}) % 4096)) /dev/zero | tr '\\0' '\\n' >> ${name}`,
      ),
    /** Empty where there is no such file. */
    text: (name: string) => inside('cat', join(folder, name)).catch(() => ''),
    names: async () => (await inside('ls', folder)).split('\n'),
  };
}

test('a full disk is told, what belongs there is kept and written once there is room, and nothing is torn', async ({
  page,
  served,
  folder,
}) => {
  const disk = diskOf(served, folder);
  const stored = async () =>
    JSON.parse((await disk.text('preferences.json')) || '{}') as Record<string, unknown>;
  const banner = page.getByTestId('storage-problem');
  await expect(page.getByTestId('topology')).toBeVisible();
  await served.api('preferences.set', { theme: 'light' });
  await expect.poll(stored).toMatchObject({ theme: 'light' });
  await expect(banner).toBeHidden();

  await disk.fill();
  await served.api('preferences.set', { theme: 'dark' });
  await expect(banner).toContainText('preferences.json could not be written');
  await expect(banner).toContainText('the disk is full');
  await expect(banner).toContainText('tried again every few seconds');
  // The window goes by what was chosen; the old file is whole, and no piece of the new one lies beside it.
  expect(await served.api('preferences.get')).toMatchObject({ value: { theme: 'dark' } });
  expect(await stored()).toMatchObject({ theme: 'light' });
  await picture(page, test.info().outputPath('disk-full.png'));

  await disk.free();
  await expect.poll(stored, { timeout: 90_000 }).toMatchObject({ theme: 'dark' });
  await expect(banner).toBeHidden();
  expect((await disk.names()).filter((name) => /preferences/.test(name))).toEqual(['preferences.json']);
});

test('hosts that are added on a full disk, and plans that are made there, work at once and are written when there is room', async ({
  page,
  served,
  folder,
  demo,
}) => {
  test.setTimeout(400_000);
  const disk = diskOf(served, folder);
  const banner = page.getByTestId('storage-problem');
  const hosts = new HostsPage(page);
  const value = async <T>(command: string, input: object): Promise<T> => {
    const answer = await served.api(command, input);
    if (!answer.ok) throw new Error(JSON.stringify(answer.error));
    return answer.value as T;
  };
  const adopt = async (name: string, net: string): Promise<void> => {
    const segment = {
      ...{ id: name, name, vlan: null, driver: 'macvlan', mode: 'bridge', reserved: [], members: [] },
      subnets: [{ subnet: `${net}.0/24`, gateway: `${net}.1` }],
    };
    const { id } = await value<{ id: string }>('change.preview', {
      request: { kind: 'adopt-segment', segment },
    });
    await value('change.apply', { id });
  };
  const planned = async () =>
    (parse(await disk.text('plan.yaml')) as { segments: { name: string }[] } | null)?.segments.map(
      ({ name }) => name,
    );
  const listed = async () =>
    (parse(await disk.text('engines.yaml')) as { engines: { name?: string }[] }).engines.map(
      ({ name }) => name,
    );
  await expect(page.getByTestId('topology')).toBeVisible();
  await adopt('before', '10.98.1');
  await expect.poll(planned).toEqual(['before']);

  await disk.fill();
  await hosts.open();
  await hosts.add('socket');
  await hosts.fill({ path: (demo.endpoints[1] ?? '').replace('unix://', ''), name: 'Late' });
  await hosts.saved();
  await expect(hosts.row('Late')).toContainText('online');
  await hosts.close();
  await adopt('meanwhile', '10.98.2');
  await expect(banner).toContainText('engines.yaml');
  await expect(banner).toContainText('plan.yaml');
  await expect(banner).toContainText('the disk is full');
  await expect(page.getByTestId('host-Late')).toBeAttached();
  expect(await planned()).toEqual(['before']);
  expect(await disk.names()).not.toContain('engines.yaml');
  await picture(page, test.info().outputPath('hosts-and-plan.png'));

  await disk.free();
  await expect(banner).toBeHidden({ timeout: 90_000 });
  expect(await planned()).toEqual(['before', 'meanwhile']);
  expect(await listed()).toEqual(['Late']);
  expect((await disk.names()).filter((name) => /^(engines|plan)/.test(name)).sort()).toEqual([
    'engines.yaml',
    'plan.yaml',
  ]);
});

/** The host of the simulated engine, selected in the picture. */
async function selectHost(page: Page, served: Served): Promise<void> {
  const answer = await served.api('engines.list');
  const [engine] = (answer.value ?? []) as { name: string }[];
  const console_ = new ConsolePage(page);
  await expect(console_.topology).toBeVisible();
  await console_.host(engine?.name ?? '').click();
  await expect(console_.inspector).toContainText(engine?.name ?? '');
}

/** Says in the window that the toolbox may run on the selected host, or no longer; the dialog tells where that is not `kept`. */
async function allow(page: Page, granted: boolean, kept = true): Promise<void> {
  await page
    .getByTestId(granted ? 'toolbox-look' : 'toolbox-withdraw')
    .first()
    .click();
  await page.getByTestId(granted ? 'toolbox-allow' : 'toolbox-refuse').click();
  const dialog = page.getByTestId('toolbox-dialog');
  if (!kept) {
    await expect(dialog).toContainText('kept in memory only');
    await page.keyboard.press('Escape');
  }
  await expect(dialog).toBeHidden();
}

test('what the admin says of the toolbox on a full disk counts at once, is told to be unwritten, and is written when there is room', async ({
  page,
  served,
  folder,
}) => {
  test.setTimeout(400_000);
  const disk = diskOf(served, folder);
  const banner = page.getByTestId('storage-problem');
  const granted = async () => {
    const text = await disk.text('toolbox.json');
    if (text === '') return 'no file';
    const { engines } = JSON.parse(text) as { engines: Record<string, { granted: boolean }> };
    return Object.values(engines).map((each) => each.granted);
  };
  await selectHost(page, served);

  for (const [yes, before, after] of [
    [true, 'no file', [true]],
    [false, [true], [false]],
  ] as const) {
    await disk.fill();
    await allow(page, yes, false);
    await expect(page.getByTestId('nic-eth0')).toBeVisible({ visible: yes, timeout: 90_000 });
    await expect(page.getByTestId('toolbox-refused')).toBeVisible({ visible: !yes });
    await expect(banner).toContainText('toolbox.json could not be written: the disk is full');
    await expect(banner).toContainText('do not end the console');
    // The old file is whole, and what was said last counts for whoever opens the window anew.
    expect(await granted()).toEqual(before);
    await page.reload();
    await selectHost(page, served);
    await expect(page.getByTestId('toolbox-refused')).toBeVisible({ visible: !yes });
    await expect(banner).toContainText('toolbox.json');
    await picture(page, test.info().outputPath(`toolbox-${yes ? 'allowed' : 'refused'}.png`));

    await disk.free();
    await expect.poll(granted, { timeout: 90_000 }).toEqual(after);
    await expect(banner).toBeHidden();
  }
  expect((await disk.names()).filter((name) => name.startsWith('toolbox'))).toEqual(['toolbox.json']);
});

test('a way from the host to its containers is neither made nor taken away on a full disk, which says so, and is once there is room', async ({
  page,
  served,
  folder,
}) => {
  test.setTimeout(400_000);
  const disk = diskOf(served, folder);
  const shim = page.getByTestId('shim-lan');
  const kept = async () => {
    const text = await disk.text('plan.yaml');
    if (text === '') return 'no file';
    return (parse(text) as { policies: { networkName: string }[] }).policies.map((each) => each.networkName);
  };
  const shown = async () =>
    ((await served.api('policies.list')).value as { networkName: string; state: string }[]).map(
      ({ networkName, state }) => `${networkName} ${state}`,
    );
  await selectHost(page, served);
  await allow(page, true);
  await expect(page.getByTestId('nic-eth0')).toBeVisible({ timeout: 90_000 });

  // What is to be done on a host is written down first: without that line nothing is sent.
  await disk.pad('changes.jsonl');
  await disk.fill();
  await page.getByTestId('shim-make-lan').click();
  const making = page.getByTestId('shim-dialog');
  await page.getByTestId('apply').click({ timeout: 90_000 });
  await expect(making).toContainText('nothing was begun: the disk is full');
  expect([await kept(), await shown()]).toEqual(['no file', []]);
  await picture(page, test.info().outputPath('shim-refused.png'));
  await disk.free();
  await page.getByTestId('apply').click({ timeout: 90_000 });
  await expect(shim).toHaveAttribute('data-state', 'applied');
  await expect.poll(kept, { timeout: 90_000 }).toEqual(['lan']);

  await disk.pad('changes.jsonl');
  await disk.fill();
  await page.getByTestId('shim-remove-lan').click();
  await expect(page.getByTestId('change-dialog')).toContainText('Remove the link');
  await page.getByTestId('apply').click({ timeout: 90_000 });
  await expect(page.getByTestId('change-dialog')).toContainText('nothing was begun: the disk is full');
  expect([await kept(), await shown()]).toEqual([['lan'], ['lan applied']]);
  await disk.free();
  await page.getByTestId('apply').click({ timeout: 90_000 });
  await expect(shim).toBeHidden();
  await expect.poll(kept, { timeout: 90_000 }).toEqual([]);
  expect((await disk.names()).filter((name) => name.startsWith('plan'))).toEqual(['plan.yaml']);
});
