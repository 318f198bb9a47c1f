import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { matchesPatterns } from './patterns';

/** One line of a known_hosts file that could be read. */
export interface KnownHost {
  marker?: 'revoked' | 'cert-authority';
  /** Patterns with commas, or one hashed name: `|1|SALT|HMAC`. */
  hosts: string;
  /** `ssh-ed25519` and its like. */
  type: string;
  /** Base64. */
  key: string;
  file: string;
  /** From 1. */
  line: number;
}

/** What is known of the key that a host shows. */
export type Verdict =
  | { kind: 'known' }
  | { kind: 'unknown' }
  /** Another key is known for it, or this one was called back: where that is written. */
  | { kind: 'changed' | 'revoked'; file: string; line: number };

const lineForm =
  /^(?:@(revoked|cert-authority)\s+)?([^\s@]\S*)\s+([a-z0-9][\w@.-]*)\s+([A-Za-z0-9+/]+=*)(?:\s.*)?$/;

/** Reads OpenSSH's known_hosts. What can't be read is left out, as OpenSSH does. */
export function parseKnownHosts(text: string, file: string): KnownHost[] {
  return text.split(/\r?\n/).flatMap((raw, index) => {
    const [, marker, hosts, type, key] = lineForm.exec(raw.trim()) ?? [];
    if (hosts === undefined || type === undefined || key === undefined || hosts.startsWith('#')) return [];
    const known = { hosts, type, key, file, line: index + 1 };
    return [marker === 'revoked' || marker === 'cert-authority' ? { ...known, marker } : known];
  });
}

/** How known_hosts calls a host: `[host]:port` unless the port is SSH's own. */
export const knownName = (host: string, port: number): string =>
  port === 22 ? host.toLowerCase() : `[${host.toLowerCase()}]:${port}`;

function isHashOf(hashed: string, name: string): boolean {
  const [, , salt = '', expected = ''] = hashed.split('|');
  const wanted = Buffer.from(expected, 'base64');
  // HMAC-SHA1 is the format's own; it hides names, and protects nothing.
  const hash = createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest();
  return wanted.length === hash.length && timingSafeEqual(wanted, hash);
}

/** Whether a line speaks of the host of this name, in lower case. */
export function speaksOf({ hosts }: KnownHost, name: string): boolean {
  if (hosts.startsWith('|1|')) return isHashOf(hosts, name);
  return matchesPatterns(hosts.toLowerCase().split(','), name);
}

/** Type of a public key as SSH sends it: its first string. */
export function keyType(key: Buffer): string {
  const length = key.length < 4 ? 0 : key.readUInt32BE(0);
  return key.subarray(4, 4 + length).toString('latin1');
}

/** `SHA256:…`, as OpenSSH shows it. */
export const fingerprint = (key: Buffer): string =>
  `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;

const same = (known: KnownHost, key: Buffer): boolean => Buffer.from(known.key, 'base64').equals(key);

/** Key types that this console can check, by OpenSSH's names; `ssh-rsa` is the type of all RSA keys. */
const usable = new Set([
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'ssh-rsa',
]);

/**
 * Judges the key that a host shows. Stricter than OpenSSH in one thing: a host that is known by keys of other types
 * only is `changed`, not `unknown`, as known types are asked for first. Host certificates are not supported: a
 * `@cert-authority` line makes nothing known.
 *
 * @param names what the host is called, the first as it is looked up; any other counts only where it fits exactly (a
 * host on another port may be known without it).
 */
export function judge(known: readonly KnownHost[], names: readonly string[], key: Buffer): Verdict {
  const mine = known.filter((each) => names.some((name) => speaksOf(each, name)));
  const revoked = mine.find((each) => each.marker === 'revoked' && same(each, key));
  if (revoked) return { kind: 'revoked', file: revoked.file, line: revoked.line };
  const plain = mine.filter((each) => each.marker === undefined);
  if (plain.some((each) => same(each, key))) return { kind: 'known' };
  const others = plain.filter((each) => usable.has(each.type) && speaksOf(each, names[0] ?? ''));
  const other = others.find((each) => each.type === keyType(key)) ?? others[0];
  return other ? { kind: 'changed', file: other.file, line: other.line } : { kind: 'unknown' };
}

/** Signatures of host keys, in order of preference, with the key type of each. RSA with SHA-1 is not among them. */
const algorithms = [
  ['ssh-ed25519', 'ssh-ed25519'],
  ['ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp256'],
  ['ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp384'],
  ['ecdsa-sha2-nistp521', 'ecdsa-sha2-nistp521'],
  ['rsa-sha2-512', 'ssh-rsa'],
  ['rsa-sha2-256', 'ssh-rsa'],
] as const;
export type HostKeyAlgorithm = (typeof algorithms)[number][0];

/**
 * What to ask a host for: types by which it is known come first, or a known host would look like a changed one.
 *
 * @param names as for {@link judge}.
 */
export function preferredAlgorithms(
  known: readonly KnownHost[],
  names: readonly string[],
): HostKeyAlgorithm[] {
  const typesOf = (name: string) =>
    known.filter((each) => each.marker === undefined && speaksOf(each, name)).map((each) => each.type);
  const types = new Set(names.map(typesOf).find((each) => each.length > 0));
  const those = (wanted: boolean) =>
    algorithms.filter(([, type]) => types.has(type) === wanted).map(([name]) => name);
  return [...those(true), ...those(false)];
}
