import { join } from 'node:path';
import type { PreviewServer } from 'vite';
import { picture } from '../fixtures/picture';
import { expect, test } from '../fixtures/web';
import { buildGallery, serveGallery } from '../gallery/build';
import { scenes } from '../gallery/scenes';

const outDir = join(import.meta.dirname, '../../test-results/gallery');
let server: PreviewServer;

test.beforeAll(async () => {
  // It bundles the whole window once more.
  test.setTimeout(300_000);
  await buildGallery(outDir);
  server = await serveGallery(outDir, 0);
});
test.afterAll(() => server.close());

for (const look of [
  { language: 'en', theme: 'light' },
  { language: 'zh-CN', theme: 'dark' },
])
  test(`every dialog and state shows, ${look.theme}, in ${look.language}`, async ({ browser_ }) => {
    test.setTimeout(600_000);
    const pictures = join(outDir, '../gallery-pictures', `${look.theme}-${look.language}`);
    const page = await browser_.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
    const wrong: string[] = [];
    page.on('pageerror', (error) => wrong.push(error.message));
    page.on('console', (line) => {
      if (line.type() === 'error') wrong.push(line.text());
    });
    const origin = server.resolvedUrls?.local[0] ?? '';
    for (const [scene, { dialog }] of scenes)
      await test.step(scene, async () => {
        await page.goto(`${origin}?${new URLSearchParams(look).toString()}#${encodeURIComponent(scene)}`);
        await expect(page.locator(`[data-scene="${scene}"]`)).toBeAttached();
        await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', look.theme);
        if (dialog) await expect(page.getByRole('dialog')).toBeVisible();
        else await expect(page.getByTestId('status-line')).toBeVisible();
        await expect(page.locator('[aria-busy=true], [data-loading=true]')).toHaveCount(0);
        await picture(page, join(pictures, `${scene.replaceAll(/\W+/g, '-')}.png`));
        expect(wrong, scene).toEqual([]);
      });
  });
