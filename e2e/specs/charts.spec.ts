import { expect, test } from '../fixtures/lab';
import { transfer } from '../lab';
import { ConsolePage } from '../pages/console';

const toMbit = (text: string): number => {
  const found = /([\d.]+)\s*(k|M|G)?bit\/s/.exec(text);
  const unit = { k: 1e-3, M: 1, G: 1e3 }[found?.[2] ?? ''] ?? 1e-6;
  return Number(found?.[1] ?? 0) * unit;
};

test('a known transfer shows at its true rate, in the chart and on the container', async ({ page, lab }) => {
  test.setTimeout(400_000);
  const [first, second] = lab.hosts;
  for (const [host, range, name, ip] of [
    [first, '10.70.1.32/27', 'sink', '10.70.1.10'],
    [second, '10.70.1.64/27', 'source', '10.70.1.11'],
  ] as const) {
    await host.docker(
      ...['network', 'create', '-d', 'macvlan', '-o', `parent=${host.nic}`, '--subnet', '10.70.1.0/24'],
      ...['--gateway', '10.70.1.1', '--ip-range', range, 'lan'],
    );
    await host.docker(
      'run',
      '-d',
      '--name',
      name,
      '--network',
      'lan',
      '--ip',
      ip,
      lab.image,
      'sleep',
      '3600',
    );
  }
  const console_ = new ConsolePage(page);
  await console_.ready('sink');
  await console_.container('sink').click();
  const chart = page.getByTestId('chart-rx-tx');
  await expect(chart).toBeVisible();
  await page.getByTestId('range-60').click();
  const running = transfer(
    { host: second, container: 'source' },
    { host: first, container: 'sink', ip: '10.70.1.10' },
    { mbit: 20, seconds: 20 },
  );
  const rate = page.getByTestId('rate-rx');
  await expect(async () => {
    const shown = toMbit((await rate.textContent()) ?? '');
    // Headers come on top of the 20 Mbit/s of payload: 4 %.
    expect(shown).toBeGreaterThan(18);
    expect(shown).toBeLessThan(23);
  }).toPass({ timeout: 90_000 });
  await running;
  await expect(chart.locator('.recharts-line-curve').first()).toBeVisible();
  await page.getByTestId('pause-chart').click();
  await expect(page.getByTestId('pause-chart')).toHaveAttribute('aria-pressed', 'true');
});
