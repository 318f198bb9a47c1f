import { judgeOverlap, type SubnetWhy } from './judge';
import type { SubnetUse } from './uses';

/** Uses of one subnet of which nothing tells one from the other when an overlap is judged. */
interface Alike {
  /** One of them. */
  readonly use: SubnetUse;
  /** One of each host. */
  readonly hosts: Map<string, SubnetUse>;
  count: number;
}

/** The uses of one subnet, put so that two subnets are compared by few pairs. */
export interface Sorted {
  /** Judged alike on all hosts: LANs by what tells them apart, overlays by their ids. */
  readonly shared: readonly Alike[];
  /** Of hosts' own networks. */
  readonly own: readonly Alike[];
  /** By host: all that is there, alike things once. */
  readonly hosts: ReadonlyMap<string, readonly Alike[]>;
}

const isShared = ({ place }: SubnetUse): boolean => place === 'lan' || place === 'overlay';

/** What an overlap of a use is judged by, its subnet aside. */
const traitsOf = ({ kind, place, name, vlan, site, networkId }: SubnetUse): string =>
  JSON.stringify([
    place,
    kind,
    vlan,
    site?.toLowerCase() ?? null,
    kind === 'nic' || kind === 'route' ? name : null,
    place === 'overlay' ? networkId : null,
  ]);

/** On all hosts together neither the kind nor the interface counts. */
const sharedTraits = ({ place, vlan, site, networkId }: SubnetUse): string =>
  JSON.stringify([place, vlan, site?.toLowerCase() ?? null, place === 'overlay' ? networkId : null]);

function alike(uses: readonly SubnetUse[], traits: (use: SubnetUse) => string): Alike[] {
  const found = new Map<string, Alike>();
  for (const use of uses) {
    const key = traits(use);
    const known = found.get(key);
    if (!known) found.set(key, { use, hosts: new Map([[use.engineId, use]]), count: 1 });
    else {
      if (!known.hosts.has(use.engineId)) known.hosts.set(use.engineId, use);
      known.count += 1;
    }
  }
  return [...found.values()];
}

/** Sorts the uses of one subnet for comparison. */
export function sortUses(uses: readonly SubnetUse[]): Sorted {
  const byHost = new Map<string, SubnetUse[]>();
  for (const use of uses) {
    if (use.engineId === '' || use.place === 'other') continue;
    const here = byHost.get(use.engineId);
    if (here) here.push(use);
    else byHost.set(use.engineId, [use]);
  }
  const own = uses.filter(({ place, kind }) => place === 'own' && kind === 'network');
  return {
    shared: alike(uses.filter(isShared), sharedTraits),
    own: alike(own, () => ''),
    hosts: new Map([...byHost].map(([host, here]) => [host, alike(here, traitsOf)])),
  };
}

/** What two subnets' uses are to each other, for one reason. */
export interface Found {
  readonly why: SubnetWhy;
  /** One of each subnet's that it is said by. */
  readonly pair: readonly [SubnetUse, SubnetUse];
  readonly hosts: Set<string>;
}

type Add = (a: SubnetUse, b: SubnetUse, hosts: Iterable<string>) => void;

/** All pairs of two lists; of one list each pair once, and a thing with itself where there are two of it. */
function pairs(
  upper: readonly Alike[],
  lower: readonly Alike[],
  same: boolean,
  each: (a: Alike, b: Alike) => void,
): void {
  upper.forEach((a, i) => {
    lower.forEach((b, j) => {
      if (!same || i < j || (i === j && a.count > 1)) each(a, b);
    });
  });
}

/** Those of which there are two on two hosts: then each of their hosts has its part in such a pair. */
function acrossHosts(upper: readonly Alike[], lower: readonly Alike[], add: Add): void {
  for (const a of upper)
    for (const b of lower) {
      const hosts = new Set([...a.hosts.keys(), ...b.hosts.keys()]);
      if (hosts.size < 2) continue;
      const [one] = a.hosts.values();
      // The pair that it is said by must be one of two hosts.
      const two = otherThan(b, one);
      if (one && two) add(one, two, hosts);
      else {
        const [last] = b.hosts.values();
        const first = otherThan(a, last);
        if (first && last) add(first, last, hosts);
      }
    }
}

const otherThan = ({ hosts }: Alike, use: SubnetUse | undefined): SubnetUse | undefined =>
  [...hosts.values()].find(({ engineId }) => engineId !== use?.engineId);

/**
 * What the uses of one subnet are to those of another one that contains it, or to each other. Judged is by what is alike, so
 * that it takes no longer where a subnet has many hosts.
 */
export function compareUses(upper: Sorted, lower: Sorted): Found[] {
  const same = upper === lower;
  const found = new Map<SubnetWhy, Found>();
  const add: Add = (a, b, hosts) => {
    const why = judgeOverlap(a, b);
    if (!why) return;
    const known = found.get(why) ?? { why, pair: [a, b], hosts: new Set<string>() };
    for (const host of hosts) if (host !== '') known.hosts.add(host);
    found.set(why, known);
  };
  pairs(upper.shared, lower.shared, same, (a, b) => {
    if (a.use.place === b.use.place) add(a.use, b.use, [...a.hosts.keys(), ...b.hosts.keys()]);
  });
  acrossHosts(upper.own, lower.own, add);
  const lansOf = ({ shared }: Sorted) => shared.filter(({ use }) => use.place === 'lan');
  acrossHosts(upper.own, lansOf(lower), add);
  if (!same) acrossHosts(lansOf(upper), lower.own, add);
  const [fewer, more] = upper.hosts.size < lower.hosts.size ? [upper, lower] : [lower, upper];
  for (const host of fewer.hosts.keys()) {
    if (!more.hosts.has(host)) continue;
    pairs(upper.hosts.get(host) ?? [], lower.hosts.get(host) ?? [], same, (a, b) => {
      // These are judged above, for all hosts at once.
      if (!(isShared(a.use) && a.use.place === b.use.place)) add(a.use, b.use, [host]);
    });
  }
  return [...found.values()];
}
