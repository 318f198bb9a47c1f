import type { EngineSite, Network } from '../../model';
import { isLanDriver, parseParent } from './parent';

/** Where the LAN of an interface is, as the admin says: of that very name, else of the NIC below, else of the engine. */
export function siteOf(parent: string, { site, lans = {} }: EngineSite): string | undefined {
  const parsed = parseParent(parent);
  const own = (name: string) => (Object.hasOwn(lans, name) ? lans[name] : undefined);
  return own(parent) ?? (parsed.ok ? own(parsed.nic) : undefined) ?? site;
}

/**
 * Whether what is at two places may be one LAN. A place that nobody has named may be any: a duplicate that is not there is
 * better told than one that is there missed.
 */
export const sameSite = (a: string | undefined, b: string | undefined): boolean =>
  a === undefined || b === undefined || a.toLowerCase() === b.toLowerCase();

/** A network with the place of its LAN. Bridges and overlays stand on none. */
export function atSite(network: Network, engine: EngineSite | undefined): Network {
  const { site: _before, ...bare } = network;
  const site = isLanDriver(network.kind) && engine ? siteOf(network.parent ?? '', engine) : undefined;
  return site === undefined ? bare : { ...bare, site };
}

/** What two networks at one site have in common, however it is spelt; null at none. */
export const siteKey = ({ site }: Pick<Network, 'site'>): string | null => site?.toLowerCase() ?? null;
