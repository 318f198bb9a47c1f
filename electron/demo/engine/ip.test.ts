import { describe, expect, it } from 'vitest';
import { contains, formatAddress, formatPrefix, masked, overlaps, parseAddress, parsePrefix } from './ip';

const prefix = (text: string) => parsePrefix(text)!;
const address = (text: string) => parseAddress(text)!;

describe('addresses', () => {
  it.each([
    '0.0.0.0',
    '10.20.0.255',
    '255.255.255.255',
    '::',
    '::1',
    'fd00::1',
    '2001:db8::1:0:0:1',
    'fe80::',
  ])('reads %s and writes it back', (text) => expect(formatAddress(address(text))).toBe(text));
  it.each([
    '',
    '10.0.0',
    '10.0.0.256',
    '10.0.0.01',
    '10.0.0.1.2',
    'nonsense',
    ':::',
    '1::2::3',
    'g::',
    '1:2:3:4:5:6:7',
  ])('refuses %j', (text) => expect(parseAddress(text)).toBeNull());
});

describe('prefixes', () => {
  it('keeps host bits until masked', () => {
    expect(formatPrefix(prefix('10.0.0.7/24'))).toBe('10.0.0.7/24');
    expect(formatPrefix(masked(prefix('10.0.0.7/24')))).toBe('10.0.0.0/24');
    expect(formatPrefix(masked(prefix('fd00:1::7/64')))).toBe('fd00:1::/64');
  });
  it('refuses what is none', () => {
    for (const text of ['10.0.0.0', '10.0.0.0/33', '300.0.0.0/8', '/24', 'fd00::/129'])
      expect(parsePrefix(text)).toBeNull();
  });
  it('knows what lies within, and what overlaps', () => {
    expect(contains(prefix('10.0.0.0/25'), address('10.0.0.127'))).toBe(true);
    expect(contains(prefix('10.0.0.0/25'), address('10.0.0.128'))).toBe(false);
    expect(contains(prefix('10.0.0.0/8'), address('::1'))).toBe(false);
    expect(overlaps(prefix('10.0.0.0/16'), prefix('10.0.9.0/24'))).toBe(true);
    expect(overlaps(prefix('10.0.0.0/24'), prefix('10.0.1.0/24'))).toBe(false);
  });
});
