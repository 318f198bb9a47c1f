import { groupBy } from '../../basics/group-by';
import type { FormatRow, Material, Written } from './kinds';
import { Leaving } from './left-out';
import { namedEntries, type Named } from './named';

type Lines = (records: readonly Named[], domain: string) => string[];

const full = (name: string, domain: string): string => (domain ? `${name}.${domain}` : name);

const written =
  (lines: Lines) =>
  (material: Material): Written => {
    const leaving = new Leaving();
    const records = namedEntries(material, leaving);
    const text = records.length > 0 ? lines(records, material.domain).map((line) => `${line}\n`) : [];
    return { text: text.join(''), used: records.map(({ entry }) => entry), leftOut: leaving.list() };
  };

const hosts: Lines = (records, domain) =>
  records.map(({ entry, name }) =>
    [entry.address, domain ? `${full(name, domain)} ${name}` : name].join('\t'),
  );

/** A line has one address of each family; who has more has more lines. */
const dnsmasq: Lines = (records, domain) =>
  [...groupBy(records, ({ name }) => name)].flatMap(([name, own]) => {
    const of = (version: 4 | 6) => own.filter(({ entry }) => entry.version === version);
    const names = domain ? [full(name, domain), name] : [name];
    const [v4, v6] = [of(4), of(6)];
    return Array.from({ length: Math.max(v4.length, v6.length) }, (_, at) => {
      const addresses = [v4[at], v6[at]].flatMap((each) => each?.entry.address ?? []);
      return `host-record=${[...names, ...addresses].join(',')}`;
    });
  });

/** Without a comment: the lines are pasted into the field of a form, too. */
const pihole: Lines = (records, domain) =>
  records.map(({ entry, name }) => `${entry.address} ${full(name, domain)}`);

/** `enabled`: one without it is off where the program knows the setting. */
const adguard: Lines = (records, domain) => [
  'filtering:',
  '  rewrites:',
  ...records.flatMap(({ entry, name }) => [
    `    - domain: "${full(name, domain)}"`,
    `      answer: "${entry.address}"`,
    '      enabled: true',
  ]),
];

/** Without a domain names are those of the zone that they are imported into. */
const zone: Lines = (records, domain) =>
  records.map(({ entry, name }) =>
    [
      domain ? `${full(name, domain)}.` : name,
      '3600',
      'IN',
      entry.version === 4 ? 'A' : 'AAAA',
      entry.address,
    ].join('\t'),
  );

const plain = { family: 'dns', type: 'text/plain' } as const;

/** Names of who has which address. */
export const dns = {
  hosts: { ...plain, ending: 'txt', write: written(hosts) },
  'dnsmasq-dns': { ...plain, ending: 'conf', write: written(dnsmasq) },
  pihole: { ...plain, ending: 'list', write: written(pihole) },
  adguard: { family: 'dns', ending: 'yaml', type: 'application/yaml', write: written(adguard) },
  technitium: { ...plain, ending: 'zone', write: written(zone) },
} as const satisfies Record<string, FormatRow>;
