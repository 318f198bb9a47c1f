import { expect, lifecycle, out, sharedTest as test } from './example';

test('the bridge: synchronous calls, throws, frozen, nothing of Node in the page', async ({ page }) => {
  const seen = await page.evaluate(() => {
    let thrown: unknown;
    try {
      window.api.boom();
    } catch (error) {
      thrown = error;
    }
    return {
      sum: window.api.add(2, 3),
      when: window.api.when instanceof Date,
      thrown: thrown instanceof Error && thrown.message,
      frozen: Object.isFrozen(window.api) && !Reflect.set(window, 'api', 1),
      globals: ['require', 'process', 'module', 'ipcRenderer', '__standinSend', '__standinReceive'].filter(
        (name) => name in window,
      ),
    };
  });
  expect(seen).toEqual({ sum: 5, when: true, thrown: 'sync boom', frozen: true, globals: [] });
});

test('a sandboxed preload can not have Node modules', async ({ page }) => {
  expect(await page.evaluate(() => window.api.fsError)).toContain('module not found: fs');
});

test('the policy in the headers stops inline scripts', async ({ page }) => {
  expect(await page.evaluate(() => window.inlineRan)).toBeUndefined();
  const later = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.inlineRan = true';
    document.head.append(script);
    return window.inlineRan;
  });
  expect(later).toBeUndefined();
});

test('the policy in the headers stops requests to elsewhere', async ({ page }) => {
  const violated = await page.evaluate(
    () =>
      new Promise((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.violatedDirective));
        void fetch('https://example.org/').catch(() => undefined);
      }),
  );
  expect(violated).toBe('connect-src');
});

test('the app protocol sees encoded traversal and answers for itself', async ({ page }) => {
  expect(await page.evaluate(async () => (await fetch('/%2e%2e%2fpackage.json')).status)).toBe(403);
});

test('window.open and target=_blank are denied, and handed to the handler', async ({ page, app }) => {
  await app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = (url) => Promise.resolve(void opened.push(url));
  });
  expect(await page.evaluate(() => window.open('https://example.org/w'))).toBeNull();
  await page.click('#blank');
  await expect
    .poll(() => app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened))
    .toEqual(['https://example.org/w', 'https://example.org/blank']);
  await expect.poll(() => app.windows().length).toBe(1);
});

test('a link to elsewhere is announced and prevented', async ({ page, app }) => {
  await page.click('#leave');
  await expect.poll(() => lifecycle(app)).toContain('will-navigate:https://example.org/out');
  await page.click('#greet');
  await expect(out(page)).toHaveText(/hello/);
});
