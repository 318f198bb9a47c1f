import type { ChangePreview, ChangeRecord, ChangeRequest, Container, Snapshot } from '../../shared/model';
import { demoBehindProxy } from '../fixtures/demo-behind-proxy';
import { leaveSegmentOpen } from '../fixtures/left-open';
import { picture } from '../fixtures/picture';
import { expect, test, type Served } from '../fixtures/web';
import { until } from '../lab/poll';

const place = demoBehindProxy({ hosts: 1, containers: 20, version: '26.1' });
const start = (): Promise<Served> => place.start();
const value = async <T>(on: Served, command: string, input: object = {}): Promise<T> => {
  const result = await on.api(command, input);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value as T;
};

/** A console that is killed while the second step of a move is with the engine. Gives who was moved. */
async function killedMove(): Promise<Container> {
  const first = await start();
  const snapshot = await until('the picture', async () => {
    const now = await value<Snapshot>(first, 'inventory.get');
    return now.engines[0]?.state === 'online' && now.containers.every((each) => each.detail)
      ? now
      : undefined;
  });
  const named = (name: string) => snapshot.networks.find((each) => each.name === name)?.id ?? '';
  const who = snapshot.containers.find(
    ({ state, endpoints }) =>
      state === 'running' && endpoints.length === 1 && endpoints[0]?.networkName === 'lan',
  );
  if (!who) throw new Error('the demo has nobody on lan alone');
  const on = { engineId: who.engineId, containerId: who.id };
  const request: ChangeRequest = {
    kind: 'move',
    ...on,
    fromNetworkId: named('lan'),
    toNetworkId: named('iot'),
  };
  place.proxy.fault = (call) => (call.nth === 2 ? { kind: 'hold-after' } : undefined);
  const preview = await value<ChangePreview>(first, 'change.preview', { request });
  expect(preview.problems).toEqual([]);
  void first.api('change.apply', { id: preview.id }).catch(() => undefined);
  await place.proxy.held();
  await first.kill();
  place.proxy.fault = () => undefined;
  place.proxy.release();
  return who;
}
const networksOf = async (who: Container): Promise<string[]> =>
  (await value<Snapshot>(await Promise.resolve(place.served as Served), 'inventory.get')).containers
    .find((each) => each.id === who.id)
    ?.endpoints.map((each) => each.networkName) ?? [];

test('what a killed console left half-done is told on the next start, and finished', async ({ browser_ }) => {
  const who = await killedMove();
  const page = await browser_.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto((await start()).url);
  const banner = page.locator('[data-testid^=cut-off-]');
  await expect(banner).toContainText(`Move ${who.name} from lan to iot`);
  await expect(banner).toContainText(/1 of 2 steps are (known to be )?done/);
  await banner.getByTestId('recover-finish').click();
  const dialog = page.getByTestId('recover-dialog');
  await expect(dialog.getByTestId('recover-steps').locator('li')).toHaveCount(1);
  await picture(page, test.info().outputPath('finish.png'));
  await dialog.getByTestId('apply').click();
  await expect(dialog).toBeHidden();
  await expect(banner).toBeHidden();
  expect(await networksOf(who)).toEqual(['iot']);
});

test('or taken back, from the change log too, in Chinese and in the dark', async ({ browser_ }) => {
  const who = await killedMove();
  const page = await browser_.newPage({
    viewport: { width: 1440, height: 900 },
    locale: 'zh-CN',
    colorScheme: 'dark',
  });
  await page.goto((await start()).url);
  await expect(page.locator('[data-testid^=cut-off-]')).toContainText('被中断');
  await picture(page, test.info().outputPath('banner-zh.png'));
  await page.getByTestId('change-log').click();
  const row = page.getByTestId('change-log-table').locator('tbody tr').first();
  await picture(page, test.info().outputPath('log-zh.png'));
  await row.getByTestId('recover-roll-back').click();
  const dialog = page.getByTestId('recover-dialog');
  await expect(dialog.getByTestId('recover-steps').locator('li')).toHaveCount(2);
  await picture(page, test.info().outputPath('roll-back-zh.png'));
  await dialog.getByTestId('apply').click();
  await expect(dialog).toBeHidden();
  expect(await networksOf(who)).toEqual(['lan']);
});

/** A segment that was to be made here and on a host that is off the list since; gives the engine that is here. */
async function segmentLeftOpen(): Promise<string> {
  const [here] = (await value<Snapshot>(await start(), 'inventory.get')).engines;
  await place.served?.end();
  if (!here) throw new Error('no engine');
  await leaveSegmentOpen(place.userData, here);
  return here.id;
}

for (const look of [
  { locale: 'en', colorScheme: 'light', gone: 'not on the list' },
  { locale: 'zh-CN', colorScheme: 'dark', gone: '已不在列表中' },
] as const)
  test(`a segment change is settled without a host that is off the list (${look.locale})`, async ({
    browser_,
  }) => {
    const engineId = await segmentLeftOpen();
    const page = await browser_.newPage({ viewport: { width: 1440, height: 900 }, ...look });
    await page.goto((await start()).url);
    const banner = page.locator('[data-testid^=cut-off-]');
    await expect(banner).toContainText(look.gone);
    await picture(page, test.info().outputPath('banner.png'));
    await banner.getByTestId('recover-finish').click();
    const dialog = page.getByTestId('recover-dialog');
    await expect(dialog.getByTestId('recover-on-boreas').getByTestId('recover-gone')).toContainText(
      look.gone,
    );
    await picture(page, test.info().outputPath('dialog.png'));
    await dialog.getByTestId('apply').click();
    await expect(dialog).toBeHidden();
    await expect(banner).toBeHidden();
    const [record] = await value<ChangeRecord[]>(place.served as Served, 'change.list');
    expect(record).toMatchObject({
      state: 'partial',
      hosts: [{ engineId, state: 'done' }, { state: 'left' }],
    });
  });
