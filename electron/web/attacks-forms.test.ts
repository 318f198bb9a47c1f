import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { ask, bearer, signedIn, startTestWeb, wire, type Answer, type TestWeb } from './testing';

let web: TestWeb;
afterEach(() => web.dispose());
describe('an address that can’t be decoded', () => {
  const bare = ({ headers, ...rest }: Answer) => ({ ...rest, headers: { ...headers, date: '' } });

  it.each(['%', '%zz', '%c0%ae', 'x%ff?a=%', '%;a'])('gets the answer of any other: /%s', async (odd) => {
    web = await startTestWeb();
    const cookie = await signedIn(web);
    const callers: Record<string, string>[] = [
      {},
      { cookie },
      { ...bearer(web) },
      { host: 'evil.example' },
      { cookie, origin: 'https://evil.example' },
    ];
    for (const headers of callers)
      for (const method of ['GET', 'POST'])
        expect(bare(await ask(web, `/${odd}`, headers, method))).toEqual(
          bare(await ask(web, '/nothing', headers, method)),
        );
    expect((await ask(web, `/api/${odd}`, {}, 'POST')).status).toBe(401);
    expect((await ask(web, `/api/${odd}`, bearer(web), 'POST', '{}')).status).toBe(404);
    const host = `Host: 127.0.0.1:${String(web.port)}\r\n`;
    const two = wire(web, `GET /${odd} HTTP/1.1\r\n${host}${host}Connection: close\r\n\r\n`);
    expect(await two.ended).toMatch(/^HTTP\/1\.1 400 /);
    expect(web.reported).toEqual([]);
  });
});

describe('a request that two servers may read as two', () => {
  const commandsRun = async (head: string, body: string): Promise<{ text: string; ran: string[] }> => {
    const ran: string[] = [];
    web = await startTestWeb({ run: async (name) => (ran.push(name), { ok: true, value: null }) });
    const own = `Host: 127.0.0.1:${String(web.port)}\r\nAuthorization: Bearer ${web.bearer}\r\n`;
    const text = `POST /api/one HTTP/1.1\r\n${own}Content-Type: application/json\r\n${head}\r\n\r\n${body}`;
    return { text: await wire(web, text).ended, ran };
  };
  const second = 'POST /api/two HTTP/1.1\r\n\r\n';

  it.each([
    ['a length and chunks', 'Content-Length: 2\r\nTransfer-Encoding: chunked', `0\r\n\r\n${second}`],
    ['two lengths', 'Content-Length: 2\r\nContent-Length: 30', `{}${second}`],
    ['a list of lengths', 'Content-Length: 2, 30', `{}${second}`],
    ['a signed length', 'Content-Length: +2', `{}${second}`],
    ['chunks that are not last', 'Transfer-Encoding: chunked, identity', `0\r\n\r\n${second}`],
    ['a space before the colon', 'Content-Length : 2', `{}${second}`],
    ['a folded header', 'X: a\r\n Content-Length: 30', second],
    ['a length of a chunk that is none', 'Transfer-Encoding: chunked', `0x2\r\n{}\r\n0\r\n\r\n${second}`],
    ['a bare line end', 'Content-Length: 2\nX: y', `{}${second}`],
  ])('%s', async (_, head, body) => {
    const { text, ran } = await commandsRun(head, body);
    expect(text).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(text.match(/HTTP\/1\.1 2/g)).toBeNull();
    expect(ran).not.toContain('two');
    expect(web.reported).toEqual([]);
  });
});

describe('a body that is no plain object of JSON', () => {
  it.each([
    ['a prototype', '{"__proto__":{"readOnly":false}}'],
    ['a constructor’s prototype', '{"a":{"constructor":{"prototype":{"x":1}}}}'],
    ['no end', '['.repeat(1_000_000)],
    ['two values', '{}{}'],
    ['a number that is none', '{"a":NaN}'],
    ['a NUL behind it', '{}\0'],
  ])('%s', async (_, body) => {
    web = await startTestWeb();
    expect((await ask(web, '/api/echo', bearer(web), 'POST', body)).status).toBe(400);
    expect(({} as Record<string, unknown>)['readOnly']).toBeUndefined();
    expect(web.reported).toEqual([]);
  });

  it('is not unpacked', async () => {
    web = await startTestWeb();
    const headers = { ...bearer(web), 'content-encoding': 'gzip' };
    const packed = gzipSync(Buffer.alloc(50_000_000, ' ')).toString('latin1');
    expect([400, 415]).toContain((await ask(web, '/api/echo', headers, 'POST', packed)).status);
  });
});
