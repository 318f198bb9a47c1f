import { groupBy } from '../../basics/group-by';
import { formatCidr } from '../../basics/cidr';
import { isUnicastMac } from '../../basics/mac';
import type { Entry, FormatRow, Material, Written } from './kinds';
import { Leaving } from './left-out';
import { namedEntries } from './named';

/** An address that a DHCP server keeps for a MAC. */
interface Reservation {
  readonly entry: Entry;
  readonly name: string;
  readonly mac: string;
}

function reservations(material: Material, families: readonly (4 | 6)[], leaving: Leaving): Reservation[] {
  const said = new Set<string>();
  return namedEntries(material, leaving).flatMap(({ entry, name }): Reservation[] => {
    const mac = entry.container?.mac.toLowerCase() ?? '';
    const once = `${String(entry.version)} ${mac}`;
    if (!families.includes(entry.version)) leaving.put('ipv4-only', entry);
    else if (!isUnicastMac(mac)) leaving.put('no-mac', entry);
    // A server knows a client by its MAC, and keeps one address for it.
    else if (said.has(once)) leaving.put('mac-twice', entry);
    else {
      said.add(once);
      return [{ entry, name, mac }];
    }
    return [];
  });
}

const written =
  (families: readonly (4 | 6)[], text: (all: readonly Reservation[]) => string) =>
  (material: Material): Written => {
    const leaving = new Leaving();
    const all = reservations(material, families, leaving);
    return {
      text: all.length > 0 ? text(all) : '',
      used: all.map(({ entry }) => entry),
      leftOut: leaving.list(),
    };
  };

/** One line for a client, with its addresses of both families. */
const dnsmasq = (all: readonly Reservation[]): string =>
  [...groupBy(all, ({ mac, name }) => `${mac} ${name}`).values()]
    .map((own) => {
      const [{ mac, name }] = own as [Reservation];
      const addresses = own.map(({ entry: { version, address } }) =>
        version === 4 ? address : `[${address}]`,
      );
      return `dhcp-host=${[mac, ...addresses, name].join(',')}\n`;
    })
    .join('');

const kea = (all: readonly Reservation[]): string => {
  const subnet4 = [...groupBy(all, ({ entry }) => formatCidr(entry.subnet))].map(([subnet, own]) => ({
    subnet,
    reservations: own.map(({ entry, name, mac }) => ({
      'hw-address': mac,
      'ip-address': entry.address,
      hostname: name,
    })),
  }));
  return `${JSON.stringify({ Dhcp4: { subnet4 } }, null, 2)}\n`;
};

const openwrt = (all: readonly Reservation[]): string =>
  all
    .map(({ entry, name, mac }) =>
      [
        'config host',
        `\toption name '${name}'`,
        `\toption mac '${mac}'`,
        `\toption ip '${entry.address}'`,
        '',
      ].join('\n'),
    )
    .join('\n');

/** Addresses that a DHCP server gives to nobody else. */
export const dhcp = {
  'dnsmasq-dhcp': { family: 'dhcp', ending: 'conf', type: 'text/plain', write: written([4, 6], dnsmasq) },
  kea: { family: 'dhcp', ending: 'json', type: 'application/json', write: written([4], kea) },
  openwrt: { family: 'dhcp', ending: 'uci', type: 'text/plain', write: written([4], openwrt) },
} as const satisfies Record<string, FormatRow>;
