import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test as desktop } from '../fixtures/desktop';
import { picture } from '../fixtures/picture';
import { startLab, type Lab, type LabHost } from '../lab';
import { ConsolePage } from '../pages/console';

/** Two real engines; the first also over TLS, by a cable that can be pulled. */
type FaultLab = Lab & { hosts: [LabHost, LabHost] };

const test = desktop.extend<{ ready: null }, { lab: FaultLab }>({
  lab: [
    async ({}, use) => {
      const lab = (await startLab({ hosts: [{ tls: true }, {}] })) as FaultLab;
      try {
        await use(lab);
      } finally {
        await lab.down();
      }
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  // Before the window opens; afterwards whatever was done to the hosts is undone.
  ready: [
    async ({ lab, userData }, use) => {
      const [first, second] = lab.hosts;
      await Promise.all(lab.hosts.map((host) => host.clean()));
      await first.docker('run', '-d', '--name', 'web', lab.image, 'sleep', '3600');
      await second.docker('run', '-d', '--name', 'other', lab.image, 'sleep', '3600');
      await writeFile(join(userData, 'engines.yaml'), settings(first, second));
      await use(null);
      await Promise.all(lab.hosts.map((host) => host.clean()));
    },
    { auto: true, timeout: 120_000 },
  ],
});

/** The first host by TLS, the second by its socket: as an admin would have written it. */
function settings(first: LabHost, second: LabHost): string {
  const { tls } = first;
  if (!tls) throw new Error('the lab was asked for TLS');
  const { address, port, ca, cert, key } = tls;
  const connection = { kind: 'tcp', host: address, port, tls: { ca, cert, key } };
  return JSON.stringify({ version: 1, engines: [{ connection }, { address: second.endpoint }] });
}

/** What an admin sees of a host that is away: why, what to do, and its last data, greyed. */
async function expectLost(page: Page, console_: ConsolePage, why: RegExp): Promise<void> {
  const banner = page.getByTestId('offline-h1');
  await expect(banner).toContainText(why, { timeout: 90_000 });
  await expect(banner).toContainText(/tried again by itself/);
  await expect(console_.host('h1')).toContainText(/offline/i);
  await expect(console_.host('h1')).toContainText(why);
  await expect(console_.container('web')).toHaveAttribute('data-offline', 'true');
  await expect(console_.container('other')).not.toHaveAttribute('data-offline', 'true');
  await expect(page.getByTestId('offline-h2')).toBeHidden();
}

async function expectBack(page: Page, console_: ConsolePage): Promise<void> {
  await expect(page.getByTestId('offline-h1')).toBeHidden({ timeout: 60_000 });
  await expect(console_.container('web')).not.toHaveAttribute('data-offline', 'true');
}

test('a killed engine, a stopped one, a pulled cable, a certificate out of date: why, what to do, and back without a reload', async ({
  page,
  lab,
}) => {
  test.setTimeout(400_000);
  const [first] = lab.hosts;
  const console_ = new ConsolePage(page);
  await console_.ready('web');
  await expect(console_.container('other')).toBeAttached();
  await page.evaluate(() => Object.assign(window, { sameWindow: true }));

  await test.step('killed', async () => {
    await first.killDaemon();
    await expectLost(page, console_, /connection .* was cut|nothing listens/);
    await picture(page, test.info().outputPath('killed.png'));
    await first.startDaemon();
    await expectBack(page, console_);
  });
  await first.docker('start', 'web');

  await test.step('stopped', async () => {
    first.pauseDaemon();
    await expectLost(page, console_, /accepts connections and does not answer/);
    first.resumeDaemon();
    await expectBack(page, console_);
  });

  await test.step('cut off', async () => {
    await first.linkDown();
    await expectLost(page, console_, /does not answer|timed out|no route/);
    await first.linkUp();
    await expectBack(page, console_);
  });

  await test.step('a certificate that is out of date', async () => {
    await first.tls?.show('expired');
    const banner = page.getByTestId('offline-h1');
    await expect(banner).toContainText(/certificate of .* is not valid at this time/, { timeout: 90_000 });
    await expect(banner).toContainText(/Renew it on the engine/);
    await picture(page, test.info().outputPath('expired.png'));
    await first.tls?.show('foreign');
    await expect(banner).toContainText(/signed by nobody that the console trusts/, { timeout: 90_000 });
    await first.tls?.show('good');
    await expectBack(page, console_);
  });

  // What happened meanwhile is there, and it is still the window that was opened.
  await first.docker('run', '-d', '--name', 'new', lab.image, 'sleep', '3600');
  await expect(console_.container('new')).toBeAttached();
  expect(await page.evaluate(() => 'sameWindow' in window)).toBe(true);
});
