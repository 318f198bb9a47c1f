import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { expect, test as base } from '../fixtures/web';

/** Another site, on a port of its own, with a page of the test's choosing; as a browser sees it, hostile. */
const test = base.extend<{ site: { port: number; page: string } }>({
  // As after a successful rebinding: the attacker's name leads to this machine.
  browserArgs: [
    async ({}, use) =>
      use(['--host-resolver-rules=MAP evil.example 127.0.0.1, MAP *.evil.example 127.0.0.1']),
    { scope: 'worker' },
  ],
  site: async ({}, use) => {
    const site = { port: 0, page: '' };
    const server: Server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end(site.page);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    site.port = (server.address() as AddressInfo).port;
    await use(site);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  },
});

/** A tab of the browser that is signed in, so that whatever the browser sends along is sent along. */
const tab = async (page: Page): Promise<Page> => {
  await expect(page.getByTestId('topology')).toBeVisible();
  return page.context().newPage();
};

const attempt = (page: Page, origin: string) =>
  page.evaluate(async (to) => {
    const outcome = (work: Promise<unknown>) =>
      work.then(String, (error: unknown) => `refused: ${String(error)}`);
    const json = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' } as const;
    const simple = { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' } as const;
    const send = (init: RequestInit) =>
      fetch(`${to}/api/inventory.get`, { credentials: 'include', ...init }).then(
        async (answer) => `${answer.type} ${answer.status} ${(await answer.text()).slice(0, 40)}`,
      );
    const socket = new Promise((resolve, reject) => {
      const made = new WebSocket(`${to.replace(/^http/, 'ws')}/api/events`);
      made.onopen = () => resolve('opened');
      made.onerror = () => reject(new Error('no socket'));
    });
    const image = new Promise((resolve, reject) => {
      const made = new Image();
      made.onload = () => resolve('loaded');
      made.onerror = () => reject(new Error('no image'));
      made.src = `${to}/icon.png`;
    });
    const script = new Promise((resolve, reject) => {
      const made = document.createElement('script');
      made.onload = () => resolve('ran');
      made.onerror = () => reject(new Error('no script'));
      made.src = `${to}/api/app.info`;
      document.head.append(made);
    });
    return {
      json: await outcome(send(json)),
      simple: await outcome(send(simple)),
      blind: await outcome(send({ ...simple, mode: 'no-cors' })),
      socket: await outcome(socket),
      image: await outcome(image),
      script: await outcome(script),
    };
  }, origin);

test('DNS rebinding: by another name the console answers nothing', async ({ page, served }) => {
  const stranger = await tab(page);
  const { port } = new URL(served.origin);
  const rebound = `http://evil.example:${port}`;
  const answer = await stranger.goto(`${rebound}/`);
  expect(answer?.status()).toBe(403);
  // The page is the attacker's own origin now: everything is same-origin to the browser, and nothing is held back by it.
  const outcomes = await attempt(stranger, rebound);
  expect(outcomes.json).toContain('basic 403 Trunkline answers only');
  expect(outcomes.simple).toContain('basic 403');
  expect(outcomes.socket).toContain('refused');
  expect((await stranger.goto(`${rebound}/?token=x`))?.status()).toBe(403);
});

for (const name of ['evil.example', '127.0.0.1'])
  test(`a page of ${name} in a browser that is signed in reads nothing and commands nothing`, async ({
    page,
    served,
    site,
  }) => {
    const stranger = await tab(page);
    site.page = '<!doctype html><title>evil</title>';
    await stranger.goto(`http://${name}:${site.port}/`);
    const outcomes = await attempt(stranger, served.origin);
    expect(outcomes).toMatchObject({
      json: expect.stringContaining('refused'),
      simple: expect.stringContaining('refused'),
      socket: expect.stringContaining('refused'),
      image: expect.stringContaining('refused'),
      script: expect.stringContaining('refused'),
    });
    // The browser sends it, and may not look at the 403.
    expect(outcomes.blind).toMatch(/^opaque 0 $|^refused/);
  });

test('forms of another site: CSRF', async ({ page, served, site }) => {
  const stranger = await tab(page);
  const before = (await served.api('preferences.get')).value;
  // A form can be made to look like JSON, but not to say that it is.
  for (const encoding of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
    site.page = `<!doctype html><form method="post" enctype="${encoding}" action="${served.origin}/api/preferences.set">
      <input name='{"theme":"dark","x":"' value='"}'></form><script>document.forms[0].submit()</script>`;
    const answered = stranger.waitForResponse((answer) => answer.url().startsWith(served.origin));
    await stranger.goto(`http://127.0.0.1:${site.port}/`);
    expect((await answered).status(), encoding).toBe(403);
  }
  site.page = `<!doctype html><form method="post" action="${served.origin}/sign-out"></form><script>document.forms[0].submit()</script>`;
  const answered = stranger.waitForResponse((answer) => answer.url().startsWith(served.origin));
  await stranger.goto(`http://127.0.0.1:${site.port}/`);
  expect((await answered).status()).toBe(403);
  expect((await served.api('preferences.get')).value).toEqual(before);
  await page.reload();
  await expect(page.getByTestId('topology')).toBeVisible();
});

test('the console in a frame of another site stays blank: clickjacking', async ({ page, served, site }) => {
  const stranger = await tab(page);
  site.page = `<!doctype html><iframe src="${served.origin}/"></iframe>`;
  const answered = stranger.waitForResponse((answer) => answer.url().startsWith(served.origin));
  await stranger.goto(`http://127.0.0.1:${site.port}/`);
  expect((await answered).status()).toBe(403);
  const frame = stranger.frames()[1];
  expect(await frame?.evaluate(() => document.querySelectorAll('#root').length).catch(() => 0)).toBe(0);
});

test('the printed address opens the console from a link of another page, too', async ({
  browser_,
  served,
  site,
}) => {
  // Terminals in a browser make links of what is printed; a strict cookie does not come along through their redirects.
  const page = await browser_.newPage();
  site.page = `<!doctype html><a href="${served.url}">open</a>`;
  await page.goto(`http://evil.example:${site.port}/`);
  await page.getByRole('link').click();
  await expect(page.getByTestId('topology')).toBeVisible();
  expect(page.url()).not.toContain('token');
  // Whoever is signed in is so by the plain address as well, from a bookmark or from another site.
  site.page = `<!doctype html><a href="${served.origin}/">open</a>`;
  await page.goto(`http://evil.example:${site.port}/`);
  await page.getByRole('link').click();
  await expect(page.getByTestId('topology')).toBeVisible();
  await page.close();
});
