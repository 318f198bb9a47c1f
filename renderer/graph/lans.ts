import type { Network } from '../../shared/model';
import { onLan, siteKey, sortNatural, splitBy, vlanOf } from '../../shared/rules';
import type { Hue, Lan, LineStyle, SegmentTag } from './model';

/** How many LAN hues the palette holds. */
export const hueCount = 8;

const styles: Record<Network['kind'], LineStyle> = {
  macvlan: 'solid',
  ipvlan: 'dash-dot',
  bridge: 'dashed',
  overlay: 'dotted',
  host: 'dashed',
  null: 'dotted',
  other: 'dash-dot',
};

/** The line style of a driver. */
export const lineStyle = (kind: Network['kind']): LineStyle => styles[kind];

/** Of a network among those of all engines. */
export const keyOf = ({ engineId, id }: Pick<Network, 'engineId' | 'id'>): string => `${engineId}/${id}`;

const subnetKey = (network: Network): string =>
  network.subnets
    .map((each) => each.subnet)
    .sort()
    .join(' ');

/** FNV-1a, 32 bits. */
export const fnv = (text: string): number => {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0;
  return hash;
};

/** A LAN that has no hue yet, with the key that it would have if it were no segment. */
type Plain = Omit<Lan, 'hue'> & { plainKey?: string | undefined };

/**
 * Hues by hash, so that a new LAN does not recolour the others; the next free one when two collide. A segment whose colour
 * nobody chose goes by its networks as they would without it, and one that keeps the colour of its networks takes from the
 * others what these did: adopting a LAN changes the colour of none. While there is a hue for each, none is given that some
 * segment keeps; where there are more LANs, only those before it stand aside.
 */
const withHues = (lans: Plain[]): Lan[] => {
  const kept = lans.flatMap(({ segment }) => (segment?.chosen ? segment.hue : []));
  const taken = new Set<Hue>(lans.length > hueCount ? [] : kept);
  return lans.map(({ plainKey, ...lan }) => {
    if (lan.segment?.chosen) {
      taken.add(lan.segment.hue);
      return { ...lan, hue: lan.segment.hue };
    }
    let hue = fnv(plainKey ?? lan.key) % hueCount;
    for (let tries = 0; taken.has(hue) && tries < hueCount; tries++) hue = (hue + 1) % hueCount;
    taken.add(hue);
    return { ...lan, hue, ...(lan.segment ? { segment: { ...lan.segment, hue } } : {}) };
  });
};

/** These LANs as far as they are on these networks: what is hidden changes neither name nor colour of what is left. */
export const lansOn = (lans: readonly Lan[], networks: readonly Network[]): Lan[] => {
  const shown = new Set(networks.map(keyOf));
  return lans.flatMap((lan) => {
    const members = lan.members.filter(({ engineId, networkId: id }) => shown.has(keyOf({ engineId, id })));
    if (members.length === lan.members.length) return lan;
    const engineIds = [...new Set(members.map(({ engineId }) => engineId))];
    return members.length > 0 ? { ...lan, members, engineIds } : [];
  });
};

const vlanText = (network: Network): string | null => vlanOf(network)?.toString() ?? null;

/**
 * The networks of one subnet by their LANs, each with what tells it apart, for its key. Different sites and VLAN ids are
 * different LANs; a network at no site joins those of the only site there is. An untagged parent tells nothing about the VLAN
 * its switch port is in, so it joins the only tagged LAN in the same way.
 */
const apart = (networks: Network[]): (readonly [string, Network[]])[] =>
  [...splitBy(networks, siteKey)].flatMap(([site, there]) =>
    [...splitBy(there, vlanText)].map(([vlan, each]) => {
      const place = site === '' ? '' : `@${site}`;
      return [vlan === '' ? place : `${place}#${vlan}`, each] as const;
    }),
  );

const toLan = (subnet: string, group: string, members: Network[]): Omit<Lan, 'hue'> => {
  const site = members.map((each) => each.site).find((each) => each !== undefined);
  const vlan = members.map(vlanOf).find((id) => id !== null) ?? null;
  const first = members[0];
  return {
    key: `${subnet}${group}`,
    subnet: members[0]?.subnets[0]?.subnet ?? subnet,
    vlan,
    ...(site === undefined ? {} : { site }),
    style: first ? lineStyle(first.kind) : 'solid',
    members: members.map(({ engineId, id }) => ({ engineId, networkId: id })),
    engineIds: [...new Set(members.map((each) => each.engineId))],
  };
};

/** The segments that have a network here, each one LAN whatever its networks say. */
const segmentLans = (networks: readonly Network[], segments: readonly SegmentTag[]) => {
  const byKey = new Map(networks.map((network) => [keyOf(network), network]));
  const taken = new Set<Network>();
  const lans = segments.flatMap((segment) => {
    const members = segment.members.flatMap((each) => byKey.get(`${each.engineId}/${each.networkId}`) ?? []);
    for (const network of members) taken.add(network);
    const [first] = members;
    if (!first) return [];
    const lan = toLan(subnetKey(first), '', members);
    const { members: _members, ...tag } = segment;
    return [{ ...lan, key: `segment:${tag.id}`, vlan: tag.vlan, segment: tag }];
  });
  return { lans, taken };
};

/**
 * All LANs, also those that only one host joins: the segments, and what else looks like a LAN. Sorted by subnet, so that
 * they keep their order.
 */
export function findLans(networks: readonly Network[], segments: readonly SegmentTag[] = []): Lan[] {
  const planned = segmentLans(networks, segments);
  const bySubnet = new Map<string, Network[]>();
  for (const network of networks) {
    // LANs are named by their subnet; one that the engine does not tell joins none.
    if (!onLan(network) || network.subnets.length === 0) continue;
    const key = subnetKey(network);
    const known = bySubnet.get(key);
    if (known) known.push(network);
    else bySubnet.set(key, [network]);
  }
  // Those of segments, too: what they leave behind keeps the name that it had beside them.
  const groups = [...bySubnet].flatMap(([subnet, members]) =>
    apart(members).map(([group, each]) => ({ subnet, group, each })),
  );
  const lans = groups.flatMap(({ subnet, group, each }) => {
    const left = each.filter((network) => !planned.taken.has(network));
    return left.length > 0 ? [toLan(subnet, group, left)] : [];
  });
  const plainKeys = new Map(
    groups.flatMap(({ subnet, group, each }) => {
      const key = `${subnet}${group}`;
      return each.map((network) => [keyOf(network), key] as const);
    }),
  );
  const all: Plain[] = [
    ...planned.lans.map((lan) => {
      const [first] = lan.members;
      return { ...lan, plainKey: plainKeys.get(`${first?.engineId ?? ''}/${first?.networkId ?? ''}`) };
    }),
    ...lans,
  ];
  const plain = (lan: Plain) => lan.plainKey ?? lan.key;
  return withHues(all.sort((a, b) => sortNatural(a.subnet, b.subnet) || sortNatural(plain(a), plain(b))));
}
