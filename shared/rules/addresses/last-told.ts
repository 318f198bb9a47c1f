import type { Engine, Network } from '../../model';
import type { Beside, LoggedAddress } from '../inventory/beside';
import type { Inventory } from '../inventory/inventory';
import { onLan, sameLan, sharedSubnetNetworks } from '../lans/lan';
import { leftOn } from './beyond-engines';

type World = Pick<Inventory, 'engines' | 'networks'> & Pick<Beside, 'lastTold' | 'late'>;

/** An address of the LAN that no engine within reach tells of, and the network that it was given on. */
export interface LoggedUse {
  readonly logged: LoggedAddress;
  readonly network: Network;
}

/** The network that an address was given on, where it is one of this LAN. */
function placeOf(
  logged: LoggedAddress,
  network: Network,
  lan: readonly Network[],
  { engines, networks, lastTold }: World,
): Network | undefined {
  const { engineId, networkId, networkName } = logged;
  const there = [...networks, ...(lastTold?.networks ?? [])].filter((one) => one.engineId === engineId);
  const known = there.find((one) => one.id === networkId) ?? there.find((one) => one.name === networkName);
  if (known) return sameLan(network, known) ? known : undefined;
  return onLan(network) ? leftOn(logged, lan, { engines }) : undefined;
}

/**
 * What changes of this console gave on hosts of the LAN that can't be asked now.
 *
 * @param lan the networks that share the LAN, `network` among them
 */
export function loggedUses(network: Network, lan: readonly Network[], world: World): LoggedUse[] {
  return (world.lastTold?.addresses ?? []).flatMap((logged) => {
    const on = placeOf(logged, network, lan, world);
    return on ? [{ logged, network: on }] : [];
  });
}

/** Hosts of a LAN that are online, and did not answer in time when they were asked last. */
export function lateOnLan(network: Network, { engines, networks, late = [] }: World): readonly Engine[] {
  if (late.length === 0) return [];
  const there = new Set(sharedSubnetNetworks(network, networks).map(({ engineId }) => engineId));
  return engines.filter(({ id, state }) => state === 'online' && late.includes(id) && there.has(id));
}

/** Hosts of a LAN that can't be asked now: what is known of them is old, or nothing, where they were not read since the start. */
export function silentOnLan(
  network: Network,
  world: World,
): { lastKnown: readonly Engine[]; unread: readonly Engine[] } {
  const silent = world.engines.filter(({ state }) => state !== 'online');
  if (silent.length === 0) return { lastKnown: [], unread: [] };
  const lan = sharedSubnetNetworks(network, world.networks);
  const told = sharedSubnetNetworks(network, world.lastTold?.networks ?? []);
  const logged = loggedUses(network, lan, world).map((one) => one.network);
  const there = new Set([...lan, ...told, ...logged].map(({ engineId }) => engineId));
  const on = silent.filter(({ id }) => there.has(id));
  const wasRead = ({ id }: Engine) => world.networks.some(({ engineId }) => engineId === id);
  return { lastKnown: on.filter(wasRead), unread: on.filter((one) => !wasRead(one)) };
}
