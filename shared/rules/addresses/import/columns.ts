import type { ImportFormat } from './kinds';
import type { CsvRow } from './csv';

/** What a column holds, with the names that programs give it: without case, spaces and signs. */
const known = {
  address: ['address', 'ipaddress', 'ipaddr', 'ip'],
  start: ['startaddress', 'start', 'firstaddress'],
  end: ['endaddress', 'end', 'lastaddress'],
  prefix: ['prefix', 'prefixflat'],
  status: ['status', 'state', 'ipstate', 'tag'],
  name: ['dnsname', 'hostname', 'container'],
  note: ['note'],
  description: ['description'],
  comments: ['comments', 'comment'],
  host: ['host'],
  mac: ['mac'],
  source: ['source'],
} as const;
export type Column = keyof typeof known;

export interface Columns {
  readonly format: ImportFormat;
  /** Where each is; absent where the table has none. */
  readonly at: Readonly<Partial<Record<Column, number>>>;
  /** As the text writes them. */
  readonly names: readonly string[];
}

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Columns that only phpIPAM has. */
const ofPhpipam = ['ipaddr', 'section', 'ipstate', 'hostname', 'tag'];

function formatOf(names: readonly string[], at: Columns['at']): ImportFormat | null {
  if (at.address !== undefined && at.end !== undefined && at.status !== undefined && at.source !== undefined)
    return 'csv';
  if (at.start !== undefined && at.end !== undefined) return 'netbox-ranges';
  if (at.address !== undefined) {
    if (ofPhpipam.some((name) => names.includes(name))) return 'phpipam';
    return at.status !== undefined ? 'netbox-ip-addresses' : 'table';
  }
  return at.prefix !== undefined ? 'netbox-prefixes' : null;
}

/** Reads a row as the header of a table; null where it is none. */
export function readHeader({ cells }: CsvRow): Columns | null {
  const names = cells.map(plain);
  const found = Object.entries(known).flatMap(([column, called]) => {
    const index = names.findIndex((name) => called.some((each) => each === name));
    return index < 0 ? [] : [[column, index] as const];
  });
  const at: Columns['at'] = Object.fromEntries(found);
  const format = formatOf(names, at);
  return format && { format, at, names: cells.map((cell) => cell.trim()) };
}
