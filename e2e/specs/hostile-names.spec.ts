import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startDemo } from '../../electron/demo';
import { startProxy } from '../faults/proxy';
import { picture } from '../fixtures/picture';
import { expect, serve, test as base } from '../fixtures/web';

/** What an engine that means harm, or a container that somebody else named, could say instead of the demo's names. */
const html = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>';
const bidi = 'web\u202egnp.exe\u202d\u2066';
const hostile: Record<string, string> = {
  dashboard: html,
  'reverse-proxy': bidi,
  cache: `endless-${'x'.repeat(10_000)}`,
  mqtt: 'nul\u0000byte\u001b[31mred\u0007',
  'nightly-backup': '../../../etc/passwd',
  'home-assistant': '%s%n%x {{host}} $t(actions.undo) ${7*7}',
  'batch-import': '"; $(touch /tmp/pwned) `id` #',
  git: 'שרת הנתונים',
  lan: `net${html}`,
  backend: '\u202ebackwards',
  cameras: `long-${'y'.repeat(10_000)}`,
  atlas: `host\u202e${html}`,
  'grafana/grafana:13': `img/${'z'.repeat(10_000)}`,
  'com.docker.compose.project': `label\u202e<b>${'k'.repeat(300)}`,
};

const rename = (value: unknown): unknown => {
  if (typeof value === 'string') {
    const slash = value.startsWith('/') ? '/' : '';
    return hostile[value.slice(slash.length)] === undefined
      ? value
      : slash + (hostile[value.slice(slash.length)] ?? '');
  }
  if (Array.isArray(value)) return value.map(rename);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [hostile[name] ?? name, rename(each)]),
  );
};
const renamed = (text: string): string => {
  try {
    return JSON.stringify(rename(JSON.parse(text)));
  } catch {
    return text;
  }
};

const test = base.extend({
  served: async ({}, use) => {
    const userData = await mkdtemp(join(tmpdir(), 'trunkline-hostile-'));
    const demo = await startDemo({ hosts: 1, containers: 24 });
    const proxy = await startProxy(demo.endpoints[0] ?? '');
    proxy.fault = ({ method, path }) =>
      method === 'GET' && /^\/(info|networks|containers\/(json|[^/]+\/json))/.test(path)
        ? { kind: 'rewrite', body: renamed }
        : undefined;
    try {
      const served = await serve(['--host', proxy.endpoint], userData);
      await use(served);
      await served.end();
      // eslint-disable-next-line no-control-regex -- what must not reach a terminal
      expect(served.output()).not.toMatch(/[\u0000-\u0008\u001b\u202a-\u202e]/);
    } finally {
      await proxy.close();
      await demo.close();
      await rm(userData, { recursive: true, force: true });
    }
  },
});

/** Nothing has run, nothing acts on the text around it, nothing sticks out of the window. */
async function expectInert(page: Page, where: string): Promise<void> {
  const found = await page.evaluate(() => {
    const acting =
      // eslint-disable-next-line no-control-regex -- those are what is looked for
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2067\u206a-\u206f\ufeff]/;
    const texts: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) texts.push(walker.currentNode.textContent ?? '');
    for (const element of document.querySelectorAll('*'))
      for (const { name, value } of element.attributes)
        if (/^(title|aria-label|alt|placeholder|value)$/.test(name)) texts.push(value);
    const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.documentElement;
    return {
      pwned: 'pwned' in window,
      acting: texts.filter((text) => acting.test(text)).map((text) => JSON.stringify(text.slice(0, 60))),
      endless: texts.filter((text) => /x{300}|y{300}|z{300}|k{250}/.test(text)).length,
      images: document.querySelectorAll('img[src="x"]').length,
      overflow: scrollWidth > clientWidth || scrollHeight > clientHeight,
    };
  });
  // The engine's own JSON is all there, on one long line each; its box scrolls.
  const endless = where === 'raw' ? expect.any(Number) : 0;
  expect(found, where).toEqual({ pwned: false, acting: [], endless, images: 0, overflow: false });
}

for (const language of ['en', 'zh-CN'] as const)
  test(`names that mean harm are shown inert everywhere, in ${language}`, async ({ page, served }, info) => {
    test.setTimeout(400_000);
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    const shot = async (name: string) => {
      await expectInert(page, name);
      await picture(page, info.outputPath(`hostile-${language}-${name}.png`));
    };
    await served.api('preferences.set', { language, theme: language === 'en' ? 'light' : 'dark' });
    await expect(page.getByTestId('topology')).toBeVisible();
    await expect(page.getByTestId('status-line')).toContainText('24');
    await shot('far');

    // Near: cards are elements.
    await page.keyboard.press('/');
    await page.getByTestId('search').fill('onerror');
    await expect(page.getByRole('option').first()).toBeVisible();
    await shot('search');
    await page.keyboard.press('Enter');
    await expect(page.locator('[data-testid^="container-<img"]')).toBeVisible();
    await page.getByTestId('search').fill('');
    await page.keyboard.press('Escape');
    await shot('near');
    await page.locator('[data-testid^="container-<img"]').click();
    await expect(page.getByTestId('inspector')).toContainText('<img src=x');
    await shot('inspector');
    const card = page.locator('[data-testid^="container-<img"]');
    await card.click({ button: 'right' });
    await expect(page.getByTestId('topology-menu')).toBeVisible();
    await shot('menu');
    await page.keyboard.press('Escape');
    await page.getByTestId('open-raw').click();
    await expect(page.getByTestId('raw-json')).toContainText('<img src=x');
    await shot('raw');
    await page.keyboard.press('Escape');
    await card.press('a');
    await expect(page.getByTestId('attach-filter')).toBeVisible();
    await shot('attach');
    await page.keyboard.press('Escape');

    // Table.
    await page.getByTestId('view-table').click();
    await expect(page.getByTestId('table')).toBeVisible();
    for (const name of [
      'endless-',
      'nul�byte',
      'web�gnp.exe',
      '../../../etc/passwd',
      '%s%n%x {{host}} $t(actions.undo)',
      'שרת',
    ])
      await expect(page.getByTestId('table')).toContainText(name);
    await shot('table');
    await page.locator('[data-testid^="row-endless-"]').first().click();
    await expect(page.getByTestId('inspector')).toContainText('endless-');
    await shot('endless');
    await page.locator('[data-testid^="row-שרת"]').first().click();
    await shot('rtl');
    await page.getByTestId('segments').click();
    await expect(page.getByTestId('segments-panel')).toBeVisible();
    await shot('segments');
    expect(dialogs).toEqual([]);
  });
