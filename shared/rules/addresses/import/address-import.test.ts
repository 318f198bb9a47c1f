import { describe, expect, it } from 'vitest';
import type { AddressUse, ReservedRange } from '../../../model';
import { exportAddresses } from '../export/address-export';
import type { ExportFormat } from '../export/kinds';
import { everything, held, source, use } from '../export/testing';
import { notReserved, reservationsOf, sortImport } from './address-import';
import type { ImportLan, Piece } from './kinds';
import { painted } from './paint';
import { readAddressTable } from './read';
import { lan, netboxAddresses, netboxPrefixes, phpipamSubnet, reserved } from './testing';

const sort = (text: string, on: ImportLan = lan()) => sortImport(readAddressTable(text), on);
const span = ({ from, to }: Pick<Piece, 'from' | 'to'>) => (from === to ? from : `${from}-${to}`);
const fresh = (text: string, on?: ImportLan) => reservationsOf(sort(text, on).fresh);
const list = (addresses: string[], note = 'x') =>
  ['address,note', ...addresses.map((one) => `${one},${note}`)].join('\n');

describe('what a text comes to', () => {
  it('is reservations of who is on the LAN and not here, and a count of what is elsewhere', () => {
    const found = sort(netboxAddresses, lan([use('10.70.1.1', 'gateway')]));
    expect(reservationsOf(found.fresh)).toEqual([
      reserved('10.70.1.60', '10.70.1.60', 'printer.home.arpa, HP LaserJet, 2nd floor'),
      reserved('10.70.1.61', '10.70.1.61', 'Spare for the "lab"'),
      { from: '10.70.1.62', to: '10.70.1.62', kind: 'dhcp' },
      reserved('10.70.1.63', '10.70.1.63', 'old-nas.home.arpa (deprecated)'),
      reserved('fd00:70::60', 'fd00:70::60', 'printer.home.arpa'),
    ]);
    expect(found.already).toMatchObject([{ from: '10.70.1.1', line: 2, held: [{ kind: 'gateway' }] }]);
    expect(found.outside.map(span)).toEqual(['192.168.9.4']);
  });

  it('is part of a prefix, and nothing of the LAN’s own or those above it', () => {
    const found = sort(netboxPrefixes);
    expect(reservationsOf(found.fresh)).toEqual([reserved('10.70.1.64', '10.70.1.79', 'Heating')]);
    expect(found.nothing.map(span)).toEqual(['10.70.1.0-10.70.1.255', '10.70.1.0-10.70.1.255']);
    expect(found.outside).toEqual([]);
  });

  it('is ranges of addresses that follow each other and have one note', () => {
    expect(
      fresh(list(['10.70.1.7', '10.70.1.5', '10.70.1.6', '10.70.1.9', 'fd00:70::7', 'fd00:70::8'])),
    ).toEqual([
      reserved('10.70.1.5', '10.70.1.7', 'x'),
      reserved('10.70.1.9', '10.70.1.9', 'x'),
      reserved('fd00:70::7', 'fd00:70::8', 'x'),
    ]);
    expect(fresh('address,note\n10.70.1.5,x\n10.70.1.6,y\n10.70.1.7,\n10.70.1.8,')).toEqual([
      reserved('10.70.1.5', '10.70.1.5', 'x'),
      reserved('10.70.1.6', '10.70.1.6', 'y'),
      reserved('10.70.1.7', '10.70.1.8'),
    ]);
  });

  it('joins nothing across two subnets, of which a reservation is in one', () => {
    const on = lan([], { subnets: ['10.70.1.0/25', '10.70.1.128/25'], automatic: [] });
    expect(fresh('start,end,description\n10.70.1.120,10.70.1.135,x', on)).toEqual([
      reserved('10.70.1.120', '10.70.1.127', 'x'),
      reserved('10.70.1.128', '10.70.1.135', 'x'),
    ]);
  });

  it('goes around an address of a range that has a note of its own', () => {
    const text = 'address,end,note\n10.70.1.20,10.70.1.29,cameras\n10.70.1.25,,gate';
    expect(fresh(text)).toEqual([
      reserved('10.70.1.20', '10.70.1.24', 'cameras'),
      reserved('10.70.1.25', '10.70.1.25', 'gate'),
      reserved('10.70.1.26', '10.70.1.29', 'cameras'),
    ]);
  });

  it('keeps out of what engines hand out, but for an address that they keep out themselves', () => {
    const text = 'address,end,note\n10.70.1.120,10.70.1.140,x';
    const found = sort(text);
    expect(found.fresh.map(span)).toEqual(['10.70.1.120-10.70.1.127', '10.70.1.130']);
    expect(found.automatic.map((one) => [span(one), one.engineIds])).toEqual([
      ['10.70.1.128-10.70.1.129', ['e1']],
      ['10.70.1.131-10.70.1.140', ['e1']],
    ]);
    expect(sort(list(['10.70.1.130', '10.70.1.131'])).fresh.map(span)).toEqual(['10.70.1.130']);
  });

  it('says what is reserved already, and keeps the note that is there', () => {
    const on = lan([], { reserved: [reserved('10.70.1.5', '10.70.1.9', 'x'), reserved('10.70.1.20')] });
    const found = sort('address,note\n10.70.1.4,x\n10.70.1.5,x\n10.70.1.6,\n10.70.1.7,y\n10.70.1.20,z', on);
    expect(found.fresh.map(span)).toEqual(['10.70.1.4']);
    expect(found.already.map(span)).toEqual(['10.70.1.5-10.70.1.6']);
    expect(found.differs).toMatchObject([
      { from: '10.70.1.7', reason: 'note', note: 'y', reserved: { note: 'x' } },
      { from: '10.70.1.20', reason: 'note', note: 'z', reserved: { from: '10.70.1.20' } },
    ]);
  });

  it('says whose container has another address, or another container the address, by name with or without a domain', () => {
    const on = lan([held('10.70.1.2', 'db'), held('10.70.1.3', 'Web_1', { engineId: 'e2' })]);
    const found = sort('ip_addr;hostname\n10.70.1.2;db.lan\n10.70.1.3;printer\n10.70.1.4;web-1', on);
    expect(found.already).toMatchObject([{ from: '10.70.1.2', held: [{ owner: 'db' }] }]);
    expect(found.differs).toMatchObject([
      { from: '10.70.1.3', reason: 'held', name: 'printer', held: [{ owner: 'Web_1' }] },
      {
        from: '10.70.1.4',
        reason: 'elsewhere',
        held: [{ owner: 'Web_1', address: '10.70.1.3', engineId: 'e2' }],
      },
    ]);
    expect(found.fresh).toEqual([]);
  });

  it('reserves what a stranger answers for or one engine keeps out, and what holds it is told by others', () => {
    const on = lan([
      use('10.70.1.60', 'foreign', '02:00:00:00:00:09'),
      use('10.70.1.70', 'excluded', 'scale'),
    ]);
    expect(sort(phpipamSubnet, on).fresh.map(span)).toEqual(['10.70.1.60', '10.70.1.70']);
    const all = lan([use('10.70.1.60', 'host', 'eth0'), use('10.70.1.70', 'reserved', 'a-guarded-one')]);
    expect(sort(phpipamSubnet, all)).toMatchObject({
      fresh: [],
      already: [{ from: '10.70.1.60' }, { from: '10.70.1.70' }],
    });
  });

  it('takes an address once, and says where it is told of otherwise', () => {
    const found = sort('address,note\n10.70.1.5,x\n10.70.1.5,x\n10.70.1.5,y');
    expect(found.fresh).toMatchObject([{ note: 'x', size: 1n }]);
    expect(found.complaints).toEqual([
      { line: 4, column: '', reason: 'twice', value: '10.70.1.5', first: 2 },
    ]);
  });

  it('leaves the subnet’s own two addresses alone', () => {
    const found = sort(list(['10.70.1.0', '10.70.1.255', 'fd00:70::']));
    expect(found.fresh).toEqual([]);
    expect(found.nothing).toHaveLength(3);
  });

  it('is known at once for as many rows as are read, whatever lies on what', () => {
    const subnets = ['10.0.0.0/8'];
    const nested = Array.from({ length: 10_000 }, (_, at) => {
      const address = (value: number) => `10.1.${String(value >> 8)}.${String(value & 255)}`;
      return `${address(at)},${address(65_535 - at)},n${String(at)}`;
    });
    const found = sort(['start,end,description', ...nested].join('\n'), lan([], { subnets, automatic: [] }));
    expect(found.fresh).toHaveLength(19_999);
  });
});

it('parts are those of the smallest span, each with what lies below it', () => {
  const of = (from: bigint, to: bigint) => ({ from, to });
  const parts = painted([of(0n, 9n), of(3n, 4n)], [of(4n, 6n)]);
  expect(parts.map(({ from, to, of: { from: mine }, under }) => [from, to, mine, under[0] !== null])).toEqual(
    [
      [0n, 2n, 0n, false],
      [3n, 3n, 3n, false],
      [4n, 4n, 3n, true],
      [5n, 6n, 0n, true],
      [7n, 9n, 0n, false],
    ],
  );
});

describe('an export of ours', () => {
  const kept: ReservedRange[] = [
    reserved('10.70.1.20', '10.70.1.29', 'router, kitchen', 'dhcp'),
    reserved('10.70.1.40', '10.70.1.40', '=1+1'),
    reserved('10.70.1.70', '10.70.1.79', 'TVs / radios'),
    reserved('10.70.1.90'),
    reserved('10.70.1.92', '10.70.1.92', 'phone', 'dhcp'),
    reserved('fd00:70::90', 'fd00:70::90', '“six”'),
  ];
  const isPlanned = ({ kind }: AddressUse) => kind === 'reserved' || kind === 'dhcp';
  const others = everything().plan.used.filter((one) => !isPlanned(one));
  const planned = kept.map(({ from, to, kind, note }) =>
    use(from, kind, note ?? 'office', from === to ? {} : { to }),
  );
  const { ranges } = everything().plan;
  const automatic: ImportLan['automatic'] = ranges.map(({ engineId, range }) => ({
    engineId,
    range,
    except: [],
  }));
  const before = source([...others, ...planned], ranges);
  const single = ({ from, to }: ReservedRange) => from === to;
  const carried: Partial<Record<ExportFormat, ReservedRange[]>> = {
    csv: kept,
    'netbox-ip-addresses': kept.filter(single),
    'netbox-prefixes': [],
    'netbox-ranges': kept.filter((one) => !single(one)),
    phpipam: kept.filter(single),
  };
  it.each(Object.entries(carried))(
    '%s gives the reservations back that it has, and nothing else',
    (format, wanted) => {
      const { text } = exportAddresses(before, { format: format as ExportFormat, section: 'Home' });
      const anew = sort(text, lan(others, { automatic }));
      expect(reservationsOf(anew.fresh)).toEqual(wanted);
      expect(anew).toMatchObject({ differs: [], automatic: [], outside: [], complaints: [] });
      const again = sort(text, lan([...others, ...planned], { automatic, reserved: kept }));
      expect(again).toMatchObject({ fresh: [], differs: [], automatic: [], outside: [], complaints: [] });
      expect(again.already.filter((one) => one.reserved).map((one) => one.reserved)).toEqual(wanted);
    },
  );

  it.each(Object.keys(carried))('%s is the same after it was imported', (format) => {
    const written = (from: typeof before) => exportAddresses(from, { format: format as ExportFormat }).text;
    const back = reservationsOf(sort(written(before), lan(others, { automatic })).fresh);
    const uses = back.map(({ from, to, kind, note }) =>
      use(from, kind, note ?? 'office', from === to ? {} : { to }),
    );
    expect(
      written(source([...others, ...uses], ranges))
        .split('\r\n')
        .sort(),
    ).toEqual(
      written(
        source(
          [...others, ...planned.filter(({ address }) => uses.some((one) => one.address === address))],
          ranges,
        ),
      )
        .split('\r\n')
        .sort(),
    );
  });
});

it('tells what of an import is not in a plan', () => {
  const [one, two] = [reserved('10.70.1.5', '10.70.1.9', 'x'), reserved('10.70.1.20')];
  expect(notReserved([one, two], [two, { ...one, note: 'y' }])).toEqual([one]);
});
