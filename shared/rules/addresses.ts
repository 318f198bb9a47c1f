import type { z } from 'zod';
import type { addressPlanSchema } from '../contract/commands';
import type { ChangePreview, Container, Network } from '../model';
import { addressHolders, type Holder } from './address-uses';
import {
  contains,
  firstUsable,
  formatCidr,
  formatIp,
  lastAddress,
  lastUsable,
  parseCidr,
  parseIp,
  type Cidr,
} from './cidr';
import type { Inventory } from './inventory';
import { sharedSubnetNetworks } from './lan';

/** The address plan of one LAN, as `address.plan` gives it. */
export type AddressPlan = z.output<typeof addressPlanSchema>;
/** An engine's automatic range on a LAN. */
export interface AutomaticRange {
  readonly cidr: Cidr;
  readonly network: Network;
}
/** The addresses to offer, by family. */
export type Suggestions = Pick<ChangePreview, 'suggestedIpv4' | 'suggestedIpv6'>;
/** Whose own addresses do not stand in its way. */
export type Holding = Pick<Container, 'engineId' | 'id'>;

/** Where each engine of the LAN hands out addresses by itself: its ip-range, or the whole subnet without one. */
export function automaticRanges(network: Network, inventory: Pick<Inventory, 'networks'>): AutomaticRange[] {
  return sharedSubnetNetworks(network, inventory.networks).flatMap((one) =>
    one.subnets.flatMap((subnet) => {
      const cidr = parseCidr(subnet.ipRange || subnet.subnet);
      return cidr ? [{ cidr, network: one }] : [];
    }),
  );
}

/** The subnets of a network that can be read; one that an engine shows otherwise is left out. */
export function subnetsOf(network: Network): Cidr[] {
  return network.subnets.flatMap((subnet) => parseCidr(subnet.subnet) ?? []);
}

/** The engine's own bridge: it fixes no addresses there. */
export const isDefaultBridge = (network: Network): boolean =>
  network.kind === 'bridge' && network.name === 'bridge';

export const isHeldBy = (holder: Holder, own: Holding | undefined): boolean =>
  own !== undefined && holder.container?.engineId === own.engineId && holder.container.id === own.id;

function lowestOutside(subnet: Cidr, ranges: readonly Cidr[], taken: ReadonlySet<bigint>): bigint | null {
  const last = lastUsable(subnet).value;
  // Each turn leaves behind a range or a taken address, so the turns are as many as those, whatever the subnet's size.
  for (let value = firstUsable(subnet).value; value <= last;) {
    const at = { version: subnet.version, value };
    const range = ranges.find((one) => contains(one, at));
    if (range) value = lastAddress(range).value + 1n;
    else if (taken.has(value)) value += 1n;
    else return value;
  }
  return null;
}

function highest(subnet: Cidr, taken: ReadonlySet<bigint>): bigint | null {
  const first = firstUsable(subnet).value;
  for (let value = lastUsable(subnet).value; value >= first; value -= 1n) {
    if (!taken.has(value)) return value;
  }
  return null;
}

/** In IPv6 the top of the first 65,536 addresses is far enough up, and `fd00:70::ffff` can be read out to somebody. */
const head = (subnet: Cidr): Cidr =>
  subnet.version === 6 ? { ...subnet, prefix: Math.max(subnet.prefix, 112) } : subnet;

function suggest(subnet: Cidr, ranges: readonly Cidr[], holders: readonly Holder[]): string | undefined {
  const ips = holders.map((holder) => parseIp(holder.use.address));
  const taken = new Set(ips.flatMap((ip) => (ip?.version === subnet.version ? [ip.value] : [])));
  // Engines hand out from the bottom, so the top is where an address stays free longest.
  const value =
    lowestOutside(subnet, ranges, taken) ?? highest(head(subnet), taken) ?? highest(subnet, taken);
  return value === null ? undefined : formatIp({ version: subnet.version, value });
}

/**
 * The subnets of one family in which a network gives its containers addresses. Engines keep IPv6 subnets of a network
 * that has IPv6 switched off, and use them for nothing.
 */
export const subnetsInUse = (network: Network, version: 4 | 6): Cidr[] =>
  version === 6 && !network.ipv6 ? [] : subnetsOf(network).filter((cidr) => cidr.version === version);

/**
 * The address of one family to offer for a container: the lowest that is free and outside the automatic range of
 * every engine that shares the LAN; where there is none, the highest free one (in IPv6: of the first 65,536). Nothing
 * held on any of those engines is offered, `own`'s addresses aside. Undefined when the engine fixes no address there,
 * or none is free.
 */
export function suggestAddress(
  network: Network,
  inventory: Inventory,
  own?: Holding,
  version: 4 | 6 = 4,
): string | undefined {
  if (isDefaultBridge(network)) return undefined;
  const [subnet] = subnetsInUse(network, version);
  if (!subnet) return undefined;
  const holders = addressHolders(network, inventory).filter((holder) => !isHeldBy(holder, own));
  const ranges = automaticRanges(network, inventory).map((range) => range.cidr);
  return suggest(subnet, ranges, holders);
}

/** What a preview offers: an address of each family for which there is one. */
export function suggestAddresses(network: Network, inventory: Inventory, own?: Holding): Suggestions {
  const suggestedIpv4 = suggestAddress(network, inventory, own);
  const suggestedIpv6 = suggestAddress(network, inventory, own, 6);
  return { ...(suggestedIpv4 ? { suggestedIpv4 } : {}), ...(suggestedIpv6 ? { suggestedIpv6 } : {}) };
}

/**
 * Who holds what in the (first IPv4) subnet of a network, over all engines that share the LAN. A network without
 * address management gives an empty plan with an empty `subnet`.
 */
export function addressPlan(network: Network, inventory: Inventory): AddressPlan {
  const subnets = subnetsOf(network);
  const subnet = subnets.find((cidr) => cidr.version === 4) ?? subnets[0];
  if (!subnet) return { subnet: '', gateways: [], ranges: [], used: [] };
  const inside = (address: string) => {
    const ip = parseIp(address);
    return ip !== null && contains(subnet, ip);
  };
  const used = addressHolders(network, inventory)
    .map((holder) => holder.use)
    .filter((use) => inside(use.address));
  const gateways = used.filter((use) => use.kind === 'gateway').map((use) => use.address);
  const ranges = automaticRanges(network, inventory)
    .filter((range) => range.cidr.version === subnet.version)
    .map(({ cidr, network: { engineId, id } }) => ({ engineId, networkId: id, range: formatCidr(cidr) }));
  const suggestion = suggestAddress(network, inventory);
  return {
    subnet: formatCidr(subnet),
    gateways: [...new Set(gateways)],
    ranges,
    used,
    ...(suggestion ? { suggestion } : {}),
  };
}
