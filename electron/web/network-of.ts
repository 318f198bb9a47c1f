import { isIPv6 } from 'node:net';

/** Whom an address is counted as. One admin's home is a /64: an IPv6 host has as many addresses as it likes. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.split('::');
  const front = head.split(':').filter(Boolean);
  const groups = tail === undefined ? front : [...front, ...Array<string>(8).fill('0')];
  return groups.slice(0, 4).join(':');
}
