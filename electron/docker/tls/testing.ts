import { generateKeyPairSync } from 'node:crypto';
import forge from 'node-forge';

/** A certificate with its key, PEM. */
export interface Pair {
  cert: string;
  key: string;
}

/** What a test wants of a certificate. */
export interface Wish {
  /** Who signs; without one it signs itself, and is an authority. */
  by?: Pair;
  /** Names and addresses that it is for. */
  names?: string[];
  /** Days from now at which it begins and ends. */
  days?: [number, number];
}

let serial = 0x10;

const isAddress = (name: string) => /^[\d.]+$/.test(name);

/** Makes a certificate of 2048 bits with a key of its own. Worth nothing outside its test. */
export function makePair({ by, names = [], days = [-1, 30] }: Wish = {}): Pair {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const made = forge.pki.createCertificate();
  made.publicKey = forge.pki.publicKeyFromPem(publicKey);
  made.serialNumber = (serial++).toString(16).padStart(4, '0');
  const at = (offset: number) => new Date(Date.now() + offset * 86_400_000);
  made.validity.notBefore = at(days[0]);
  made.validity.notAfter = at(days[1]);
  const subject = [
    { name: 'commonName', value: by ? `trunkline ${made.serialNumber}` : 'trunkline authority' },
  ];
  made.setSubject(subject);
  made.setIssuer(by ? forge.pki.certificateFromPem(by.cert).subject.attributes : subject);
  const altNames = names.map((name) => (isAddress(name) ? { type: 7, ip: name } : { type: 2, value: name }));
  made.setExtensions([
    { name: 'basicConstraints', cA: !by, critical: true },
    ...(altNames.length > 0 ? [{ name: 'subjectAltName', altNames }] : []),
  ]);
  made.sign(forge.pki.privateKeyFromPem(by?.key ?? privateKey), forge.md.sha256.create());
  return { cert: forge.pki.certificateToPem(made), key: privateKey };
}
