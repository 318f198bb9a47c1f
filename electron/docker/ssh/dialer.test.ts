import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EngineClient } from '../engine-client';
import { problem, text } from '../testing/test-engine';
import { fingerprintOf, makeKey, SshLab, type KeyPair, type SshHost } from './testing';

let lab: SshLab;
let key: KeyPair;
beforeEach(() => {
  lab = new SshLab();
  key = makeKey();
});
afterEach(() => lab.close());

const client: SshLab['client'] = (...how) => lab.client(...how);
const ping = (each: EngineClient) => each.ping(20_000);

/** A host that is known, an engine behind it, and a key that is let in. */
async function known(answer?: Parameters<SshLab['engine']>[0]) {
  const engine = await lab.engine(answer);
  const host = await lab.host({ authorized: [key] });
  lab.known(host.knownLine());
  const connection = lab.connection(host, engine, { keyFile: lab.key('id', key) });
  return { engine, host, connection };
}

describe('an engine behind SSH', () => {
  it('is reached over one connection, however much is asked at once', async () => {
    const { host, connection } = await known();
    const one = client(connection);
    await Promise.all(Array.from({ length: 200 }, () => ping(one)));
    expect(host.accepted).toBe(1);
    expect(host.users).toEqual(['root']);
  });

  it('keeps the order and the bytes of long answers in both directions', async () => {
    const { connection } = await known((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => response.end(JSON.stringify({ got: Buffer.concat(chunks).length })));
    });
    const tar = Buffer.alloc(5_000_000, 7);
    await expect(client(connection).images.load(tar)).resolves.toBeUndefined();
  });

  it('leaves nothing open when it is closed', async () => {
    const { host, connection } = await known();
    const one = client(connection);
    await Promise.all([ping(one), ping(one)]);
    one.close();
    await expect.poll(() => [host.open, host.channels]).toEqual([0, 0]);
    await expect(ping(one)).rejects.toThrow(problem('engine_unreachable'));
    expect(host.accepted).toBe(1);
  });

  it('and one that is closed while it connects leaves nothing open either', async () => {
    const { host, connection } = await known();
    const one = client(connection);
    const asked = ping(one);
    await expect.poll(() => host.accepted).toBe(1);
    one.close();
    await expect(asked).rejects.toThrow(problem('engine_unreachable'));
    await expect.poll(() => host.open).toBe(0);
  });

  it('does nothing before it is asked for the first time', async () => {
    const { host, connection } = await known();
    client(connection);
    await new Promise((done) => setImmediate(done));
    expect(host.accepted).toBe(0);
  });
});

describe('an SSH connection that drops', () => {
  it('ends what was under way, and is made again once by whoever asks next', async () => {
    const { host, connection } = await known((request, response) => {
      if (!request.url?.includes('held')) response.end('OK');
    });
    const one = client(connection);
    const waiting = Array.from({ length: 20 }, () =>
      one.raw('container', 'held').catch((error: unknown) => error),
    );
    await ping(one);
    await expect.poll(() => host.channels).toBeGreaterThanOrEqual(20);
    host.cut();
    for (const end of await Promise.all(waiting)) expect(end).toEqual(problem('engine_unreachable'));
    await Promise.all(Array.from({ length: 50 }, () => ping(one)));
    expect(host.accepted).toBe(2);
  });

  it('ends a stream of events with the reason; a new one runs over a new connection', async () => {
    const streams: ServerResponse[] = [];
    const { host, connection } = await known((_, response) => {
      response.flushHeaders();
      streams.push(response);
    });
    const one = client(connection);
    let end!: (reason: Error) => void;
    const ended = new Promise<Error>((done) => (end = done));
    await one.events(() => undefined, end);
    host.cut();
    expect(await ended).toEqual(problem('engine_unreachable'));
    const seen: string[] = [];
    await one.events(
      (event) => seen.push(event.kind),
      () => undefined,
    );
    const event = { Type: 'container', Action: 'start', Actor: { ID: 'c1', Attributes: {} } };
    streams[1]?.write(`${JSON.stringify(event)}\n`);
    await expect.poll(() => seen).toEqual(['container']);
    expect(host.accepted).toBe(2);
  });

  it('does not carry out twice what was under way', async () => {
    const asked: string[] = [];
    const { host, connection } = await known((request) => void asked.push(request.method ?? ''));
    const one = client(connection);
    const change = one.disconnect('n', 'c', false).catch((error: unknown) => error);
    await expect.poll(() => asked).toEqual(['POST']);
    host.cut();
    expect(await change).toEqual(problem('engine_unreachable'));
    expect(asked).toEqual(['POST']);
  });
});

describe('who the host is', () => {
  const unknown = (host: { port: number; hostKey: KeyPair }) =>
    problem('ssh_host_unknown', {
      params: {
        host: `[127.0.0.1]:${host.port}`,
        type: 'ssh-ed25519',
        fingerprint: fingerprintOf(host.hostKey),
      },
    });

  it('is asked before anybody signs in: an unknown one is refused', async () => {
    const { host, connection } = await known();
    lab.known('');
    await expect(ping(client(connection))).rejects.toThrow(unknown(host));
    expect(host.tries).toEqual([]);
  });

  it('has changed: it is refused, with the place of the other key', async () => {
    const { host, connection } = await known();
    lab.known('# mine', host.knownLine(makeKey()));
    await expect(ping(client(connection))).rejects.toThrow(
      problem('ssh_host_changed', {
        params: {
          host: `[127.0.0.1]:${host.port}`,
          fingerprint: fingerprintOf(host.hostKey),
          file: `${lab.home}/.ssh/known_hosts`,
          line: 2,
        },
      }),
    );
    expect(host.tries).toEqual([]);
  });

  it('was called back: it is refused, even where it is known', async () => {
    const { host, connection } = await known();
    lab.known(host.knownLine(), `@revoked ${host.knownLine()}`);
    await expect(ping(client(connection))).rejects.toThrow(
      problem('ssh_host_changed', {
        params: expect.objectContaining({ context: 'revoked', line: 2 }) as object,
      }),
    );
  });

  it('is known by one of its keys: that one is asked for', async () => {
    const hostKeys = [makeKey(), makeKey('ecdsa'), makeKey('rsa')];
    const host = await lab.host({ authorized: [key], hostKeys });
    const engine = await lab.engine();
    for (const each of hostKeys) {
      lab.known(host.knownLine(each));
      await ping(client(lab.connection(host, engine, { keyFile: lab.key('id', key) })));
    }
    expect(host.users).toHaveLength(3);
  });

  it('is looked up anew for each connection', async () => {
    const { host, connection } = await known();
    lab.known('');
    const one = client(connection);
    await expect(ping(one)).rejects.toThrow(problem('ssh_host_unknown'));
    lab.known(host.knownLine());
    await expect(ping(one)).resolves.toBeUndefined();
  });

  it('can’t be told while known_hosts can’t be read', async () => {
    const { connection } = await known();
    const access = { knownHostsFile: lab.home };
    await expect(ping(client(connection, access))).rejects.toThrow(
      problem('ssh_config_invalid', { message: text('it is a folder') }),
    );
  });
});

describe('the way on from the host', () => {
  it('to a socket that is not there', async () => {
    const { host } = await known();
    const connection = lab.connection(host, '/nonexistent.sock', { keyFile: `${lab.home}/id` });
    const one = client(connection);
    const refused = problem('ssh_forward_refused', {
      params: { host: '127.0.0.1', socket: '/nonexistent.sock' },
    });
    await expect(ping(one)).rejects.toThrow(refused);
    await expect(ping(one)).rejects.toThrow(refused);
    expect(host.accepted).toBe(1);
  });

  it('leads through jump hosts, each known and signed in on its own', async () => {
    const engine = await lab.engine();
    const hosts: SshHost[] = [];
    for (let index = 0; index < 3; index++) hosts.push(await lab.host({ authorized: [key] }));
    const [one, two, last] = hosts as [SshHost, SshHost, SshHost];
    const jump = `a@127.0.0.1:${one.port},b@127.0.0.1:${two.port}`;
    const connection = lab.connection(last, engine, { keyFile: lab.key('id', key), jump });
    lab.known(one.knownLine(), two.knownLine());
    await expect(ping(client(connection))).rejects.toThrow(
      problem('ssh_host_unknown', {
        params: expect.objectContaining({ host: `[127.0.0.1]:${last.port}` }) as object,
      }),
    );
    lab.known(...hosts.map((host) => host.knownLine()));
    const reached = client(connection);
    await Promise.all(Array.from({ length: 20 }, () => ping(reached)));
    expect([one.users, two.users, last.users]).toEqual([['a', 'a'], ['b', 'b'], ['root']]);
    one.cut();
    await expect.poll(() => last.open).toBe(0);
    await ping(reached);
    reached.close();
    await expect.poll(() => hosts.map((host) => host.open)).toEqual([0, 0, 0]);
  });

  it('is closed by a jump host that forwards nothing', async () => {
    const { host, connection } = await known();
    const jumpHost = await lab.host({ authorized: [key], forwarding: 'prohibited' });
    lab.known(host.knownLine(), jumpHost.knownLine());
    const jump = `j@127.0.0.1:${jumpHost.port}`;
    await expect(ping(client({ ...connection, jump }))).rejects.toThrow(
      problem('ssh_forward_refused', {
        params: { context: 'jump', host: '127.0.0.1', socket: `127.0.0.1:${host.port}` },
      }),
    );
    await expect.poll(() => jumpHost.open).toBe(0);
  });
});
