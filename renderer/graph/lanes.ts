import type { Container, Endpoint, Engine, Network, Snapshot } from '../../shared/model';
import { orderEngines, parentNic, sortNatural, vlanOf } from '../../shared/rules';
import type { SpecialLane } from './model';
import type { SpareNic } from './spare';
import { attachmentsOf, visibleNetworks, type NetworkFinder } from './attachments';

/** A container with those that share its network namespace stacked under it. */
export interface Stack {
  owner: Container;
  sharers: Container[];
}

/** One network (or one place for containers without any) and the containers that stand beside it. */
export interface Lane {
  key: string;
  network: Network | null;
  /** Name of a network that containers still have on record while the engine no longer knows it. */
  missing: string | null;
  special: SpecialLane | null;
  stacks: Stack[];
}

/** A host's content before anything has a position. */
export interface HostPlan {
  engine: Engine;
  lanes: Lane[];
  /** Parent interfaces with their VLAN links, both in natural order. */
  nics: {
    name: string;
    networkIds: string[];
    vlans: { name: string; vlan: number; networkIds: string[] }[];
  }[];
  /** Interfaces that no network stands on; empty where the host's own are not known. */
  spare: readonly SpareNic[];
  finder: NetworkFinder;
  containers: Container[];
  networks: Network[];
}

const kindOrder: Record<Network['kind'], number> = {
  macvlan: 0,
  ipvlan: 0,
  bridge: 1,
  overlay: 2,
  other: 3,
  host: 8,
  null: 9,
};

const compareNetworks = (a: Network, b: Network): number =>
  Number(a.configOnly) - Number(b.configOnly) ||
  kindOrder[a.kind] - kindOrder[b.kind] ||
  sortNatural(a.parent ?? '', b.parent ?? '') ||
  sortNatural(a.name, b.name) ||
  sortNatural(a.id, b.id);

/** The namespace owner at the end of a chain of `container:X`; null when it is gone or the chain bites its tail. */
export function namespaceOwner(
  container: Container,
  find: (id: string) => Container | undefined,
): Container | null {
  const seen = new Set<string>();
  let at: Container | undefined = container;
  while (at?.networkMode.kind === 'container') {
    if (seen.has(at.id)) return null;
    seen.add(at.id);
    at = find(at.networkMode.containerId);
  }
  return at ?? null;
}

/** An engine names the owner by full id, by short id or by name. */
const containerFinder = (containers: readonly Container[]) => {
  const byKey = new Map<string, Container>();
  for (const each of containers) byKey.set(each.name, each);
  for (const each of containers) byKey.set(each.id.slice(0, 12), each).set(each.id, each);
  return (id: string) => byKey.get(id);
};

const specialLane = (container: Container): SpecialLane => {
  if (container.networkMode.kind === 'host') return 'host';
  return container.networkMode.kind === 'container' ? 'orphan' : 'isolated';
};

/**
 * The attachment that gives a container its place: the network it was made with while that lasts, so that the card
 * stays where it is when other networks come and go.
 */
const homeOf = (
  container: Container,
  shown: Endpoint[],
  rank: (endpoint: Endpoint) => number,
): Endpoint | null => {
  const mode = container.networkMode;
  const made = mode.kind === 'bridge' ? 'bridge' : mode.kind === 'network' ? mode.network : null;
  const home = shown.find((each) => made !== null && (each.networkName === made || each.networkId === made));
  return home ?? [...shown].sort((a, b) => rank(a) - rank(b))[0] ?? null;
};

const specialOrder: SpecialLane[] = ['host', 'isolated', 'orphan'];

interface Building {
  lanes: Map<string, Lane>;
  finder: NetworkFinder;
  rank: Map<string, number>;
}

const laneFor = (container: Container, { lanes, finder, rank }: Building): Lane => {
  const shown = attachmentsOf(container, finder);
  const rankOf = (endpoint: Endpoint) => rank.get(finder.find(endpoint)?.id ?? '') ?? 1e6;
  const home = homeOf(container, shown, rankOf);
  const key = home ? finder.key(home) : specialLane(container);
  const known = lanes.get(key);
  if (known) return known;
  const lane: Lane = {
    key,
    network: home ? (finder.find(home) ?? null) : null,
    missing: home ? home.networkName || home.networkId : null,
    special: home ? null : specialLane(container),
    stacks: [],
  };
  lanes.set(key, lane);
  return lane;
};

const stacksOf = (containers: Container[]): Stack[] => {
  const find = containerFinder(containers);
  const stacks = new Map<Container, Stack>();
  const sharers: { container: Container; owner: Container }[] = [];
  for (const container of containers) {
    const owner = namespaceOwner(container, find);
    if (owner && owner !== container) sharers.push({ container, owner });
    else stacks.set(container, { owner: container, sharers: [] });
  }
  for (const { container, owner } of sharers) stacks.get(owner)?.sharers.push(container);
  return [...stacks.values()];
};

const nicsOf = (networks: Network[]): HostPlan['nics'] => {
  const nics = new Map<string, HostPlan['nics'][number]>();
  for (const network of networks) {
    const name = parentNic(network);
    if (!name || !network.parent) continue;
    const nic = nics.get(name) ?? { name, networkIds: [], vlans: [] };
    nics.set(name, nic);
    const vlan = vlanOf(network);
    if (vlan === null) nic.networkIds.push(network.id);
    else {
      const link = nic.vlans.find((each) => each.vlan === vlan);
      if (link) link.networkIds.push(network.id);
      else nic.vlans.push({ name: network.parent, vlan, networkIds: [network.id] });
    }
  }
  return [...nics.values()].sort((a, b) => sortNatural(a.name, b.name));
};

/** Empty `host` and `none` networks exist on every engine and say nothing: shown once a container uses them. */
const isShown = (network: Network): boolean => network.kind !== 'host' && network.kind !== 'null';

const planHost = (
  engine: Engine,
  all: Network[],
  hidden: ReadonlySet<string>,
  containers: Container[],
): Omit<HostPlan, 'spare'> => {
  const networks = all.filter((network) => isShown(network) && !hidden.has(network.id)).sort(compareNetworks);
  const finder = visibleNetworks(all, hidden);
  const lanes = new Map<string, Lane>(
    networks.map((network) => [
      network.id,
      { key: network.id, network, missing: null, special: null, stacks: [] },
    ]),
  );
  const rank = new Map(networks.map((network, index) => [network.id, index]));
  const ordered = [...containers].sort((a, b) => sortNatural(a.name, b.name) || sortNatural(a.id, b.id));
  for (const stack of stacksOf(ordered)) laneFor(stack.owner, { lanes, finder, rank }).stacks.push(stack);
  const place = (lane: Lane) =>
    lane.special ? 2 + specialOrder.indexOf(lane.special) : lane.network ? 0 : 1;
  return {
    engine,
    finder,
    containers,
    networks,
    nics: nicsOf(networks),
    lanes: [...lanes.values()].sort((a, b) => place(a) - place(b)),
  };
};

const groupBy = <T extends { engineId: string }>(items: readonly T[]): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(item.engineId);
    if (group) group.push(item);
    else groups.set(item.engineId, [item]);
  }
  return groups;
};

/** Interfaces that no network stands on, by engine id. */
export type Spares = ReadonlyMap<string, readonly SpareNic[]>;

/** What stands on which host and beside what, in an order that a newcomer disturbs as little as possible. */
export function planHosts(all: Snapshot, shown: Snapshot, spares: Spares): HostPlan[] {
  const networks = groupBy(all.networks);
  const visible = new Set(shown.networks.map((network) => `${network.engineId}/${network.id}`));
  const containers = groupBy(shown.containers);
  return orderEngines(shown.engines).map((engine) => {
    const own = networks.get(engine.id) ?? [];
    const hidden = new Set(
      own.filter((network) => !visible.has(`${engine.id}/${network.id}`)).map((network) => network.id),
    );
    const plan = planHost(engine, own, hidden, containers.get(engine.id) ?? []);
    return { ...plan, spare: spares.get(engine.id) ?? [] };
  });
}
