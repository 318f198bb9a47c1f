import { describe, expect, it, vi } from 'vitest';
import { createEngineClient } from './client';
import type { EngineEvent } from './engine-client';
import { networks } from './fixtures/networks';
import { connect, engine, facts, json, problem, silent, text } from './testing/test-engine';

describe('calls', () => {
  it('ask without a version, and encode ids', async () => {
    const { client, server } = await engine(facts);
    await client.facts();
    await expect(client.network('a/b c?')).rejects.toThrow();
    expect(server.asked).toEqual(['GET /version', 'GET /info', 'GET /networks/a%2Fb%20c%3F']);
  });

  it('list stopped containers too', async () => {
    const { client, server } = await engine({ 'GET /containers/json': (response) => json(response, []) });
    expect(await client.containers()).toEqual([]);
    expect(server.asked).toEqual(['GET /containers/json?all=true']);
  });

  it('keep the connection', async () => {
    const sockets = new Set<unknown>();
    const { client } = await engine({
      'GET /_ping': (response, request) => {
        sockets.add(request.socket);
        response.end('OK');
      },
    });
    for (let n = 0; n < 5; n++) await client.ping(5000);
    expect(sockets.size).toBe(1);
  });

  it('survive a kept connection that the engine has closed meanwhile', async () => {
    let count = 0;
    const { client } = await engine({
      'GET /_ping': (response, request) => {
        if (++count === 2) request.socket.destroy();
        else response.end('OK');
      },
    });
    await client.ping(5000);
    await client.ping(5000);
    expect(count).toBe(3);
  });

  it('never repeat what changes something', async () => {
    let count = 0;
    const { client } = await engine({
      'POST /networks/m1/disconnect': (_, request) => {
        count++;
        request.socket.destroy();
      },
    });
    await expect(client.disconnect('m1', 'c1', false)).rejects.toThrow(problem('engine_unreachable'));
    expect(count).toBe(1);
  });

  it.each(['', '.', '..'])('refuse "%s" as an id, which would make another path', async (id) => {
    const { client, server } = await engine({});
    await expect(client.network(id)).rejects.toThrow(problem('network_not_found'));
    await expect(client.container(id)).rejects.toThrow(problem('container_not_found'));
    await expect(client.removeNetwork(id)).rejects.toThrow(problem('network_not_found'));
    expect(server.asked).toEqual([]);
  });

  it('read what a network shows by its id where its name would make another path', async () => {
    const [first] = networks;
    const id = String(first?.Id);
    const { client } = await engine({
      ...facts,
      'GET /networks': (response) => json(response, [{ ...first, Name: '..' }]),
      [`GET /networks/${id}`]: (response) => json(response, { ...first, Name: '..' }),
    });
    expect(await client.picture({ kind: 'network', networkName: '..' })).toMatchObject({ Name: '..' });
    expect(await client.picture({ kind: 'network', networkName: '.' })).toEqual({});
  });

  it.each(['tcp://192.0.2.1:2375', 'tcp://not a:host', 'unix:///nowhere'])(
    'go to their own engine whatever DOCKER_HOST says: %s',
    async (host) => {
      vi.stubEnv('DOCKER_HOST', host);
      vi.stubEnv('DOCKER_CERT_PATH', '/nowhere');
      vi.stubEnv('DOCKER_TLS_VERIFY', '1');
      try {
        const { client } = await engine({ 'GET /networks': (response) => json(response, networks) });
        expect(await client.networks()).toHaveLength(networks.length);
        expect(process.env.DOCKER_HOST).toBe(host);
      } finally {
        vi.unstubAllEnvs();
      }
    },
  );
});

describe('deadlines', () => {
  it('end a call that is never answered', async () => {
    const { client } = await engine({ 'GET /networks': silent, 'GET /_ping': silent }, 50);
    await expect(client.networks()).rejects.toThrow(
      problem('engine_timeout', { params: expect.anything() as object }),
    );
    await expect(client.ping(20)).rejects.toThrow(problem('engine_timeout'));
  });

  it('end a call whose answer stops half-way', async () => {
    const { client } = await engine({ 'GET /networks': (response) => void response.write('[{"Id":"x"') }, 50);
    await expect(client.networks()).rejects.toThrow(problem('engine_timeout'));
  });

  it('end a subscription that is never accepted', async () => {
    const { client } = await engine({ 'GET /events': silent }, 50);
    await expect(client.events(silent, silent)).rejects.toThrow(problem('engine_timeout'));
  });

  it('leave an accepted stream alone', async () => {
    let finish = silent as () => void;
    const { client } = await engine(
      {
        'GET /events': (response) => {
          response.flushHeaders();
          finish = () => void response.end(`${JSON.stringify({ Type: 'daemon', Action: 'reload' })}\n`);
        },
        'GET /networks/slow': silent,
      },
      // Long enough for a busy machine to accept the stream in.
      500,
    );
    const seen: EngineEvent[] = [];
    const ended = vi.fn();
    await client.events((event) => seen.push(event), ended);
    // This call runs into the deadline that the stream must have outlived.
    await expect(client.network('slow')).rejects.toThrow(problem('engine_timeout'));
    finish();
    await vi.waitFor(() => expect(ended).toHaveBeenCalledOnce());
    expect(seen).toEqual([{ kind: 'daemon', action: 'reload' }]);
  });

  it('do not let streams keep calls waiting', async () => {
    const { client } = await engine({
      ...facts,
      'GET /containers/c/stats': (response) => response.flushHeaders(),
    });
    const streams = Array.from({ length: 60 }, () => client.counters('c', silent, silent));
    await expect(client.facts()).resolves.toMatchObject({ hostName: 'h1' });
    for (const stream of streams) stream.dispose();
  });
});

describe('answers that are none', () => {
  const networkList = async (body: string, status = 200) => {
    const { client } = await engine({
      'GET /networks': (response) => void response.writeHead(status).end(body),
    });
    return client.networks();
  };

  it.each(['[{"Id":', 'hello', '<html>'])('broken JSON: %s', async (body) => {
    await expect(networkList(body)).rejects.toThrow(problem('engine_error', { engineText: body }));
  });

  it.each(['', 'null', '{}', '"x"'])('another shape: %s', async (body) => {
    await expect(networkList(body)).rejects.toThrow(problem('engine_error'));
  });

  it('entries that can’t be read are left out', async () => {
    expect(await networkList('[null, 7, {}, {"Id":"x","Name":"ok"}]')).toMatchObject([
      { id: 'x', name: 'ok' },
    ]);
  });

  it('a web server in place of an engine', async () => {
    const { client } = await engine({
      'GET /version': (response) => void response.end('"hi"'),
      'GET /info': (response) => void response.end('[]'),
    });
    await expect(client.facts()).rejects.toThrow(problem('engine_error', { hint: text('another service') }));
  });

  it('a connection cut in the middle', async () => {
    const { client } = await engine({
      'GET /networks': (response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('[', () => response.destroy());
      },
    });
    await expect(client.networks()).rejects.toThrow(problem('engine_unreachable'));
  });

  it('no socket, and nothing on a port', async () => {
    const gone = connect('unix:///nonexistent/engine.sock');
    await expect(gone.facts()).rejects.toThrow(problem('engine_unreachable', { engineText: text('ENOENT') }));
    const refused = connect('tcp://127.0.0.1:1');
    await expect(refused.ping(5000)).rejects.toThrow(
      problem('engine_unreachable', { engineText: text('ECONNREFUSED') }),
    );
  });

  it('an endpoint that can’t be read', () => {
    const make = (endpoint: string) => () => createEngineClient({ engineId: 'e1', endpoint });
    expect(make('ssh://host')).toThrow(problem('invalid_input'));
    expect(make('nonsense')).toThrow(problem('invalid_input'));
  });
});
