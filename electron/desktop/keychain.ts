import type { SafeStorage } from 'electron';
import { z } from 'zod';
import { reason } from '../../shared/rules';
import type { Keychain } from '../services/engines/secrets';
import type { Storage } from '../services/storage/storage';
import { openUserFile, type UserFileWriter } from '../services/storage/user-file';

/** The part of Electron's safeStorage that is used. */
export type Encryption = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptStringAsync' | 'decryptStringAsync'
>;

/** Encrypted by a key that the system's keychain holds; worth nothing on another machine or to another user. */
const fileSchema = z.object({ version: z.literal(1), secrets: z.record(z.string(), z.base64()) });
type Entries = z.output<typeof fileSchema>['secrets'];

/** A keychain that waits for somebody to unlock it must not keep the window waiting. Milliseconds. */
const patienceMs = 3_000;

/**
 * Whether the system keeps a key for us. On Linux without a keyring Chromium would take a password that is in its
 * source: that keeps no secret from anybody, so there is no keychain then.
 */
async function available(storage: Encryption, platform: string, waitMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), waitMs);
  });
  try {
    if (!(await Promise.race([storage.isAsyncEncryptionAvailable(), late]))) return false;
    return platform !== 'linux' || !['basic_text', 'unknown'].includes(storage.getSelectedStorageBackend());
  } finally {
    clearTimeout(timer);
  }
}

export interface KeychainOptions {
  storage: Encryption;
  /** Where what is encrypted is kept: the keychain itself holds one key and no more. */
  file: string;
  /** Where a file that can't be read or written is told of. */
  files: Storage;
  report(error: unknown): void;
  platform?: string;
  waitMs?: number;
}

/**
 * The operating system's keychain, by Electron's safeStorage; null where it could keep nothing. To be called once the
 * app is ready, before which Electron knows of none. Never rejects.
 */
export async function openKeychain(options: KeychainOptions): Promise<Keychain | null> {
  const { storage, file, files, report, platform = process.platform, waitMs = patienceMs } = options;
  try {
    if (!(await available(storage, platform, waitMs))) return null;
  } catch (error) {
    report(error);
    return null;
  }
  const { value, writer } = await openUserFile<Entries>({
    file,
    parse: (text) => fileSchema.parse(JSON.parse(text)).secrets,
    empty: {},
    storage: files,
    effect: reason('effect_keychain'),
  });
  return new SafeStorageKeychain(options, value, writer);
}

class SafeStorageKeychain implements Keychain {
  constructor(
    private readonly context: KeychainOptions,
    private entries: Entries,
    private readonly writer: UserFileWriter,
  ) {}

  names(): string[] {
    return Object.keys(this.entries);
  }

  async read(name: string): Promise<string | undefined> {
    const { storage, report } = this.context;
    const encrypted = Object.hasOwn(this.entries, name) ? this.entries[name] : undefined;
    if (encrypted === undefined) return undefined;
    try {
      const { result, shouldReEncrypt } = await storage.decryptStringAsync(Buffer.from(encrypted, 'base64'));
      if (shouldReEncrypt) await this.write(name, result);
      return result;
    } catch (error) {
      // Another keyring than the one that it was encrypted by: the admin is asked again.
      report(new Error('A passphrase of the keychain can’t be decrypted any more', { cause: error }));
      return undefined;
    }
  }

  async write(name: string, secret: string): Promise<void> {
    const encrypted = await this.context.storage.encryptStringAsync(secret);
    await this.save({ ...this.entries, [name]: encrypted.toString('base64') });
  }

  async remove(name: string): Promise<void> {
    if (!Object.hasOwn(this.entries, name)) return;
    const { [name]: _, ...others } = this.entries;
    await this.save(others);
  }

  private async save(entries: Entries): Promise<void> {
    const before = this.entries;
    this.entries = entries;
    try {
      await this.writer.writeNow(`${JSON.stringify({ version: 1, secrets: entries }, null, 2)}\n`);
    } catch (error) {
      this.entries = before;
      throw error;
    }
  }
}
