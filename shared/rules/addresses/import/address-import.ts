import {
  broadcastAddress,
  formatIp,
  lastAddress,
  parseCidr,
  parseIp,
  reservesNetworkAddress,
  type Cidr,
} from '../../basics/cidr';
import type { ReservedRange } from '../../../model';
import { oneLine } from '../export/csv';
import { holdersHere, subnetParts } from './holders-here';
import type {
  AddressImport,
  Already,
  Automatic,
  Complaint,
  Differing,
  Fresh,
  ImportLan,
  ImportRow,
  Piece,
  ReadTable,
} from './kinds';
import { painted, type Span } from './paint';

/** A row, or what of it is in one subnet. */
interface Part extends Span {
  readonly row: ImportRow;
  readonly subnet: Cidr;
}
interface Under extends Span {
  readonly reserved: ReservedRange | null;
  readonly engineId: string | null;
}

function piece({ line, version, note }: ImportRow, { from, to }: Span): Piece {
  const text = (value: bigint) => formatIp({ version, value });
  return { line, from: text(from), to: text(to), size: to - from + 1n, note };
}

/** The subnet's own two addresses are nobody's; of a prefix that the LAN is in nothing is said of single ones. */
const saysNothing = ({ row, subnet, from, to }: Part): boolean =>
  row.means === 'nothing' ||
  (row.prefix && from === subnet.base && to === lastAddress(subnet).value) ||
  (from === to &&
    ((from === subnet.base && reservesNetworkAddress(subnet)) || from === broadcastAddress(subnet)?.value));

/** Each address once: what is reserved goes before who has it, else the first counts. */
function onlyOnce(parts: readonly Part[], complaints: Complaint[]): Part[] {
  const once = new Map<string, Part>();
  const isReserved = ({ row }: Part) => row.means === 'reservation';
  for (const part of parts) {
    const { row } = part;
    const key = [row.version, part.from, part.to].map(String).join(' ');
    const first = once.get(key);
    if (!first || (isReserved(part) && !isReserved(first))) once.set(key, part);
    else if (row.means === 'listed' && row.note !== first.row.note) {
      const { from: value } = piece(row, part);
      complaints.push({ line: row.line, column: '', reason: 'twice', value, first: first.row.line });
    }
  }
  return [...once.values()];
}

/** What lies below the rows of a family: what is reserved already, and where engines hand out by themselves. */
function below({ reserved, automatic }: ImportLan, version: 4 | 6): [Under[], Under[]] {
  const ends = (from: string, to: string): Span | null => {
    const [first, last] = [parseIp(from), parseIp(to)];
    if (first?.version !== version || last?.version !== version || first.value > last.value) return null;
    return { from: first.value, to: last.value };
  };
  const kept = reserved.flatMap((range): Under[] => {
    const span = ends(range.from, range.to);
    return span ? [{ ...span, reserved: range, engineId: null }] : [];
  });
  const given = automatic.flatMap(({ engineId, range, except }): Under[] => {
    const cidr = parseCidr(range);
    if (cidr?.version !== version) return [];
    const out = except.flatMap((address) => ends(address, address) ?? []);
    return [
      { from: cidr.base, to: lastAddress(cidr).value, reserved: null, engineId },
      ...out.map((span) => ({ ...span, reserved: null, engineId: null })),
    ];
  });
  return [kept, given];
}

type Sorted =
  | { list: 'fresh'; one: Fresh }
  | { list: 'already'; one: Already }
  | { list: 'differs'; one: Differing }
  | { list: 'automatic'; one: Automatic };

/** Parts side by side of which the same is said are one. */
interface Run extends Span {
  readonly part: Part;
  readonly key: string;
  readonly sort: (one: Piece) => Sorted;
}

function runOf(span: Span & { of: Part; under: (Under | null)[] }): Run {
  const { from, to, of: part } = span;
  const [kept, given] = span.under;
  const { note, kind, name } = part.row;
  const run = (key: unknown[], sort: Run['sort']): Run => ({
    from,
    to,
    part,
    key: JSON.stringify(key),
    sort,
  });
  const reserved = kept?.reserved;
  if (reserved) {
    const same = note === '' || oneLine(reserved.note ?? '') === note;
    const ends = [reserved.from, reserved.to];
    return same
      ? run(['already', ...ends], (one) => ({ list: 'already', one: { ...one, reserved, held: [] } }))
      : run(['note', ...ends, note], (one) => ({
          list: 'differs',
          one: { ...one, reason: 'note', name, held: [], reserved },
        }));
  }
  if (given?.engineId) {
    const engineIds = [given.engineId];
    return run(['automatic', ...engineIds, note], (one) => ({
      list: 'automatic',
      one: { ...one, engineIds },
    }));
  }
  // An engine keeps one address out of its range, and no range.
  const alone = given ? String(from) : '';
  const home = String(part.subnet.base);
  return run(['fresh', kind, note, home, alone], (one) => ({ list: 'fresh', one: { ...one, kind } }));
}

function joined(runs: readonly Run[]): Run[] {
  const whole: Run[] = [];
  for (const run of runs) {
    const last = whole.at(-1);
    if (last && last.key === run.key && last.to + 1n === run.from)
      whole[whole.length - 1] = { ...last, to: run.to };
    else whole.push(run);
  }
  return whole;
}

/** What a table comes to on a LAN: what would be reserved, what is so already, what differs, and what is not of it. */
export function sortImport(table: ReadTable, lan: ImportLan): AddressImport {
  const found = {
    ...{ fresh: new Array<Fresh>(), already: new Array<Already>(), differs: new Array<Differing>() },
    ...{ automatic: new Array<Automatic>(), outside: new Array<Piece>(), nothing: new Array<Piece>() },
  };
  const complaints = [...table.complaints];
  const within: Part[] = [];
  const inSubnets = subnetParts(lan);
  for (const said of table.rows) {
    const unnamed = said.means === 'reservation' && said.note === lan.segment;
    const row = unnamed ? { ...said, note: '' } : said;
    const { parts, whole } = inSubnets(row);
    if (!whole && !(row.prefix && parts.length > 0)) found.outside.push(piece(row, row));
    for (const part of parts.map((each) => ({ ...each, row })))
      if (saysNothing(part)) found.nothing.push(piece(row, part));
      else within.push(part);
  }
  const holders = holdersHere(lan);
  const left = onlyOnce(within, complaints).filter(({ row, from, to }) => {
    const here = from === to && row.means !== 'reservation' ? holders(row) : null;
    if (!here) return true;
    const one = piece(row, { from, to });
    if ('reason' in here) found.differs.push({ ...one, ...here, name: row.name, reserved: null });
    else found.already.push({ ...one, ...here, reserved: null });
    return false;
  });
  for (const version of [4, 6] as const) {
    const family = left.filter(({ row }) => row.version === version);
    for (const { part, sort, from, to } of joined(painted(family, ...below(lan, version)).map(runOf))) {
      const sorted = sort(piece(part.row, { from, to }));
      (found[sorted.list] as Piece[]).push(sorted.one);
    }
  }
  return { ...found, complaints: complaints.sort((a, b) => a.line - b.line) };
}

/** The reservations that an import makes, as the plan keeps them. */
export const reservationsOf = (fresh: readonly Fresh[]): ReservedRange[] =>
  fresh.map(({ from, to, kind, note }) => ({ from, to, kind, ...(note && { note }) }));

/** Those of an import that are not in the plan. */
export function notReserved(
  wanted: readonly ReservedRange[],
  plan: readonly ReservedRange[],
): ReservedRange[] {
  const key = ({ from, to, kind, note }: ReservedRange) => JSON.stringify([from, to, kind, note ?? '']);
  const there = new Set(plan.map(key));
  return wanted.filter((one) => !there.has(key(one)));
}
