import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EngineClient } from '../engine-client';
import { problem, text } from '../testing/test-engine';
import { fingerprintOf, makeKey, SshLab, type KeyPair } from './testing';

let lab: SshLab;
let key: KeyPair;
beforeEach(() => {
  lab = new SshLab();
  key = makeKey();
});
afterEach(() => lab.close());

const client: SshLab['client'] = (...how) => lab.client(...how);
const ping = (each: EngineClient) => each.ping(20_000);

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
