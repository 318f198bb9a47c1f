import { formatCidr } from '../../basics/cidr';
import { csvText } from './csv';
import type { Entry, FormatRow } from './kinds';

/** Who says so. */
const sources: Readonly<Record<Entry['kind'], string>> = {
  gateway: 'engine',
  excluded: 'engine',
  pinned: 'engine',
  automatic: 'engine',
  given: 'engine',
  reserved: 'trunkline',
  dhcp: 'trunkline',
  leased: 'lan',
  shim: 'host',
  host: 'host',
  foreign: 'lan',
};

const header = [
  ...['address', 'last_address', 'state', 'container', 'host', 'mac', 'network', 'subnet'],
  ...['running', 'conflict', 'note', 'source'],
];

function row(entry: Entry): string[] {
  const { container, kind, owner } = entry;
  const isContainers = container !== undefined || kind === 'leased';
  const mac = container?.mac ?? (kind === 'foreign' ? owner : '');
  return [
    ...[entry.address, entry.last ?? '', kind, isContainers ? owner : '', entry.hosts.join(', '), mac],
    ...[entry.network, formatCidr(entry.subnet)],
    container ? (container.live ? 'yes' : 'no') : '',
    entry.conflict ? 'yes' : '',
    isContainers || kind === 'foreign' ? '' : owner,
    sources[kind],
  ];
}

/** All that is known, one row for each holder. */
export const tables = {
  csv: {
    family: 'table',
    ending: 'csv',
    type: 'text/csv',
    write: ({ entries }) => ({
      text: entries.length > 0 ? csvText([header, ...entries.map(row)]) : '',
      used: entries,
      leftOut: [],
    }),
  },
} as const satisfies Record<string, FormatRow>;
