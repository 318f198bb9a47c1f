import type { Container, EngineRequest, Network, Problem, Snapshot } from '../../../shared/model';
import {
  contains,
  isLive,
  membersOf,
  obstacleTo,
  parseCidr,
  parseIp,
  pinsOf,
  sharedSubnetNetworks,
  sortNatural,
} from '../../../shared/rules';

/** A container that could have an address, and what gives it that. */
export interface Candidate {
  container: Container;
  network: Network;
  /** The address of the same family that it has on the network, or will at its start; empty where none is known, null where it is not on it. */
  has: string | null;
  /** Whether it has that address by now: not that of a pin that waits for its start. */
  live: boolean;
  request: EngineRequest;
  /** Why it can't be. */
  problem: Problem | null;
}

/** What gives a container an address on a network: a change of address where it is on it already, else an attach. */
export function requestFor(
  address: string,
  container: Pick<Container, 'engineId' | 'id'>,
  network: Network,
  kind: 'attach' | 'readdress',
): EngineRequest {
  const family = parseIp(address)?.version === 6 ? { ipv6: address } : { ipv4: address };
  return { kind, engineId: container.engineId, containerId: container.id, networkId: network.id, ...family };
}

/** The networks of a LAN that have an address in one of their subnets, one or more on each host. */
function networksWith(address: string, network: Network, snapshot: Snapshot): Network[] {
  const ip = parseIp(address);
  if (!ip) return [];
  return sharedSubnetNetworks(network, snapshot.networks).filter(({ subnets }) =>
    subnets.some(({ subnet }) => {
      const cidr = parseCidr(subnet);
      return cidr !== null && contains(cidr, ip);
    }),
  );
}

/** Who could have an address on a LAN: those on it first, then those of its hosts, then who can't, with the reason. */
export function candidatesFor(address: string, network: Network, snapshot: Snapshot): Candidate[] {
  const family = parseIp(address)?.version === 6 ? 'ipv6' : 'ipv4';
  return networksWith(address, network, snapshot)
    .flatMap((one) => {
      const engine = snapshot.engines.find(({ id }) => id === one.engineId);
      const members = new Map(membersOf(one, snapshot).map((each) => [each.container.id, each.endpoint]));
      return snapshot.containers
        .filter(({ engineId }) => engineId === one.engineId)
        .map((container): Candidate => {
          const endpoint = members.get(container.id);
          const request = requestFor(address, container, one, endpoint ? 'readdress' : 'attach');
          const has = endpoint
            ? endpoint[family] || (pinsOf(container, endpoint, one, engine)[family] ?? '')
            : null;
          const live = Boolean(endpoint?.[family]) && isLive(container);
          return { container, network: one, has, live, request, problem: obstacleTo(request, snapshot) };
        });
    })
    .sort(
      (a, b) =>
        Number(a.problem !== null) - Number(b.problem !== null) ||
        Number(a.has === null) - Number(b.has === null) ||
        sortNatural(a.container.name, b.container.name),
    );
}
