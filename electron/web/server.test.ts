import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { decodeTick } from '../../renderer/bridge/tick-frame';
import type { PushName } from '../../shared/contract';
import { fail, ok } from '../../shared/model';
import { startWeb, type WebServer } from './server';

let dir: string;
let web: WebServer;
let reported: unknown[] = [];
let push: (name: PushName, data: unknown) => void = () => undefined;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'trunkline-web-'));
  await mkdir(join(dir, 'window', 'assets'), { recursive: true });
  await writeFile(join(dir, 'window', 'index.html'), '<!doctype html><title>Trunkline</title>');
  await writeFile(join(dir, 'secret.json'), '{}');
  reported = [];
  web = await startWeb({
    rendererDir: join(dir, 'window'),
    address: '127.0.0.1',
    port: 0,
    run: async (name, input) =>
      name === 'echo'
        ? ok(input)
        : fail({ code: 'unknown_command', message: `There is no command “${name}”.` }),
    subscribe: (listener) => {
      push = listener;
      return () => undefined;
    },
    report: (error) => reported.push(error),
  });
});
afterEach(async () => {
  await web.close();
  expect(reported).toEqual([]);
  await rm(dir, { recursive: true });
});

/** Raw, because fetch sets Host and Origin by itself. */
const raw = (
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
  body?: string,
): Promise<{ status: number; headers: Record<string, unknown>; text: string }> =>
  new Promise((resolve, reject) => {
    const request = httpRequest({ port: web.port, host: '127.0.0.1', path, method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
const bearer = () => ({ authorization: `Bearer ${web.bearer}`, 'content-type': 'application/json' });
const signIn = async () => {
  const { pathname, search } = new URL(web.oneTimeUrl());
  const answer = await raw(pathname + search);
  return { answer, cookie: String(answer.headers['set-cookie']).split(';')[0] ?? '' };
};

describe('who may in', () => {
  it('trades the one-time token for a cookie that scripts in the page can’t read, once', async () => {
    const url = new URL(web.oneTimeUrl());
    const first = await raw(url.pathname + url.search);
    expect(first.status).toBe(200);
    expect(first.text).toContain('content="0;url=/"');
    expect(first.text).not.toContain(url.searchParams.get('token'));
    expect(String(first.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Strict/);
    expect((await raw(url.pathname + url.search)).status).toBe(401);
    expect((await raw('/?token=wrong')).status).toBe(401);
  });

  it('shows the window only with the cookie, under a strict policy', async () => {
    expect((await raw('/')).status).toBe(401);
    const { cookie } = await signIn();
    const page = await raw('/', { cookie });
    expect(page.status).toBe(200);
    expect(page.text).toContain('Trunkline');
    expect(page.headers['content-security-policy']).toContain("script-src 'self';");
    expect((await raw('/', { cookie: `${cookie}x` })).status).toBe(401);
  });

  it('leads a link of another site home first, where the strict cookie comes along, and shows nothing on the way', async () => {
    const link = {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    };
    const led = await raw('/', link);
    expect(led.status).toBe(200);
    expect(led.text).toContain('content="0;url=/"');
    expect(led.headers['set-cookie']).toBeUndefined();
    expect((await raw('/', { ...link, 'sec-fetch-site': 'same-origin' })).status).toBe(401);
    expect((await raw('/', { ...link, 'sec-fetch-dest': 'iframe' })).status).toBe(403);
  });

  it('refuses another Host (DNS rebinding) and another Origin (a foreign page), token or not', async () => {
    expect((await raw('/api/echo', { ...bearer(), host: 'evil.example' }, 'POST', '{}')).status).toBe(403);
    expect(
      (await raw('/api/echo', { ...bearer(), origin: 'http://evil.example' }, 'POST', '{}')).status,
    ).toBe(403);
  });

  it('takes no command without a token, from a form, or by GET', async () => {
    expect((await raw('/api/echo', { 'content-type': 'application/json' }, 'POST', '{}')).status).toBe(401);
    const { cookie } = await signIn();
    expect((await raw('/api/echo', { cookie, 'content-type': 'text/plain' }, 'POST', '{}')).status).toBe(415);
    expect((await raw('/api/echo', bearer())).status).toBe(405);
  });

  it('serves nothing from outside of the window’s folder', async () => {
    const { cookie } = await signIn();
    for (const path of ['/../secret.json', '/%2e%2e/secret.json', '/..%2fsecret.json', '/%00', '/%'])
      expect((await raw(path, { cookie })).status, path).toBe(404);
  });
});

describe('commands', () => {
  it('answer with the envelope and a fitting status', async () => {
    const good = await raw('/api/echo', bearer(), 'POST', '{"a":1}');
    expect([good.status, JSON.parse(good.text)]).toEqual([200, { ok: true, value: { a: 1 } }]);
    const bad = await raw('/api/nope', bearer(), 'POST', '{}');
    expect([bad.status, JSON.parse(bad.text).error.code]).toEqual([404, 'unknown_command']);
    expect((await raw('/api/echo', bearer(), 'POST', '{"a":')).status).toBe(400);
    expect((await raw('/api/echo', bearer(), 'POST', `"${'x'.repeat(1 << 20)}"`)).status).toBe(413);
  });
});

describe('pushes', () => {
  const connect = (headers: Record<string, string>) =>
    new Promise<WebSocket>((resolve, reject) => {
      const socket = new WebSocket(`ws://127.0.0.1:${web.port}/api/events`, { headers });
      socket.once('open', () => resolve(socket));
      socket.once('error', reject);
    });
  const next = (socket: WebSocket) =>
    new Promise<{ data: Buffer; binary: boolean }>((resolve) =>
      socket.once('message', (data: Buffer, binary: boolean) => resolve({ data, binary })),
    );

  it('come as JSON, ticks as binary', async () => {
    const socket = await connect({ authorization: `Bearer ${web.bearer}` });
    const delta = next(socket);
    push('inventory.delta', { revision: 1 });
    expect(JSON.parse(String((await delta).data))).toEqual({
      name: 'inventory.delta',
      data: { revision: 1 },
    });
    const tick = next(socket);
    push('traffic.tick', { version: 3, at: 1_700_000_000_000, values: new Float64Array([1.5, NaN]) });
    const { data, binary } = await tick;
    expect(binary).toBe(true);
    const exact = data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) as ArrayBuffer;
    expect(decodeTick(exact)).toEqual({
      version: 3,
      at: 1_700_000_000_000,
      values: new Float64Array([1.5, NaN]),
    });
    socket.close();
  });

  it('are not for strangers', async () => {
    await expect(connect({})).rejects.toThrow('401');
    await expect(
      connect({ authorization: `Bearer ${web.bearer}`, origin: 'http://evil.example' }),
    ).rejects.toThrow('401');
  });
});
