import type { Browser, Page } from '@playwright/test';
import type { Served } from '../fixtures/web';
import { ConsolePage } from '../pages/console';

const seconds = 3;

// As text: a compiled function would bring helpers along that the page does not have.
const startCounting = `(() => {
  window.bench = { frames: 0, since: performance.now(), on: true };
  const count = () => { window.bench.frames += 1; if (window.bench.on) requestAnimationFrame(count); };
  requestAnimationFrame(count);
})()`;
const stopCounting = `(() => {
  window.bench.on = false;
  return (window.bench.frames * 1000) / (performance.now() - window.bench.since);
})()`;

/** Frames per second that the page really makes while `act` goes on. */
async function framesPerSecond(page: Page, act: () => Promise<void>): Promise<number> {
  await page.evaluate(startCounting);
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) await act();
  return page.evaluate<number>(stopCounting);
}

const pan = (page: Page) => async () => {
  for (const [dx, dy] of [
    [24, 10],
    [-24, -10],
  ] as const)
    for (let step = 0; step < 8; step++) await page.mouse.wheel(dx, dy);
};

/** Panning and dragging, against what the same browser makes of an empty page in the same minute. */
export async function benchPicture(browser: Browser, served: Served): Promise<string[]> {
  const empty = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await empty.setContent('<body style="height:400vh">');
  await empty.mouse.move(700, 450);
  const limit = await framesPerSecond(empty, pan(empty));
  await empty.close();

  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(served.url);
  const console_ = new ConsolePage(page);
  await page.getByTestId('topology').waitFor();
  const { value } = await served.api('inventory.get');
  const [{ name }] = (value as { containers: [{ name: string }] }).containers;
  await page.mouse.move(600, 450);
  const far = await framesPerSecond(page, pan(page));
  await console_.zoomTo(name);
  await page.mouse.move(600, 500);
  const near = await framesPerSecond(page, pan(page));
  const card = await console_.container(name).boundingBox();
  let drag = NaN;
  if (card) {
    await page.mouse.move(card.x + 20, card.y + 10);
    await page.mouse.down();
    drag = await framesPerSecond(page, async () => {
      await page.mouse.move(card.x + 160, card.y + 120, { steps: 12 });
      await page.mouse.move(card.x + 20, card.y + 10, { steps: 12 });
    });
    await page.keyboard.press('Escape');
    await page.mouse.up();
  }
  const row = (what: string, fps: number) =>
    `${what}: ${fps.toFixed(0)} frames/s, ${((100 * fps) / limit).toFixed(0)} % of an empty page's ${limit.toFixed(0)}`;
  return [row('panning, whole picture', far), row('panning, near', near), row('dragging a container', drag)];
}
