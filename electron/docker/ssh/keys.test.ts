import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { publicHalf, readKey } from './keys';
import { blobOf, makeKey, SshLab } from './testing';

let lab: SshLab;
beforeEach(() => {
  lab = new SshLab();
});
afterEach(() => lab.close());

const failure = (code: string) =>
  expect.objectContaining({ problem: expect.objectContaining({ code }) as object }) as Error;
const says = (answer?: string) => async () => answer;

/** Private keys as OpenSSL writes them. */
function pem(kind: 'rsa' | 'ec' | 'ed25519', type: 'pkcs1' | 'sec1' | 'pkcs8', passphrase?: string): string {
  const made =
    kind === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : kind === 'ec'
        ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
        : generateKeyPairSync('ed25519');
  const secret = passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase };
  return made.privateKey.export({ type: type as 'pkcs8', format: 'pem', ...secret }) as string;
}

describe('private keys', () => {
  it.each([
    ['rsa', 'pkcs1'],
    ['rsa', 'pkcs8'],
    ['ec', 'sec1'],
    ['ec', 'pkcs8'],
  ] as const)('are read as OpenSSL writes them: %s %s', async (kind, type) => {
    const file = lab.file('id', pem(kind, type));
    expect((await readKey(file, says())).isPrivateKey()).toBe(true);
  });

  it.each([
    ['rsa', 'pkcs1'],
    ['rsa', 'pkcs8'],
    ['ec', 'pkcs8'],
  ] as const)('behind a passphrase as OpenSSL writes them: %s %s', async (kind, type) => {
    const file = lab.file('id', pem(kind, type, 'open sesame'));
    await expect(readKey(file, says())).rejects.toThrow(failure('ssh_passphrase_needed'));
    await expect(readKey(file, says('wrong'))).rejects.toThrow(failure('ssh_passphrase_wrong'));
    expect((await readKey(file, says('open sesame'))).isPrivateKey()).toBe(true);
  });

  it.each(['ed25519', 'ecdsa', 'rsa'] as const)('in OpenSSH’s format: %s', async (type) => {
    const key = makeKey(type, 'open sesame');
    const file = lab.key('id', key);
    await expect(readKey(file, says())).rejects.toThrow(failure('ssh_passphrase_needed'));
    await expect(readKey(file, says('wrong'))).rejects.toThrow(failure('ssh_passphrase_wrong'));
    expect((await readKey(file, says('open sesame'))).getPublicSSH()).toEqual(blobOf(key));
  });

  it('that no library here reads are told with what helps', async () => {
    const file = lab.file('id', pem('ed25519', 'pkcs8'));
    await expect(readKey(file, says())).rejects.toThrow(/ssh-keygen -p/);
  });

  it('that are torn, empty or far too large are told without their content', async () => {
    const whole = makeKey().private;
    for (const content of ['', whole.slice(0, 120), 'x'.repeat(70_000)]) {
      const failed = await readKey(lab.file('id', content), says('hunter2')).catch((error: unknown) => error);
      expect(failed).toEqual(failure('ssh_key_unreadable'));
      expect(JSON.stringify(failed)).not.toContain(whole.slice(60, 100));
    }
    await expect(readKey(lab.home, says())).rejects.toThrow(/it is a folder/);
  });

  it('have a public half beside them, or not', async () => {
    const key = makeKey();
    const file = lab.key('id', key);
    expect(await publicHalf(file)).toBeUndefined();
    lab.file('id.pub', 'nonsense');
    expect(await publicHalf(file)).toBeUndefined();
    lab.file('id.pub', `${key.public} me@here\n`);
    expect(await publicHalf(file)).toEqual(blobOf(key));
  });
});
