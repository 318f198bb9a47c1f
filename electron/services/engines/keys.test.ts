import { describe, expect, it, vi } from 'vitest';
import { ProblemError, type EngineConnection, type Problem } from '../../../shared/model';
import { problem } from '../../../shared/rules';
import { engine } from '../../../shared/rules/testing';
import { Keys } from './keys';
import { Secrets, type Keychain } from './secrets';

const connection: EngineConnection = { kind: 'ssh', host: 'atlas', keyFile: '/keys/admin' };
const config = { id: 'e1', connection };

function memoryKeychain() {
  const kept = new Map<string, string>();
  const keychain: Keychain = {
    names: () => [...kept.keys()],
    read: async (name) => kept.get(name),
    write: async (name, secret) => void kept.set(name, secret),
    remove: async (name) => void kept.delete(name),
  };
  return { kept, keychain };
}

function start(keychain: Keychain | null, trouble?: Problem, answer?: Problem) {
  const secrets = new Secrets(keychain);
  const retry = vi.fn();
  const onRemembered = vi.fn();
  const test = vi.fn(async () => {
    if (answer) throw new ProblemError(answer);
    return { name: '', product: 'docker' as const, version: '', apiVersion: '', os: '', milliseconds: 1 };
  });
  const trust = vi.fn(async () => undefined);
  const inventory = { engine: () => engine({ problem: trouble }) };
  return {
    secrets,
    retry,
    onRemembered,
    test,
    trust,
    keys: new Keys({ inventory, ways: { test, trust }, secrets, retry, onRemembered }),
  };
}

describe('a passphrase', () => {
  it('is kept in memory for the key that the connection names, and the engine tried at once', async () => {
    const { kept, keychain } = memoryKeychain();
    const on = start(keychain);
    await on.keys.unlock(config, 'hunter2', false);
    expect(await on.secrets.get('/keys/admin')).toBe('hunter2');
    expect(kept.size).toBe(0);
    expect(on.test).toHaveBeenCalledWith(connection, { passphrase: 'hunter2' });
    expect(on.retry).toHaveBeenCalledWith('e1');
  });

  it('is for the key that was asked about, wherever that was named', async () => {
    const asked = problem('ssh_passphrase_needed', { file: '/home/me/.ssh/id_ed25519' });
    const on = start(null, asked);
    await on.keys.unlock({ id: 'e1', connection: { kind: 'ssh', host: 'atlas' } }, 'hunter2', false);
    expect(await on.secrets.get('/home/me/.ssh/id_ed25519')).toBe('hunter2');
  });

  it('is remembered in the keychain, and no longer where that is taken back', async () => {
    const { kept, keychain } = memoryKeychain();
    await start(keychain).keys.unlock(config, 'hunter2', true);
    expect(kept.get('/keys/admin')).toBe('hunter2');
    // Another start of the console.
    const again = start(keychain);
    expect(await again.secrets.get('/keys/admin')).toBe('hunter2');
    await again.keys.unlock(config, 'other', false);
    expect(kept.size).toBe(0);
    expect(await again.secrets.get('/keys/admin')).toBe('other');
  });

  it('that is forgotten is gone from memory and keychain, no other is, and no connection is touched', async () => {
    const { kept, keychain } = memoryKeychain();
    const on = start(keychain);
    await on.keys.unlock(config, 'hunter2', true);
    await on.secrets.set('/keys/other', 'hunter3', true);
    await on.secrets.set('/keys/passing', 'hunter4', false);
    expect(on.secrets.remembered()).toEqual([
      { file: '/keys/admin', kept: 'keychain' },
      { file: '/keys/other', kept: 'keychain' },
      { file: '/keys/passing', kept: 'memory' },
    ]);
    on.retry.mockClear();
    on.onRemembered.mockClear();
    await on.keys.forget('/keys/admin');
    await on.keys.forget('/keys/passing');
    expect(on.onRemembered).toHaveBeenCalledTimes(2);
    expect([await on.secrets.get('/keys/admin'), await on.secrets.get('/keys/passing')]).toEqual([
      undefined,
      undefined,
    ]);
    expect([...kept.keys()]).toEqual(['/keys/other']);
    expect(on.retry).not.toHaveBeenCalled();
    await on.keys.forget('/keys/never-was');
  });

  it('that the keychain does not let go of is remembered as before', async () => {
    const { keychain } = memoryKeychain();
    const full = problem('storage_failed', { file: 'keychain.json', detail: 'ENOSPC' });
    const on = start({ ...keychain, remove: () => Promise.reject(new ProblemError(full)) });
    await on.keys.unlock(config, 'hunter2', true);
    await expect(on.keys.forget('/keys/admin')).rejects.toMatchObject({
      problem: { code: 'storage_failed' },
    });
    expect(on.secrets.remembered()).toEqual([{ file: '/keys/admin', kept: 'keychain' }]);
    expect(await on.secrets.get('/keys/admin')).toBe('hunter2');
  });

  it('that is wrong is kept nowhere; whatever else is wrong is the engine’s own matter', async () => {
    const { kept, keychain } = memoryKeychain();
    const wrong = start(keychain, undefined, problem('ssh_passphrase_wrong', { file: '/keys/admin' }));
    await expect(wrong.keys.unlock(config, 'hunter3', true)).rejects.toMatchObject({
      problem: { code: 'ssh_passphrase_wrong' },
    });
    expect([await wrong.secrets.get('/keys/admin'), kept.size]).toEqual([undefined, 0]);
    expect(wrong.retry).not.toHaveBeenCalled();
    const away = start(null, undefined, problem('engine_timeout', { host: 'atlas', seconds: 10 }));
    await away.keys.unlock(config, 'hunter2', false);
    expect(await away.secrets.get('/keys/admin')).toBe('hunter2');
  });

  it('is not promised to be remembered where nothing can remember it', async () => {
    const on = start(null);
    await expect(on.keys.unlock(config, 'hunter2', true)).rejects.toMatchObject({
      problem: { code: 'invalid_input', field: 'remember' },
    });
    expect(await on.secrets.get('/keys/admin')).toBeUndefined();
  });

  it('is for nothing where no key waits', async () => {
    const on = start(null);
    const socket = { id: 'e1', connection: { kind: 'socket' as const, path: '/a' } };
    await expect(on.keys.unlock(socket, 'x', false)).rejects.toMatchObject({
      problem: { code: 'invalid_input' },
    });
  });
});

describe('a host’s key', () => {
  it('is trusted by its fingerprint, and the engine tried at once', async () => {
    const on = start(null);
    await on.keys.trust(config, 'SHA256:abc');
    expect(on.trust).toHaveBeenCalledWith(connection, 'SHA256:abc');
    expect(on.retry).toHaveBeenCalledWith('e1');
  });
});
