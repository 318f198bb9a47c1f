import type { Container, Endpoint, IsolationPlace, IsolationTarget, Network } from '../../model';
import { gatewayOf } from '../addresses/holders';
import { membersOf } from '../membership/on-network';
import { parseIp } from '../basics/cidr';
import { hostName } from '../engines/engines';
import type { Inventory } from '../inventory/inventory';
import { sharedSubnetNetworks } from '../lans/lan';
import { sortNatural } from '../basics/names';
import { vlanOf } from '../lans/parent';

/** Which network on which host. */
export interface NetworkRef {
  engineId: string;
  networkId: string;
}

const addressOf = (endpoint: Endpoint): string => endpoint.ipv4 || endpoint.ipv6;

/** Its own network namespace: one that shares another's would answer for that one. */
const standsAlone = ({ networkMode: { kind } }: Container): boolean =>
  kind !== 'container' && kind !== 'host';

/**
 * The container of a network that asks and is asked: it runs, has an address there, and is on as few other networks as
 * possible, for each of those is a way round.
 */
export function probeContainer(
  network: Network,
  inventory: Inventory,
): { container: Container; endpoint: Endpoint } | null {
  const fit = membersOf(network, inventory).filter(
    ({ container, endpoint }) =>
      container.state === 'running' && standsAlone(container) && addressOf(endpoint) !== '',
  );
  fit.sort(
    (a, b) =>
      a.container.endpoints.length - b.container.endpoints.length ||
      sortNatural(a.container.name, b.container.name),
  );
  return fit[0] ?? null;
}

function placeOf(network: Network, inventory: Inventory): IsolationPlace {
  const found = probeContainer(network, inventory);
  const others = found?.container.endpoints.filter((each) => each !== found.endpoint) ?? [];
  return {
    engineId: network.engineId,
    engineName: hostName(network.engineId, inventory.engines),
    networkId: network.id,
    networkName: network.name,
    vlan: vlanOf(network),
    subnets: network.subnets.map((each) => each.subnet),
    container: found && {
      id: found.container.id,
      name: found.container.name,
      address: addressOf(found.endpoint),
      ipv6: found.endpoint.ipv4 === '' ? '' : found.endpoint.ipv6,
      mac: found.endpoint.mac.toLowerCase(),
    },
    alsoOn: others.map((each) => each.networkName),
  };
}

/** The networks, each once; what does not exist any more is left out. */
export function networksOf(refs: readonly NetworkRef[], inventory: Inventory): Network[] {
  const chosen = refs.flatMap(
    ({ engineId, networkId }) =>
      inventory.networks.find((each) => each.engineId === engineId && each.id === networkId) ?? [],
  );
  return [...new Set(chosen)];
}

/** The places of a run, one for each network. */
export const isolationPlaces = (networks: readonly Network[], inventory: Inventory): IsolationPlace[] =>
  networks.map((network) => placeOf(network, inventory));

/** Which places are on one LAN with this one, by what is configured; itself included. */
export function placesOnLan(networks: readonly Network[], index: number): number[] {
  const own = networks[index];
  if (!own) return [];
  const shared = new Set(sharedSubnetNetworks(own, networks));
  return networks.flatMap((each, at) => (shared.has(each) ? [at] : []));
}

/** What is asked for: every place's container, then every LAN's gateways, each once. */
export function isolationTargets(
  networks: readonly Network[],
  places: readonly IsolationPlace[],
  inventory: Inventory,
): IsolationTarget[] {
  const targets: IsolationTarget[] = places.map(({ container }, place) => ({
    kind: 'place',
    place,
    address: container?.address ?? '',
    ipv6: container?.ipv6 ?? '',
  }));
  const gateways = new Map<string, { places: number[]; addresses: Set<string> }>();
  networks.forEach((network, index) => {
    const engine = inventory.engines.find((each) => each.id === network.engineId);
    const places = placesOnLan(networks, index);
    const lan = gateways.get(places.join()) ?? { places, addresses: new Set() };
    gateways.set(places.join(), lan);
    const found = network.subnets.flatMap((subnet) => gatewayOf(subnet, network, engine) ?? []);
    for (const address of found) lan.addresses.add(address);
  });
  return [...targets, ...[...gateways.values()].flatMap(gatewayTargets)];
}

/** A LAN's gateways, one of each family as one: mostly they are one router. */
function gatewayTargets(lan: { places: number[]; addresses: ReadonlySet<string> }): IsolationTarget[] {
  const isV6 = (address: string) => parseIp(address)?.version === 6;
  const v4 = [...lan.addresses].filter((each) => !isV6(each));
  const v6 = [...lan.addresses].filter(isV6);
  const count = Math.max(v4.length, v6.length);
  return Array.from({ length: count }, (_, index) => {
    const [address = '', ipv6 = ''] = [v4[index], v6[index]].filter((each) => each !== undefined);
    return { kind: 'gateway', places: lan.places, address, ipv6 };
  });
}

/** The networks in which an address is a gateway's or a container's. */
function holdersOf(inventory: Inventory): ReadonlyMap<string, ReadonlySet<Network>> {
  const found = new Map<string, Set<Network>>();
  for (const network of inventory.networks) {
    const engine = inventory.engines.find((each) => each.id === network.engineId);
    const gateways = network.subnets.map((subnet) => gatewayOf(subnet, network, engine));
    const members = membersOf(network, inventory).flatMap(({ endpoint: { ipv4, ipv6 } }) => [ipv4, ipv6]);
    for (const address of [...gateways, ...members])
      if (address) found.set(address, (found.get(address) ?? new Set<Network>()).add(network));
  }
  return found;
}

/**
 * Whether a network beyond a target's LAN, on any host, has the target's address too: as its gateway's or as a container's.
 * So it is with the bridges of hosts that all begin at 172.17.0.1. The inventory is gone through once for all targets.
 */
export function elsewhereIn(
  networks: readonly Network[],
  inventory: Inventory,
): (target: IsolationTarget) => boolean {
  let holders: ReturnType<typeof holdersOf> | undefined;
  const lans = new Map<Network, ReadonlySet<Network>>();
  return (target) => {
    const own = networks[(target.kind === 'gateway' ? target.places[0] : target.place) ?? -1];
    if (!own || target.address === '') return false;
    holders ??= holdersOf(inventory);
    const lan = lans.get(own) ?? new Set(sharedSubnetNetworks(own, inventory.networks));
    lans.set(own, lan);
    return [...(holders.get(target.address) ?? [])].some((network) => !lan.has(network));
  };
}
