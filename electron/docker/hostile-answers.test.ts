import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { engine, facts, json, problem, silent, text } from './testing/test-engine';

/** Answers that no engine gives, and that something at its address may: each is a problem, and leads nowhere else. */
let strangers = 0;
const stranger = createServer((_, response) => {
  strangers += 1;
  json(response, []);
});
afterEach(async () => {
  strangers = 0;
  if (stranger.listening) await new Promise((done) => stranger.close(done));
});
async function strangerAt(): Promise<string> {
  await new Promise<void>((done) => stranger.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`;
}

const params = (more: object) => expect.objectContaining(more) as object;

describe('a redirect', () => {
  const places = ['http://127.0.0.1:1/', 'ftp://127.0.0.1/', 'http://[', '//', '/networks', 'data:,x', ''];
  it.each([300, 301, 302, 303, 305, 307, 308, 399])('with %i is an answer like any other', async (status) => {
    const { client } = await engine({
      'GET /networks': (response) =>
        void response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end(),
    });
    await expect(client.networks()).rejects.toThrow(
      problem('engine_error', { params: params({ context: 'redirect', status }) }),
    );
  });

  it('to a place that would answer is not followed, for no kind of call', async () => {
    const location = await strangerAt();
    const { client, server } = await engine(facts);
    server.route = () => (response) => void response.writeHead(307, { location }).end();
    const calls = [
      () => client.networks(),
      () => client.containers(),
      () => client.container('c1'),
      () => client.ping(1_000),
      () => client.events(silent, silent),
      () => client.removeNetwork('n1'),
      () => client.images.pull('x'),
    ];
    for (const call of calls)
      await expect(call()).rejects.toThrow(
        problem('engine_error', { engineText: location, params: params({ context: 'redirect' }) }),
      );
    expect(strangers).toBe(0);
  });

  it.each(places)('to “%s” is told', async (location) => {
    const { client } = await engine({
      'GET /networks': (response) => void response.writeHead(302, { location }).end('gone'),
    });
    await expect(client.networks()).rejects.toThrow(
      problem('engine_error', { message: text('points to another address') }),
    );
  });

  it('is none where an engine says that all is so already', async () => {
    const { client } = await engine({ 'GET /networks': (response) => void response.writeHead(304).end() });
    await expect(client.networks()).rejects.toThrow(
      problem('engine_error', { params: { context: 'silent', status: 304 } }),
    );
  });
});

describe('any status', () => {
  it.each([600, 777, 999])('such as %i is a problem, whatever its body is', async (status) => {
    const { client } = await engine({
      'GET /networks': (response) => json(response, { message: { toString: 1, valueOf: 1 } }, status),
      'GET /networks/n1': (response) => json(response, { message: 'network n1 not found' }, status),
    });
    const told = problem('engine_error', { params: params({ context: 'odd_status', status }) });
    await expect(client.networks()).rejects.toThrow(told);
    // The words of an engine count only from an engine.
    await expect(client.network('n1')).rejects.toThrow(told);
  });

  it('of an error with words that are none is told', async () => {
    const { client } = await engine({
      'GET /networks': (response) => json(response, { message: { toString: 1, valueOf: 1 } }, 500),
    });
    await expect(client.networks()).rejects.toThrow(problem('engine_error', { params: { status: 500 } }));
  });

  it.each([
    ['101 alone', 'HTTP/1.1 101 Switching Protocols\r\n\r\n', 101],
    ['101 with an upgrade', 'HTTP/1.1 101 OK\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\nx', 101],
    ['199', 'HTTP/1.1 199 Odd\r\n\r\n', 199],
    ['hints without end', 'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(50), 103],
  ])('that is no answer (%s) is told at once', async (_, words, status) => {
    const { client } = await engine(
      { 'GET /events': (response) => void response.socket?.write(words) },
      60_000,
    );
    await expect(client.events(silent, silent)).rejects.toThrow(
      problem('engine_error', { params: params({ context: 'odd_status', status }) }),
    );
  });

  it('may come after hints', async () => {
    const { client } = await engine({
      'GET /networks': (response) => {
        response.socket?.write('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n');
        json(response, []);
      },
    });
    await expect(client.networks()).resolves.toEqual([]);
  });
});

describe('a list', () => {
  it('has its entries without an id counted, those of the last one', async () => {
    const container = { Id: 'c1', Names: ['/web'], State: 'running' };
    let odd: unknown[] = [{}, { Id: '' }, { Id: 7 }, null, 'x', { Names: ['/db'] }];
    const { client } = await engine({
      'GET /containers/json': (response) => json(response, [container, ...odd]),
      'GET /networks': (response) => json(response, odd.slice(0, 2)),
    });
    expect(await client.containers()).toMatchObject([{ id: 'c1' }]);
    expect(await client.networks()).toEqual([]);
    expect(client.nameless()).toBe(8);
    odd = [];
    await Promise.all([client.containers(), client.networks()]);
    expect(client.nameless()).toBe(0);
  });

  it.each([
    ['of nothings', '{},', 'entries'],
    ['of tiny ids', '{"Id":"a"},', 'entries'],
    ['of numbers', '1,', 'entries'],
  ])('without end %s is refused long before it fills the memory', async (_, entry, what) => {
    const part = Buffer.from(entry.repeat(20_000));
    let sent = 0;
    const { client } = await engine({
      'GET /containers/json': (response) => {
        response.write('[');
        const more = () => {
          if (response.destroyed) return;
          sent += part.length;
          response.write(part, more);
        };
        more();
      },
    });
    await expect(client.containers()).rejects.toThrow(
      problem('engine_error', { params: params({ context: `too_many_${what}`, most: 30_000 }) }),
    );
    expect(sent).toBeLessThan(16 * 1024 * 1024);
  });

  const attached = (id: string, count: number) => ({
    Id: id,
    NetworkSettings: {
      Networks: Object.fromEntries(Array.from({ length: count }, (_, index) => [`n${index}`, {}])),
    },
  });
  const tooMany = problem('engine_error', { params: params({ context: 'too_many_endpoints' }) });

  it('with more attachments of one container than there can be is refused', async () => {
    const { client } = await engine({
      'GET /containers/json': (response) => json(response, [attached('c1', 100_000)]),
      'GET /containers/c1/json': (response) => json(response, attached('c1', 501)),
      'GET /containers/c2/json': (response) => json(response, attached('c2', 500)),
    });
    await expect(client.containers()).rejects.toThrow(tooMany);
    await expect(client.container('c1')).rejects.toThrow(tooMany);
    await expect(client.container('c2')).resolves.toMatchObject({ id: 'c2' });
  });

  it('with more attachments of all is refused, and so is what is told one by one', async () => {
    const many = Array.from({ length: 121 }, (_, index) => attached(`c${index}`, 500));
    const { client, server } = await engine({
      'GET /containers/json': (response) => json(response, many.slice(1)),
      'GET /networks': (response) => json(response, []),
    });
    server.route = (_, path) => (response) =>
      json(
        response,
        many.find(({ Id }) => path === `/containers/${Id}/json`),
      );
    await expect(client.containers()).resolves.toHaveLength(120);
    await expect(client.container('c1')).resolves.toMatchObject({ id: 'c1' });
    await expect(client.container('c0')).rejects.toThrow(tooMany);
  });

  it('with an id beyond measure is refused', async () => {
    const { client } = await engine({
      'GET /containers/json': (response) => json(response, [{ Id: 'x'.repeat(100_000) }]),
      'GET /networks': (response) => json(response, [{ Id: 'x'.repeat(257) }]),
    });
    const told = problem('engine_error', { params: params({ context: 'unreadable' }) });
    await expect(client.containers()).rejects.toThrow(told);
    await expect(client.networks()).rejects.toThrow(told);
  });
});

describe('an answer of one thing', () => {
  it('with more values than an engine has is refused', async () => {
    const body = `{"Id":"c1","Labels":{${'"a":{},'.repeat(300_000)}"b":1}}`;
    const { client } = await engine({ 'GET /containers/c1/json': (response) => void response.end(body) });
    await expect(client.container('c1')).rejects.toThrow(
      problem('engine_error', { params: params({ context: 'too_many_values' }) }),
    );
  });
});
