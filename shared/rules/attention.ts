import type { Container, Endpoint, Network, Snapshot } from '../model';
import { networkOf } from './inventory';
import { sameLan } from './lan';
import { isLeftover } from './leftover';

/** Who of several containers has an address. */
export interface AddressClaim {
  container: Container;
  network: Network;
}

/** What an admin should look at, worst first. */
export type Attention =
  | { kind: 'offline'; engineId: string }
  /** Two or more running containers on one LAN have the same address: whoever answers first is reached. */
  | { kind: 'twice'; address: string; claims: AddressClaim[] }
  /** What a failed connect left in it: it can't start again until that is cleared. */
  | { kind: 'leftover'; container: Container; endpoint: Endpoint }
  | { kind: 'restarting'; container: Container };

type Parts = Pick<Snapshot, 'engines' | 'networks' | 'containers'>;

/**
 * By address, who has it now: pins of stopped containers disturb nobody, and what is known of a host that does not
 * answer is old; its addresses may rightly be elsewhere by now.
 */
function claimsByAddress({ engines, networks, containers }: Parts): Map<string, AddressClaim[]> {
  const byEngine = new Map<string, Network[]>();
  for (const network of networks) {
    const known = byEngine.get(network.engineId);
    if (known) known.push(network);
    else byEngine.set(network.engineId, [network]);
  }
  const online = new Set(engines.filter(({ state }) => state === 'online').map(({ id }) => id));
  const claims = new Map<string, AddressClaim[]>();
  const claim = (container: Container, endpoint: Endpoint) => {
    const network = networkOf(endpoint, byEngine.get(container.engineId) ?? []);
    if (!network) return;
    for (const address of [endpoint.ipv4, endpoint.ipv6].filter(Boolean))
      claims.set(address, [...(claims.get(address) ?? []), { container, network }]);
  };
  for (const container of containers)
    if (online.has(container.engineId))
      for (const endpoint of container.endpoints)
        // Nobody answers for the address of one that a failed connect left.
        if (!isLeftover(container, endpoint)) claim(container, endpoint);
  return claims;
}

/** Of those that have one address, the groups on one LAN each: equal addresses behind bridges are nobody's concern. */
function clashes(claims: AddressClaim[]): AddressClaim[][] {
  const lans: AddressClaim[][] = [];
  for (const claim of claims) {
    const lan = lans.find(([first]) => first && sameLan(first.network, claim.network));
    if (lan) lan.push(claim);
    else lans.push([claim]);
  }
  return lans.filter((lan) => lan.length > 1);
}

/** What needs an admin's look in a picture: hosts that don't answer, addresses had twice, what failed connects left, containers that restart. */
export function attentionOf(snapshot: Parts): Attention[] {
  const offline = snapshot.engines.filter(({ state }) => state === 'offline');
  const twice = [...claimsByAddress(snapshot)].flatMap(([address, claims]) =>
    claims.length < 2 ? [] : clashes(claims).map((group) => ({ address, claims: group })),
  );
  const left = snapshot.containers.flatMap((container) =>
    container.endpoints
      .filter((endpoint) => isLeftover(container, endpoint))
      .map((endpoint) => ({ container, endpoint })),
  );
  const restarting = snapshot.containers.filter(({ state }) => state === 'restarting');
  return [
    ...offline.map(({ id }) => ({ kind: 'offline' as const, engineId: id })),
    ...twice.map((each) => ({ kind: 'twice' as const, ...each })),
    ...left.map((each) => ({ kind: 'leftover' as const, ...each })),
    ...restarting.map((container) => ({ kind: 'restarting' as const, container })),
  ];
}
