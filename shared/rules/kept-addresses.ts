import type { AddressUse, HostFacts, MemberView, Network, ReservedRange, Segment } from '../model';
import { contains, formatIp, parseCidr, parseIp } from './cidr';
import { isShimAlias, networkOfShim, shimName } from './host/shim-link';
import type { Inventory } from './inventory';
import { onLan } from './lan';
import { recogniseSegments } from './segments/recognise';

/** What `address_reserved` says, beside the address and the host. */
type Reservation =
  | { context?: undefined; name: string; network: string }
  | { context: 'shim'; network: string }
  | { context: 'host'; name: string };

/** An address, or a range of them, that no engine knows to be taken. */
export interface KeptUse {
  readonly use: AddressUse;
  readonly network: Network;
  readonly reserved: Reservation;
}

const sameNetwork = (a: Network, b: Network): boolean => a.engineId === b.engineId && a.id === b.id;

/** What stands for a reserved range where it has no note. */
const rangeName = ({ note, kind, from, to }: ReservedRange): string =>
  note || (kind === 'dhcp' ? 'DHCP' : from === to ? from : `${from} – ${to}`);

function reservedBy(segment: Segment, network: Network): KeptUse[] {
  return segment.reserved.flatMap((range) => {
    const [from, to] = [parseIp(range.from), parseIp(range.to)];
    if (!from || from.version !== to?.version || from.value > to.value) return [];
    const last = from.value === to.value ? {} : { to: formatIp(to) };
    const owner = range.note || segment.name;
    const use = { address: formatIp(from), ...last, kind: range.kind, engineId: network.engineId, owner };
    return [{ use, network, reserved: { name: rangeName(range), network: segment.name } }];
  });
}

/** The reserved ranges of the segments that any network of the LAN is a member of, planned or not. */
function reservedRanges(network: Network, lan: readonly Network[], inventory: Inventory): KeptUse[] {
  const segments = inventory.segments ?? [];
  if (segments.every((one) => one.reserved.length === 0)) return [];
  const stands = ({ engineId, networkId }: MemberView) =>
    lan.some((each) => each.engineId === engineId && each.id === networkId);
  return recogniseSegments(segments, inventory)
    .filter(({ members }) => members.some(stands))
    .flatMap(({ segment }) => reservedBy(segment, network));
}

function shimUse(address: string, link: string, network: Network): KeptUse {
  const use = { address, kind: 'shim' as const, engineId: network.engineId, owner: link };
  return { use, network, reserved: { context: 'shim', network: network.name } };
}

/** The shims of every host on the LAN, whether they are in place or wait for their engine. */
function shims(lan: readonly Network[], inventory: Inventory): KeptUse[] {
  return (inventory.shims ?? []).flatMap((shim) => {
    const leadsTo = networkOfShim(shim, inventory);
    const network = leadsTo && lan.find((one) => sameNetwork(one, leadsTo));
    return network ? [shimUse(shim.address, shimName(shim.networkId), network)] : [];
  });
}

/** The addresses that a host has itself in the LAN's subnets. What Docker made leads to no LAN. */
function hostUses({ nics }: HostFacts, network: Network): KeptUse[] {
  const subnets = network.subnets.flatMap((one) => parseCidr(one.subnet) ?? []);
  return nics
    .filter((nic) => !nic.docker)
    .flatMap((nic) =>
      nic.addresses.flatMap(({ address: text }): KeptUse[] => {
        const ip = parseIp(text);
        if (!ip || !subnets.some((subnet) => contains(subnet, ip))) return [];
        const address = formatIp(ip);
        if (isShimAlias(nic.alias)) return [shimUse(address, nic.name, network)];
        const use = { address, kind: 'host' as const, engineId: network.engineId, owner: nic.name };
        return [{ use, network, reserved: { context: 'host', name: nic.name } }];
      }),
    );
}

function hosts(lan: readonly Network[], inventory: Inventory): KeptUse[] {
  return (inventory.facts ?? []).flatMap((facts) => {
    const network = lan.find((one) => one.engineId === facts.engineId);
    return network ? hostUses(facts, network) : [];
  });
}

/**
 * What holds addresses on a LAN beside what its engines know: the reserved ranges of its segment (a foreign DHCP
 * server's among them), the shims of its hosts, and the hosts' own addresses where somebody has looked.
 *
 * @param lan the networks that share the LAN, `network` among them
 */
export function keptUses(network: Network, lan: readonly Network[], inventory: Inventory): KeptUse[] {
  const ranges = reservedRanges(network, lan, inventory);
  if (!onLan(network)) return ranges;
  const policies = shims(lan, inventory);
  const known = new Set(policies.map(({ use }) => `${use.engineId} ${use.address}`));
  const seen = hosts(lan, inventory).filter(({ use }) => !known.has(`${use.engineId} ${use.address}`));
  return [...ranges, ...policies, ...seen];
}
