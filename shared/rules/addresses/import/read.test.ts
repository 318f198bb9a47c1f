import { describe, expect, it } from 'vitest';
import { formatIp } from '../../basics/cidr';
import { described } from '../export/describe';
import { exportEntries } from '../export/entries';
import { everything } from '../export/testing';
import { readCsv } from './csv';
import { readDescribed } from './described';
import { mostCharacters, mostRows } from './kinds';
import { readAddressTable } from './read';
import { netboxAddresses, netboxPrefixes, netboxRanges, phpipamAll, phpipamSubnet } from './testing';

const cells = (text: string, separator = ',') => readCsv(text, separator, 100).rows.map((row) => row.cells);

/** Each row as `line from-to kind note`. */
const read = (text: string) => {
  const { format, rows, complaints } = readAddressTable(text);
  const said = rows.map(({ line, version, from, to, kind, note, means }) => {
    const [first, last] = [from, to].map((value) => formatIp({ version, value }));
    return [line, from === to ? first : `${first}-${last}`, means === 'nothing' ? means : kind, note]
      .join(' ')
      .trim();
  });
  return { format, said, complaints };
};

describe('a text of cells', () => {
  it('may have a byte order mark, any line end, quotes in quotes and lines in cells, and no end of line at its end', () => {
    expect(cells('\ufeffa,"b,""c"""\r\n"two\r\nlines",d\r,\n\ne,f')).toEqual([
      ['a', 'b,"c"'],
      ['two\r\nlines', 'd'],
      ['e', 'f'],
    ]);
    expect(cells('a;b\n1;"x;y"', ';')).toEqual([
      ['a', 'b'],
      ['1', 'x;y'],
    ]);
    expect(cells('a"b,c')).toEqual([['a"b', 'c']]);
    expect(cells('a,""')).toEqual([['a', '']]);
    expect(cells('')).toEqual([]);
  });

  it('knows the line that each row begins in', () => {
    expect(readCsv('a\n"1\n2\r\n3"\n\nb', ',', 100).rows.map(({ line }) => line)).toEqual([1, 2, 6]);
  });

  it('is read up to a quote that does not end, or that something follows', () => {
    expect(readCsv('a,b\nc,"d\ne', ',', 100)).toMatchObject({
      rows: [{ cells: ['a', 'b'] }],
      broken: { line: 2, column: 1 },
    });
    expect(readCsv('"a"b\n', ',', 100).broken).toEqual({ line: 1, column: 0 });
  });

  it('ends with the rows that are wanted', () => {
    expect(readCsv('a\nb\n\nc', ',', 2)).toMatchObject({ cutAt: 4, rows: [{ line: 1 }, { line: 2 }] });
  });
});

describe('a table', () => {
  it('of NetBox’s addresses has notes of name and description, and a status', () => {
    expect(read(netboxAddresses)).toEqual({
      format: 'netbox-ip-addresses',
      complaints: [],
      said: [
        '2 10.70.1.1 reserved gw.home.arpa, Router',
        '3 10.70.1.60 reserved printer.home.arpa, HP LaserJet, 2nd floor',
        '4 10.70.1.61 reserved Spare for the "lab"',
        '5 10.70.1.62 dhcp',
        '6 10.70.1.63 reserved old-nas.home.arpa (deprecated)',
        '7 fd00:70::60 reserved printer.home.arpa',
        '8 192.168.9.4 reserved camera',
      ],
    });
  });

  it('of NetBox’s import form is read, too, its columns in any order and case', () => {
    expect(read('STATUS;dns_name;Address\nactive;nas;10.70.1.9/24\n').said).toEqual([
      '2 10.70.1.9 reserved nas',
    ]);
  });

  it('of NetBox’s ranges and prefixes has all of their addresses', () => {
    expect(read(netboxRanges)).toEqual({
      format: 'netbox-ranges',
      said: ['2 10.70.1.20-10.70.1.29 reserved Cameras'],
      complaints: [{ line: 3, column: 'End address', reason: 'not-end', value: '10.70.1.80/24' }],
    });
    expect(read(netboxPrefixes)).toMatchObject({
      format: 'netbox-prefixes',
      said: [
        '2 10.70.0.0-10.70.255.255 nothing All of it',
        '3 10.70.1.0-10.70.1.255 reserved LAN',
        '4 10.70.1.64-10.70.1.79 reserved Heating',
      ],
    });
  });

  it('of phpIPAM may have titles above it', () => {
    expect(read(phpipamSubnet)).toEqual({
      format: 'phpipam',
      said: ['5 10.70.1.60 reserved printer, HP LaserJet', '7 10.70.1.70 dhcp'],
      complaints: [],
    });
    expect(read(phpipamAll).said).toEqual(['2 10.70.1.1 reserved gw, Router', '3 10.70.1.71 reserved scale']);
  });

  it('of anybody’s needs a column of addresses, or ranges', () => {
    expect(read('ip,comment\n10.70.1.5 - 10.70.1.9,cameras')).toMatchObject({
      format: 'table',
      said: ['2 10.70.1.5-10.70.1.9 reserved cameras'],
    });
    expect(read('\nname,mac\nprinter,02:00:00:00:00:09')).toEqual({
      ...{ format: null, said: [] },
      complaints: [{ line: 2, column: '', reason: 'header', value: '' }],
    });
  });

  it('names line and column of what it can’t read, and reads the rest', () => {
    const text =
      'Address,Status\n10.70.1.300/24,Active\n,Active\n10.70.1.5/24/9,Active\n"10.70.1.6\n",Active\n"x';
    expect(read(text)).toMatchObject({
      said: ['5 10.70.1.6 reserved'],
      complaints: [
        { line: 2, column: 'Address', reason: 'not-address', value: '10.70.1.300/24' },
        { line: 3, column: 'Address', reason: 'no-address', value: '' },
        { line: 4, column: 'Address', reason: 'not-address', value: '10.70.1.5/24/9' },
        { line: 7, column: 'Address', reason: 'quote', value: '' },
      ],
    });
    expect(read('prefix\n10.70.1.0').complaints).toMatchObject([{ reason: 'not-prefix', column: 'prefix' }]);
    expect(read('start,end\n10.70.1.1,\n10.70.1.1,fd00::1').complaints).toMatchObject([
      { line: 2, column: 'end', reason: 'not-end' },
      { line: 3, column: 'end', reason: 'not-end', value: 'fd00::1' },
    ]);
  });

  it('has an end', () => {
    const { rows, complaints } = readAddressTable(`address\n${'10.70.1.5\n'.repeat(mostRows + 5)}`);
    expect(rows).toHaveLength(mostRows);
    expect(complaints).toEqual([{ line: mostRows + 2, column: '', reason: 'rows', value: '' }]);
    expect(readAddressTable('x'.repeat(mostCharacters + 1)).complaints).toMatchObject([{ reason: 'size' }]);
  });
});

describe('our own sentences', () => {
  it('are all read back', () => {
    for (const entry of exportEntries(everything(), null))
      expect(readDescribed(described([entry], 200))?.kind).toBe(entry.kind);
    expect(readDescribed('Reserved: =1+1')).toEqual({ kind: 'reserved', note: '=1+1' });
    expect(readDescribed('Gateway / Leased by a on b')).toMatchObject({ kind: 'gateway' });
    expect(readDescribed('Leased by a on b')?.kind).toBe('leased');
    expect(readDescribed('For a DHCP server')).toEqual({ kind: 'dhcp', note: '' });
    expect(readDescribed('Network lan')).toEqual({ kind: 'network', note: 'Network lan' });
  });

  it('tell of several holders what is reserved, whose note may have a stroke', () => {
    expect(readDescribed('Container a on b, MAC 02:42:0a:46:01:02 / Reserved: x / y')).toEqual({
      ...{ kind: 'reserved', note: 'x / y' },
    });
    expect(readDescribed('Gateway / Host atlas')).toMatchObject({ kind: 'gateway' });
  });

  it('are nobody else’s', () => {
    for (const text of ['', 'HP LaserJet', 'Reserved by Ann', 'Gateway of the lab', 'Containers'])
      expect(readDescribed(text)).toBeNull();
  });
});
