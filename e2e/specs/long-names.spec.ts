import type { Locator, Page } from '@playwright/test';
import type { ChangePreview, Snapshot } from '../../shared/model';
import { picture } from '../fixtures/picture';
import { expect, test, type Served } from '../fixtures/web';
import { ConsolePage } from '../pages/console';

const long = 'transcoder-for-the-cameras-of-the-warehouse';
const tenant = 'logistics-department-of-the-northern-branch';

async function makeSegment(served: Served): Promise<void> {
  const inventory = async () => (await served.api('inventory.get')).value as Snapshot;
  await expect
    .poll(async () => (await inventory()).engines.map(({ state }) => state))
    .toEqual(['online', 'online', 'online']);
  const { engines } = await inventory();
  const segment = {
    ...{ name: long, tenant, vlan: 71, driver: 'macvlan', mode: 'bridge', reserved: [] },
    subnets: [{ subnet: '10.99.1.0/24', gateway: '10.99.1.1' }],
  };
  const hosts = engines.slice(0, 2).map(({ id }) => ({ engineId: id, parentNic: 'eth0' }));
  const request = { kind: 'create-segment', segment, hosts };
  const { id } = (await served.api('change.preview', { request })).value as ChangePreview;
  expect(await served.api('change.apply', { id, keepPartial: false })).toMatchObject({ ok: true });
}

/** Nothing of it is outside of what is around it, where nobody could press it. */
async function expectInside(inner: Locator, outer: Locator): Promise<void> {
  await expect(inner).toBeVisible();
  const [a, b] = [await inner.boundingBox(), await outer.boundingBox()];
  expect(a!.x).toBeGreaterThanOrEqual(b!.x);
  expect(a!.x + a!.width).toBeLessThanOrEqual(b!.x + b!.width);
}

/** Which of these texts is wider than its place, in a way that nobody sees the end of. */
const isCut = (text: Locator) => text.evaluate((one) => one.scrollWidth > one.clientWidth);

const shoot = async (page: Page, name: string) => {
  await picture(page, `test-results/long-names/${name}.png`);
};

for (const [scheme, locale] of [
  ['light', 'en-US'],
  ['dark', 'en-US'],
  ['light', 'zh-CN'],
  ['dark', 'zh-CN'],
] as const)
  test(`a segment of a long name hides nothing, and is named in full on hover (${scheme}, ${locale})`, async ({
    browser_,
    served,
  }) => {
    test.setTimeout(400_000);
    await makeSegment(served);
    const viewport = { width: 1280, height: 720 };
    const context = await browser_.newContext({ viewport, colorScheme: scheme, locale });
    const page = await context.newPage();
    page.setDefaultTimeout(7_500);
    await page.goto(served.url);
    const console_ = new ConsolePage(page);
    await console_.ready('reverse-proxy');
    const shot = (name: string) => shoot(page, `${name}-${scheme}-${locale}`);

    await page.keyboard.press('f');
    await page.getByTestId('lan-10.99.1.0/24').hover();
    await expect(page.getByRole('tooltip').filter({ hasText: long })).toBeVisible();
    await shot('picture');
    await page.getByTestId('segments').click();
    const item = page.getByTestId(`segment-${long}`);
    await expectInside(page.getByTestId(`segment-menu-${long}`), item);
    await expectInside(page.getByTestId(`add-host-${long}`), item);
    const name = item.getByRole('heading');
    expect(await isCut(name)).toBe(true);
    await expect(name).toHaveAttribute('title', long);
    await shot('panel');
    await item.getByText(tenant).hover();
    await expect(page.getByRole('tooltip').filter({ hasText: tenant })).toBeVisible();
    await page.getByTestId(`segment-menu-${long}`).click();
    await page.getByTestId('segment-export').click();
    const dialog = page.getByRole('dialog').last();
    await expect(dialog).toContainText(long);
    await shot('export');
    await page.keyboard.press('Escape');
    await page.getByTestId('close-segments').click();
    await expect(item).toBeHidden();

    await console_.topology.click({ position: { x: 5, y: 300 } });
    await page.keyboard.press('f');
    await page.getByTestId('lan-10.99.1.0/24').click();
    await expect(console_.inspector.getByRole('heading', { level: 2 })).toHaveText(long);
    await shot('inspector');
    await console_.zoomTo('reverse-proxy');
    await shot('near');
    await console_.container('reverse-proxy').press('a');
    await page.getByTestId('attach-filter').fill('transcoder');
    const row = page.getByRole('option').first();
    await expect(row).toContainText(long);
    expect(await isCut(row)).toBe(false);
    await shot('attach');
    await page.keyboard.press('Enter');
    await expect(console_.apply).toBeVisible();
    await expectInside(console_.apply, page.getByRole('dialog').last());
    await shot('attach-form');
    await context.close();
  });
