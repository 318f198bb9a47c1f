import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { ask, bearer, signedIn, startTestWeb, wire, type Answer, type TestWeb } from './testing';

let web: TestWeb;
afterEach(() => web.dispose());

/** What our code and Node's errors look like when they come out. */
const inside = /\bat \S+ \(|node:internal|node_modules|\.[cm]?[jt]s:\d+|\/tmp\/|Error:/;
describe('a request that is not meant for the console', () => {
  it('is refused by its Host, whatever else it has: DNS rebinding', async () => {
    web = await startTestWeb();
    const { port } = web;
    const others = ['evil.example', `evil.example:${port}`, `127.0.0.1.:${port}`, `localhost.evil:${port}`];
    others.push(`127.0.0.1:${port + 1}`, '127.0.0.1', `user@127.0.0.1:${port}`, `[::ffff:127.0.0.1]:${port}`);
    for (const host of others)
      expect((await ask(web, '/api/echo', { ...bearer(web), host }, 'POST', '{}')).status, host).toBe(403);
    for (const host of ['127.0.0.1', 'localhost', 'LocalHost', '[::1]'])
      expect(
        (await ask(web, '/api/echo', { ...bearer(web), host: `${host}:${port}` }, 'POST', '{}')).status,
      ).toBe(200);
    const two = wire(
      web,
      `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
    );
    const none = wire(web, `GET / HTTP/1.0\r\n\r\n`);
    const proxied = wire(
      web,
      `GET http://127.0.0.1:${port}/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
    );
    expect(await two.ended).toMatch(/^HTTP\/1\.1 400 /);
    const same = 'Host: 127.0.0.1:' + String(port);
    const twice = wire(
      web,
      `GET / HTTP/1.1\r\n${same}\r\nhOST: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`,
    );
    expect(await twice.ended).toMatch(/^HTTP\/1\.1 400 /);
    const socket = wire(
      web,
      `GET /api/events HTTP/1.1\r\n${same}\r\n${same}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    );
    expect(await socket.ended).toMatch(/^HTTP\/1\.1 400 /);
    expect(await none.ended).toMatch(/^HTTP\/1\.1 403 /);
    expect(await proxied.ended).toMatch(/^HTTP\/1\.1 403 /);
  });

  it('is refused by its Origin, and by what browsers say of where it comes from', async () => {
    web = await startTestWeb();
    const cookie = await signedIn(web);
    const call = (headers: Record<string, string>) =>
      ask(web, '/api/echo', { cookie, 'content-type': 'application/json', ...headers }, 'POST', '{}');
    const other = `http://127.0.0.1:${web.port + 1}`;
    for (const origin of ['null', 'https://evil.example', other, web.origin.replace('http', 'https'), ''])
      expect((await call({ origin })).status, origin).toBe(403);
    for (const site of ['cross-site', 'same-site'])
      expect((await call({ 'sec-fetch-site': site })).status, site).toBe(403);
    expect((await call({ origin: web.origin, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    // Another port of this machine is the same site, and its page's requests carry our cookie.
    const load = (dest: string, mode: string) =>
      ask(web, '/', {
        cookie,
        'sec-fetch-site': 'same-site',
        'sec-fetch-mode': mode,
        'sec-fetch-dest': dest,
      });
    expect((await load('image', 'no-cors')).status).toBe(403);
    expect((await load('iframe', 'navigate')).status).toBe(403);
    expect((await load('document', 'navigate')).status).toBe(200);
  });

  it('gets no preflight answered: other sites stay out', async () => {
    web = await startTestWeb();
    const preflight = await ask(
      web,
      '/api/echo',
      { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
      'OPTIONS',
    );
    expect(preflight.status).toBe(403);
    expect(Object.keys(preflight.headers).filter((each) => each.startsWith('access-control'))).toEqual([]);
  });
});

describe('the WebSocket', () => {
  const open = (headers: Record<string, string>, path = '/api/events') =>
    new Promise<WebSocket>((resolve, reject) => {
      const socket = new WebSocket(`ws://127.0.0.1:${web.port}${path}`, { headers });
      socket.once('open', () => resolve(socket));
      socket.once('error', reject);
    });

  it('opens for those who are signed in, from the console’s own page', async () => {
    web = await startTestWeb();
    const cookie = await signedIn(web);
    const strangers: Record<string, string>[] = [
      {},
      { cookie: `${cookie}x` },
      { cookie, origin: 'http://evil.example' },
      { cookie, origin: 'null' },
      { cookie, host: `evil.example:${web.port}` },
      { cookie, 'sec-fetch-site': 'same-site' },
      { authorization: 'Bearer wrong' },
    ];
    for (const headers of strangers)
      await expect(open(headers), JSON.stringify(headers)).rejects.toThrow('401');
    await expect(open({ cookie }, '/api/other')).rejects.toThrow('404');
    (await open({ cookie, origin: web.origin })).terminate();
  });

  it('takes no large message, and does nothing with small ones', async () => {
    web = await startTestWeb();
    const socket = await open({ cookie: await signedIn(web) });
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    socket.send('{"name":"change.apply"}');
    socket.send('x'.repeat(1025));
    expect(await closed).toBe(1009);
  });
});

describe('paths', () => {
  it('lead nowhere but into the window', async () => {
    web = await startTestWeb();
    const cookie = await signedIn(web);
    const tried = ['/../secret.json', '/%2e%2e/secret.json', '/..%2fsecret.json', '/%2e%2e%2fsecret.json'];
    tried.push('/%252e%252e%252fsecret.json', '/..%252fsecret.json', '/assets/../../secret.json');
    tried.push('/..\\secret.json', '/..%5csecret.json', '/%5c..%5csecret.json', '/....//secret.json');
    tried.push('/index.html%00.json', '/secret.json%00', '/%00', '/%', '/%c0%ae%c0%ae/secret.json');
    tried.push(
      '/etc/passwd',
      '//etc/passwd',
      '/file:///etc/passwd',
      `/${'a'.repeat(9000)}`,
      '/assets',
      '/assets/',
    );
    for (const path of tried) {
      const answer = await ask(web, path, { cookie });
      expect([400, 404], path).toContain(answer.status);
      expect(answer.text).not.toContain('of others');
    }
    for (const path of ['//', '//[', 'http://[', '*'])
      expect(
        await wire(web, `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${web.port}\r\nConnection: close\r\n\r\n`)
          .ended,
        path,
      ).toMatch(/^HTTP\/1\.1 40\d /);
    expect((await ask(web, '/', { cookie })).status).toBe(200);
    expect(web.reported).toEqual([]);
  });
});

describe('too much', () => {
  it('in the headers', async () => {
    web = await startTestWeb();
    expect((await ask(web, '/', { cookie: 'x'.repeat(20_000) })).status).toBe(431);
  });

  it('in the body, announced or not', async () => {
    web = await startTestWeb();
    const head = `POST /api/echo HTTP/1.1\r\nHost: 127.0.0.1:${web.port}\r\nAuthorization: Bearer ${web.bearer}\r\nContent-Type: application/json\r\n`;
    const announced = wire(web, `${head}Content-Length: 1000000000\r\n\r\n"`);
    expect(await announced.ended).toMatch(/^HTTP\/1\.1 413 /);
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    const endless = wire(web, `${head}Transfer-Encoding: chunked\r\n\r\n${chunk}`);
    endless.socket.on('drain', () => endless.socket.write(chunk));
    endless.socket.on('connect', () => {
      for (let sent = 0; sent < 32; sent += 1) endless.socket.write(chunk);
    });
    await endless.ended;
    expect((await ask(web, '/api/echo', bearer(web), 'POST', '{}')).status).toBe(200);
  });

  const hurried = {
    headersTimeout: 150,
    requestTimeout: 200,
    keepAliveTimeout: 100,
    connectionsCheckingInterval: 20,
  };

  it('time: a request that never gets ready, in its headers or its body, or says nothing at all', async () => {
    web = await startTestWeb({ patience: hurried });
    const host = `Host: 127.0.0.1:${web.port}\r\n`;
    const slow = [
      wire(web, ''),
      wire(web, `GET / HTTP/1.1\r\n${host}X-Slow: `),
      wire(
        web,
        `POST /api/echo HTTP/1.1\r\n${host}Authorization: Bearer ${web.bearer}\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{`,
      ),
    ];
    // Whoever drips goes on dripping; it does not help.
    const drip = setInterval(() => slow.forEach(({ socket }) => socket.writable && socket.write('a')), 30);
    try {
      for (const { ended } of slow) expect(await ended).not.toContain('HTTP/1.1 200');
    } finally {
      clearInterval(drip);
    }
  });

  it('connections from one address; others still get in', async () => {
    web = await startTestWeb({ bounds: { perAddress: 5, inAll: 100 } });
    const line = `GET / HTTP/1.1\r\nHost: 127.0.0.1:${web.port}\r\n\r\n`;
    const held = Array.from({ length: 5 }, () => wire(web, line, '127.0.0.2'));
    await vi.waitFor(() => expect(held.every(({ got }) => got().includes('401'))).toBe(true));
    expect(await wire(web, line, '127.0.0.2').ended).toBe('');
    expect((await ask(web, '/api/echo', bearer(web), 'POST', '{}')).status).toBe(200);
    held[0]?.socket.destroy();
    await vi.waitFor(async () => {
      const again = wire(web, `${line.trimEnd()}\r\nConnection: close\r\n\r\n`, '127.0.0.2');
      expect(await again.ended).toContain('401');
    });
  });
});

describe('what comes out', () => {
  it('is never the inside: no stack, no path, no version', async () => {
    web = await startTestWeb({
      run: async (name) => {
        if (name === 'crash') throw new Error('the password is hunter2');
        return { ok: false, error: { code: 'internal', message: 'It failed.' } };
      },
    });
    const cookie = await signedIn(web);
    const answers: Answer[] = [
      await ask(web, '/nowhere'),
      await ask(web, '/nowhere.js', { cookie }),
      await ask(web, '/api/x', bearer(web), 'POST', '{"a":'),
      await ask(web, '/api/x', bearer(web), 'POST', '{}'),
      await ask(web, '/', { cookie }, 'PUT'),
      await ask(web, '/', { host: 'evil.example' }),
    ];
    for (const { text, headers } of answers) {
      expect(text).not.toMatch(inside);
      expect(headers['server'] ?? headers['x-powered-by']).toBeUndefined();
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['cache-control']).toBe('no-store');
    }
    await expect(ask(web, '/api/crash', bearer(web), 'POST', '{}')).rejects.toThrow();
    expect(web.reported).toHaveLength(1);
    const garbage = wire(web, 'NONSENSE\r\n\r\n');
    expect(await garbage.ended).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n(?:[^\r]*\r\n)*\r\n$/);
  });
});

describe('a request that is cut off', () => {
  it('is counted, a line for many, whoever sent it', async () => {
    const lines: string[] = [];
    let clock = 0;
    web = await startTestWeb({ note: (line) => lines.push(line), now: () => clock });
    const cut = async (path: string, type: string, authorization: string) => {
      const { socket, ended, got } = wire(
        web,
        `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${String(web.port)}\r\n${authorization}Content-Type: ${type}\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n{"a":`,
      );
      await vi.waitFor(() => expect(got()).toContain('100 Continue'));
      socket.resetAndDestroy();
      await ended;
    };
    const known = `Authorization: Bearer ${web.bearer}\r\n`;
    for (let index = 0; index < 3; index += 1) await cut('/api/echo', 'application/json', known);
    await vi.waitFor(() => expect(lines).toHaveLength(1));
    clock += 60_000;
    await cut('/api/echo', 'application/json', known);
    await vi.waitFor(() => expect(lines.at(-1)).toMatch(/so far: 4/));
    expect(lines).toHaveLength(2);
    expect(web.reported).toEqual([]);
  });

  it('says JSON in any case, with parameters or without', async () => {
    web = await startTestWeb();
    const call = async (type: string) =>
      (await ask(web, '/api/echo', { ...bearer(web), 'content-type': type }, 'POST', '{}')).status;
    for (const type of ['APPLICATION/JSON', 'Application/Json; charset=UTF-8', ' application/json ;x=y'])
      expect(await call(type), type).toBe(200);
    for (const type of [
      'application/json-seq',
      'text/plain',
      'application/jsonx',
      'text/json; application/json',
    ])
      expect(await call(type), type).toBe(415);
  });
});
