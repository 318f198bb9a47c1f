import { readFileSync, statSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { info, version } from '../fixtures/engine';
import { testEngine } from '../find/engine-test';
import type { ProblemError } from '../../../shared/model';
import { json } from '../testing/test-engine';
import { rememberKey } from './known-hosts-files';
import { blobOf, fingerprintOf, makeKey, SshLab, type KeyPair } from './testing';
import { trustHostKey } from './trust';

let lab: SshLab;
let key: KeyPair;
beforeEach(() => {
  lab = new SshLab();
  key = makeKey();
});
afterEach(() => lab.close());

const failure = (code: string) =>
  expect.objectContaining({ problem: expect.objectContaining({ code }) as object }) as Error;
const kept = () => {
  try {
    return readFileSync(lab.access.knownHostsFile, 'utf8');
  } catch {
    return null;
  }
};

async function stranger() {
  const engine = await lab.engine((request, response) =>
    json(response, request.url === '/info' ? info : version),
  );
  const host = await lab.host({ authorized: [key] });
  return { host, connection: lab.connection(host, engine, { keyFile: lab.key('id', key) }) };
}

describe('accepting a host’s key', () => {
  it('keeps exactly the one that was shown, for the admin alone to read, and nobody signs in', async () => {
    const { host, connection } = await stranger();
    await trustHostKey(connection, lab.access, fingerprintOf(host.hostKey));
    expect(kept()).toBe(`${host.knownLine()}\n`);
    expect(statSync(lab.access.knownHostsFile).mode & 0o777).toBe(0o600);
    expect(host.tries).toEqual([]);
    await expect(testEngine(connection, lab.access)).resolves.toMatchObject({ product: 'docker' });
    await expect.poll(() => host.open).toBe(0);
  });

  it('keeps nothing when the host shows another by now', async () => {
    const { host, connection } = await stranger();
    await expect(trustHostKey(connection, lab.access, fingerprintOf(makeKey()))).rejects.toThrow(
      failure('ssh_host_unknown'),
    );
    expect(kept()).toBeNull();
    await expect.poll(() => host.open).toBe(0);
  });

  it('never takes a key that has changed or was called back', async () => {
    const { host, connection } = await stranger();
    const wanted = fingerprintOf(host.hostKey);
    for (const line of [host.knownLine(makeKey()), `@revoked ${host.knownLine()}`]) {
      lab.known(line);
      await expect(trustHostKey(connection, lab.access, wanted)).rejects.toThrow(failure('ssh_host_changed'));
    }
    expect(kept()).toBeNull();
  });

  it('is no failure where it is known already', async () => {
    const { host, connection } = await stranger();
    lab.known(host.knownLine());
    await trustHostKey({ ...connection, keyFile: '/nonexistent' }, lab.access, 'SHA256:any');
    expect(kept()).toBeNull();
  });

  it('goes hop by hop: the first unknown one is taken, and the next is asked about', async () => {
    const { host, connection } = await stranger();
    const jumpHost = await lab.host({ authorized: [key] });
    const far = { ...connection, jump: `j@127.0.0.1:${jumpHost.port}` };
    await trustHostKey(far, lab.access, fingerprintOf(jumpHost.hostKey));
    await expect(testEngine(far, lab.access)).rejects.toThrow(failure('ssh_host_unknown'));
    await trustHostKey(far, lab.access, fingerprintOf(host.hostKey));
    expect(kept()).toBe(`${jumpHost.knownLine()}\n${host.knownLine()}\n`);
    await expect(testEngine(far, lab.access)).resolves.toMatchObject({ product: 'docker' });
    await expect.poll(() => [host.open, jumpHost.open]).toEqual([0, 0]);
  });

  it('loses no key when several are kept at once, and none twice', async () => {
    const keys = Array.from({ length: 8 }, () => makeKey());
    const all = keys.map((each, index) => rememberKey(lab.access.knownHostsFile, `h${index}`, blobOf(each)));
    await Promise.all([...all, rememberKey(lab.access.knownHostsFile, 'h0', blobOf(keys[0] as KeyPair))]);
    expect(kept()?.trim().split('\n')).toHaveLength(8);
  });

  it('tells when it can’t be kept', async () => {
    await expect(rememberKey(`${lab.home}/none/known_hosts`, 'h', blobOf(key))).rejects.toThrow(
      failure('storage_failed'),
    );
  });
});

describe('a test of a connection', () => {
  it('accepts a key and uses a passphrase on the way, and leaves nothing open', async () => {
    const { host, connection } = await stranger();
    const locked = makeKey('ed25519', 'open sesame');
    const other = await lab.host({ authorized: [locked] });
    const tried = { ...connection, port: other.port, keyFile: lab.key('locked', locked) };
    const trust = fingerprintOf(other.hostKey);
    await expect(testEngine(tried, lab.access, { trust })).rejects.toThrow(failure('ssh_passphrase_needed'));
    await expect(testEngine(tried, lab.access, { passphrase: 'open sesame' })).resolves.toEqual({
      name: info.Name,
      product: 'docker',
      version: version.Version,
      apiVersion: version.ApiVersion,
      os: info.OperatingSystem,
      milliseconds: expect.any(Number) as number,
    });
    await expect.poll(() => [host.open, other.open]).toEqual([0, 0]);
  });

  it('ends at its deadline where nobody answers, and says nothing of an engine', async () => {
    const engine = await lab.engine(() => undefined);
    const failed = await testEngine({ kind: 'socket', path: engine.socket }, lab.access, {
      timeoutMs: 50,
    }).catch((error: unknown) => (error as ProblemError).problem);
    expect(failed).toMatchObject({ code: 'engine_timeout' });
    expect(failed).not.toHaveProperty('engineId');
  });

  it('never repeats a passphrase in what went wrong', async () => {
    const locked = makeKey('ed25519', 'right');
    const { host, connection } = await stranger();
    lab.known(host.knownLine());
    const failed = await testEngine({ ...connection, keyFile: lab.key('locked', locked) }, lab.access, {
      passphrase: 'hunter2-secret',
    }).catch((error: unknown) => error as ProblemError);
    expect(failed).toEqual(failure('ssh_passphrase_wrong'));
    expect(`${JSON.stringify(failed)}${String((failed as Error).stack)}`).not.toContain('hunter2');
  });
});
