import { expect as expectSoon } from '@playwright/test';
import { test as desktop } from '../fixtures/desktop';
import { ensureVlanPrerequisites, startVlanLab, type VlanLab } from '../lab/vlan';
import { ConsolePage } from '../pages/console';

/** The machine has one processor for two engines: everything in it takes several times as long. */
const expect = expectSoon.configure({ timeout: 90_000 });

/** Whether the machine's logs are worth keeping. */
let failed = false;

const test = desktop.extend<object, { vlanLab: VlanLab }>({
  vlanLab: [
    async ({}, use) => {
      await ensureVlanPrerequisites({ install: true });
      const lab = await startVlanLab();
      try {
        await use(lab);
      } finally {
        if (failed) console.log(await lab.state());
        const logs = await lab.down({ keepLogs: failed });
        if (logs) console.log(`a test failed; the machine's logs are in ${logs}`);
      }
    },
    { scope: 'worker', timeout: 900_000 },
  ],
  extraArgs: async ({ vlanLab }, use) => {
    await use(vlanLab.hosts.flatMap((host) => ['--host', host.endpoint]));
  },
});

test.afterEach(({}, info) => {
  failed ||= info.status !== info.expectedStatus;
});

test('a VLAN as one thing: made on two hosts through the window, tagged by the kernel, one LAN, gone without a trace', async ({
  page,
  vlanLab,
}) => {
  test.setTimeout(600_000);
  const [v1, v2] = vlanLab.hosts;
  const console_ = new ConsolePage(page);
  await expect(page.getByTestId('status-line')).toContainText('2 online');

  await page.getByTestId('segments').click();
  await page.getByTestId('new-segment').click();
  await page.getByTestId('segment-name').fill('cameras');
  await page.getByTestId('segment-vlan').fill('10');
  await page.getByTestId('segment-subnet').fill('10.60.10.0/24');
  await page.getByTestId('segment-gateway').fill('10.60.10.1');
  for (const host of ['v1', 'v2']) {
    await expect(page.getByTestId(`segment-host-${host}`)).toBeChecked();
    await page.getByTestId(`segment-nic-${host}`).fill('eth1');
  }
  await expect(page.getByTestId('plan-v2')).toContainText('cameras');
  await console_.planShown();
  await console_.apply.click();
  await expect(page.getByTestId('segment-form')).toBeHidden();
  for (const host of vlanLab.hosts) {
    await expect(page.getByTestId(`member-cameras-${host.name}`)).toHaveAttribute('data-state', 'present');
    expect(await host.vlanLinks()).toEqual(['eth1.10']);
    const parent = await host.docker('network', 'inspect', '-f', '{{.Options.parent}}', 'cameras');
    expect(parent).toBe('eth1.10');
  }

  for (const [host, ip] of [
    [v1, '10.60.10.201'],
    [v2, '10.60.10.202'],
  ] as const)
    await host.docker(
      'run',
      '-d',
      '--name',
      `on-${host.name}`,
      '--network',
      'cameras',
      '--ip',
      ip,
      vlanLab.image,
    );
  const reached = await v1.docker('exec', 'on-v1', 'ping', '-c', '3', '-W', '3', '10.60.10.202');
  expect(reached).toContain('bytes from 10.60.10.202');

  await page.getByTestId('segment-menu-cameras').click();
  await page.getByTestId('segment-delete').click();
  await page.getByTestId('detach-running').check();
  await console_.planShown();
  await console_.apply.click();
  await expect(page.getByTestId('segment-cameras')).toBeHidden();
  for (const host of vlanLab.hosts) expect(await host.vlanLinks()).toEqual([]);
});
