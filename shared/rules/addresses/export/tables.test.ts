import { describe, expect, it } from 'vitest';
import { exportAddresses } from './address-export';
import { csvText } from './csv';
import type { ExportChoice, ExportFormat } from './kinds';
import { everything, held, source, use } from './testing';

/** Reads RFC 4180 strictly: no package of ours does. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/gy;
  let row: string[] = [];
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex;
    const found = cell.exec(text);
    if (!found) throw new Error(`Not CSV at ${String(at)}`);
    const [, value = '', end] = found;
    row.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end === '\r\n') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}
const records = (format: ExportFormat, over: Partial<ExportChoice> = {}, from = everything()) => {
  const [header = [], ...rows] = readCsv(exportAddresses(from, { format, ...over }).text);
  return rows.map((row) => {
    expect(row).toHaveLength(header.length);
    return Object.fromEntries(header.map((name, at) => [name, row[at]]));
  });
};
const at = (rows: Record<string, string | undefined>[], column: string, value: string) =>
  rows.find((row) => row[column] === value);

describe('a table', () => {
  it('comes back from its quotes as it was, and no cell is a formula', () => {
    const cells = [
      'a,b',
      'say "x"',
      'two\r\nlines',
      ' edge ',
      '=1+1',
      '+1',
      '-1',
      '@x',
      '\t=1',
      '＝1',
      'a=1',
      '',
    ];
    const text = csvText([cells]);
    expect(readCsv(text)).toEqual([
      [
        ...[
          'a,b',
          'say "x"',
          'two\r\nlines',
          ' edge ',
          "'=1+1",
          "'+1",
          "'-1",
          "'@x",
          "'\t=1",
          "'＝1",
          'a=1',
          '',
        ],
      ],
    ]);
    expect(() => readCsv('a"b\r\n')).toThrow();
  });

  it('has a row for each holder, with all that is known', () => {
    const rows = records('csv');
    expect(at(rows, 'address', '10.70.1.3')).toEqual({
      ...{ address: '10.70.1.3', last_address: '', state: 'pinned', container: 'db', host: 'borea', mac: '' },
      ...{
        network: 'e2-lan',
        subnet: '10.70.1.0/24',
        running: 'no',
        conflict: '',
        note: '',
        source: 'engine',
      },
    });
    expect(at(rows, 'state', 'dhcp')).toMatchObject({
      ...{ address: '10.70.1.20', last_address: '10.70.1.29', note: 'router, kitchen', host: '' },
      ...{ network: 'lan', source: 'trunkline' },
    });
    expect(at(rows, 'state', 'foreign')).toMatchObject({ mac: '02:00:00:00:00:09', note: '', source: 'lan' });
    expect(at(rows, 'state', 'reserved')?.['note']).toBe("'=1+1");
    expect(rows.filter((row) => row['state'] === 'gateway')).toMatchObject([{ host: 'atlas, borea' }]);
    expect(rows.filter((row) => row['state'] === 'given').map((row) => row['last_address'])).toEqual([
      ...['10.70.1.191', '10.70.1.254'],
    ]);
    expect(rows.at(-1)).toMatchObject({ address: 'fd00:70::2', subnet: 'fd00:70::/64' });
  });

  it('tells that two have one address', () => {
    const twice = source([held('10.70.1.5', 'a'), held('10.70.1.5', 'b', { engineId: 'e2' })]);
    expect(records('csv', {}, twice).map((row) => row['conflict'])).toEqual(['yes', 'yes']);
  });
});

describe('NetBox', () => {
  it('has each address once, with the length of its subnet and a status that it knows', () => {
    const rows = records('netbox-ip-addresses', { domain: 'lan' });
    expect(Object.keys(rows[0]!)).toEqual(['address', 'status', 'dns_name', 'description']);
    expect(rows.map((row) => Object.values(row))).toEqual([
      ['10.70.1.1/24', 'active', '', 'Gateway'],
      [...['10.70.1.2/24', 'active', 'db-atlas.lan'], 'Container db on atlas, MAC 02:42:0a:46:01:02'],
      ['10.70.1.3/24', 'active', 'db-borea.lan', 'Container db on borea, stopped'],
      ['10.70.1.9/24', 'reserved', '', 'Excluded: printer'],
      ['10.70.1.40/24', 'reserved', '', 'Reserved: =1+1'],
      ['10.70.1.50/24', 'active', 'atlas.lan', 'Host atlas'],
      ['10.70.1.51/24', 'active', '', 'Shim of atlas'],
      ['10.70.1.60/24', 'active', '', 'Unknown device, MAC 02:00:00:00:00:09'],
      ['10.70.1.130/24', 'active', '', 'Container web on atlas, automatic, MAC 02:42:0a:46:01:82'],
      [...['fd00:70::2/64', 'active', 'db-atlas.lan'], 'Container db on atlas, MAC 02:42:0a:46:01:02'],
    ]);
    const twice = source([held('10.70.1.5', 'a'), held('10.70.1.5', 'b', { engineId: 'e2' })]);
    expect(records('netbox-ip-addresses', {}, twice)).toMatchObject([
      { address: '10.70.1.5/24', dns_name: '' },
    ]);
  });

  it('has no description that is longer than it takes', () => {
    const long = source([use('10.70.1.5', 'reserved', 'é'.repeat(300))]);
    expect(records('netbox-ip-addresses', {}, long)[0]?.['description']).toHaveLength(200);
  });

  it('has all subnets', () => {
    expect(records('netbox-prefixes')).toEqual([
      { prefix: '10.70.1.0/24', status: 'active', description: 'Network lan' },
      { prefix: 'fd00:70::/64', status: 'active', description: 'Network lan' },
    ]);
  });

  it('has ranges that do not meet, what is reserved before what engines hand out', () => {
    const from = source(
      [
        use('10.70.1.140', 'dhcp', 'router', { to: '10.70.1.149' }),
        use('10.70.1.40', 'reserved', 'one', { to: '10.70.1.40' }),
      ],
      [
        { engineId: 'e1', networkId: 'e1-lan', range: '10.70.1.128/26' },
        { engineId: 'e2', networkId: 'e2-lan', range: '10.70.1.192/26' },
        { engineId: 'e1', networkId: 'e1-lan', range: 'fd00:70::/64' },
      ],
    );
    expect(records('netbox-ranges', {}, from).map((row) => Object.values(row))).toEqual([
      ['10.70.1.140/24', '10.70.1.149/24', 'reserved', 'Range of a DHCP server: router'],
      ['10.70.1.192/24', '10.70.1.254/24', 'active', 'Automatic range of borea'],
    ]);
    expect(exportAddresses(from, { format: 'netbox-ranges' }).leftOut).toEqual([
      { reason: 'one-address', addresses: ['10.70.1.40'] },
      { reason: 'overlap', addresses: ['10.70.1.128-10.70.1.191'] },
      { reason: 'too-large', addresses: ['fd00:70::1-fd00:70::ffff:ffff:ffff:ffff'] },
    ]);
  });
});

describe('phpIPAM', () => {
  it('has the columns of its import, and no character that it refuses', () => {
    const rows = records('phpipam', { section: 'Home' });
    expect(at(rows, 'ip_addr', '10.70.1.2')).toEqual({
      ...{ section: 'Home', ip_addr: '10.70.1.2', hostname: 'db-atlas', subnet: '10.70.1.0/24' },
      ...{ description: 'Container db on atlas, MAC 02:42:0a:46:01:02', mac: '02:42:0a:46:01:02' },
      ...{ note: 'Container db on atlas, MAC 02:42:0a:46:01:02', tag: 'Used', is_gateway: '0' },
    });
    expect(at(rows, 'ip_addr', '10.70.1.1')).toMatchObject({ is_gateway: '1', hostname: '' });
    expect(at(rows, 'ip_addr', '10.70.1.9')).toMatchObject({ tag: 'Reserved' });
    const quotes = source([use('10.70.1.5', 'reserved', `Ann's "lab"; 1st floor`)]);
    expect(records('phpipam', {}, quotes)[0]?.['note']).toBe('Reserved: Ann s lab 1st floor');
    expect(exportAddresses(everything(), { format: 'phpipam' }).leftOut).toEqual([
      { reason: 'range', addresses: ['10.70.1.20-10.70.1.29'] },
    ]);
  });
});
