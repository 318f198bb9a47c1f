import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { containsCidr, formatCidr, overlaps, parseCidr, parseIp, type Cidr } from '../basics/cidr';
import { allocateRanges, intervalOf, meets, reservedInterval } from './ranges';

const cidr = (text: string): Cidr => parseCidr(text)!;
const at = (text: string) => ({ first: parseIp(text)!.value, last: parseIp(text)!.value });
const texts = (found: Cidr[]) => found.map(formatCidr);

describe('automatic ranges', () => {
  it('take the upper half, in order, and leave the lower one to pins', () => {
    const free = allocateRanges(cidr('10.70.1.0/24'), 2, [at('10.70.1.1')]);
    expect(texts(free)).toEqual(['10.70.1.128/26', '10.70.1.192/26']);
    expect(texts(allocateRanges(cidr('10.70.1.0/24'), 1, []))).toEqual(['10.70.1.128/25']);
  });
  it('go around what is taken, getting smaller only where they must', () => {
    const dhcp = reservedInterval({ from: '10.70.1.100', to: '10.70.1.199' }, 4)!;
    expect(texts(allocateRanges(cidr('10.70.1.0/24'), 2, [dhcp, at('10.70.1.1')]))).toEqual([
      '10.70.1.64/27',
      '10.70.1.224/27',
    ]);
  });
  it('keep the size that the segment has', () => {
    const taken = [intervalOf(cidr('10.70.1.192/26')), at('10.70.1.1')];
    expect(texts(allocateRanges(cidr('10.70.1.0/24'), 1, taken, 26))).toEqual(['10.70.1.128/26']);
  });
  it('end where there is no room', () => {
    expect(allocateRanges(cidr('10.70.1.0/24'), 1, [intervalOf(cidr('10.70.0.0/16'))])).toEqual([]);
    expect(allocateRanges(cidr('10.70.1.0/29'), 4, [])).toEqual([]);
    expect(allocateRanges(cidr('10.70.1.0/24'), 0, [])).toEqual([]);
  });
  it('are found at once in the largest subnets, full ones too', () => {
    const half = intervalOf(cidr('fd00:70:0:0:8000::/65'));
    const [range] = allocateRanges(cidr('fd00:70::/64'), 1, [half]);
    expect(formatCidr(range!)).toBe('fd00:70::1:0/112');
    const low = intervalOf(cidr('fd00:70::/65'));
    expect(texts(allocateRanges(cidr('fd00:70::/64'), 1, [low]))).toEqual(['fd00:70:0:0:8000::/112']);
    expect(allocateRanges(cidr('10.0.0.0/8'), 3, [intervalOf(cidr('10.0.0.0/8'))])).toEqual([]);
  });
  it('of IPv6 begin behind the addresses that stay for pins, and can be read', () => {
    const taken = [at('fd00:70::1'), at('fd00:70::2:7')];
    expect(texts(allocateRanges(cidr('fd00:70::/64'), 2, taken))).toEqual([
      'fd00:70::1:0/112',
      'fd00:70::3:0/112',
    ]);
    expect(texts(allocateRanges(cidr('fd00:70::/48'), 1, []))).toEqual(['fd00:70::1:0/112']);
    // One more that joins later, of the size that the others have.
    expect(
      texts(allocateRanges(cidr('fd00:70::/64'), 1, [intervalOf(cidr('fd00:70::1:0/112'))], 112)),
    ).toEqual(['fd00:70::2:0/112']);
  });
  it('of IPv6 keep below the address that engines can’t count', () => {
    const most = { first: parseIp('fd00:70::')!.value, last: parseIp('fd00:70::ffff:ffff:fffd:ffff')!.value };
    expect(texts(allocateRanges(cidr('fd00:70::/64'), 1, [most]))).toEqual(['fd00:70::ffff:ffff:fffe:0/112']);
    expect(texts(allocateRanges(cidr('fd00:70::/112'), 1, []))).toEqual(['fd00:70::8000/113']);
  });

  const subnets = fc
    .tuple(fc.integer({ min: 16, max: 28 }), fc.nat(0xffffffff))
    .map(([prefix, value]) =>
      cidr(formatCidr({ ...cidr(`0.0.0.0/${String(prefix)}`), base: mask(value, prefix) })),
    );
  const mask = (value: number, prefix: number) =>
    (BigInt(value) >> BigInt(32 - prefix)) << BigInt(32 - prefix);

  it('are always equal, inside, disjoint, and apart from everything taken', () => {
    const offsets = fc.array(fc.tuple(fc.nat(0xffff), fc.nat(40)), { maxLength: 12 });
    fc.assert(
      fc.property(subnets, fc.integer({ min: 1, max: 9 }), offsets, (subnet, count, used) => {
        const { first, last } = intervalOf(subnet);
        const taken = used.map(([offset, length]) => {
          const start = first + (BigInt(offset) % (last - first + 1n));
          return { first: start, last: start + BigInt(length) };
        });
        const found = allocateRanges(subnet, count, taken);
        expect([0, count]).toContain(found.length);
        for (const [index, range] of found.entries()) {
          expect(range.hostBitsSet).toBe(false);
          expect(range.prefix).toBe(found[0]?.prefix);
          expect(containsCidr(subnet, range)).toBe(true);
          expect(taken.some((one) => meets(one, intervalOf(range)))).toBe(false);
          expect(found.slice(index + 1).some((other) => overlaps(other, range))).toBe(false);
        }
      }),
    );
  });
  it('are found whenever a free block of four is left for each', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(63), { maxLength: 60 }),
        fc.integer({ min: 1, max: 4 }),
        (blocks, count) => {
          const subnet = cidr('10.0.0.0/24');
          const taken = blocks.map((block) => intervalOf(cidr(`10.0.0.${String(block * 4)}/30`)));
          expect(allocateRanges(subnet, count, taken).length).toBe(64 - blocks.length >= count ? count : 0);
        },
      ),
    );
  });
});

describe('reservedInterval', () => {
  it('is null for what is upside down, mixed, or of the other family', () => {
    const read = (from: string, to: string, version: 4 | 6 = 4) => reservedInterval({ from, to }, version);
    expect(read('10.0.0.2', '10.0.0.1')).toBeNull();
    expect(read('10.0.0.2', 'fd00::1')).toBeNull();
    expect(read('10.0.0.1', '10.0.0.2', 6)).toBeNull();
    expect(read('x', '10.0.0.2')).toBeNull();
  });
});
