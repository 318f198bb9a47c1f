import { groupBy } from '../../basics/group-by';
import { lastAddress, parseCidr, parseIp } from '../../basics/cidr';
import { exportEntries } from '../export/entries';
import { hostLabel, hostNames } from '../export/host-names';
import type { Entry } from '../export/kinds';
import type { Already, Differing, Holding, ImportLan, ImportRow } from './kinds';

/** What nobody else can have; whom an engine keeps out (`excluded`) and who only answers (`foreign`) may be meant by the text. */
const has: ReadonlySet<Entry['kind']> = new Set(['gateway', 'pinned', 'automatic', 'shim', 'host']);

const labelOf = (name: string): string => hostLabel(parseIp(name) ? name : (name.split('.')[0] ?? name));

type Found =
  | Pick<Already, 'held'>
  | Pick<Differing, 'reason' | 'held'>
  /** Nobody here has to do with it. */
  | null;

/** Who has an address of a LAN, asked by what a text says of it. */
export function holdersHere(lan: ImportLan): (row: ImportRow) => Found {
  const entries = exportEntries(lan, null).filter(({ last, kind }) => last === null && kind !== 'given');
  const { nameOf } = hostNames(entries);
  const planned = new Set(lan.reserved.map(({ from }) => from));
  /** Kept for a container that is away, by its guard, or leased by one: no reservation of the plan. */
  const kept = ({ kind, address }: Entry) =>
    kind === 'leased' || (kind === 'reserved' && !planned.has(address));
  const at = groupBy(entries, ({ version, from }) => `${String(version)} ${String(from)}`);
  const labels = (entry: Entry): string[] => [
    ...(entry.container || entry.kind === 'reserved' || entry.kind === 'leased'
      ? [labelOf(entry.owner)]
      : []),
    ...(entry.kind === 'host' ? entry.hosts.map(labelOf) : []),
    ...[nameOf(entry) ?? []].flat(),
  ];
  const containers = entries.filter(({ container }) => container);
  const named = groupBy(
    containers.flatMap((entry) => [...new Set(labels(entry))].map((label) => ({ label, entry }))),
    ({ label }) => label,
  );
  const holding = ({ address, kind, engineId, owner, container }: Entry): Holding => ({
    ...{ address, kind: kind as Holding['kind'], engineId, owner },
    ...(container && { container }),
  });
  return (row) => {
    const here = at.get(`${String(row.version)} ${String(row.from)}`) ?? [];
    const holders = here.filter((entry) => has.has(entry.kind) || kept(entry));
    const label = row.name ? labelOf(row.name) : '';
    if (holders.length > 0) {
      const other = label && holders.every((one) => one.container && !labels(one).includes(label));
      return other ? { reason: 'held', held: holders.map(holding) } : { held: holders.map(holding) };
    }
    const same = here.filter(({ kind }) => row.means === 'holder' && kind === row.state);
    if (same.length > 0) return { held: same.map(holding) };
    const elsewhere = (named.get(label) ?? []).filter(({ entry }) => entry.version === row.version);
    return elsewhere.length > 0
      ? { reason: 'elsewhere', held: elsewhere.map(({ entry }) => holding(entry)) }
      : null;
  };
}

/** Parts of a row that are in subnets of the LAN, and whether that is all of it. */
export function subnetParts({ subnets }: Pick<ImportLan, 'subnets'>) {
  const cidrs = subnets.flatMap((text) => {
    const subnet = parseCidr(text);
    return subnet ? [{ subnet, last: lastAddress(subnet).value }] : [];
  });
  return (row: ImportRow) => {
    const parts = cidrs.flatMap(({ subnet, last }) => {
      const from = row.from > subnet.base ? row.from : subnet.base;
      const to = row.to < last ? row.to : last;
      return subnet.version !== row.version || from > to ? [] : [{ subnet, from, to }];
    });
    return { parts, whole: parts.some(({ from, to }) => from === row.from && to === row.to) };
  };
}
