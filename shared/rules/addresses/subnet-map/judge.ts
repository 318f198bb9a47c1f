import { sameSite } from '../../lans/site';
import type { SubnetUse } from './uses';

/** Why two that have addresses in common are in each other's way; the words are the window's. */
export const subnetTroubles = [
  /** Unequal prefix lengths on one LAN: they differ about who is on the link. */
  'prefix-differs',
  /** Two networks of one host's own. */
  'two-own',
  /** A network of a host's own, and a LAN that this host is on. */
  'hides-lan',
  /** A network of a host's own, and a way of this host to elsewhere. */
  'hides-route',
  /** An overlay, and what its host has besides. */
  'overlay-hides',
  /** A way to elsewhere takes what is on the host's own LAN. */
  'route-takes-lan',
] as const;
export type SubnetTrouble = (typeof subnetTroubles)[number];

/** Why two may well have addresses in common. */
export const subnetHarmless = [
  'same-lan',
  /** VLAN ids or sites tell the LANs apart. */
  'lans-apart',
  'same-network',
  /** Each on a host of its own. */
  'own-each',
  /** One host's own network, and a LAN that only other hosts are seen on. */
  'elsewhere',
  /** Plain routing: the narrower way wins, and is meant to. */
  'routed',
] as const;
export type SubnetHarmless = (typeof subnetHarmless)[number];

export type SubnetWhy = SubnetTrouble | SubnetHarmless;

const troubles: ReadonlySet<string> = new Set(subnetTroubles);
export const isSubnetTrouble = (why: SubnetWhy): why is SubnetTrouble => troubles.has(why);

/** LANs are judged alike wherever they are seen from. */
function lans(a: SubnetUse, b: SubnetUse): SubnetWhy {
  const apart = (a.vlan !== null && b.vlan !== null && a.vlan !== b.vlan) || !sameSite(a.site, b.site);
  if (apart) return 'lans-apart';
  return a.cidr.prefix === b.cidr.prefix ? 'same-lan' : 'prefix-differs';
}

/** On two hosts only what is a network of the engine's own is worth a word. */
function acrossHosts(a: SubnetUse, b: SubnetUse): SubnetWhy | null {
  const own = (use: SubnetUse) => use.place === 'own' && use.kind === 'network';
  if (own(a) && own(b)) return 'own-each';
  return (own(a) && b.place === 'lan') || (a.place === 'lan' && own(b)) ? 'elsewhere' : null;
}

function routeBeside(route: SubnetUse, other: SubnetUse): SubnetWhy | null {
  if (other.kind !== 'nic') return other.place === 'own' ? 'hides-route' : 'routed';
  if (other.place === 'own' || other.name === route.name) return null;
  const single = route.cidr.prefix === (route.cidr.version === 4 ? 32 : 128);
  return route.cidr.prefix >= other.cidr.prefix && !single ? 'route-takes-lan' : 'routed';
}

function onOneHost(a: SubnetUse, b: SubnetUse): SubnetWhy | null {
  if (a.place === 'route') return b.place === 'route' ? null : routeBeside(a, b);
  if (b.place === 'route') return routeBeside(b, a);
  // What a host has of its own besides Docker is its own affair.
  if (a.kind === 'nic' && b.kind === 'nic') return null;
  return a.place === 'own' && b.place === 'own' ? 'two-own' : 'hides-lan';
}

/** What it means that two have addresses in common; null where it means nothing. The order does not matter. */
export function judgeOverlap(a: SubnetUse, b: SubnetUse): SubnetWhy | null {
  if (a.place === 'other' || b.place === 'other') return null;
  if (a.place === 'lan' && b.place === 'lan') return lans(a, b);
  const oneHost = a.engineId !== '' && a.engineId === b.engineId;
  if (a.place === 'overlay' && b.place === 'overlay')
    return a.networkId === b.networkId ? 'same-network' : null;
  if (a.place === 'overlay' || b.place === 'overlay') {
    const other = a.place === 'overlay' ? b : a;
    return oneHost && other.place !== 'own' ? 'overlay-hides' : null;
  }
  return oneHost ? onOneHost(a, b) : acrossHosts(a, b);
}
