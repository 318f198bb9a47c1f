import ipaddr from 'ipaddr.js';

const { IPv4, IPv6 } = ipaddr;

/** An IP address as a number. */
export interface Ip {
  readonly version: 4 | 6;
  readonly value: bigint;
}

/** A subnet or range in CIDR notation. */
export interface Cidr {
  readonly version: 4 | 6;
  /** The network address: `address` with the host bits cleared. */
  readonly base: bigint;
  readonly prefix: number;
  /** True when `address` was not the network address itself, as in `10.0.0.7/24`. */
  readonly hostBitsSet: boolean;
  /** The address as it was written. */
  readonly address: bigint;
}

const bitsOf = (version: 4 | 6): number => (version === 4 ? 32 : 128);
const hostBits = (cidr: Cidr): bigint => BigInt(bitsOf(cidr.version) - cidr.prefix);

const numberOf = (bytes: readonly number[]): bigint =>
  bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);

const bytesOf = ({ version, value }: Ip): number[] => {
  const count = bitsOf(version) / 8;
  return Array.from({ length: count }, (_, i) => Number((value >> BigInt(8 * (count - 1 - i))) & 0xffn));
};

/** Four decimal parts and no leading zeros: some parsers read them as octal, so 010 would mean two addresses. */
const isStrict4 = (text: string): boolean => IPv4.isValidFourPartDecimal(text);

/** The library takes a zone, and any form of IPv4 at the end. */
function isStrict6(text: string): boolean {
  const tail = text.slice(text.lastIndexOf(':') + 1);
  return !text.includes('%') && (!tail.includes('.') || isStrict4(tail)) && IPv6.isValid(text);
}

/** Reads an address strictly: no leading zeros, no octal, no zone, no surrounding space. Null when it is none. */
export function parseIp(text: string): Ip | null {
  if (text.includes(':'))
    return isStrict6(text) ? { version: 6, value: numberOf(IPv6.parse(text).toByteArray()) } : null;
  return isStrict4(text) ? { version: 4, value: numberOf(IPv4.parse(text).toByteArray()) } : null;
}

/** Writes an address; IPv6 in the form of RFC 5952 (lower case, the longest run of zeros shortened). */
export function formatIp(ip: Ip): string {
  const bytes = bytesOf(ip);
  return ip.version === 6 ? new IPv6(bytes).toRFC5952String() : new IPv4(bytes).toString();
}

/** Reads `address/prefix`. Null when either part is not well formed; host bits are kept and told of. */
export function parseCidr(text: string): Cidr | null {
  const slash = text.indexOf('/');
  const ip = slash < 0 ? null : parseIp(text.slice(0, slash));
  const digits = text.slice(slash + 1);
  if (!ip || !/^(0|[1-9]\d{0,2})$/.test(digits)) return null;
  const prefix = Number(digits);
  if (prefix > bitsOf(ip.version)) return null;
  const shift = BigInt(bitsOf(ip.version) - prefix);
  const base = (ip.value >> shift) << shift;
  return { version: ip.version, base, prefix, hostBitsSet: base !== ip.value, address: ip.value };
}

/** Writes the subnet itself, without host bits. */
export function formatCidr(cidr: Cidr): string {
  return `${formatIp(networkAddress(cidr))}/${String(cidr.prefix)}`;
}

/** The one spelling of a subnet or range, so that texts can be compared; what is none stays as it is. */
export function plainCidr(text: string): string {
  const cidr = parseCidr(text);
  return cidr ? formatCidr(cidr) : text;
}

/** How many addresses it covers, the reserved ones included. */
export const size = (cidr: Cidr): bigint => 1n << hostBits(cidr);

/** The last address covered, usable or not. */
export const lastAddress = (cidr: Cidr): Ip => ({
  version: cidr.version,
  value: cidr.base + size(cidr) - 1n,
});

/** The subnet's own address, the first one covered. */
export const networkAddress = (cidr: Cidr): Ip => ({ version: cidr.version, value: cidr.base });

/** The broadcast address; null for /31, /32 (RFC 3021) and IPv6, which have none. */
export function broadcastAddress(cidr: Cidr): Ip | null {
  return cidr.version === 6 || cidr.prefix > 30 ? null : lastAddress(cidr);
}

/**
 * Whether the first address means the subnet itself and can be nobody's: IPv4 up to /30. Engines keep it back in
 * IPv6 subnets too (RFC 4291's subnet-router anycast address).
 */
export function reservesNetworkAddress(cidr: Cidr): boolean {
  return cidr.version === 6 ? cidr.prefix < 128 : cidr.prefix <= 30;
}

/** The lowest address that a container or router can have. */
export function firstUsable(cidr: Cidr): Ip {
  return { version: cidr.version, value: cidr.base + (reservesNetworkAddress(cidr) ? 1n : 0n) };
}

/** The highest address that a container or router can have. */
export function lastUsable(cidr: Cidr): Ip {
  const last = lastAddress(cidr);
  return broadcastAddress(cidr) ? { version: cidr.version, value: last.value - 1n } : last;
}

/** False across versions. */
export function contains(cidr: Cidr, ip: Ip): boolean {
  return ip.version === cidr.version && ip.value >= cidr.base && ip.value <= lastAddress(cidr).value;
}

/** Whether `inner` lies in `outer` entirely; a subnet contains itself. */
export function containsCidr(outer: Cidr, inner: Cidr): boolean {
  return contains(outer, networkAddress(inner)) && inner.prefix >= outer.prefix;
}

/** Whether they have an address in common. */
export function overlaps(a: Cidr, b: Cidr): boolean {
  return containsCidr(a, b) || containsCidr(b, a);
}

/** The one spelling of an address, so that texts can be compared; a prefix length is cut off. */
export function plainAddress(text: string): string {
  const slash = text.indexOf('/');
  const address = slash < 0 ? text : text.slice(0, slash);
  // IPv4 is read strictly and so has one spelling only; this runs for every address of every container.
  const ip = address.includes(':') ? parseIp(address) : null;
  return ip ? formatIp(ip) : address;
}

/** Whether both mean the same subnet, host bits aside. */
export function sameCidr(a: Cidr, b: Cidr): boolean {
  return a.version === b.version && a.base === b.base && a.prefix === b.prefix;
}

/**
 * Cuts a range into `parts` equal, disjoint ranges from its start: one for each host. With a number that is no power
 * of two, what is left at the end stays free. Empty when `parts` is below 1, or the range has fewer addresses.
 */
export function splitRange(cidr: Cidr, parts: number): Cidr[] {
  if (!Number.isInteger(parts) || parts < 1) return [];
  const bits = Math.ceil(Math.log2(parts));
  const prefix = cidr.prefix + bits;
  if (prefix > bitsOf(cidr.version)) return [];
  const step = 1n << BigInt(bitsOf(cidr.version) - prefix);
  return Array.from({ length: parts }, (_, i) => {
    const base = cidr.base + step * BigInt(i);
    return { version: cidr.version, base, prefix, hostBitsSet: false, address: base };
  });
}
