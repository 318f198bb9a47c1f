import { lastAddress, networkAddress, parseCidr, parseIp, plainAddress, type Ip } from '../../basics/cidr';
import { visible } from '../../basics/visible';
import { oneLine } from '../export/csv';
import { readHeader, type Column, type Columns } from './columns';
import { readCsv, type CsvRow, type CsvText } from './csv';
import { readDescribed, type Described } from './described';
import { mostCharacters, mostRows, type Complaint, type ImportRow, type ReadTable } from './kinds';

/** Titles may stand above a header, as phpIPAM writes them. */
const headerWithin = 10;
/** A note is no book. */
const longestNote = 1000;
/** So much of a cell is enough to find it. */
const longestValue = 60;

const shown = (value: string): string => [...visible(value.trim())].slice(0, longestValue).join('');
const noted = (text: string): string => [...oneLine(text)].slice(0, longestNote).join('');

/** As it was before our export made a text of what a spreadsheet takes for a formula. */
const unquoted = (cell: string): string =>
  /^'(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/.test(cell) ? cell.slice(1) : cell;

interface Header extends Columns {
  readonly line: number;
}

interface Parsed extends CsvText {
  readonly header: Header | null;
}

/** The separator by which a header is found, and of several the one with the most columns that are known. */
function parsed(text: string): Parsed {
  const found = [',', ';', '\t'].flatMap((separator) => {
    for (const row of readCsv(text, separator, headerWithin).rows) {
      const header = readHeader(row);
      if (header) return [{ separator, header: { ...header, line: row.line } }];
    }
    return [];
  });
  const best = found.sort((a, b) => Object.keys(b.header.at).length - Object.keys(a.header.at).length)[0];
  return { ...readCsv(text, best?.separator ?? ',', mostRows + headerWithin), header: best?.header ?? null };
}

type Cell = (column: Column) => string;
type Says = Pick<ImportRow, 'means' | 'state' | 'kind' | 'note' | 'name'>;

const nothing = { means: 'nothing', state: null, kind: 'reserved' } as const;

/** What our own words mean. */
function ours({ kind, note }: Described, name: string): Says {
  if (kind === 'reserved' || kind === 'dhcp')
    return { means: 'reservation', state: kind, kind, note: noted(note), name: '' };
  if (kind === 'automatic' || kind === 'leased' || kind === 'given' || kind === 'network')
    return { ...nothing, note, name };
  return { means: 'holder', state: kind, kind: 'reserved', note: noted(note || kind), name };
}

/** Our own table: a column says what has an address. */
function ofTable(cell: Cell): Says | null {
  const states = [
    ...['gateway', 'excluded', 'pinned', 'automatic', 'reserved', 'dhcp', 'leased', 'shim', 'host'],
    ...['foreign', 'given'],
  ] as const;
  const kind = states.find((each) => each === cell('status').trim().toLowerCase());
  if (!kind) return null;
  const who = [cell('host'), cell('note')].map((each) => each.trim()).filter(Boolean);
  const note =
    kind === 'reserved' || kind === 'dhcp' ? cell('note') : cell('name') || who.join(' ') || cell('mac');
  return ours({ kind, note }, cell('name').trim());
}

/** What other programs say of an address, by its status and the texts beside it. */
function ofOthers(cell: Cell): Says {
  const texts = (['note', 'description', 'comments'] as const).map((column) => cell(column).trim());
  const name = cell('name').trim();
  for (const text of texts) {
    const described = readDescribed(text);
    if (described) return ours(described, name);
  }
  const status = cell('status').trim().toLowerCase();
  const [note = '', description = '', comments = ''] = texts;
  const about = description || note || comments;
  const marked = status === 'deprecated' ? ' (deprecated)' : '';
  const said = noted([name, about].filter((each, at, all) => each && all.indexOf(each) === at).join(', '));
  if (status === 'available' || status === 'container') return { ...nothing, note: said, name };
  const kind = status === 'dhcp' ? 'dhcp' : 'reserved';
  return { means: 'listed', state: null, kind, note: `${said}${marked}`.trim(), name };
}

interface Ends {
  readonly from: Ip;
  readonly to: Ip;
  readonly prefix: boolean;
}
type Wrong = Pick<Complaint, 'reason'> & { column: Column; value: string };

const ipOf = (text: string): Ip | null =>
  /^[^/]*(?:\/\d{1,3})?$/.test(text) ? parseIp(plainAddress(text)) : null;

/** The addresses of a row: one, those of a prefix, or a range by two cells or in one. */
function endsOf(cell: Cell, { format, at }: Columns): Ends | Wrong {
  const column = format === 'netbox-prefixes' ? 'prefix' : format === 'netbox-ranges' ? 'start' : 'address';
  const text = cell(column).trim();
  const wrong = (
    reason: 'no-address' | 'not-address' | 'not-prefix' | 'not-end',
    where: Column = column,
  ): Wrong => ({
    ...{ reason, column: where, value: shown(cell(where)) },
  });
  if (text === '') return wrong('no-address');
  if (column === 'prefix') {
    const cidr = parseCidr(text);
    return cidr ? { from: networkAddress(cidr), to: lastAddress(cidr), prefix: true } : wrong('not-prefix');
  }
  const [first = '', second] = text.split(/\s*[-–]\s*/, 2);
  const from = ipOf(first);
  if (!from) return wrong('not-address');
  const last = cell('end').trim() || second;
  if (last === undefined)
    return at.end !== undefined && column === 'start'
      ? wrong('not-end', 'end')
      : { from, to: from, prefix: false };
  const to = ipOf(last);
  const where: Column = second === undefined ? 'end' : column;
  if (to?.version !== from.version || to.value < from.value) return wrong('not-end', where);
  return { from, to, prefix: false };
}

function readRow({ line, cells }: CsvRow, header: Header): ImportRow | Complaint {
  const cell: Cell = (column) => unquoted(cells[header.at[column] ?? -1] ?? '');
  const ends = endsOf(cell, header);
  if ('reason' in ends) {
    const column = header.names[header.at[ends.column] ?? -1] ?? '';
    return { line, column, reason: ends.reason, value: ends.value } as Complaint;
  }
  const says = (header.format === 'csv' ? ofTable(cell) : null) ?? ofOthers(cell);
  const { from, to, prefix } = ends;
  return { line, version: from.version, from: from.value, to: to.value, prefix, ...says };
}

/** Reads a table of addresses: our own, NetBox's, phpIPAM's, or anybody's with a column of addresses. */
export function readAddressTable(text: string): ReadTable {
  const whole = (reason: 'header' | 'size', line = 1): ReadTable => ({
    ...{ format: null, rows: [], complaints: [{ line, column: '', reason, value: '' }] },
  });
  if (text.length > mostCharacters) return whole('size');
  const { rows, header, broken, cutAt } = parsed(text);
  if (!header) return whole('header', rows[0]?.line);
  const below = rows.filter(({ line }) => line > header.line);
  const read = below.slice(0, mostRows).map((row) => readRow(row, header));
  const end = below[mostRows]?.line ?? cutAt;
  const column = header.names[broken?.column ?? -1] ?? '';
  return {
    format: header.format,
    rows: read.filter((one) => 'means' in one),
    complaints: [
      ...read.filter((one) => 'reason' in one),
      ...(end === null ? [] : [{ line: end, column: '', reason: 'rows', value: '' } as const]),
      ...(broken ? [{ line: broken.line, column, reason: 'quote', value: '' } as const] : []),
    ],
  };
}
