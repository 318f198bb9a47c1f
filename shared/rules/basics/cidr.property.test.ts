import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { suggestAddress } from '../addresses/suggest';
import { checkAddress } from '../addresses/check';
import * as cidr from './cidr';
import { allocateRanges, intervalOf } from '../addresses/ranges';
import { container, endpoint, idle, network, twoHosts } from '../testing';

/** The arithmetic of addresses against what it means: whole numbers, from one to another. */

const bitsOf = { 4: 32, 6: 128 } as const;
const version = fc.constantFrom(4 as const, 6 as const);
/** Close together, so that they often meet; beside the ends of what an address can be. */
const subnet = version.chain((family) =>
  fc
    .record({
      start: fc.oneof(fc.constantFrom(0n, (1n << BigInt(bitsOf[family])) - 256n), fc.constant(0xfd00_4600n)),
      offset: fc.bigInt(0n, 255n),
      prefix: fc.oneof(
        fc.integer({ min: bitsOf[family] - 9, max: bitsOf[family] }),
        fc.integer({ min: 0, max: bitsOf[family] }),
      ),
    })
    .map(({ start, offset, prefix }) => ({ version: family, address: start + offset, prefix })),
);
type Subnet = typeof subnet extends fc.Arbitrary<infer S> ? S : never;
const textOf = ({ version: family, address, prefix }: Subnet) =>
  `${cidr.formatIp({ version: family, value: address })}/${String(prefix)}`;
const read = (one: Subnet) => {
  const found = cidr.parseCidr(textOf(one));
  if (!found) throw new Error(`${textOf(one)} can’t be read`);
  return found;
};
/** By division, not by bits. */
const model = ({ version: family, address, prefix }: Subnet) => {
  const size = 2n ** BigInt(bitsOf[family] - prefix);
  const first = (address / size) * size;
  return { family, size, first, last: first + size - 1n };
};

describe('a subnet', () => {
  it('covers what its numbers say, and is written without host bits', () => {
    fc.assert(
      fc.property(subnet, (one) => {
        const [found, { family, size, first, last }] = [read(one), model(one)];
        expect(found).toMatchObject({
          base: first,
          address: one.address,
          hostBitsSet: first !== one.address,
        });
        expect([cidr.size(found), cidr.lastAddress(found).value]).toEqual([size, last]);
        expect(cidr.parseCidr(cidr.formatCidr(found))).toEqual({
          ...found,
          address: first,
          hostBitsSet: false,
        });
        const [low, high] = [cidr.firstUsable(found).value, cidr.lastUsable(found).value];
        expect(low).toBe(size === 1n || (family === 4 && size === 2n) ? first : first + 1n);
        expect(high).toBe(family === 4 && size > 2n ? last - 1n : last);
        expect(low <= high).toBe(true);
      }),
    );
  });

  it('contains and meets others as intervals do', () => {
    fc.assert(
      fc.property(subnet, subnet, version, fc.bigInt(-2n, 600n), (a, b, family, offset) => {
        const [one, other, left, right] = [read(a), read(b), model(a), model(b)];
        const same = a.version === b.version;
        const inside = left.first <= right.first && right.last <= left.last;
        expect(cidr.overlaps(one, other)).toBe(same && left.first <= right.last && right.first <= left.last);
        expect(cidr.containsCidr(one, other)).toBe(same && inside);
        expect(cidr.sameCidr(one, other)).toBe(
          same && left.first === right.first && left.size === right.size,
        );
        const value = left.first + offset;
        const there = family === a.version && value >= left.first && value <= left.last;
        expect(cidr.contains(one, { version: family, value })).toBe(there);
      }),
      { numRuns: 500 },
    );
  });

  it('is refused with anything amiss in its text', () => {
    const amiss = fc.constantFrom<(text: string) => string>(
      (text) => ` ${text}`,
      (text) => `${text} `,
      (text) => `${text}\n`,
      (text) => text.replace('/', '//'),
      (text) => text.replace('/', '/0'),
      (text) => text.replace('/', '/+'),
      (text) => text.replace('/', '/-'),
      (text) => text.replace('/', '%eth0/'),
      (text) => text.replace('/', ' /'),
      (text) => text.replace(/\/.*/, '/'),
      (text) => text.replace(/\/.*/, '/129'),
      (text) => text.replace(/\/.*/, ''),
      (text) => (text.includes(':') ? text.replace('/', ':g/') : text.replace('/', '.0/')),
      (text) => (text.includes(':') ? `:::${text}` : `0${text}`),
      (text) => `${text}.5`,
      (text) => `${text}e0`,
      (text) => text.replace('/', '\u0661/'),
    );
    fc.assert(
      fc.property(subnet, amiss, (one, spoil) => cidr.parseCidr(spoil(textOf(one))) === null),
      { numRuns: 500 },
    );
  });
});

describe('ranges for hosts', () => {
  it('split a range into equal parts, one behind the other from its start', () => {
    fc.assert(
      fc.property(subnet, fc.integer({ min: 1, max: 20 }), (one, parts) => {
        const whole = model(one);
        const made = cidr.splitRange(read(one), parts).map(intervalOf);
        let share = whole.size;
        while (share > 0n && whole.size / share < BigInt(parts)) share /= 2n;
        const expected = share === 0n ? 0 : parts;
        expect(made).toEqual(
          Array.from({ length: expected }, (_, i) => {
            const first = whole.first + share * BigInt(i);
            return { first, last: first + share - 1n };
          }),
        );
      }),
    );
  });

  it('lie in the subnet, equal and apart, on nothing taken; there are none only where there is no room', () => {
    const small = subnet.map((one) => ({ ...one, prefix: Math.max(one.prefix, bitsOf[one.version] - 8) }));
    const spans = fc.array(fc.tuple(fc.bigInt(0n, 255n), fc.bigInt(0n, 20n)), { maxLength: 6 });
    fc.assert(
      fc.property(small, spans, fc.integer({ min: 1, max: 5 }), (one, offsets, count) => {
        const { first, last, size } = model(one);
        const taken = offsets.map(([at, more]) => ({ first: first + at, last: first + at + more }));
        const ranges = allocateRanges(read(one), count, taken).map(intervalOf);
        const free = (low: bigint, high: bigint) =>
          taken.every((each) => each.last < low || each.first > high);
        const sizes = new Set(ranges.map((each) => each.last - each.first));
        expect(sizes.size).toBeLessThanOrEqual(1);
        for (const [i, range] of ranges.entries()) {
          expect(range.first >= first && range.last <= last && free(range.first, range.last)).toBe(true);
          if (i > 0) expect(range.first > (ranges[i - 1]?.last ?? 0n)).toBe(true);
        }
        let blocks = 0;
        for (let at = first; at + 3n <= last; at += 4n) if (free(at, at + 3n)) blocks += 1;
        const fits = blocks >= count && BigInt(4 * 2 ** Math.ceil(Math.log2(count)) * 2) <= size;
        expect(ranges).toHaveLength(fits ? count : 0);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the address offered on a LAN of two hosts', () => {
  const last = fc.integer({ min: 0, max: 15 });
  const lan = fc.record({
    base: fc.constantFrom('10.70.1.', 'fd00:70::'),
    range: fc.option(fc.constantFrom([0, 3], [8, 3], [0, 2], [12, 2] as const)),
    gateway: last,
    pins: fc.array(last, { maxLength: 14 }),
    stopped: fc.array(fc.boolean(), { minLength: 14, maxLength: 14 }),
    excluded: fc.array(last, { maxLength: 3 }),
  });

  it('is the lowest that nobody holds outside automatic ranges, else the highest; none only where all are held', () => {
    fc.assert(
      fc.property(lan, ({ base, range, gateway, pins, stopped, excluded }) => {
        const six = base.includes(':');
        const text = (n: number) => `${base}${n.toString(six ? 16 : 10)}`;
        const bits = six ? 128 : 32;
        const { here, there, engines, networks } = twoHosts({
          ipv6: six,
          subnet: {
            subnet: `${text(0)}/${String(bits - 4)}`,
            gateway: text(gateway),
            exclusions: Object.fromEntries(excluded.map((n) => [`x${String(n)}`, text(n)])),
            ...(range ? { ipRange: `${text(range[0] ?? 0)}/${String(bits - (range[1] ?? 0))}` } : {}),
          },
        });
        const containers = pins.map((n, i) => {
          const on = i % 2 === 0 ? here : there;
          const pin = six ? { pinned6: text(n) } : { pinned4: text(n) };
          const runs = six ? { ...pin, ipv4: '', ipv6: text(n) } : { ...pin, ipv4: text(n) };
          const one = stopped[i] ? idle(on, pin) : endpoint(on, runs);
          const state = stopped[i] ? 'exited' : 'running';
          return container({ name: `c${String(i)}`, engineId: on.engineId, state, endpoints: [one] });
        });
        const inventory = { engines, networks, containers };
        const held = new Set([gateway, ...pins, ...excluded]);
        const usable = Array.from({ length: 16 }, (_, n) => n).filter((n) => n > 0 && (six || n < 15));
        const free = usable.filter((n) => !held.has(n));
        const [low, length] = range ? [range[0] ?? 0, 2 ** (range[1] ?? 0)] : [0, 16];
        const outside = free.filter((n) => n < low || n >= low + length);
        const expected = outside[0] ?? free.at(-1);
        const offered = suggestAddress(here, inventory, undefined, six ? 6 : 4);
        expect(offered).toBe(expected === undefined ? undefined : text(expected));
        // Both hosts are offered the same, and neither refuses it.
        expect(suggestAddress(there, inventory, undefined, six ? 6 : 4)).toBe(offered);
        for (const on of [here, there])
          if (offered) expect(checkAddress(offered, on, inventory).problems).toEqual([]);
        for (const n of held)
          if (usable.includes(n)) expect(checkAddress(text(n), here, inventory).problems).toHaveLength(1);
      }),
      { numRuns: 300 },
    );
  });

  it('is none on a network that has no such family', () => {
    expect(
      suggestAddress(network(), { engines: [], networks: [network()], containers: [] }, undefined, 6),
    ).toBe(undefined);
  });
});
