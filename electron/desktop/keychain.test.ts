import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Storage } from '../services/storage/storage';
import { openKeychain, type Encryption } from './keychain';

let folder: string;
let file: string;
let reported: unknown[];
let files: Storage;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trunkline-keychain-'));
  file = join(folder, 'keychain.json');
  reported = [];
  files = new Storage((error) => reported.push(error));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** In place of the system’s cipher: what it gives shows nothing of what it was given. */
const storage = (over: Partial<Encryption> = {}, key = 7): Encryption => ({
  isAsyncEncryptionAvailable: async () => true,
  getSelectedStorageBackend: () => 'gnome_libsecret',
  encryptStringAsync: async (text) => Buffer.from([key, ...Buffer.from(text).map((byte) => byte ^ key)]),
  decryptStringAsync: async (bytes) => {
    if (bytes[0] !== key) throw new Error('wrong key');
    return {
      shouldReEncrypt: false,
      result: Buffer.from(bytes.subarray(1).map((byte) => byte ^ key)).toString(),
    };
  },
  ...over,
});
const open = (over?: Partial<Encryption>, platform = 'linux', key?: number) =>
  openKeychain({
    storage: storage(over, key),
    file,
    files,
    platform,
    waitMs: 50,
    report: (error) => reported.push(error),
  });

describe('the keychain', () => {
  it('keeps secrets over a restart, encrypted and for the user alone', async () => {
    const first = await open();
    await Promise.all([first?.write('/a', 'hunter2'), first?.write('__proto__', 'other')]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, 'utf8')).not.toContain('hunter2');
    const second = await open();
    expect(await second?.read('/a')).toBe('hunter2');
    expect(await second?.read('/b')).toBeUndefined();
    expect(second?.names()).toEqual(['/a']);
    expect(await second?.read('toString')).toBeUndefined();
    await second?.remove('/a');
    expect(second?.names()).toEqual([]);
    expect(await (await open())?.read('/a')).toBeUndefined();
    expect(reported).toEqual([]);
  });

  it.each<[string, Partial<Encryption>, string]>([
    ['nothing is encrypted', { isAsyncEncryptionAvailable: async () => false }, 'darwin'],
    ['a password of Chromium’s own would serve', { getSelectedStorageBackend: () => 'basic_text' }, 'linux'],
    ['nobody knows which it would be', { getSelectedStorageBackend: () => 'unknown' }, 'linux'],
    ['it waits to be unlocked', { isAsyncEncryptionAvailable: () => new Promise(() => undefined) }, 'linux'],
    ['it fails', { isAsyncEncryptionAvailable: () => Promise.reject(new Error('no bus')) }, 'linux'],
  ])('is none where %s', async (_why, over, platform) => {
    expect(await open(over, platform)).toBeNull();
    expect(await readdir(folder)).toEqual([]);
  });

  it('asks for the backend only where there is a choice', async () => {
    const backend = () => {
      throw new Error('Linux only');
    };
    expect(await open({ getSelectedStorageBackend: backend }, 'darwin')).not.toBeNull();
  });

  it('gives nothing for what another keyring has encrypted, and takes it anew', async () => {
    await (await open())?.write('/a', 'hunter2');
    const other = await open({}, 'linux', 9);
    expect(await other?.read('/a')).toBeUndefined();
    expect(String((reported[0] as Error).message)).not.toContain('hunter2');
    await other?.write('/a', 'again');
    expect(await other?.read('/a')).toBe('again');
  });

  it('encrypts anew where the system’s key was changed', async () => {
    await (await open())?.write('/a', 'hunter2');
    const before = await readFile(file, 'utf8');
    const rotated = storage({}, 9);
    const turning: Partial<Encryption> = {
      encryptStringAsync: rotated.encryptStringAsync,
      decryptStringAsync: async (bytes) => ({
        ...(await storage().decryptStringAsync(bytes)),
        shouldReEncrypt: true,
      }),
    };
    expect(await (await open(turning))?.read('/a')).toBe('hunter2');
    expect(await readFile(file, 'utf8')).not.toBe(before);
    expect(await (await open({}, 'linux', 9))?.read('/a')).toBe('hunter2');
  });

  it('sets a broken file aside, tells that its passphrases are asked for again, and remembers anew', async () => {
    const broken = '{"version":1,"secrets":{"/a":42}}';
    await writeFile(file, broken);
    const keychain = await open();
    expect(await keychain?.read('/a')).toBeUndefined();
    const [told] = files.problems();
    expect(told).toMatchObject({ code: 'file_broken', params: { file: 'keychain.json' } });
    expect(told?.message).toContain('“secrets./a”: a text belongs here');
    expect(told?.message).toContain('remembered must be typed again');
    const aside = String(told?.params?.['aside']);
    expect(aside).toContain('keychain.json.broken-');
    expect(await readFile(aside, 'utf8')).toBe(broken);
    await keychain?.write('/a', 'hunter2');
    expect(await (await open())?.read('/a')).toBe('hunter2');
  });

  it('leaves a file that can’t be read where it is, and tells that, too', async () => {
    await mkdir(file);
    expect(await (await open())?.read('/a')).toBeUndefined();
    expect(files.problems()).toMatchObject([{ code: 'file_broken', params: { context: 'unread' } }]);
    expect(files.problems()[0]?.message).toContain('remembered must be typed again');
    expect(await readdir(folder)).toEqual(['keychain.json']);
  });

  it('that can’t be written says so, and keeps what it had', async () => {
    const keychain = await open();
    await keychain?.write('/a', 'hunter2');
    await rm(folder, { recursive: true });
    await writeFile(folder, '');
    await expect(keychain?.write('/a', 'other')).rejects.toMatchObject({
      problem: { code: 'storage_failed' },
    });
    expect(await keychain?.read('/a')).toBe('hunter2');
  });
});
