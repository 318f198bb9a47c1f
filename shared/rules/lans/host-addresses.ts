import type { Engine, HostFacts, Network, Nic } from '../../model';
import { contains, formatIp, parseCidr, parseIp, type Cidr, type Ip } from '../basics/cidr';
import { connectionOf } from '../engines/engine-address';
import { onLan } from './lan';
import { parseParent, vlanOf } from './parent';
import { sameSite, siteOf } from './site';

/** As much of a LAN as tells whether a host's interface may be on it. */
export interface LanMark {
  readonly subnets: readonly Cidr[];
  readonly vlan: number | null;
  readonly site: string | undefined;
}

export interface OwnAddress {
  readonly nic: Nic;
  /** In its one spelling. */
  readonly address: string;
}

export const lanMark = (network: Network): LanMark => ({
  subnets: network.subnets.flatMap((one) => parseCidr(one.subnet) ?? []),
  vlan: vlanOf(network),
  site: network.site,
});

const isIn = (subnets: readonly Cidr[], ip: Ip): boolean => subnets.some((subnet) => contains(subnet, ip));

/** Whether an address is in one of a network's subnets. */
export const covers = (network: Network, ip: Ip): boolean => isIn(lanMark(network).subnets, ip);

/** A VLAN link of any name is where the card below it is, unless the admin says it of the link itself. */
export function siteOfNic(nic: Nic, engine: Engine | undefined): string | undefined {
  if (!engine) return undefined;
  const { site, ...named } = engine;
  return siteOf(nic.name, named) ?? (nic.parent ? siteOf(nic.parent, named) : undefined) ?? site;
}

/** The VLAN id that a link has, or that its name tells. */
export function vlanOfNic({ name, vlan }: Nic): number | null {
  const parsed = parseParent(name);
  return vlan ?? (parsed.ok ? parsed.vlan : null);
}

/**
 * The addresses that a host has itself in a LAN's subnets, on interfaces that neither a VLAN id nor a site tells apart from
 * it. What Docker made leads to no LAN.
 */
export function ownAddresses({ nics }: HostFacts, lan: LanMark, engine: Engine | undefined): OwnAddress[] {
  const isApart = (nic: Nic) => {
    const vlan = vlanOfNic(nic);
    const otherVlan = vlan !== null && lan.vlan !== null && vlan !== lan.vlan;
    return otherVlan || !sameSite(siteOfNic(nic, engine), lan.site);
  };
  return nics
    .filter((nic) => !nic.docker && !isApart(nic))
    .flatMap((nic) =>
      nic.addresses.flatMap(({ address }): OwnAddress[] => {
        const ip = parseIp(address);
        return ip && isIn(lan.subnets, ip) ? [{ nic, address: formatIp(ip) }] : [];
      }),
    );
}

const wired: readonly Nic['kind'][] = ['physical', 'bond', 'vlan', 'wireless'];

/**
 * Whether an interface leads to a LAN by itself: what is on a host that has no network there is else a matter of that host
 * alone, as the bridge of its virtual machines.
 */
export function leadsOut({ name, kind, ethernet }: Nic, { nics }: HostFacts): boolean {
  if (!ethernet || kind === 'loopback') return false;
  return kind !== 'bridge' || nics.some((port) => port.master === name && wired.includes(port.kind));
}

/** The address by which an engine is reached, where it is one; by way of another host it may mean anything. */
function reachedAt({ endpoint, demo }: Engine): Ip | null {
  const read = demo ? null : connectionOf(endpoint);
  if (!read?.ok) return null;
  const { value } = read;
  if (value.kind === 'tcp') return parseIp(value.host);
  return value.kind === 'ssh' && value.jump === undefined ? parseIp(value.host) : null;
}

export interface Reached {
  readonly engine: Engine;
  readonly address: string;
  /** The engine's network on the LAN; undefined where it is not certain that its host has the address there. */
  readonly network: Network | undefined;
}

/**
 * The hosts that are reached by an address in a network's subnets, of those at which nobody has looked. It is theirs on this LAN
 * for certain where they have a network on it, and none on another LAN with that subnet.
 *
 * @param lan the networks that share the LAN, `network` among them
 */
export function reachedOn(
  network: Network,
  lan: readonly Network[],
  inventory: { engines: readonly Engine[]; networks: readonly Network[]; facts?: readonly HostFacts[] },
): Reached[] {
  const { engines, networks, facts = [] } = inventory;
  if (!onLan(network)) return [];
  return engines.flatMap((engine): Reached[] => {
    const ip = facts.some(({ engineId }) => engineId === engine.id) ? null : reachedAt(engine);
    if (!ip || !covers(network, ip)) return [];
    const has = (one: Network) => one.engineId === engine.id && onLan(one) && covers(one, ip);
    const [here, elsewhere] = [lan.filter(has), networks.filter((one) => has(one) && !lan.includes(one))];
    const certain = here.length > 0 && elsewhere.length === 0;
    if (here.length === 0 && (elsewhere.length > 0 || !sameSite(engine.site, network.site))) return [];
    return [{ engine, address: formatIp(ip), network: certain ? here[0] : undefined }];
  });
}
