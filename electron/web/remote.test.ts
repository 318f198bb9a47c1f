import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { ok } from '../../shared/model';
import { certificate, privateKey } from '../docker/fixtures/tls';
import { parseListen, readPem } from './listen';
import { checkAgainst, hashPassword, readPasswordFile } from './password';
import { startWeb, type WebServer } from './server';

const hour = 3_600_000;
const secret = 'correct horse battery';

let dir: string;
let web: WebServer;
let reported: unknown[] = [];
let notes: string[] = [];
let clock = 1_800_000_000_000;
let checks = 0;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'trunkline-remote-'));
  await mkdir(join(dir, 'window'));
  await writeFile(join(dir, 'window', 'index.html'), '<!doctype html><title>The window</title>');
  checks = 0;
  reported = [];
  notes = [];
  web = await startWeb({
    rendererDir: join(dir, 'window'),
    address: '127.0.0.1',
    port: 0,
    remote: {
      cert: certificate,
      key: privateKey,
      // Scrypt is meant to be slow; it has a test of its own.
      password: async (tried) => {
        checks += 1;
        return tried === secret;
      },
      names: ['console.lan'],
    },
    run: async () => ok('ran'),
    subscribe: () => () => undefined,
    report: (error) => reported.push(error),
    note: (line) => notes.push(line),
    now: () => clock,
  });
});
afterEach(async () => {
  await web.close();
  expect(reported).toEqual([]);
  await rm(dir, { recursive: true });
});

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

const raw = (
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
  body?: string,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    // Node takes the name to check from the Host header, which these tests forge.
    const servername = 'localhost';
    const options = { port: web.port, host: '127.0.0.1', servername, ca: certificate, path, method, headers };
    const request = httpsRequest(options, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const tryPassword = (password: string, headers: Record<string, string> = {}) =>
  raw('/sign-in', { ...form, ...headers }, 'POST', new URLSearchParams({ password }).toString());
const cookieOf = (answer: Answer): string => String(answer.headers['set-cookie']).split(';')[0] ?? '';
const command = (cookie: string) =>
  raw('/api/app.info', { cookie, 'content-type': 'application/json' }, 'POST', '{}');

describe('beyond loopback', () => {
  it('tells browsers to come by TLS alone, whatever it answers', async () => {
    for (const headers of [{}, { host: 'evil.example' }] as Record<string, string>[])
      for (const path of ['/', '/%', '/api/%c0'])
        expect((await raw(path, headers)).headers['strict-transport-security']).toBe('max-age=31536000');
  });

  it('asks for the password, in the browser’s language, on a page without scripts', async () => {
    const page = await raw('/', { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8' });
    expect(page.status).toBe(401);
    expect(page.text).toContain('登录');
    expect(page.text).not.toContain('<script');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'; style-src 'sha256-");
    expect((await raw('/', {})).text).toContain('Sign in');
    expect((await raw('/assets/index.js')).status).toBe(401);
  });

  it('opens with it, by a cookie that goes over TLS to this host alone', async () => {
    const wrong = await tryPassword('guess');
    expect([wrong.status, wrong.headers['set-cookie']]).toEqual([401, undefined]);
    const right = await tryPassword(secret, { origin: web.origin });
    expect(right.status).toBe(303);
    expect(String(right.headers['set-cookie'])).toMatch(
      /^__Host-trunkline_\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/; Secure$/,
    );
    expect((await raw('/', { cookie: cookieOf(right) })).text).toContain('The window');
    expect((await command(cookieOf(right))).status).toBe(200);
  });

  it('has no one-time addresses: a token in a URL could be read by others', async () => {
    expect(new URL(web.oneTimeUrl()).search).toBe('');
    expect((await raw('/?token=anything')).status).toBe(401);
  });

  it('lets no foreign page sign anyone in or out', async () => {
    expect((await tryPassword(secret, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await tryPassword(secret, { origin: 'null' })).status).toBe(403);
    expect((await tryPassword(secret, { host: 'evil.example' })).status).toBe(403);
    expect(checks).toBe(0);
    const cookie = cookieOf(await tryPassword(secret));
    expect((await raw('/sign-out', { cookie })).status).toBe(405);
    expect((await raw('/sign-out', { cookie, origin: 'https://evil.example' }, 'POST')).status).toBe(403);
    expect((await command(cookie)).status).toBe(200);
  });

  it('answers to the names that it was given', async () => {
    expect((await raw('/', { host: `console.lan:${web.port}` })).status).toBe(401);
    expect((await raw('/', { host: `Console.LAN:${web.port}` })).status).toBe(401);
    expect((await raw('/', { host: `other.lan:${web.port}` })).status).toBe(403);
  });

  it('speaks no plain HTTP', async () => {
    await expect(fetch(`http://127.0.0.1:${web.port}/`)).rejects.toThrow();
  });
});

describe('guessing', () => {
  it('is slowed down, more with each try, and the password itself is not tried meanwhile', async () => {
    for (let index = 0; index < 5; index += 1) expect((await tryPassword('guess')).status).toBe(401);
    const early = await tryPassword(secret);
    expect([early.status, early.headers['retry-after'], checks]).toEqual([429, '1', 5]);
    expect(early.text).toContain('Wait 1 s');
    clock += 1000;
    expect((await tryPassword('guess')).status).toBe(401);
    clock += 1000;
    expect((await tryPassword(secret)).headers['retry-after']).toBe('1');
    clock += 1000;
    expect((await tryPassword(secret)).status).toBe(303);
    expect((await tryPassword('guess')).status).toBe(401);
  });

  it('many at once is tried one after the other, and stopped as well', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => tryPassword('guess')));
    expect(checks).toBe(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(35);
  });
});

describe('sessions', () => {
  it('end when signed out, with their sockets', async () => {
    const cookie = cookieOf(await tryPassword(secret));
    const socket = new WebSocket(`wss://127.0.0.1:${web.port}/api/events`, {
      headers: { cookie },
      ca: certificate,
    });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    const out = await raw('/sign-out', { cookie, origin: web.origin }, 'POST');
    expect(String(out.headers['set-cookie'])).toContain('Max-Age=0');
    await closed;
    expect((await command(cookie)).status).toBe(401);
  });

  it('end after eight idle hours, and after a day', async () => {
    const cookie = cookieOf(await tryPassword(secret));
    clock += 8 * hour - 1;
    expect((await command(cookie)).status).toBe(200);
    clock += 8 * hour;
    expect((await command(cookie)).status).toBe(401);
    const busy = cookieOf(await tryPassword(secret));
    for (let index = 0; index < 3; index += 1) {
      clock += 7 * hour;
      expect((await command(busy)).status).toBe(200);
    }
    clock += 3 * hour;
    expect((await command(busy)).status).toBe(401);
  });
});

describe('the password', () => {
  it('is checked against its hash', async () => {
    const hash = await hashPassword(secret);
    expect(hash).not.toContain(secret);
    expect(await checkAgainst(hash)(secret)).toBe(true);
    expect(await checkAgainst(hash)(`${secret}!`)).toBe(false);
    expect(() => checkAgainst('scrypt$1$2')).toThrow('not a hash');
  });

  it.each([
    ['a key of one byte', 'scrypt$131072$8$1$AAAAAAAAAAAAAAAAAAAAAA$AA', '1 bytes instead of 32'],
    ['a salt of one byte', `scrypt$131072$8$1$AA$${'A'.repeat(43)}`, 'salt'],
    [
      'a cost that is no power of two',
      `scrypt$131071$8$1$${'A'.repeat(22)}$${'A'.repeat(43)}`,
      'power of two',
    ],
    ['no cost', `scrypt$0$8$1$${'A'.repeat(22)}$${'A'.repeat(43)}`, 'power of two'],
    ['no blocks', `scrypt$131072$0$1$${'A'.repeat(22)}$${'A'.repeat(43)}`, 'r and p'],
    ['no runs', `scrypt$131072$8$0$${'A'.repeat(22)}$${'A'.repeat(43)}`, 'r and p'],
    [
      'more memory than there is',
      `scrypt$${String(2 ** 40)}$8$1$${'A'.repeat(22)}$${'A'.repeat(43)}`,
      'gigabyte',
    ],
    ['blocks without end', `scrypt$2$99999999999$1$${'A'.repeat(22)}$${'A'.repeat(43)}`, 'gigabyte'],
    ['runs without end', `scrypt$131072$8$4000000$${'A'.repeat(22)}$${'A'.repeat(43)}`, 'too long'],
  ])('is refused at the start with %s', async (_what, hash, why) => {
    const file = join(dir, 'password');
    await writeFile(file, hash, { mode: 0o600 });
    await expect(readPasswordFile(file)).rejects.toThrow(why);
  });

  it('comes from a plain file', async () => {
    await expect(readPasswordFile('/dev/zero')).rejects.toThrow('no plain file');
    await expect(readPem('--tls-key', '/dev/zero')).rejects.toThrow(/--tls-key.*no plain file/);
  });

  it('comes from a file that nobody else can read', async () => {
    const file = join(dir, 'password');
    await writeFile(file, `${secret}\n`, { mode: 0o600 });
    expect(await (await readPasswordFile(file))(secret)).toBe(true);
    await chmod(file, 0o640);
    await expect(readPasswordFile(file)).rejects.toThrow('can be read by other users');
    await writeFile(file, 'short');
    await chmod(file, 0o600);
    await expect(readPasswordFile(file)).rejects.toThrow('at least 12');
    await expect(readPasswordFile(join(dir, 'none'))).rejects.toThrow('can’t be read');
  });
});

describe('--listen', () => {
  it.each([
    ['192.168.1.5:8443', { address: '192.168.1.5', port: 8443 }],
    ['0.0.0.0', { address: '0.0.0.0', port: 0 }],
    ['[fd00::5]:8443', { address: 'fd00::5', port: 8443 }],
    ['[::]', { address: '::', port: 0 }],
  ])('takes %s', (text, wanted) => expect(parseListen(text)).toEqual(wanted));

  it.each(['', 'console.lan', '1.2.3:80', '1.2.3.4:99999', 'http://1.2.3.4'])('refuses “%s”', (text) =>
    expect(() => parseListen(text)).toThrow('--listen takes an IP address'),
  );
});
