import fc from 'fast-check';
import { isIPv4, isIPv6 } from 'node:net';
import { describe, expect, it } from 'vitest';
import * as cidr from './cidr';
import type { Cidr } from './cidr';

const net = (text: string): Cidr => cidr.parseCidr(text)!;
const ip = (text: string) => cidr.parseIp(text)!;
const anyIp = fc.oneof(
  fc.record({ version: fc.constant(4 as const), value: fc.bigInt(0n, (1n << 32n) - 1n) }),
  fc.record({ version: fc.constant(6 as const), value: fc.bigInt(0n, (1n << 128n) - 1n) }),
);
const anyCidr = anyIp.chain((address) =>
  fc
    .integer({ min: 0, max: address.version === 4 ? 32 : 128 })
    .map((prefix) => net(`${cidr.formatIp(address)}/${String(prefix)}`)),
);

describe('parseIp', () => {
  it.each([
    '0.0.0.0',
    '10.70.1.5',
    '255.255.255.255',
    '::',
    '::1',
    'fe80::1',
    '1:2:3:4:5:6:7:8',
    '::ffff:10.0.0.1',
    '1::',
  ])('reads %s', (text) => expect(cidr.parseIp(text)).not.toBeNull());
  it.each([
    '',
    ' 10.0.0.1',
    '10.0.0.1 ',
    '10.0.0',
    '10.0.0.1.2',
    '10.0.0.256',
    '010.0.0.1',
    '10.0.0.00',
    '0x0a.0.0.1',
    '10.0.0.-1',
    '10.0.0.1/24',
    '1.2.3.4::',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7::8:9',
    '12345::',
    'g::',
    'fe80::1%eth0',
    ':1',
    '1:',
    '::1.2.3',
    '::1.2.3.04',
    '1.2.3.4:1::',
    '１.2.3.4',
  ])('refuses “%s”', (text) => expect(cidr.parseIp(text)).toBeNull());
  it('writes IPv6 as RFC 5952 asks', () => {
    expect(cidr.formatIp(ip('2001:DB8:0:0:1:0:0:1'))).toBe('2001:db8::1:0:0:1');
    expect(cidr.formatIp(ip('2001:db8:0:1:1:1:1:1'))).toBe('2001:db8:0:1:1:1:1:1');
    expect(cidr.formatIp(ip('0:0:0:0:0:0:0:0'))).toBe('::');
    expect(cidr.formatIp(ip('1:0:0:0:0:0:0:0'))).toBe('1::');
  });
  it('reads back what it writes', () => {
    fc.assert(
      fc.property(anyIp, (value) => {
        expect(cidr.parseIp(cidr.formatIp(value))).toEqual(value);
      }),
    );
  });
  it('never takes what the operating system’s parser refuses', () => {
    const nearly = fc.stringMatching(/^[0-9a-f:.]{0,20}$/);
    fc.assert(fc.property(nearly, (text) => cidr.parseIp(text) === null || isIPv4(text) || isIPv6(text)));
  });
  it('takes everything of IPv6 that Node takes, zones aside', () => {
    fc.assert(fc.property(fc.ipV6(), (text) => cidr.parseIp(text)?.version === 6));
  });
});

describe('parseCidr', () => {
  it('tells of host bits and keeps the address', () => {
    const parsed = net('10.70.1.7/24');
    expect(parsed).toMatchObject({
      version: 4,
      prefix: 24,
      hostBitsSet: true,
      address: ip('10.70.1.7').value,
    });
    expect(cidr.formatCidr(parsed)).toBe('10.70.1.0/24');
    expect(net('10.70.1.0/24').hostBitsSet).toBe(false);
  });
  it.each([
    '10.0.0.0',
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0.0/024',
    '10.0.0.0/-1',
    '10.0.0.0/24/1',
    '::/129',
    '/24',
    '10.0/8',
    '10.0.0.0/8 ',
  ])('refuses “%s”', (text) => expect(cidr.parseCidr(text)).toBeNull());
  it('clears every host bit', () => {
    fc.assert(
      fc.property(anyCidr, (c) => {
        expect(c.base % cidr.size(c)).toBe(0n);
        expect(cidr.contains(c, { version: c.version, value: c.address })).toBe(true);
      }),
    );
  });
});

describe('first, last, broadcast', () => {
  it.each([
    ['10.70.1.0/24', '10.70.1.1', '10.70.1.254', '10.70.1.255'],
    ['10.70.1.0/30', '10.70.1.1', '10.70.1.2', '10.70.1.3'],
    ['10.70.1.0/31', '10.70.1.0', '10.70.1.1', null],
    ['10.70.1.9/32', '10.70.1.9', '10.70.1.9', null],
    ['fd00::/64', 'fd00::1', 'fd00::ffff:ffff:ffff:ffff', null],
    ['fd00::5/128', 'fd00::5', 'fd00::5', null],
  ])('of %s', (text, first, last, broadcast) => {
    const end = cidr.broadcastAddress(net(text));
    expect(cidr.formatIp(cidr.firstUsable(net(text)))).toBe(first);
    expect(cidr.formatIp(cidr.lastUsable(net(text)))).toBe(last);
    expect(end && cidr.formatIp(end)).toBe(broadcast);
  });
});

describe('containment and overlap', () => {
  it('knows the edges', () => {
    expect(cidr.contains(net('10.0.0.0/24'), ip('10.0.0.0'))).toBe(true);
    expect(cidr.contains(net('10.0.0.0/24'), ip('10.0.0.255'))).toBe(true);
    expect(cidr.contains(net('10.0.0.0/24'), ip('10.0.1.0'))).toBe(false);
    expect(cidr.contains(net('::/0'), ip('10.0.1.0'))).toBe(false);
    expect(cidr.overlaps(net('10.0.0.0/24'), net('10.0.1.0/24'))).toBe(false);
    expect(cidr.containsCidr(net('10.0.0.0/24'), net('10.0.0.0/16'))).toBe(false);
    expect(cidr.overlaps(net('0.0.0.0/0'), net('::/0'))).toBe(false);
  });
  it('overlap means a common address, both ways', () => {
    fc.assert(
      fc.property(anyCidr, anyCidr, (a, b) => {
        const common =
          a.version === b.version &&
          a.base <= cidr.lastAddress(b).value &&
          b.base <= cidr.lastAddress(a).value;
        expect(cidr.overlaps(a, b)).toBe(common);
        expect(cidr.overlaps(b, a)).toBe(common);
      }),
    );
  });
});

describe('splitRange', () => {
  it('halves a range, and leaves the rest of a third free', () => {
    expect(cidr.splitRange(net('10.0.0.128/25'), 2).map(cidr.formatCidr)).toEqual([
      '10.0.0.128/26',
      '10.0.0.192/26',
    ]);
    expect(cidr.splitRange(net('10.0.0.0/24'), 3).map(cidr.formatCidr)).toEqual([
      '10.0.0.0/26',
      '10.0.0.64/26',
      '10.0.0.128/26',
    ]);
  });
  it('refuses what cannot be', () => {
    expect(cidr.splitRange(net('10.0.0.0/32'), 2)).toEqual([]);
    expect(cidr.splitRange(net('10.0.0.0/24'), 0)).toEqual([]);
    expect(cidr.splitRange(net('10.0.0.0/24'), 1.5)).toEqual([]);
  });
  it('gives disjoint parts inside the whole', () => {
    fc.assert(
      fc.property(anyCidr, fc.integer({ min: 1, max: 40 }), (whole, parts) => {
        const ranges = cidr.splitRange(whole, parts);
        for (const [i, range] of ranges.entries()) {
          expect(cidr.containsCidr(whole, range)).toBe(true);
          for (const other of ranges.slice(i + 1)) expect(cidr.overlaps(range, other)).toBe(false);
        }
      }),
    );
  });
});
