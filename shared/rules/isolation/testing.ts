import type { IsolationTarget, Network, ProbeTarget } from '../../model';
import type { Inventory } from '../inventory/inventory';
import { container, endpoint, engine, network } from '../testing';
import { isolationCells, type Answers } from './judge';
import { elsewhereIn, isolationPlaces, isolationTargets, placesOnLan } from './places';

export const lan1 = network({ engineId: 'e1' });
export const lan2 = network({ engineId: 'e2' });
export const iot = network({
  engineId: 'e1',
  name: 'iot',
  parent: 'eth2',
  subnet: { subnet: '10.70.20.0/24', gateway: '10.70.20.1' },
});
export const at = (engineId: string, name: string, on: Network, ipv4: string, mac: string) =>
  container({
    id: `${engineId}-${name}`,
    engineId,
    name,
    endpoints: [endpoint(on, { ipv4, mac })],
  });
export const a = at('e1', 'a', lan1, '10.70.1.10', '02:00:00:00:00:0a');
export const b = at('e2', 'b', lan2, '10.70.1.11', '02:00:00:00:00:0b');
export const c = at('e1', 'c', iot, '10.70.20.10', '02:00:00:00:00:0c');
export const inventory: Inventory = {
  engines: [engine({ id: 'e1' }), engine({ id: 'e2' })],
  networks: [lan1, lan2, iot],
  containers: [a, b, c],
};

const dualOn = (net: Network, subnet: string, gateway: string): Network => ({
  ...net,
  ipv6: true,
  subnets: [...net.subnets, { subnet, gateway, exclusions: {} }],
});
export const dual = dualOn(lan1, 'fd00:1::/64', 'fd00:1::1');
const dualIot = dualOn(iot, 'fd00:2::/64', 'fd00:2::1');
export const onDual = (who: typeof a, net: Network, ipv4: string, ipv6: string) => ({
  ...who,
  endpoints: [endpoint(net, { ipv4, ipv6, mac: who.endpoints[0]?.mac ?? '' })],
});
export const dualWorld: Inventory = {
  ...inventory,
  networks: [dual, dualIot],
  containers: [onDual(a, dual, '10.70.1.10', 'fd00:1::10'), onDual(c, dualIot, '10.70.20.10', 'fd00:2::10')],
};

export const seen = (address: string, over: Partial<ProbeTarget> = {}): ProbeTarget => ({
  address,
  via: 'link',
  interface: 'eth0',
  macs: [],
  ping: { sent: 2, received: 0, ms: null },
  answers: false,
  duplicate: false,
  ...over,
});
export const own = (address: string) => seen(address, { via: 'own', ping: null });
export const arp = (address: string, mac: string) => seen(address, { macs: [mac], answers: true });
export const routed = (address: string, received: number, over: Partial<ProbeTarget> = {}) =>
  seen(address, { via: 'gateway', macs: [], ping: { sent: 2, received, ms: 1 }, ...over });

/** @param world its networks are those that are asked; `elsewhere` has all that there are, where there are more */
export function matrix(
  rows: (readonly ProbeTarget[] | null)[],
  world: Inventory & { elsewhere?: Network[] } = inventory,
  cancelled = false,
) {
  const networks = world.networks;
  const places = isolationPlaces(networks, world);
  const targets = isolationTargets(networks, places, world);
  const lans = networks.map((_, index) => placesOnLan(networks, index));
  const answers: Answers[] = rows.map((row) => row && new Map(row.map((each) => [each.address, each])));
  const standsOn = (place: number, other: number) =>
    places[place]?.alsoOn.includes(places[other]?.networkName ?? '') ?? false;
  const elsewhere = (target: IsolationTarget) =>
    elsewhereIn(networks, { ...world, networks: world.elsewhere ?? networks })(target);
  const cells = isolationCells({ places, targets, cancelled, answers, lans, standsOn, elsewhere });
  return { places, targets, cells, words: cells.map((row) => row.map((cell) => cell.reason)) };
}
