import { groupBy } from '../../basics/group-by';
import { broadcastAddress, formatCidr, reservesNetworkAddress } from '../../basics/cidr';
import { csvText, oneLine } from './csv';
import { described } from './describe';
import type { Entry, FormatRow, Material, Written } from './kinds';
import { Leaving } from './left-out';

/** `10.0.0.5/24`: NetBox keeps an address with the length of its subnet. */
const withPrefix = (address: string, { subnet }: Entry): string => `${address}/${String(subnet.prefix)}`;

/** Each address once, with all that hold it: an importer refuses the second row of one address. */
function singles({ entries }: Material, leaving: Leaving): Entry[][] {
  const one = entries.filter((entry) => {
    if (entry.last === null) return entry.kind !== 'given';
    if (entry.kind !== 'given') leaving.put('range', entry);
    return false;
  });
  return [...groupBy(one, ({ address }) => address).values()];
}

/** A name that stays: the only one at the address, and not handed out by itself. */
function nameAt(holders: readonly Entry[], { nameOf, domain }: Material): string {
  const lasting = holders.filter(({ kind, leased }) => (kind === 'pinned' && !leased) || kind === 'host');
  const names = new Set(lasting.flatMap((entry) => nameOf(entry) ?? []));
  const [name] = names;
  if (names.size !== 1 || name === undefined || holders.some(({ conflict }) => conflict)) return '';
  return domain ? `${name}.${domain}` : name;
}

const onlyKept = (holders: readonly Entry[]): boolean =>
  holders.every(({ kind }) => kind === 'excluded' || kind === 'reserved' || kind === 'dhcp');
const onlyDhcp = (holders: readonly Entry[]): boolean =>
  holders.every(({ kind }) => kind === 'dhcp' || kind === 'leased');

const table = (header: string[], rows: string[][], used: readonly Entry[], leaving: Leaving): Written => ({
  text: rows.length > 0 ? csvText([header, ...rows]) : '',
  used,
  leftOut: leaving.list(),
});

/** No description in NetBox is longer. */
const netboxDescription = 200;

function netboxAddresses(material: Material): Written {
  const leaving = new Leaving();
  const all = singles(material, leaving);
  const rows = all.map((holders) => {
    const [first] = holders as [Entry];
    const status = onlyDhcp(holders) ? 'dhcp' : onlyKept(holders) ? 'reserved' : 'active';
    const text = described(holders, netboxDescription);
    return [withPrefix(first.address, first), status, nameAt(holders, material), text];
  });
  return table(['address', 'status', 'dns_name', 'description'], rows, all.flat(), leaving);
}

function netboxPrefixes({ subnets, network, entries }: Material): Written {
  const rows = subnets.map((subnet) => [
    formatCidr(subnet),
    'active',
    oneLine(`Network ${network}`).slice(0, 200),
  ]);
  return table(['prefix', 'status', 'description'], rows, entries.slice(0, 0), new Leaving());
}

/** NetBox counts the addresses of a range in 32 bits. */
const largestRange = 2n ** 32n - 1n;

/** What a person has reserved comes first: what engines hand out is what gives way in NetBox, which refuses ranges that meet. */
function netboxRanges({ entries }: Material): Written {
  const leaving = new Leaving();
  const used: Entry[] = [];
  const ranges = entries.filter(({ kind }) => kind === 'reserved' || kind === 'dhcp' || kind === 'given');
  for (const entry of [...ranges].sort((a, b) => Number(a.kind === 'given') - Number(b.kind === 'given'))) {
    const meets = used.some(
      (each) => each.version === entry.version && each.from <= entry.to && each.to >= entry.from,
    );
    if (entry.last === null) leaving.put('one-address', entry);
    else if (entry.to - entry.from + 1n > largestRange) leaving.put('too-large', entry);
    else if (meets) leaving.put('overlap', entry);
    else used.push(entry);
  }
  const ordered = ranges.filter((entry) => used.includes(entry));
  const rows = ordered.map((entry) => [
    withPrefix(entry.address, entry),
    withPrefix(entry.last ?? entry.address, entry),
    entry.kind === 'given' ? 'active' : 'reserved',
    described([entry], netboxDescription),
  ]);
  return table(['start_address', 'end_address', 'status', 'description'], rows, ordered, leaving);
}

/** It refuses a description with any of these. */
const forPhpipam = (text: string): string => text.replace(/[;'"]/g, ' ').replace(/ +/g, ' ');
const phpipamHeader = [
  'section',
  'ip_addr',
  'hostname',
  'description',
  'subnet',
  'mac',
  'note',
  'tag',
  'is_gateway',
];

function phpipam(material: Material): Written {
  const leaving = new Leaving();
  // The subnet's own two addresses are none to it.
  const all = singles(material, leaving).filter(([first]) => first && !isOwn(first));
  const rows = all.map((holders) => {
    const [first] = holders as [Entry];
    const macs = new Set(holders.flatMap(({ container }) => container?.mac ?? []).filter(Boolean));
    const tag = onlyDhcp(holders) ? 'DHCP' : onlyKept(holders) ? 'Reserved' : 'Used';
    return [
      ...[oneLine(material.section), first.address, nameAt(holders, material)],
      ...[forPhpipam(described(holders, 64)), formatCidr(first.subnet)],
      ...[macs.size === 1 ? ([...macs][0] ?? '') : '', forPhpipam(described(holders, 1000)), tag],
      holders.some(({ kind }) => kind === 'gateway') ? '1' : '0',
    ];
  });
  return table(phpipamHeader, rows, all.flat(), leaving);
}

const isOwn = ({ from, subnet }: Entry): boolean =>
  (from === subnet.base && reservesNetworkAddress(subnet)) || from === broadcastAddress(subnet)?.value;

const csvFile = { ending: 'csv', type: 'text/csv' } as const;

/** Programs that keep a list of a company's addresses. */
export const inventories = {
  'netbox-ip-addresses': { family: 'netbox', ...csvFile, write: netboxAddresses },
  'netbox-prefixes': { family: 'netbox', ...csvFile, write: netboxPrefixes },
  'netbox-ranges': { family: 'netbox', ...csvFile, write: netboxRanges },
  phpipam: { family: 'phpipam', ...csvFile, write: phpipam },
} as const satisfies Record<string, FormatRow>;
