import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, serve, test } from '../fixtures/web';
import { ConsolePage } from '../pages/console';

test('the same window in a browser, by an address that works once', async ({ page, served, browser_ }) => {
  const console_ = new ConsolePage(page);
  await expect(console_.topology).toBeVisible();
  await expect(page.getByTestId('demo-banner')).toBeVisible();
  expect(page.url()).toBe(`${served.origin}/`);
  const stranger = await browser_.newContext();
  const other = await stranger.newPage();
  const answer = await other.goto(served.url);
  expect(answer?.status()).toBe(401);
  expect((await other.goto(served.origin))?.status()).toBe(401);
  await stranger.close();
});

test('attach, undo and live rates over HTTP and WebSocket', async ({ page, served }) => {
  const console_ = new ConsolePage(page);
  await console_.ready('dashboard');
  await console_.container('dashboard').click();
  await console_.container('dashboard').press('a');
  await page.getByTestId('attach-filter').fill('iot');
  await page.keyboard.press('Enter');
  await expect(console_.addressField).toHaveValue(/^10\.21\.0\.\d+$/);
  const address = await console_.addressField.inputValue();
  await console_.planShown();
  await console_.addressField.press('Enter');
  await expect(console_.edge('dashboard', 'iot')).toBeAttached();
  await expect(console_.container('dashboard')).toContainText(address);
  const log = await served.api('change.list');
  expect(log).toMatchObject({ ok: true, value: [{ state: 'applied', hosts: [{ ipv4: address }] }] });
  await page.getByTestId('undo').click();
  await expect(console_.edge('dashboard', 'iot')).not.toBeAttached();
  await expect(page.getByTestId('status-line')).toContainText(/[1-9][\d.]* [kMG]bit\/s/);
});

test('a lost connection is told, and made up for', async ({ page, served }) => {
  await expect(page.getByTestId('topology')).toBeVisible();
  await served.end();
  await expect(page.getByTestId('lost-banner')).toBeVisible();
});

test('scripts speak the documented protocol', async ({ served }) => {
  const online = { state: 'online' };
  await expect
    .poll(() => served.api('engines.list'))
    .toMatchObject({ ok: true, value: [online, online, online] });
  expect(await served.api('nope')).toMatchObject({ ok: false, error: { code: 'unknown_command' } });
  const inventory = (await served.api('inventory.get')).value as {
    containers: { name: string; id: string; engineId: string }[];
    networks: { name: string; id: string; engineId: string }[];
  };
  const who = inventory.containers.find((each) => each.name === 'cache');
  const lan = inventory.networks.find((each) => each.name === 'lan' && each.engineId === who?.engineId);
  const preview = (await served.api('change.preview', {
    request: { kind: 'attach', engineId: who?.engineId, containerId: who?.id, networkId: lan?.id },
  })) as { ok: boolean; value: { id: string; suggestedIpv4: string; problems: unknown[] } };
  expect(preview.value.problems).toEqual([]);
  const record = (await served.api('change.apply', { id: preview.value.id })) as { value: { id: string } };
  expect(record).toMatchObject({ ok: true, value: { state: 'applied', who: expect.any(String) } });
  expect(await served.api('change.undo', { id: record.value.id })).toMatchObject({
    ok: true,
    value: { state: 'undone' },
  });
  expect(served.output()).not.toMatch(/at .*\.js:\d+/);
});

test('a folder is one console’s at a time: a second one says so, and the next takes over from one that was killed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'trunkline-one-'));
  const first = await serve(['--demo'], folder);
  try {
    const second = serve(['--demo'], folder);
    await expect(second).rejects.toThrow(
      `Trunkline could not start: Another Trunkline (process ${first.pid}) works in ${folder}. Use its window`,
    );
    await first.kill();
    await (await serve(['--demo'], folder)).end();
  } finally {
    await first.kill();
    await rm(folder, { recursive: true, force: true });
  }
});
