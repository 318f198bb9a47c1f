import type { AddressConflict, Container, Endpoint, Engine, HostFacts, Network, Snapshot } from '../../model';
import { groupBy } from '../basics/group-by';
import { networkOf } from './on-network';
import { onLan, onOneLan } from '../lans/lan';
import { isLeftover, isLive } from './leftover';
import { parentTroubles, type ParentTrouble } from '../lans/parent-trouble';
import { sharerTrouble, type SharerTrouble } from './sharers';
import { goneMode } from './start-mode';

/** Who of several containers has an address. */
export interface AddressClaim {
  container: Container;
  network: Network;
}

interface Claim extends AddressClaim {
  endpoint: Endpoint;
}

/** Two or more running containers on one LAN have the same address: whoever answers first is reached. */
export interface DuplicateAddress {
  address: string;
  claims: AddressClaim[];
}

/** One that was so by the last that was told of these engines. */
export interface LastKnownDuplicate extends DuplicateAddress {
  silent: string[];
}

/** What an admin should look at, worst first. */
export type Attention =
  | { kind: 'offline'; engineId: string }
  | ({ kind: 'twice' } & DuplicateAddress)
  /** Another device answers on the LAN for the address: whoever answers first is reached. */
  | { kind: 'intruder'; container: Container; network: Network; address: string; macs: readonly string[] }
  /** One of these hosts does not answer now: what it told last was so, and may be over. `silent`: those that don't. */
  | ({ kind: 'twiceLast' } & LastKnownDuplicate)
  /** Two or more live interfaces on one LAN have the same MAC: what is meant for one goes to another. */
  | { kind: 'sameMac'; mac: string; claims: AddressClaim[] }
  | ParentTrouble
  /** What a failed connect left in it: it can't start again until that is cleared. */
  | { kind: 'leftover'; container: Container; endpoint: Endpoint }
  /** The engine has no network of that record any more, be there another of its name: it can't start until it is taken off. */
  | { kind: 'networkGone'; container: Container; endpoint: Endpoint }
  /** The engine has the network no longer that it was made with, and starts it no more, be it on others. */
  | { kind: 'modeGone'; container: Container; mode: string }
  | SharerTrouble
  | { kind: 'restarting'; container: Container };

type Parts = Pick<Snapshot, 'engines' | 'networks' | 'containers'>;

const networksByEngine = (networks: readonly Network[]) => groupBy(networks, ({ engineId }) => engineId);

/** By what `keysOf` says of each endpoint, who has it. */
function claimsBy(
  containers: readonly Container[],
  byEngine: ReadonlyMap<string, Network[]>,
  keysOf: (claim: Claim) => string[],
): Map<string, Claim[]> {
  const claims = new Map<string, Claim[]>();
  for (const container of containers)
    for (const endpoint of container.endpoints) {
      // Nobody answers for the address of one that a failed connect left.
      if (isLeftover(container, endpoint)) continue;
      const network = networkOf(endpoint, byEngine.get(container.engineId) ?? []);
      if (!network) continue;
      const claim = { container, network, endpoint };
      for (const key of keysOf(claim)) claims.set(key, [...(claims.get(key) ?? []), claim]);
    }
  return claims;
}

/** Pins of stopped containers disturb nobody. */
const addressesOf = ({ endpoint: { ipv4, ipv6 } }: Claim): string[] => [ipv4, ipv6].filter(Boolean);

/** All on an ipvlan have the MAC of its parent, as they should; that of a stopped container is nobody's. */
const macsOf = ({ container, network, endpoint: { mac } }: Claim): string[] =>
  mac !== '' && isLive(container) && network.kind === 'macvlan' && onLan(network) ? [mac.toLowerCase()] : [];

/** Engines before 28 make the MAC from the IPv4 address: had twice, the address is what is wrong, and is listed. */
const followsFromAddress = (mac: string, claims: readonly Claim[]): boolean => {
  const [first] = claims;
  const bytes = first?.endpoint.ipv4.split('.').map((part) => Number(part).toString(16).padStart(2, '0'));
  return (
    mac === `02:42:${bytes?.join(':') ?? ''}` &&
    claims.every(({ endpoint }) => endpoint.ipv4 === first?.endpoint.ipv4)
  );
};

/** What is had twice and more on one LAN: equal addresses behind bridges are nobody's concern. */
const hadTwice = (claims: ReadonlyMap<string, Claim[]>) =>
  [...claims].flatMap(([key, all]) =>
    all.length < 2 ? [] : onOneLan(all).map((group) => ({ key, claims: group })),
  );

/**
 * The addresses that several containers of a LAN have, over all hosts that answer. What is known of a host that does not
 * answer is old; its addresses may rightly be elsewhere by now.
 */
export function duplicatesOf({ engines, networks, containers }: Parts): DuplicateAddress[] {
  const online = new Set(engines.filter(({ state }) => state === 'online').map(({ id }) => id));
  const reached = containers.filter(({ engineId }) => online.has(engineId));
  return hadTwice(claimsBy(reached, networksByEngine(networks), addressesOf)).map(({ key, claims }) => ({
    address: key,
    claims,
  }));
}

/**
 * Addresses that a container has which answers, and that another one had by the last that was told of a host which does not answer
 * now. Where two that answer have it, that is a duplicate already.
 */
export function lastKnownDuplicatesOf({ engines, networks, containers }: Parts): LastKnownDuplicate[] {
  const states = new Map(engines.map(({ id, state }) => [id, state]));
  const isIn = (state: Engine['state']) => (claim: Claim) => states.get(claim.container.engineId) === state;
  return hadTwice(claimsBy(containers, networksByEngine(networks), addressesOf)).flatMap(
    ({ key, claims }) => {
      const silent = claims.filter(isIn('offline'));
      if (silent.length === 0 || claims.filter(isIn('online')).length !== 1) return [];
      return [
        { address: key, claims, silent: [...new Set(silent.map(({ container }) => container.engineId))] },
      ];
    },
  );
}

/** Those of {@link duplicatesOf} that one container has. */
export function duplicatesWith(of: Pick<Container, 'engineId' | 'id' | 'endpoints'>, parts: Parts) {
  const own = new Set(of.endpoints.flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6].filter(Boolean)));
  const containers = parts.containers.filter(({ endpoints }) =>
    endpoints.some(({ ipv4, ipv6 }) => own.has(ipv4) || own.has(ipv6)),
  );
  return duplicatesOf({ ...parts, containers }).filter(({ claims }) =>
    claims.some(({ container }) => container.id === of.id && container.engineId === of.engineId),
  );
}

/** Places that are no networks, and Podman's ways of doing without one. */
const noNetwork = /^(none|host|default)$|^(slirp4netns|pasta)(:|$)|^ns:/;

/**
 * Entries of a container that does not run for networks that its engine has no longer. An engine keeps a network while a
 * running container is on it, and a worker of a swarm does not know the networks that nobody uses on it.
 */
function goneNetworks(container: Container, engine: Engine, networks: Network[]): Endpoint[] {
  if (isLive(container) || engine.swarm === 'worker' || container.networkMode.kind === 'container') return [];
  return container.endpoints.filter(
    (endpoint) => !noNetwork.test(endpoint.networkName) && networkOf(endpoint, networks) === null,
  );
}

/** Of the conflicts that were told, those of containers and networks that there are. */
function intruders(conflicts: readonly AddressConflict[], { containers, networks }: Parts): Attention[] {
  return conflicts.flatMap(({ engineId, containerId, networkId, address, macs }) => {
    const container = containers.find((one) => one.engineId === engineId && one.id === containerId);
    const network = networks.find((one) => one.engineId === engineId && one.id === networkId);
    return container && network ? [{ kind: 'intruder' as const, container, network, address, macs }] : [];
  });
}

/**
 * What needs an admin's look in a picture: hosts that don't answer, addresses and MACs had twice, networks whose interface
 * is gone or lets nothing through, what failed connects left, networks that are gone, containers cut off from the network
 * that they share, and those that restart. What is known of a host that does not answer is old; its addresses may rightly
 * be elsewhere by now.
 *
 * @param seen what hosts were seen to have, where somebody may look
 * @param conflicts what others were heard to have, where somebody may ask
 */
export function attentionOf(
  snapshot: Parts,
  seen: readonly HostFacts[] = [],
  conflicts: readonly AddressConflict[] = [],
): Attention[] {
  const { engines } = snapshot;
  const offline = engines.filter(({ state }) => state === 'offline');
  const online = new Map(engines.filter(({ state }) => state === 'online').map((each) => [each.id, each]));
  const reached = snapshot.containers.filter(({ engineId }) => online.has(engineId));
  const byEngine = networksByEngine(snapshot.networks);
  const macs = hadTwice(claimsBy(reached, byEngine, macsOf)).filter(
    ({ key, claims }) => !followsFromAddress(key, claims),
  );
  const left = snapshot.containers.flatMap((container) =>
    container.endpoints
      .filter((endpoint) => isLeftover(container, endpoint))
      .map((endpoint) => ({ container, endpoint })),
  );
  const gone = reached.flatMap((container) => {
    const engine = online.get(container.engineId);
    if (!engine) return [];
    const networks = byEngine.get(engine.id) ?? [];
    const mode = goneMode(container, engine, networks);
    // To take that off it would be no way to start it.
    const entries = goneNetworks(container, engine, networks).filter(
      ({ networkName }) => networkName !== mode,
    );
    return [
      ...(mode === null ? [] : [{ kind: 'modeGone' as const, container, mode }]),
      ...entries.map((endpoint) => ({ kind: 'networkGone' as const, container, endpoint })),
    ];
  });
  const sharers = reached.flatMap((container) => sharerTrouble(container, snapshot.containers) ?? []);
  const restarting = snapshot.containers.filter(({ state }) => state === 'restarting');
  return [
    ...offline.map(({ id }) => ({ kind: 'offline' as const, engineId: id })),
    ...duplicatesOf(snapshot).map((each) => ({ kind: 'twice' as const, ...each })),
    ...intruders(conflicts, snapshot),
    ...lastKnownDuplicatesOf(snapshot).map((each) => ({ kind: 'twiceLast' as const, ...each })),
    ...macs.map(({ key, claims }) => ({ kind: 'sameMac' as const, mac: key, claims })),
    ...parentTroubles(snapshot.networks, engines, seen),
    ...left.map((each) => ({ kind: 'leftover' as const, ...each })),
    ...gone,
    ...sharers,
    ...restarting.map((container) => ({ kind: 'restarting' as const, container })),
  ];
}
