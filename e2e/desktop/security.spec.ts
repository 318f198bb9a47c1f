import { expect, openedExternally, recordExternal, sharedTest as test } from './harness';

test('pages and errors carry the strict policy', async ({ page }) => {
  const answers = await page.evaluate(async () => {
    const ask = async (path: string) => {
      const response = await fetch(path);
      return [
        response.status,
        response.headers.get('content-security-policy'),
        response.headers.get('x-content-type-options'),
      ];
    };
    return Promise.all([ask('/index.html'), ask('/none.js'), ask('/%2e%2e%2fpackage.json')]);
  });
  expect(answers.map(([status]) => status)).toEqual([200, 404, 403]);
  for (const [, policy, sniff] of answers) {
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(sniff).toBe('nosniff');
  }
});

test('inline scripts, eval, frames and requests to elsewhere are stopped', async ({ page }) => {
  await page.evaluate(async () => {
    const violations = new Set<string>();
    Object.assign(window, { violations });
    document.addEventListener('securitypolicyviolation', (event) => violations.add(event.effectiveDirective));
    const script = document.createElement('script');
    script.textContent = 'window.inlineRan = true';
    const frame = document.createElement('iframe');
    frame.src = 'https://example.org/';
    document.body.append(script, frame);
    await fetch('https://example.org/').catch(() => undefined);
    // In a task of its own: what DevTools evaluates directly is exempt from the policy.
    await new Promise<void>((resolve) => {
      setTimeout(() => {
        try {
          new Function('window.evalRan = true')();
        } catch {
          // Refused, as it should be.
        }
        resolve();
      });
    });
  });
  // Each violation is reported in its own time.
  await expect
    .poll(() =>
      page.evaluate(() => [...(window as unknown as { violations: Set<string> }).violations].sort()),
    )
    .toEqual(['connect-src', 'frame-src', 'script-src', 'script-src-elem']);
  expect(await page.evaluate(() => ['inlineRan', 'evalRan'].filter((name) => name in window))).toEqual([]);
});

test('the window can not leave its own page, and opens no others', async ({ page, app }) => {
  await recordExternal(app);
  const before = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getURL(),
  );
  expect(before).toMatch(/^app:\/\/trunkline\//);
  expect(await page.evaluate(() => window.open('https://example.org/'))).toBeNull();
  const follow = (href: string, target: string) =>
    page.evaluate(
      ([url, name]) => {
        const link = Object.assign(document.createElement('a'), { href: url, target: name });
        document.body.append(link);
        link.click();
      },
      [href, target] as const,
    );
  await follow('https://example.org/', '');
  await follow('https://docs.docker.com@example.org/', '_blank');
  await follow('https://docs.docker.com/engine/', '_blank');
  await expect.poll(() => openedExternally(app)).toEqual(['https://docs.docker.com/engine/']);
  await follow('https://docs.docker.com/reference/', '');
  await expect.poll(() => openedExternally(app)).toHaveLength(2);
  const after = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => window.webContents.getURL()),
  );
  expect(after).toEqual([before]);
  expect(await page.evaluate(async () => (await window.trunkline!.invoke('app.info', {})).ok)).toBe(true);
});
