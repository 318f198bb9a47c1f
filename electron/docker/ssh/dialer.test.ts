import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccessContext } from '../access';
import { createEngineClient } from '../client';
import type { EngineClient } from '../engine-client';
import { problem, text } from '../test-engine';
import type { SshConnection } from './hops';
import { fingerprintOf, makeKey, SshLab, type KeyPair, type SshHost } from './testing';

let lab: SshLab;
let key: KeyPair;
beforeEach(() => {
  lab = new SshLab();
  key = makeKey();
});
afterEach(() => lab.close());

function client(connection: SshConnection, access: Partial<AccessContext> = {}, timeoutMs = 20_000) {
  const made = createEngineClient({
    engineId: 'e1',
    connection,
    access: { ...lab.access, ...access },
    timeoutMs,
  });
  lab.keep(() => made.close());
  return made;
}

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
      problem('ssh_config_invalid', { message: text('EISDIR') }),
    );
  });
});

describe('signing in', () => {
  const host = (options: Parameters<SshLab['host']>[0] = {}) =>
    lab.host({ authorized: [key], ...options }).then((made) => {
      lab.known(made.knownLine());
      return made;
    });

  it.each(['ed25519', 'ecdsa', 'rsa'] as const)('by a key file: %s', async (type) => {
    const mine = makeKey(type);
    const at = await host({ authorized: [mine] });
    const connection = lab.connection(at, await lab.engine(), { keyFile: lab.key('id', mine) });
    await expect(ping(client(connection))).resolves.toBeUndefined();
  });

  it('by a key of ~/.ssh without being told', async () => {
    const at = await host();
    lab.key('.ssh/id_ed25519', key);
    await expect(ping(client(lab.connection(at, await lab.engine())))).resolves.toBeUndefined();
  });

  it('by a key behind a passphrase: it is asked for, and only where it is needed', async () => {
    const locked = makeKey('ed25519', 'open sesame');
    const at = await host({ authorized: [locked] });
    const keyFile = lab.key('locked', locked);
    const connection = lab.connection(at, await lab.engine(), { keyFile });
    const asked: string[] = [];
    const says = (answer: string | undefined) => ({
      passphrase: async (file: string) => {
        asked.push(file);
        return answer;
      },
    });
    const about = { params: { file: keyFile } };
    await expect(ping(client(connection, says(undefined)))).rejects.toThrow(
      problem('ssh_passphrase_needed', about),
    );
    await expect(ping(client(connection, says('wrong')))).rejects.toThrow(
      problem('ssh_passphrase_wrong', about),
    );
    await expect(ping(client(connection, says('open sesame')))).resolves.toBeUndefined();
    expect(asked).toEqual([keyFile, keyFile, keyFile]);
  });

  it('by an agent, before any file is asked for its passphrase', async () => {
    const locked = makeKey('ed25519', 'secret');
    const at = await host();
    const connection = lab.connection(at, await lab.engine(), { keyFile: lab.key('locked', locked) });
    lab.file('locked.pub', key.public);
    const asked: string[] = [];
    const access = {
      env: { SSH_AUTH_SOCK: await lab.agent([makeKey(), key]) },
      passphrase: async (file: string) => (asked.push(file), undefined),
    };
    await expect(ping(client(connection, access))).resolves.toBeUndefined();
    expect(asked).toEqual([]);
    // Only the key that the file names was tried: hosts count them.
    expect(new Set(at.tries)).toEqual(new Set([`root publickey ${fingerprintOf(key)}`]));
  });

  it('by whatever else the agent holds, unless only some keys may be used', async () => {
    const at = await host();
    const access = { env: { SSH_AUTH_SOCK: await lab.agent([makeKey(), key]) } };
    const connection = lab.connection(at, await lab.engine());
    await expect(ping(client(connection, access))).resolves.toBeUndefined();
    lab.file('.ssh/config', 'IdentitiesOnly yes\n');
    await expect(ping(client(connection, access))).rejects.toThrow(problem('ssh_auth_failed'));
  });

  it('goes on without an agent that is not there', async () => {
    const at = await host();
    const connection = lab.connection(at, await lab.engine(), { keyFile: lab.key('id', key) });
    const access = { env: { SSH_AUTH_SOCK: '/nonexistent/agent.sock' } };
    await expect(ping(client(connection, access))).resolves.toBeUndefined();
  });

  it('that fails tells what was tried', async () => {
    const at = await host({ authorized: [] });
    const keyFile = lab.key('id', key);
    const access = { env: { SSH_AUTH_SOCK: await lab.agent([makeKey()]) } };
    const connection = lab.connection(at, await lab.engine(), { keyFile });
    await expect(ping(client(connection, access))).rejects.toThrow(
      problem('ssh_auth_failed', {
        params: {
          user: 'root',
          host: '127.0.0.1',
          tried: expect.stringMatching(`^${keyFile}; agent`) as string,
        },
      }),
    );
    await expect(ping(client(lab.connection(at, await lab.engine())))).rejects.toThrow(
      problem('ssh_auth_failed', { hint: text('no agent and no key') }),
    );
  });

  it('never sends a password, and says so where one is asked for', async () => {
    const at = await host({ authorized: [], methods: ['password', 'keyboard-interactive'] });
    const connection = lab.connection(at, await lab.engine(), { keyFile: lab.key('id', key) });
    await expect(ping(client(connection))).rejects.toThrow(
      problem('ssh_auth_failed', { hint: text('takes only password, keyboard-interactive') }),
    );
    expect(at.tries.every((each) => each.includes('publickey'))).toBe(true);
  });

  it('that tries too many keys for the host is told as what it is', async () => {
    const at = await host({ authorized: [], mostTries: 2 });
    const access = { env: { SSH_AUTH_SOCK: await lab.agent([makeKey(), makeKey(), makeKey()]) } };
    await expect(ping(client(lab.connection(at, await lab.engine()), access))).rejects.toThrow(
      problem('ssh_auth_failed'),
    );
  });

  it.each([
    ['that is not there', () => `${lab.home}/gone`, 'there is no such file'],
    ['that is no key', () => lab.file('text', 'hello'), 'no private key'],
    ['that is the public half', () => lab.file('id.pub', key.public), 'public half'],
  ])('by a key file %s', async (_, keyFile, words) => {
    const at = await host();
    const connection = lab.connection(at, await lab.engine(), { keyFile: keyFile() });
    await expect(ping(client(connection))).rejects.toThrow(
      problem('ssh_key_unreadable', { message: text(words) }),
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
