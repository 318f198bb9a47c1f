import { expect, test } from '../fixtures/desktop';

test.use({ extraArgs: ['--demo'] });

test('the page has the contract and nothing of Node or Electron', async ({ page }) => {
  const found = await page.evaluate(() => {
    const scope = globalThis as unknown as Record<string, unknown>;
    return {
      api: Object.keys(scope['trunkline'] as object).sort(),
      leaks: ['require', 'process', 'module', 'ipcRenderer', 'Buffer', 'electron'].filter(
        (name) => typeof scope[name] !== 'undefined',
      ),
    };
  });
  expect(found).toEqual({ api: ['invoke', 'on', 'onConnection'], leaks: [] });
});

test('unknown commands and malformed input come back as errors, not as exceptions', async ({ page }) => {
  const call = (name: string, input: unknown) =>
    page.evaluate(
      async ([command, value]) => {
        const api = (
          globalThis as unknown as { trunkline: { invoke(n: unknown, i: unknown): Promise<unknown> } }
        ).trunkline;
        try {
          return await api.invoke(command, value);
        } catch (error) {
          return String(error);
        }
      },
      [name, input] as const,
    );
  expect(await call('change.apply', { id: 7 })).toMatchObject({
    ok: false,
    error: { code: 'invalid_input' },
  });
  expect(await call('inventory.raw', { engineId: 'x', kind: 'secret', id: '' })).toMatchObject({
    ok: false,
    error: { code: 'invalid_input' },
  });
  expect(JSON.stringify(await call('fs.readFile', { path: '/etc/passwd' }))).toMatch(
    /unknown_command|unknown/i,
  );
});

test('scripts come from our own files alone, and nothing is fetched from elsewhere', async ({ page }) => {
  const violated = await page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const seen: string[] = [];
        document.addEventListener('securitypolicyviolation', (event) => {
          seen.push(event.effectiveDirective);
          if (seen.length === 2) resolve(seen.sort());
        });
        const script = document.createElement('script');
        script.textContent = 'globalThis.injected = true';
        document.head.append(script);
        fetch('https://example.org/').catch(() => undefined);
      }),
  );
  expect(violated).toEqual(['connect-src', 'script-src-elem']);
  expect(await page.evaluate(() => (globalThis as { injected?: boolean }).injected)).toBeUndefined();
});

test('no navigation, no new window; a foreign link is not opened either', async ({ page, app }) => {
  await app.evaluate(({ shell }) => {
    (globalThis as { opened?: string[] }).opened = [];
    shell.openExternal = async (url: string) => void (globalThis as { opened?: string[] }).opened?.push(url);
  });
  const opened = await page.evaluate(() => window.open('https://example.org/') === null);
  expect(opened).toBe(true);
  await page.evaluate(() => window.open('https://docs.docker.com/engine/network/drivers/macvlan/'));
  await expect
    .poll(() => app.evaluate(() => (globalThis as { opened?: string[] }).opened))
    .toEqual(['https://docs.docker.com/engine/network/drivers/macvlan/']);
  expect(app.windows()).toHaveLength(1);
  await page.evaluate(() => (window.location.href = 'https://example.org/'));
  await expect(page.getByTestId('status-line')).toBeVisible();
});

test('the protocol serves the window’s folder and nothing above it', async ({ page }) => {
  const status = (path: string) =>
    page.evaluate((asked) => fetch(asked).then((response) => response.status), path);
  expect(await status('/index.html')).toBe(200);
  expect(await status('/%2e%2e/%2e%2e/package.json')).not.toBe(200);
  expect(await status('/..%2f..%2fpackage.json')).not.toBe(200);
});
