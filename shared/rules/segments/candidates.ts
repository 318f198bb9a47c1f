import type { Network, Segment, SegmentSubnet } from '../../model';
import { parseCidr, formatCidr } from '../basics/cidr';
import type { Inventory } from '../inventory/inventory';
import { onLan } from '../lans/lan';
import { sortNatural } from '../basics/names';
import { vlanOf } from '../lans/parent';
import { siteKey } from '../lans/site';
import { splitBy } from '../basics/split-by';
import { memberOf, recogniseSegments } from '../membership/recognise';
import { aligned, SEGMENT_LABEL } from '../membership/segment-spec';
import { otherOptions } from '../membership/segment-spec-of';

/** FNV-1a, 32 bits: the same LAN gets the same id each time it is looked at. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return (value >>> 0).toString(16).padStart(8, '0');
}

/** The subnets of one family: those of the first network that has any, as members of one LAN have the same. */
function familyOf(networks: readonly Network[], version: 4 | 6): SegmentSubnet[] {
  const all = networks.map((one) =>
    one.subnets.flatMap(({ subnet, gateway }) => {
      const cidr = parseCidr(subnet);
      return cidr?.version === version ? [{ subnet: formatCidr(cidr), gateway }] : [];
    }),
  );
  const own = all.find((one) => one.length > 0) ?? [];
  return own.map(({ subnet }) => {
    // The first network that tells a gateway tells it for all.
    const told = all.flat().find((one) => one.subnet === subnet && one.gateway);
    return { subnet, ...(told?.gateway ? { gateway: told.gateway } : {}) };
  });
}

const subnetsOf = (networks: readonly Network[]): SegmentSubnet[] => [
  ...familyOf(networks, 4),
  ...familyOf(networks, 6),
];

/** What makes two networks one LAN of a site: our label, else VLAN id and IPv4 subnet. Null for what is no LAN. */
function keyOf(network: Network): string | null {
  if (!onLan(network) || network.scope === 'swarm') return null;
  const label = network.labels[SEGMENT_LABEL];
  if (label) return `label ${label}`;
  const cidrs = network.subnets.flatMap((one) => parseCidr(one.subnet) ?? []);
  // The lowest: engines keep several in any order.
  const [cidr] = cidrs.sort((a, b) => a.version - b.version || (a.base < b.base ? -1 : 1));
  return cidr ? `${String(vlanOf(network) ?? 'untagged')} ${formatCidr(cidr)}` : null;
}

/**
 * The networks of one key by their sites. One that is at no site belongs to the others where these have only one, and else
 * to nobody: it may be at either.
 */
const bySite = (key: string, networks: readonly Network[]): [string, Network[]][] =>
  key.startsWith('label ')
    ? [[key, [...networks]]]
    : [...splitBy(networks, siteKey)].map(([site, there]) => [site === '' ? key : `${key} ${site}`, there]);

/** The name that most members have. */
function commonName(networks: readonly Network[]): string {
  const counts = new Map<string, number>();
  for (const { name } of networks) counts.set(name, (counts.get(name) ?? 0) + 1);
  const [best] = [...counts].sort((a, b) => b[1] - a[1] || sortNatural(a[0], b[0]));
  return (best?.[0] ?? '').slice(0, 60);
}

function candidate(key: string, networks: Network[]): Segment | null {
  const [first] = networks;
  const subnets = subnetsOf(networks);
  if (!first || subnets.length === 0) return null;
  const driver = first.kind === 'ipvlan' ? 'ipvlan' : 'macvlan';
  return {
    id: key.startsWith('label ') ? key.slice('label '.length) : `lan-${hash(key)}`,
    name: commonName(networks),
    vlan: vlanOf(first),
    subnets,
    driver,
    mode: first.mode || (driver === 'macvlan' ? 'bridge' : 'l2'),
    reserved: [],
    internal: first.internal,
    ...otherOptions(first),
    members: networks.map((one) => aligned({ subnets }, memberOf(one))),
  };
}

/** A name of its own for each: two LANs may well both be called `lan`, and the plan's names are taken. */
function named(candidates: Segment[], plan: readonly Segment[]): Segment[] {
  const taken = new Set(plan.map((one) => one.name.toLowerCase()));
  return candidates.map((one) => {
    let name = one.name;
    for (let next = 2; taken.has(name.toLowerCase()); next += 1) name = `${one.name} ${String(next)}`;
    taken.add(name.toLowerCase());
    return { ...one, name };
  });
}

/**
 * The segments that the engines' networks make up and that the plan does not know: labelled by us (the plan was lost, or
 * is another console's), or of one VLAN id and subnet. On several hosts first, as those are one LAN in need of care.
 */
export function segmentCandidates(
  plan: readonly Segment[],
  inventory: Pick<Inventory, 'engines' | 'networks'>,
): Segment[] {
  const known = new Set(
    recogniseSegments(plan, inventory).flatMap(({ members }) =>
      members.map(({ engineId, networkId }) => `${engineId}/${String(networkId)}`),
    ),
  );
  const groups = new Map<string, Network[]>();
  for (const network of inventory.networks) {
    const key = known.has(`${network.engineId}/${network.id}`) ? null : keyOf(network);
    if (key) groups.set(key, [...(groups.get(key) ?? []), network]);
  }
  const lans = [...groups].flatMap(([key, networks]) => bySite(key, networks));
  const found = lans.flatMap(([key, networks]) => candidate(key, networks) ?? []);
  const sorted = found.sort(
    (a, b) => b.members.length - a.members.length || sortNatural(a.name, b.name) || sortNatural(a.id, b.id),
  );
  return named(sorted, plan);
}
