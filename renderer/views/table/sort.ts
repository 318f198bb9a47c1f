import { parseIp, sortNatural } from '../../../shared/rules';
import type { Rates } from '../../store/traffic';
import type { Row } from './rows';

export const columns = [
  'container',
  'host',
  'state',
  'network',
  'ipv4',
  'driver',
  'subnet',
  'pin',
  'rx',
  'tx',
  'mac',
  'mode',
  'ipv6',
] as const;
export type Column = (typeof columns)[number];

export interface Sort {
  column: Column;
  descending: boolean;
}

type Key = string | bigint | number | null;

const address = (text: string): bigint | null => parseIp(text.split('/')[0] ?? '')?.value ?? null;

/** What a row is sorted by; null sorts last whichever way round. */
function keyOf(row: Row, column: Column, rates: (row: Row) => Rates | null): Key {
  switch (column) {
    case 'container':
      return row.container.name;
    case 'host':
      return row.engine ? row.place : null;
    case 'state':
      return row.container.state;
    case 'network':
      return row.networkName || null;
    case 'driver':
      return row.driver || null;
    case 'subnet':
      return address(row.subnet);
    case 'ipv4':
      return address(row.ipv4);
    case 'ipv6':
      return address(row.ipv6);
    case 'pin':
      return row.pin;
    case 'mac':
      return row.mac || null;
    case 'mode':
      return row.mode || null;
    case 'rx':
      return rates(row)?.rxBits ?? null;
    case 'tx':
      return rates(row)?.txBits ?? null;
  }
}

function compare(a: Exclude<Key, null>, b: Exclude<Key, null>): number {
  if (typeof a === 'string' && typeof b === 'string') return sortNatural(a, b);
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Sorted by a column, ties by container and network, so that equal rows never swap places. */
export function sortRows(rows: readonly Row[], sort: Sort, rates: (row: Row) => Rates | null): Row[] {
  const keyed = rows.map((row) => ({ row, key: keyOf(row, sort.column, rates) }));
  const way = sort.descending ? -1 : 1;
  keyed.sort((a, b) => {
    if (a.key !== null && b.key !== null) {
      const order = compare(a.key, b.key) * way;
      if (order !== 0) return order;
    } else if (a.key !== b.key) return a.key === null ? 1 : -1;
    return (
      sortNatural(a.row.container.name, b.row.container.name) ||
      sortNatural(a.row.engine?.name ?? '', b.row.engine?.name ?? '') ||
      sortNatural(a.row.networkName, b.row.networkName)
    );
  });
  return keyed.map((each) => each.row);
}

/** The next order when a heading is chosen: rates begin with the highest, everything else with the lowest. */
export const nextSort = (sort: Sort, column: Column): Sort =>
  sort.column === column
    ? { column, descending: !sort.descending }
    : { column, descending: column === 'rx' || column === 'tx' };
