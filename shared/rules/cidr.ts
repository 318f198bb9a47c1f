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

function parse4(text: string): bigint | null {
  const parts = text.split('.');
  if (parts.length !== 4) return null;
  let value = 0n;
  for (const part of parts) {
    // No leading zeros: some parsers read them as octal, so 010 would mean two different addresses.
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return null;
    value = (value << 8n) | BigInt(part);
  }
  return value;
}

/** The 16-bit groups of one side of `::`; a dotted IPv4 tail counts as two. */
function groups6(text: string, tailAllowed: boolean): number[] | null {
  if (text === '') return [];
  const parts = text.split(':');
  const groups: number[] = [];
  for (const [index, part] of parts.entries()) {
    if (/^[0-9a-f]{1,4}$/i.test(part)) {
      groups.push(parseInt(part, 16));
      continue;
    }
    const tail = tailAllowed && index === parts.length - 1 ? parse4(part) : null;
    if (tail === null) return null;
    groups.push(Number(tail >> 16n), Number(tail & 0xffffn));
  }
  return groups;
}

function parse6(text: string): bigint | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const head = groups6(halves[0] ?? '', halves.length === 1);
  const tail = groups6(halves[1] ?? '', true);
  if (!head || !tail) return null;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  const groups = [...head, ...Array.from({ length: missing }, () => 0), ...tail];
  return groups.reduce((value, group) => (value << 16n) | BigInt(group), 0n);
}

/** Reads an address strictly: no leading zeros, no octal, no zone, no surrounding space. Null when it is none. */
export function parseIp(text: string): Ip | null {
  const version = text.includes(':') ? 6 : 4;
  const value = version === 6 ? parse6(text) : parse4(text);
  return value === null ? null : { version, value };
}

function format6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, i) =>
    ((value >> BigInt(112 - 16 * i)) & 0xffffn).toString(16),
  );
  const zeros = longestZeroRun(groups);
  if (zeros.length < 2) return groups.join(':');
  return `${groups.slice(0, zeros.start).join(':')}::${groups.slice(zeros.start + zeros.length).join(':')}`;
}

function longestZeroRun(groups: string[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  for (let i = 0; i <= groups.length; i++) {
    if (groups[i] === '0') continue;
    if (i - start > best.length) best = { start, length: i - start };
    start = i + 1;
  }
  return best;
}

/** Writes an address; IPv6 in the form of RFC 5952 (lower case, the longest run of zeros shortened). */
export function formatIp(ip: Ip): string {
  if (ip.version === 6) return format6(ip.value);
  return [24n, 16n, 8n, 0n].map((shift) => String((ip.value >> shift) & 0xffn)).join('.');
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
