import { describe, expect, it, vi } from 'vitest';
import { engine, facts, json, problem, text } from './testing/test-engine';

/** What no engine says: answers without end, lines without end, JSON without a bottom. */
const megabyte = Buffer.alloc(1024 * 1024, ' ');

describe('an answer without end', () => {
  it('is cut off, and said to be one', async () => {
    let closed = 0;
    const { client } = await engine({
      'GET /networks': (response) => {
        response.on('close', () => closed++);
        const more = () => void (response.destroyed || response.write(megabyte, more));
        more();
      },
    });
    await expect(client.networks()).rejects.toThrow(
      problem('engine_error', {
        message: text('64 MB'),
        params: expect.objectContaining({ megabytes: 64 }) as object,
      }),
    );
    await vi.waitFor(() => expect(closed).toBe(1));
  });

  it('is cut off far earlier where it is an error, and told by its status', async () => {
    let sent = 0;
    const { client } = await engine({
      'GET /networks': (response) => {
        response.statusCode = 500;
        const words = Buffer.alloc(1024 * 1024, 'm');
        const more = () => {
          if (response.destroyed) return;
          sent += 1;
          response.write(words, more);
        };
        more();
      },
    });
    const failed = await client.networks().catch((error: unknown) => error);
    expect(failed).toEqual(
      problem('engine_error', {
        engineText: text('mmm'),
        params: expect.objectContaining({ status: 500 }) as object,
      }),
    );
    expect(JSON.stringify(failed).length).toBeLessThan(20_000);
    expect(sent).toBeLessThan(16);
  });
});

describe('a line without end', () => {
  it('ends the events with the reason, long before it fills the memory', async () => {
    let sent = 0;
    const { client } = await engine({
      'GET /events': (response) => {
        response.flushHeaders();
        const more = () => {
          if (response.destroyed) return;
          sent += 1;
          response.write(megabyte.fill('x'), more);
        };
        more();
      },
    });
    const reason = await new Promise<Error>((done) => void client.events(() => undefined, done));
    expect(reason).toEqual(
      problem('engine_error', { params: expect.objectContaining({ context: 'unreadable' }) as object }),
    );
    expect(sent).toBeLessThan(64);
  });

  it('is still a line while it has some end', async () => {
    const long = 'x'.repeat(1_500_000);
    const event = { Type: 'container', Action: 'start', Actor: { ID: 'c1', Attributes: { long } } };
    const { client } = await engine({
      'GET /events': (response) => void response.end(`${JSON.stringify(event)}\n`.repeat(2)),
    });
    const seen: unknown[] = [];
    await new Promise((done) => void client.events((each) => seen.push(each), done));
    expect(seen).toHaveLength(2);
  });
});

describe('JSON without a bottom', () => {
  const nested = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
  it('is a problem like any other', async () => {
    const { client } = await engine({
      'GET /version': (response) => void response.end(nested),
      'GET /info': (response) => json(response, {}),
      'GET /networks': (response) => void response.end(`{"a":${nested}}`),
      'GET /networks/n1': (response) => void response.end(nested),
      'GET /containers/json': (response) => void response.end(`[{"Id":"c1","Labels":{"a":${nested}}}]`),
    });
    await expect(client.facts()).rejects.toThrow(problem('engine_error'));
    await expect(client.networks()).rejects.toThrow(problem('engine_error'));
    await expect(client.network('n1')).rejects.toThrow(problem('engine_error'));
    await expect(client.raw('network', 'n1')).rejects.toThrow(problem('engine_error'));
    await expect(client.containers()).resolves.toMatchObject([{ id: 'c1', labels: {} }]);
  });
});

describe('a deadline that passes', () => {
  it('takes idle connections with it: they may be half open', async () => {
    const ports = new Set<unknown>();
    const { client } = await engine(
      {
        ...facts,
        'GET /_ping': () => undefined,
        'GET /networks': (response, request) => {
          ports.add(request.socket);
          json(response, []);
        },
      },
      2_000,
    );
    await Promise.all([client.networks(), client.networks(), client.networks()]);
    await client.networks();
    expect(ports.size).toBe(3);
    await expect(client.ping(50)).rejects.toThrow(problem('engine_timeout'));
    await client.networks();
    expect(ports.size).toBe(4);
  });
});
