import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AddressPlan, AddressUse } from '../../model';
import { formatIp, parseCidr, parseIp } from '../basics/cidr';
import {
  addressGrid,
  addressMeant,
  addressPage,
  firstFree,
  heldCount,
  heldPages,
  utilisation,
} from './address-grid';

const use = (address: string, kind: AddressUse['kind'], owner = '', over: Partial<AddressUse> = {}) => ({
  ...{ address, kind, engineId: 'e1', owner },
  ...over,
});
const held = (address: string, owner: string, engineId = 'e1', kind: 'pinned' | 'automatic' = 'pinned') =>
  use(address, kind, owner, { engineId, container: { id: owner, networkId: 'lan', live: true, mac: '' } });

const plan = (subnet: string, used: AddressUse[], ranges: string[] = []): AddressPlan => ({
  ...{ subnet, subnets: [subnet], gateways: [], notices: [], used },
  ranges: ranges.map((range, at) => ({ engineId: `e${String(at + 1)}`, networkId: 'lan', range })),
});
const grid = (...args: Parameters<typeof plan>) => addressGrid(plan(...args), args[0])!;
const stateOf = (each: ReturnType<typeof grid>, address: string) =>
  addressPage(each, address).cells.find((cell) => cell.address === address)?.state;

describe('the grid of a subnet', () => {
  it('says of each address what it is', () => {
    const lan = grid(
      '10.70.1.0/24',
      [
        use('10.70.1.1', 'gateway'),
        held('10.70.1.5', 'web'),
        use('10.70.1.20', 'dhcp', 'router', { to: '10.70.1.29' }),
        use('10.70.1.9', 'foreign', '02:00:00:00:00:09'),
      ],
      ['10.70.1.64/26'],
    );
    const { cells, before, after, first, last } = addressPage(lan);
    expect([cells.length, before, after, first, last]).toEqual([256, null, null, '10.70.1.0', '10.70.1.255']);
    const states = ['0', '1', '5', '9', '19', '20', '29', '30', '64', '127', '128', '255'];
    expect(states.map((end) => stateOf(lan, `10.70.1.${end}`))).toEqual([
      'network',
      'gateway',
      'pinned',
      'foreign',
      'free',
      'dhcp',
      'dhcp',
      'free',
      'given',
      'given',
      'free',
      'broadcast',
    ]);
  });
  it('tells a conflict of two that have one address, and none where several hosts say the same', () => {
    const lan = grid('10.70.1.0/24', [
      ...[held('10.70.1.5', 'web'), held('10.70.1.5', 'db', 'e2', 'automatic')],
      ...[use('10.70.1.1', 'gateway'), use('10.70.1.1', 'gateway', '', { engineId: 'e2' })],
      ...[use('10.70.1.7', 'excluded', 'nas'), use('10.70.1.7', 'excluded', 'nas', { engineId: 'e2' })],
      ...[use('10.70.1.4', 'reserved', 'printers', { to: '10.70.1.8' }), held('10.70.1.6', 'cups')],
      ...[use('10.70.1.2', 'host', 'eth1'), use('10.70.1.2', 'foreign', '02:00:00:00:00:02')],
      ...[use('10.70.1.3', 'gateway'), held('10.70.1.3', 'router')],
    ]);
    expect(['1', '2', '3', '4', '5', '6', '7'].map((end) => stateOf(lan, `10.70.1.${end}`))).toEqual([
      'gateway',
      'conflict',
      'conflict',
      'reserved',
      'conflict',
      'pinned',
      'excluded',
    ]);
    expect(addressPage(lan).cells[6]?.uses.map(({ kind }) => kind)).toEqual(['pinned', 'reserved']);
  });
  it('has a page for each 256 addresses, by any address on it', () => {
    const wide = grid('10.70.0.0/16', [held('10.70.200.7', 'web')]);
    const page = addressPage(wide, '10.70.200.7');
    expect([page.first, page.last, page.before, page.after]).toEqual([
      ...['10.70.200.0', '10.70.200.255', '10.70.199.0', '10.70.201.0'],
    ]);
    expect(addressPage(wide, '192.168.1.1').first).toBe('10.70.0.0');
    expect(heldPages(wide)).toEqual([{ first: '10.70.200.0', held: 1 }]);
  });
  it('shows small subnets whole, the two of a /31 among them', () => {
    const states = (subnet: string) => addressPage(grid(subnet, [])).cells.map(({ state }) => state);
    expect(states('10.70.1.4/31')).toEqual(['free', 'free']);
    expect(states('10.70.1.4/30')).toEqual(['network', 'free', 'free', 'broadcast']);
    expect(states('fd00:70::8/126')).toEqual(['network', 'free', 'free', 'free']);
  });
  it('finds its way in a /64 without counting it through', () => {
    const v6 = grid(
      'fd00:70::/64',
      [held('fd00:70::5', 'web'), use('fd00:70::ff:0', 'reserved', 'lab', { to: 'fd00:70::ff:ffff:ffff' })],
      ['fd00:70::/80'],
    );
    expect(firstFree(v6)).toBe('fd00:70:0:0:1::');
    expect(firstFree(v6, undefined, true)).toBe('fd00:70::1');
    expect(heldPages(v6, 3)).toHaveLength(3);
    expect(utilisation(v6)).toEqual({
      held: 1n + 0xff_ffff_ffffn - 0xff_0000n + 1n,
      usable: (1n << 64n) - 1n,
    });
  });
  it('finds nothing free where all is held or given out', () => {
    const full = grid('10.70.1.0/30', [held('10.70.1.1', 'web')], ['10.70.1.2/32']);
    expect([firstFree(full), firstFree(full, undefined, true)]).toEqual([null, '10.70.1.2']);
    expect(utilisation(full)).toEqual({ held: 1n, usable: 2n });
  });
  it('agrees with a count of every address', () => {
    const end = fc.integer({ min: 0, max: 1023 });
    const at = (value: number) =>
      formatIp({ version: 4, value: parseIp('10.70.0.0')!.value + BigInt(value) });
    fc.assert(
      fc.property(fc.array(fc.tuple(end, end)), fc.array(end), end, (spans, singles, from) => {
        const used = [
          ...spans.map(([a, b]) => use(at(Math.min(a, b)), 'reserved', 'r', { to: at(Math.max(a, b)) })),
          ...singles.map((value, index) => held(at(value), `c${String(index)}`)),
        ];
        const each = grid('10.70.0.0/22', used);
        const cells = [0, 256, 512, 768].flatMap((page) => [...addressPage(each, at(page)).cells]);
        expect(cells.map(({ address }) => address)).toEqual(Array.from({ length: 1024 }, (_, i) => at(i)));
        const heldCells = cells.filter(({ uses }) => uses.length > 0);
        expect(utilisation(each).held).toBe(BigInt(heldCells.length));
        expect(heldPages(each).reduce((sum, tile) => sum + tile.held, 0)).toBe(heldCells.length);
        const free = cells.slice(Math.max(1, from), -1).find(({ uses }) => uses.length === 0);
        expect(firstFree(each, at(from))).toBe(free?.address ?? null);
      }),
      { numRuns: 60 },
    );
  });
  it('finds the address that is meant by a part of it, or by who has it', () => {
    const lan = grid('10.70.0.0/16', [held('10.70.3.5', 'web-shop'), held('10.70.4.9', 'web')]);
    const meant = (typed: string) => addressMeant(lan, typed, '10.70.200.0');
    expect(['10.70.9.1', ' 60', '.60', 'web', 'shop', '300', '10.71.0.1', 'nobody', ''].map(meant)).toEqual([
      ...['10.70.9.1', '10.70.200.60', '10.70.200.60', '10.70.4.9', '10.70.3.5', null, null, null, null],
    ]);
    expect(addressMeant(grid('fd00:70::/64', []), ':2f', 'fd00:70::100')).toBe('fd00:70::2f');
  });
  it('counts an address once, however many hold it', () => {
    const range = use('10.70.1.2', 'dhcp', 'router', { to: '10.70.1.9' });
    expect(
      heldCount([held('10.70.1.5', 'web'), range, use('10.70.1.1', 'gateway'), use('fd00::1', 'gateway')]),
    ).toBe(10n);
  });
  it('is none of what is no subnet', () => {
    expect(addressGrid(plan('10.70.1.0/24', []), 'nonsense')).toBeNull();
    expect(parseCidr('nonsense')).toBeNull();
  });
});
