import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, request, test, type APIRequestContext } from '@playwright/test';
import ssh2 from 'ssh2';
import { certificate, privateKey } from '../../electron/docker/fixtures/tls';
import { serve, type Served } from '../fixtures/web';

const password = 'the-password-of-the-console-7391';
const guess = 'a-wrong-guess-of-the-password-2846';
const passphrase = 'the-passphrase-of-the-key-5518';
const otherPassphrase = 'another-passphrase-that-opens-nothing-9042';

let dir: string;
test.beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'trunkline-secrets-'));
});
test.afterEach(() => rm(dir, { recursive: true, force: true }));

/** Simulated engines are not added to; and no real one is wanted here. */
const nowhere = () => `unix://${join(dir, 'none.sock')}`;

/** Every byte that the console has left in its folder. */
async function onDisk(): Promise<string> {
  const data = join(dir, 'data');
  const entries = await readdir(data, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  expect(files.map((each) => each.slice(data.length + 1))).toContain('engines.yaml');
  return (await Promise.all(files.map((each) => readFile(each, 'latin1')))).join('\n');
}

/** An SSH engine whose key is locked: tested and unlocked with passphrases, right and wrong. Nothing listens there. */
async function useKey(call: (name: string, input: unknown) => Promise<unknown>): Promise<void> {
  const keyFile = join(dir, 'id_ed25519');
  const pair = ssh2.utils.generateKeyPairSync('ed25519', { passphrase, cipher: 'aes256-ctr', rounds: 8 });
  await writeFile(keyFile, pair.private, { mode: 0o600 });
  const connection = { kind: 'ssh', host: '127.0.0.1', port: 1, user: 'nobody', keyFile };
  for (const each of [otherPassphrase, passphrase])
    await call('engines.test', { connection, passphrase: each });
  const added = (await call('engines.add', { connection, name: 'locked' })) as {
    value: { engineId: string };
  };
  const { engineId } = added.value;
  for (const each of [otherPassphrase, passphrase])
    await call('engines.unlock', { engineId, passphrase: each, remember: true });
  await call('engines.retry', { engineId });
  // Malformed ones are spoken of in errors, and must not be in them.
  const bad = JSON.stringify(await call('engines.unlock', { engineId: 7, passphrase }));
  expect(bad).toContain('invalid_input');
  expect(bad).not.toContain(passphrase);
}

async function leftNothing(served: Served, secrets: readonly string[], printed = ''): Promise<void> {
  const output = served.output().replace(printed, '');
  expect(await served.end()).toBe(0);
  const disk = await onDisk();
  for (const secret of secrets)
    for (const form of [
      secret,
      encodeURIComponent(secret),
      Buffer.from(secret).toString('base64').slice(0, -4),
    ]) {
      expect(output).not.toContain(form);
      expect(disk).not.toContain(form);
    }
}

test('with --listen: no password, cookie or passphrase in what is printed or kept', async () => {
  const file = (name: string) => join(dir, name);
  await writeFile(file('cert.pem'), certificate);
  await writeFile(file('key.pem'), privateKey, { mode: 0o600 });
  await writeFile(file('password'), password, { mode: 0o600 });
  const tls = [
    '--tls-cert',
    file('cert.pem'),
    '--tls-key',
    file('key.pem'),
    '--password-file',
    file('password'),
  ];
  const served = await serve(['--host', nowhere(), '--listen', '127.0.0.1', ...tls], file('data'));
  const browser: APIRequestContext = await request.newContext({ ignoreHTTPSErrors: true });
  try {
    const enter = (tried: string) =>
      browser.post(`${served.origin}/sign-in`, { form: { password: tried }, maxRedirects: 0 });
    expect((await enter(guess)).status()).toBe(401);
    expect((await enter(password)).status()).toBe(303);
    const { cookies } = await browser.storageState();
    expect(cookies).toHaveLength(1);
    await useKey(async (name, data) => (await browser.post(`${served.origin}/api/${name}`, { data })).json());
    await leftNothing(served, [password, guess, passphrase, otherPassphrase, cookies[0]?.value ?? 'none']);
  } finally {
    await browser.dispose();
    await served.end();
  }
});

test('on loopback: the token and the bearer are printed once, to whoever started it, and kept nowhere', async () => {
  const served = await serve(['--host', nowhere()], join(dir, 'data'));
  try {
    const token = new URL(served.url).searchParams.get('token') ?? '';
    expect([token.length, served.bearer.length]).toEqual([43, 43]);
    const printed = served.output();
    const answer = await fetch(served.url, { redirect: 'manual' });
    const session = /=([\w-]{43});/.exec(answer.headers.get('set-cookie') ?? '')?.[1] ?? '';
    expect(session).toHaveLength(43);
    await useKey((name, input) => served.api(name, input));
    await fetch(`${served.origin}/api/app.info`, { headers: { authorization: `Bearer ${served.bearer}x` } });
    await leftNothing(served, [token, served.bearer, session, passphrase, otherPassphrase], printed);
  } finally {
    await served.end();
  }
});
