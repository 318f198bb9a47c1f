import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { app } from './app';

/** The file that plays the keyring: a key that outlives the app. Without it this machine has no keyring. */
const keyringFile = process.env.STANDIN_KEYRING;

let plainText = false;

function key(): Buffer | null {
  if (keyringFile) {
    if (!existsSync(keyringFile)) writeFileSync(keyringFile, randomBytes(32), { mode: 0o600, flag: 'wx' });
    return readFileSync(keyringFile);
  }
  // As Chromium does: a password that everybody knows, and only where the app insists.
  return plainText ? scryptSync('peanuts', 'saltysalt', 32) : null;
}

function readyKey(doing: string): Buffer {
  if (!app.isReady()) throw new Error('safeStorage cannot be used before app is ready');
  const found = key();
  if (!found)
    throw new Error(`Error while ${doing} the text provided to safeStorage: encryption is not available.`);
  return found;
}

function encryptString(text: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', readyKey('encrypting'), nonce);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.from(keyringFile ? 'v11' : 'v10'), nonce, cipher.getAuthTag(), body]);
}

function decryptString(encrypted: Buffer): string {
  const found = readyKey('decrypting');
  try {
    const decipher = createDecipheriv('aes-256-gcm', found, encrypted.subarray(3, 15));
    decipher.setAuthTag(encrypted.subarray(15, 31));
    return Buffer.concat([decipher.update(encrypted.subarray(31)), decipher.final()]).toString('utf8');
  } catch (error) {
    throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptString.', {
      cause: error,
    });
  }
}

/** As documented for Linux. It encrypts, and only with a keyring: by default there is none, as on a bare machine. */
export const safeStorage = {
  isEncryptionAvailable: (): boolean => app.isReady() && key() !== null,
  isAsyncEncryptionAvailable: async (): Promise<boolean> => app.isReady() && key() !== null,
  getSelectedStorageBackend: (): string =>
    app.isReady() ? (keyringFile ? 'gnome_libsecret' : 'basic_text') : 'unknown',
  setUsePlainTextEncryption: (usePlainText: boolean): void => {
    plainText = usePlainText;
  },
  encryptString,
  decryptString,
  encryptStringAsync: async (text: string): Promise<Buffer> => encryptString(text),
  decryptStringAsync: async (encrypted: Buffer): Promise<{ shouldReEncrypt: boolean; result: string }> => ({
    shouldReEncrypt: false,
    result: decryptString(encrypted),
  }),
};
