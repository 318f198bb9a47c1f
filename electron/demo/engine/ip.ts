/** Just enough IPv4 and IPv6 arithmetic for address pools; both families as one big integer. */
export interface Address {
  family: 4 | 6;
  value: bigint;
}

export interface Prefix extends Address {
  bits: number;
}

const width = (family: 4 | 6): number => (family === 4 ? 32 : 128);

function parse4(text: string): bigint | null {
  const parts = text.split('.');
  if (parts.length !== 4) return null;
  let value = 0n;
  for (const part of parts) {
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return null;
    value = (value << 8n) | BigInt(part);
  }
  return value;
}

function parse6(text: string): bigint | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const [head = [], tail = []] = groups;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const all = [...head, ...Array<string>(halves.length === 2 ? missing : 0).fill('0'), ...tail];
  let value = 0n;
  for (const group of all) {
    if (!/^[0-9a-f]{1,4}$/i.test(group)) return null;
    value = (value << 16n) | BigInt(`0x${group}`);
  }
  return value;
}

export function parseAddress(text: string): Address | null {
  const family = text.includes(':') ? 6 : 4;
  const value = family === 6 ? parse6(text) : parse4(text);
  return value === null ? null : { family, value };
}

/** `address/bits`; the address keeps its host bits. */
export function parsePrefix(text: string): Prefix | null {
  const match = /^([^/]+)\/(\d{1,3})$/.exec(text);
  const address = parseAddress(match?.[1] ?? '');
  const bits = Number(match?.[2]);
  if (!address || !(bits <= width(address.family))) return null;
  return { ...address, bits };
}

const hostMask = (prefix: Prefix): bigint => (1n << BigInt(width(prefix.family) - prefix.bits)) - 1n;

export const masked = (prefix: Prefix): Prefix => ({ ...prefix, value: prefix.value & ~hostMask(prefix) });
export const firstOf = (prefix: Prefix): bigint => prefix.value & ~hostMask(prefix);
export const lastOf = (prefix: Prefix): bigint => prefix.value | hostMask(prefix);

export const contains = (prefix: Prefix, address: Address): boolean =>
  prefix.family === address.family && firstOf(prefix) <= address.value && address.value <= lastOf(prefix);

export const overlaps = (a: Prefix, b: Prefix): boolean =>
  a.family === b.family && firstOf(a) <= lastOf(b) && firstOf(b) <= lastOf(a);

function format6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, i) =>
    ((value >> BigInt(112 - 16 * i)) & 0xffffn).toString(16),
  ).join(':');
  // The longest run of zero groups becomes `::` (RFC 5952).
  const runs = [...groups.matchAll(/\b0(?::0)+\b/g)].sort((a, b) => b[0].length - a[0].length);
  const [longest] = runs;
  if (!longest) return groups;
  const before = groups.slice(0, longest.index).replace(/:$/, '');
  const after = groups.slice(longest.index + longest[0].length).replace(/^:/, '');
  return `${before}::${after}`;
}

export function formatAddress({ family, value }: Address): string {
  if (family === 6) return format6(value);
  return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.');
}

export const formatPrefix = (prefix: Prefix): string => `${formatAddress(prefix)}/${prefix.bits}`;
