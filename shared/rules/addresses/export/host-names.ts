import { groupBy } from '../../basics/group-by';
import { parseIp } from '../../basics/cidr';
import { sortNatural } from '../../basics/names';
import type { Entry, Renamed } from './kinds';

/** A part of a name has no more characters (RFC 1035). */
const longest = 63;

const cut = (text: string, most = longest): string => text.slice(0, most).replace(/-+$/, '');

/** One part of a name as RFC 1123 allows it; empty where nothing of the text is left. */
export function hostLabel(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '');
  return cut(plain);
}

/** A domain as names end in it; null where it is none. Room is left for a name before it. */
export function exportDomain(text: string): string | null {
  const domain = text.trim().toLowerCase().replace(/^\./, '').replace(/\.$/, '');
  if (domain === '') return '';
  const valid = domain.split('.').every((part) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(part));
  return valid && domain.length <= 253 - longest - 1 ? domain : null;
}

/** What programs take for something else: dnsmasq for an order or a time, every resolver for the machine itself. */
const meansMore = /^(?:ignore|infinite|localhost|\d+[smhdw]?)$/;

/** A host is called by the first part of its name, unless that is an address. */
const ownName = (host: string): string => (parseIp(host) ? host : (host.split('.')[0] ?? host));

interface Claim {
  readonly key: string;
  readonly isHost: boolean;
  readonly from: string;
  readonly host: string;
  readonly label: string;
}

/** Who can be called by a name: containers, and hosts by their own addresses. */
const keyOf = ({ engineId, kind, container }: Entry): string | null =>
  container ? `${engineId} ${container.id}` : kind === 'host' ? engineId : null;

function claimsOf(entries: readonly Entry[]): Claim[] {
  const claims = new Map<string, Claim>();
  for (const entry of entries) {
    const key = keyOf(entry);
    if (key === null || claims.has(key)) continue;
    const host = entry.hosts[0] ?? '';
    const isHost = entry.container === undefined;
    const from = isHost ? ownName(host) : entry.owner;
    claims.set(key, { key, isHost, from, host, label: hostLabel(from) });
  }
  return [...claims.values()]
    .filter(({ label }) => label !== '')
    .sort((a, b) => sortNatural(a.from, b.from) || sortNatural(a.host, b.host) || sortNatural(a.key, b.key));
}

/** With the host's name behind it, then with a number: the first of these that nobody has. */
function another({ label, host }: Claim, taken: ReadonlySet<string>): string {
  const tail = hostLabel(ownName(host));
  const first = tail ? cut(`${cut(label, longest - 1 - Math.min(tail.length, 30))}-${tail}`) : label;
  if (!taken.has(first)) return first;
  for (let number = 2; ; number += 1) {
    const next = `${cut(first, longest - 1 - String(number).length)}-${String(number)}`;
    if (!taken.has(next)) return next;
  }
}

export interface HostNames {
  readonly nameOf: (entry: Entry) => string | undefined;
  /** Of these entries, whose name is another one than they have. */
  readonly renamed: (entries: readonly Entry[]) => Renamed[];
}

/**
 * A name of its own for each container and host. Given from the whole LAN, also where only a part of it is exported: two
 * parts then don't call two by one name.
 */
export function hostNames(entries: readonly Entry[]): HostNames {
  const claims = claimsOf(entries);
  const wanted = groupBy(claims, ({ label }) => label);
  /** Whose the name is as it stands: nobody else wants it, or it is the only host that does. */
  const keeps = (claim: Claim): boolean => {
    if (meansMore.test(claim.label)) return false;
    const rivals = wanted.get(claim.label) ?? [];
    return rivals.length === 1 || (claim.isHost && rivals.filter(({ isHost }) => isHost).length === 1);
  };
  const given = new Map(claims.filter(keeps).map((claim) => [claim.key, claim.label]));
  const taken = new Set(wanted.keys());
  for (const claim of claims) {
    if (given.has(claim.key)) continue;
    const name = another(claim, taken);
    taken.add(name);
    given.set(claim.key, name);
  }
  const nameOf = (entry: Entry) => given.get(keyOf(entry) ?? '');
  return {
    nameOf,
    renamed: (some) => {
      const keys = new Set(some.map(keyOf));
      return claims.flatMap(({ key, from, host }): Renamed[] => {
        const to = given.get(key);
        return keys.has(key) && to !== undefined && to !== from.toLowerCase() ? [{ from, host, to }] : [];
      });
    },
  };
}
