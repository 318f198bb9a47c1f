import type {
  AddressUse,
  Container,
  HostFacts,
  MemberView,
  Network,
  ReservedRange,
  Segment,
  ShimPolicy,
} from '../../model';
import { formatIp, parseIp, plainAddress } from '../basics/cidr';
import { networkMeant } from '../lans/network-meant';
import { isShimAlias, shimName } from '../lans/shim-link';
import { covers, lanMark, leadsOut, ownAddresses, reachedOn } from '../lans/host-addresses';
import type { Inventory } from '../inventory/inventory';
import { onLan } from '../lans/lan';
import { claimantsOf } from '../membership/identity';
import { recordedEndpoint } from '../membership/on-network';
import { recogniseSegments } from '../membership/recognise';
import { sameSite } from '../lans/site';

/** What `address_reserved` says, beside the address and the host. */
type Reservation =
  | { context?: undefined; name: string; network: string }
  | { context: 'dhcp'; network: string }
  | { context: 'shim'; network: string }
  | { context: 'host'; name: string }
  | { context: 'reached' }
  | { context: 'guard'; name: string }
  | { context: 'lease'; name: string };

/** An address, or a range of them, that no engine knows to be taken. */
export interface KeptUse {
  readonly use: AddressUse;
  readonly network: Network;
  readonly reserved: Reservation;
  /** Whom it is kept for, where that is there. */
  readonly container?: Container;
}

const sameNetwork = (a: Network, b: Network): boolean => a.engineId === b.engineId && a.id === b.id;

/** A range goes by its note; one without by what it is for, or by its ends. */
function reservationOf({ note, kind, from, to }: ReservedRange, network: string): Reservation {
  if (!note && kind === 'dhcp') return { context: 'dhcp', network };
  return { name: note || (from === to ? from : `${from} – ${to}`), network };
}

function reservedBy(segment: Segment, network: Network): KeptUse[] {
  return segment.reserved.flatMap((range) => {
    const [from, to] = [parseIp(range.from), parseIp(range.to)];
    if (!from || from.version !== to?.version || from.value > to.value) return [];
    const last = from.value === to.value ? {} : { to: formatIp(to) };
    const owner = range.note || segment.name;
    const use = { address: formatIp(from), ...last, kind: range.kind, engineId: network.engineId, owner };
    return [{ use, network, reserved: reservationOf(range, segment.name) }];
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

const networkAt = (lan: readonly Network[], address: string): Network | undefined => {
  const ip = parseIp(address);
  return ip ? lan.find((one) => covers(one, ip)) : undefined;
};

/** Where an address of a host is whose network is not known (any more), as far as the LAN and the host's site tell. */
export function leftOn(
  { engineId, networkName: name, address }: Pick<ShimPolicy, 'engineId' | 'networkName' | 'address'>,
  lan: readonly Network[],
  { engines }: Pick<Inventory, 'engines'>,
): Network | undefined {
  const on = networkAt(lan, address);
  const engine = engines.find((one) => one.id === engineId);
  return on && sameSite(engine?.site, on.site) ? { ...on, engineId, name } : undefined;
}

/** The shims of every host on the LAN, whether they are in place or wait for their engine. */
function shims(lan: readonly Network[], inventory: Inventory): KeptUse[] {
  return (inventory.shims ?? []).flatMap((shim) => {
    const leadsTo = networkMeant(shim, inventory);
    // Of one that is gone the link is on the host for all that, and has the address.
    const network = leadsTo ? lan.find((one) => sameNetwork(one, leadsTo)) : leftOn(shim, lan, inventory);
    return network ? [shimUse(shim.address, shimName(shim.networkId), network)] : [];
  });
}

/**
 * What guards keep for containers that are away, or have not got it back yet. What such a container has already its engine
 * tells.
 */
function guarded(lan: readonly Network[], inventory: Inventory): KeptUse[] {
  return (inventory.guards ?? []).flatMap((guard) => {
    const { engineId, containerName: name, attachments } = guard;
    const [container] = claimantsOf(guard, inventory.containers);
    return attachments.flatMap(({ networkName, ipv4, ipv6 }) => {
      const network =
        lan.find((one) => one.engineId === engineId && one.name === networkName) ??
        leftOn({ engineId, networkName, address: ipv4 ?? ipv6 ?? '' }, lan, inventory);
      if (!network) return [];
      const endpoint = container && recordedEndpoint(container, network);
      const has = (address: string) =>
        [endpoint?.pinned4, endpoint?.pinned6, endpoint?.ipv4, endpoint?.ipv6].some(
          (one) => one && plainAddress(one) === address,
        );
      return [ipv4, ipv6].flatMap((text): KeptUse[] => {
        const address = text ? plainAddress(text) : '';
        if (!address || has(address)) return [];
        const use = { address, kind: 'reserved' as const, engineId, owner: name };
        return [{ use, network, reserved: { context: 'guard', name }, ...(container && { container }) }];
      });
    });
  });
}

/** What the LAN's own DHCP server has given to containers. Where the network is another one by now, its subnet tells the LAN. */
function leased(lan: readonly Network[], inventory: Inventory): KeptUse[] {
  return (inventory.leases ?? []).flatMap(
    ({ engineId, containerId, containerName: name, ...lease }): KeptUse[] => {
      const { networkId, networkName, address } = lease;
      const network =
        lan.find((one) => one.engineId === engineId && one.id === networkId) ??
        leftOn({ engineId, networkName, address }, lan, inventory);
      if (!network) return [];
      const container = inventory.containers.find(
        (one) => one.engineId === engineId && one.id === containerId,
      );
      const use = { address: plainAddress(address), kind: 'leased' as const, engineId, owner: name };
      return [{ use, network, reserved: { context: 'lease', name }, ...(container && { container }) }];
    },
  );
}

/** The addresses that a host has itself on the LAN, whether it has a network there or not. */
function hostUses(
  facts: HostFacts,
  network: Network,
  lan: readonly Network[],
  inventory: Inventory,
): KeptUse[] {
  const { engineId } = facts;
  const engine = inventory.engines.find((one) => one.id === engineId);
  const here = lan.filter((one) => one.engineId === engineId);
  return ownAddresses(facts, lanMark(network), engine)
    .filter(({ nic }) => here.length > 0 || leadsOut(nic, facts))
    .map(({ nic, address }): KeptUse => {
      const on = networkAt(here, address) ?? here[0] ?? network;
      if (isShimAlias(nic.alias)) return shimUse(address, nic.name, { ...on, engineId });
      const use = { address, kind: 'host' as const, engineId, owner: nic.name };
      return { use, network: on, reserved: { context: 'host', name: nic.name } };
    });
}

/** Nobody has looked at these hosts; that they have the address by which they are reached is certain all the same. */
function reached(network: Network, lan: readonly Network[], inventory: Inventory): KeptUse[] {
  return reachedOn(network, lan, inventory).flatMap(({ engine, address, network: on }): KeptUse[] => {
    const use = { address, kind: 'host' as const, engineId: engine.id, owner: engine.name };
    return on ? [{ use, network: on, reserved: { context: 'reached' } }] : [];
  });
}

/**
 * What holds addresses on a LAN beside what its engines know: the reserved ranges of its segment (a foreign DHCP
 * server's among them), the shims of its hosts, and the hosts' own addresses: all where somebody has looked, else that by
 * which a host is reached.
 *
 * @param lan the networks that share the LAN, `network` among them
 */
export function keptUses(network: Network, lan: readonly Network[], inventory: Inventory): KeptUse[] {
  const ranges = reservedRanges(network, lan, inventory);
  const kept = guarded(lan, inventory);
  if (!onLan(network)) return [...ranges, ...kept];
  const leases = leased(lan, inventory);
  const policies = shims(lan, inventory);
  const known = new Set(policies.map(({ use }) => `${use.engineId} ${use.address}`));
  const looked = (inventory.facts ?? []).flatMap((facts) => hostUses(facts, network, lan, inventory));
  const own = [...looked, ...reached(network, lan, inventory)];
  const seen = own.filter(({ use }) => !known.has(`${use.engineId} ${use.address}`));
  return [...ranges, ...kept, ...leases, ...policies, ...seen];
}
