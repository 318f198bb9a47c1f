import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { certificate, privateKey } from '../../electron/docker/fixtures/tls';
import { picture } from '../fixtures/picture';
import { entries, expect, serve, test as base } from '../fixtures/web';

const password = 'correct horse battery';

/** `npm start -- --listen …`, as an admin starts it. */
const test = base.extend({
  served: async ({}, use) => {
    const dir = await mkdtemp(join(tmpdir(), 'trunkline-remote-'));
    const [cert, key, file] = ['cert.pem', 'key.pem', 'password'].map((name) => join(dir, name)) as [
      string,
      string,
      string,
    ];
    await Promise.all([
      writeFile(cert, certificate),
      writeFile(key, privateKey, { mode: 0o600 }),
      writeFile(file, `${password}\n`, { mode: 0o600 }),
    ]);
    const listen = ['--listen', '127.0.0.1', '--tls-cert', cert, '--tls-key', key, '--password-file', file];
    const served = await serve(['--demo', ...listen], join(dir, 'data'), [], entries.starter);
    try {
      await use(served);
    } finally {
      await served.end();
      await rm(dir, { recursive: true, force: true });
    }
  },
  page: async ({ browser_ }, use) => {
    const context = await browser_.newContext({
      ignoreHTTPSErrors: true,
      viewport: { width: 1440, height: 900 },
    });
    await use(await context.newPage());
  },
});

test('asks for the password, shows the window, and signs out', async ({ page, served }, info) => {
  expect(served.origin).toMatch(/^https:/);
  expect(served.bearer, 'no secret in what may be a log').toBe('');
  await page.goto(served.url);
  const field = page.getByLabel('Password');
  await expect(field).toBeFocused();
  await field.fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toHaveText('That is not the password.');
  await picture(page, info.outputPath('wrong.png'));
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('topology')).toBeVisible();
  await expect(page.getByTestId('status-line')).toContainText('3 online');
  await expect(page.getByTestId('status-line')).toContainText(/[1-9][\d.]* [kMG]bit\/s/);
  await picture(page, info.outputPath('window.png'));

  // Another tab of the same browser loses its session with this one's sign-out, and says how to get in again.
  const other = await page.context().newPage();
  await other.goto(served.url);
  await expect(other.getByTestId('topology')).toBeVisible();
  await page.getByTestId('sign-out').click();
  await expect(page.getByLabel('Password')).toBeVisible();
  await expect(other.getByLabel('Password')).toBeVisible();
  await page.goto(`${served.origin}/index.html`);
  await expect(page.getByLabel('Password')).toBeVisible();
  expect(served.output()).toMatch(/Wrong password from 127\.0\.0\.1\./);
  expect(served.output()).toMatch(/Signed in from 127\.0\.0\.1\./);
  expect(served.output()).not.toContain(password);
});

test('slows guesses down and says so', async ({ page, served }) => {
  await page.goto(served.url);
  const alert = page.getByRole('alert');
  // Each wait is twice as long as the one before: however slow the machine, one comes that is not over by the next try.
  for (let index = 0; index < 12; index += 1) {
    await page.getByLabel('Password').fill(`guess number ${index}`);
    const answered = page.waitForResponse((answer) => answer.request().method() === 'POST');
    await page.keyboard.press('Enter');
    const status = (await answered).status();
    await expect(alert).toHaveText(
      status === 429 ? /^Too many tries. Wait \d+ s/ : 'That is not the password.',
    );
    if (status === 429) return expect(index).toBeGreaterThanOrEqual(5);
  }
  throw new Error('twelve guesses in a row were all tried');
});

for (const [locale, colorScheme] of [
  ['en', 'light'],
  ['en', 'dark'],
  ['zh-CN', 'light'],
  ['zh-CN', 'dark'],
] as const)
  test(`the sign-in page in ${locale}, ${colorScheme}`, async ({ browser_, served }, info) => {
    const context = await browser_.newContext({
      ignoreHTTPSErrors: true,
      locale,
      colorScheme,
      viewport: { width: 900, height: 600 },
    });
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    await page.goto(served.url);
    await expect(page).toHaveTitle(locale === 'en' ? 'Trunkline – Sign in' : 'Trunkline – 登录');
    await picture(page, info.outputPath(`sign-in-${locale}-${colorScheme}.png`));
    // The answer itself is a 401, which browsers tell.
    expect(problems.filter((each) => !each.includes('401'))).toEqual([]);
    await context.close();
  });
