import { until } from '../lab';
import { ConsolePage } from '../pages/console';
import type { Fault } from './proxy';
import { expect, heaps, Storm, test, watchWindow } from './behind-proxy';
import { picture } from '../fixtures/picture';

/** What the first engine has told of, word for word. */
let heard: string[] = [];
/** Of what it tells nothing reaches the console. */
let deaf = false;

test.beforeEach(async ({ lab, between, cleanLab: _clean }) => {
  const [first, second] = lab.hosts;
  heard = [];
  deaf = false;
  const line = (text: string) => {
    heard.push(text);
    return deaf ? [] : [text];
  };
  between.fault = (call) => (call.path.startsWith('/events') ? { kind: 'lines', line } : undefined);
  await second.docker('run', '-d', '--name', 'other', lab.image, 'sleep', '3600');
  await first.docker('network', 'create', '--subnet', '10.91.0.0/24', 'side');
  await first.docker('run', '-d', '--name', 'web', lab.image, 'sleep', '3600');
});

test('a thousand events a second: the window is used as ever while they come, nothing is missed, nothing grows', async ({
  app,
  page,
  lab,
  between,
}, info) => {
  test.setTimeout(400_000);
  const [first] = lab.hosts;
  const console_ = new ConsolePage(page);
  await console_.ready('web');
  const names = Array.from({ length: 12 }, (_, index) => `web-${String(index + 1).padStart(2, '0')}`);
  for (const name of names) await first.docker('run', '-d', '--name', name, lab.image, 'sleep', '3600');
  await expect(console_.container('web-12')).toBeAttached();
  await until('the events of all', () => names.every((name) => heard.join().includes(`"${name}"`)));

  const watched = await watchWindow(page);
  const storm = new Storm(between, heard.splice(0));
  try {
    /** Frames that the window draws while so many events are told; in a calm, while they could have been. */
    const framesDuring = async (weather: 'calm' | 'storm', events: number): Promise<number> => {
      storm.raging = weather === 'storm';
      const [before, from] = [await watched(), storm.due];
      await until(`${events} events`, () => storm.due >= from + events, 90_000);
      return (await watched()).frames - before.frames;
    };
    const calm = await framesDuring('calm', 2_000);
    const raging = await framesDuring('storm', 2_000);
    // Side by side on the same machine; a window that froze would draw none.
    expect(raging, `${calm} frames in a calm`).toBeGreaterThan(calm / 4);

    await test.step('what is typed is found while they come', async () => {
      const from = storm.due;
      await page.keyboard.press('/');
      await page.keyboard.type('web-07');
      await expect(page.getByTestId('search-results')).toContainText('web-07');
      await page.keyboard.press('Enter');
      await expect(console_.inspector).toContainText('web-07');
      const shown = storm.due;
      expect(shown).toBeGreaterThan(from);
      await picture(page, info.outputPath('storm.png'));
      await until('further events', () => storm.due > shown);
    });
    await test.step('what really happens is shown among them', async () => {
      await first.docker('rename', 'web-12', 'renamed');
      // Sooner than the lists are read again, which would show it without any event.
      await expect(console_.container('renamed')).toBeAttached({ timeout: 9_000 });
      const shown = storm.due;
      await until('further events', () => storm.due > shown);
    });

    const before = await heaps(app, page);
    const [asked, from] = [between.calls.length, storm.due];
    await framesDuring('storm', 10_000);
    const after = await heaps(app, page);
    const told = storm.due - from;
    const grown = { window: (after.window - before.window) / told, main: (after.main - before.main) / told };
    const questions = between.calls.length - asked;
    info.annotations.push({
      type: 'figures',
      description: JSON.stringify({
        calm,
        raging,
        told,
        questions,
        grown,
        longTasks: (await watched()).longTasks,
      }),
    });
    // Bytes an event: keeping each would cost its 400 letters.
    expect(grown.window).toBeLessThan(350);
    expect(grown.main).toBeLessThan(350);
    expect(questions).toBeLessThan(told / 10);
    expect(storm.unheard).toBe(0);
  } finally {
    storm.end();
  }
  expect((await watched()).banners).toEqual([]);
});

/** Two seconds for each answer; what streams, streams. */
const slow = ({ path }: { path: string }): Fault | undefined =>
  /^\/(events|containers\/[^/]+\/stats)/.test(path) ? undefined : { kind: 'delay', ms: 2_000 };

test.describe('slow', () => {
  // Before the window opens.
  test.beforeEach(({ between }) => {
    between.fault = (call) =>
      call.path.startsWith('/containers/json') ? { kind: 'hold-before' } : slow(call);
  });

  test('an engine that answers after two seconds each: the other host is worked with meanwhile, and it is changed as any', async ({
    page,
    lab,
    between,
  }, info) => {
    test.setTimeout(400_000);
    const [first] = lab.hosts;
    const console_ = new ConsolePage(page);
    await expect(console_.topology).toBeVisible();
    const watched = await watchWindow(page);

    await test.step('while its first list is not there yet', async () => {
      await between.held();
      await console_.zoomTo('other');
      await expect(console_.inspector).toContainText('other');
      await expect(console_.host('h1')).toContainText(/connecting/i);
      await expect(console_.host('h1')).not.toContainText(/containers? running/);
      await picture(page, info.outputPath('connecting.png'));
    });
    between.fault = slow;
    between.release();
    await expect(console_.container('web')).toBeAttached({ timeout: 60_000 });

    await test.step('a change shows how far it is, and comes to its end', async () => {
      await console_.zoomTo('web');
      await console_.dragTo(console_.container('web'), console_.network('h1', 'side'));
      await console_.drop();
      await console_.addressField.fill('10.91.0.77');
      await console_.planShown();
      between.fault = (call) => (call.changes ? { kind: 'hold-after' } : slow(call));
      await console_.planShown();
      await console_.apply.click();
      await until('the engine to be asked for it', () => between.calls.some((call) => call.changes));
      await expect(console_.apply).toHaveAttribute('data-loading', 'true');
      await expect(console_.dialog).toContainText('10.91.0.77');
      await picture(page, info.outputPath('applying.png'));
      between.fault = slow;
      between.release();
      await expect(console_.dialog).toBeHidden({ timeout: 60_000 });
      await expect(console_.edge('web', 'side')).toBeAttached();
    });
    const address = ['inspect', '-f', '{{(index .NetworkSettings.Networks "side").IPAddress}}', 'web'];
    expect(await first.docker(...address)).toBe('10.91.0.77');
    expect((await watched()).banners).toEqual([]);
  });
});

test('events that are lost: what they were about is found all the same, in the window that is open', async ({
  page,
  lab,
}, info) => {
  test.setTimeout(400_000);
  const [first] = lab.hosts;
  const console_ = new ConsolePage(page);
  await console_.ready('web');
  await expect(console_.inspector).toContainText('web');
  const watched = await watchWindow(page);
  deaf = true;
  await first.docker('run', '-d', '--name', 'unheard', '--network', 'side', lab.image, 'sleep', '3600');
  await first.docker('network', 'create', '--subnet', '10.92.0.0/24', 'silent');
  await first.docker('rm', '-f', 'web');
  const found = { timeout: 90_000 };
  await expect(console_.container('unheard')).toBeAttached(found);
  await expect(console_.edge('unheard', 'side')).toBeAttached(found);
  await expect(console_.network('h1', 'silent')).toBeAttached(found);
  await expect(console_.container('web')).not.toBeAttached(found);
  await picture(page, info.outputPath('lost-events.png'));
  // A connect to a running container, of which no list speaks.
  await first.docker('network', 'connect', 'silent', 'unheard');
  await expect(console_.edge('unheard', 'silent')).toBeAttached(found);
  expect(heard.length).toBeGreaterThan(4);
  expect((await watched()).banners).toEqual([]);
});

test('containers that restart in a loop: shown as that, and what the admin is at is left alone', async ({
  page,
  lab,
}, info) => {
  test.setTimeout(400_000);
  const [first] = lab.hosts;
  const loops = ['loop-1', 'loop-2', 'loop-3'];
  const console_ = new ConsolePage(page);
  await console_.ready('web');
  await console_.dragTo(console_.container('web'), console_.network('h1', 'side'));
  await console_.drop();
  await console_.addressField.fill('10.91.0.7');
  const watched = await watchWindow(page);

  for (const name of loops)
    await first.docker('run', '-d', '--name', name, '--restart', 'always', lab.image, 'false');
  const restarts = (name: string) => first.docker('inspect', '-f', '{{.RestartCount}}', name).then(Number);
  for (const name of loops) await until(`${name} to be restarted`, async () => (await restarts(name)) >= 4);
  // It is still the field that has the keys, with what was in it.
  await expect(console_.addressField).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.type('7');
  await expect(console_.addressField).toHaveValue('10.91.0.77');
  await picture(page, info.outputPath('dialog.png'));
  await console_.planShown();
  await console_.apply.click();
  await expect(console_.edge('web', 'side')).toBeAttached();
  await expect(console_.dialog).toBeHidden();

  for (const name of loops) await expect(console_.container(name)).toContainText(/restarting/i);
  await picture(page, info.outputPath('loops.png'));
  const { banners, frames } = await watched();
  expect(banners).toEqual([]);
  expect(frames).toBeGreaterThan(0);
});
