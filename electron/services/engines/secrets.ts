import type { RememberedPassphrase } from '../../../shared/model';

/** The operating system's own keeper of secrets. */
export interface Keychain {
  /** What it has something for, be it that it can't open it any more. */
  names(): readonly string[];
  /** Undefined where it has none by this name, or can't open it any more. Never rejects. */
  read(name: string): Promise<string | undefined>;
  /** Resolves when it is kept. */
  write(name: string, secret: string): Promise<void>;
  remove(name: string): Promise<void>;
}

/** Passphrases, by the file of the key that they open: in memory, and in the keychain where the admin wants it so. */
export class Secrets {
  private readonly memory = new Map<string, string>();

  /** @param keychain null where there is none that could keep a secret */
  constructor(private readonly keychain: Keychain | null) {}

  get lasting(): boolean {
    return this.keychain !== null;
  }

  async get(name: string): Promise<string | undefined> {
    return this.memory.get(name) ?? (await this.keychain?.read(name));
  }

  /** What is not to be remembered is not left in the keychain from an earlier time either. */
  async set(name: string, secret: string, remember: boolean): Promise<void> {
    if (remember) await this.keychain?.write(name, secret);
    else await this.keychain?.remove(name);
    this.memory.set(name, secret);
  }

  /** What is kept, by the files' names; never what it is. */
  remembered(): RememberedPassphrase[] {
    const lasting = new Set(this.keychain?.names());
    const files = [...new Set([...lasting, ...this.memory.keys()])].sort();
    return files.map((file) => ({ file, kept: lasting.has(file) ? 'keychain' : 'memory' }));
  }

  /** Rejects where the keychain does not let go of it: then it is remembered as before. */
  async forget(name: string): Promise<void> {
    await this.keychain?.remove(name);
    this.memory.delete(name);
  }
}
