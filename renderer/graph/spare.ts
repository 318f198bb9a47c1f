import type { HostFacts, Network, Nic } from '../../shared/model';
import { parentNic, sortNatural } from '../../shared/rules';

/** An interface of a host that no network stands on, as far as the picture speaks of it. */
export interface SpareNic {
  name: string;
  kind: Nic['kind'];
  state: 'upCarrier' | 'upNoCarrier' | 'down';
  /** Mbit/s; null when it has none or the link is down. */
  speed: number | null;
  /** 802.1Q id of a VLAN link. */
  vlan: number | null;
  /** The interface that a VLAN link is on. */
  lower: string | null;
  /** The host's own there, CIDR notation; without those that are good on the link only. */
  addresses: string[];
}

const kinds: ReadonlySet<Nic['kind']> = new Set(['physical', 'wireless', 'bond', 'vlan']);

/** Hosts that are containers themselves have veth ends for NICs, named like NICs; other veths are cables of containers. */
const isNic = ({ name, kind }: Nic): boolean => kinds.has(kind) || (kind === 'veth' && /^eth\d+$/.test(name));

/** A port belongs to its bridge or bond: the kernel lets nobody else have it. */
const isFree = (nic: Nic): boolean => isNic(nic) && nic.ethernet && !nic.docker && nic.master === undefined;

/** Settings for networks to come hold nothing, until a network is made from them, which does not tell its parent. */
const holds = (network: Network, networks: readonly Network[]): boolean =>
  !network.configOnly ||
  networks.some((each) => each.engineId === network.engineId && each.configFrom === network.name);

/** Everything that the networks of a host stand on, down to the hardware. */
function takenOn(facts: HostFacts, networks: readonly Network[]): ReadonlySet<string> {
  const lower = new Map(facts.nics.map((nic) => [nic.name, nic.parent]));
  const taken = new Set<string>();
  const take = (name: string | null | undefined) => {
    if (!name || taken.has(name)) return;
    taken.add(name);
    take(lower.get(name));
  };
  for (const network of networks) {
    if (network.engineId !== facts.engineId || !holds(network, networks)) continue;
    take(network.parent);
    take(parentNic(network));
  }
  return taken;
}

const stateOf = ({ up, carrier }: Nic): SpareNic['state'] =>
  up ? (carrier ? 'upCarrier' : 'upNoCarrier') : 'down';

const spareOf = (nic: Nic): SpareNic => ({
  name: nic.name,
  kind: nic.kind,
  state: stateOf(nic),
  speed: nic.speed,
  vlan: nic.vlan ?? null,
  lower: nic.parent ?? null,
  addresses: nic.addresses
    .filter(({ scope }) => scope === 'global')
    .map(({ address, prefix }) => `${address}/${prefix}`),
});

/** The interfaces of a host that could be a parent and that no network stands on, in natural order. */
export function spareNics(facts: HostFacts, networks: readonly Network[]): SpareNic[] {
  const taken = takenOn(facts, networks);
  return facts.nics
    .filter((nic) => isFree(nic) && !taken.has(nic.name))
    .map(spareOf)
    .sort((a, b) => sortNatural(a.name, b.name));
}

/** Rows that a host's spare interfaces may take. */
const most = 6;
const states: SpareNic['state'][] = ['upCarrier', 'upNoCarrier', 'down'];

/** Those to show, in their order, and how many are folded away: the ones with a link are shown rather than the others. */
export function foldSpares(spares: readonly SpareNic[]): { shown: readonly SpareNic[]; folded: number } {
  if (spares.length <= most) return { shown: spares, folded: 0 };
  const rank = ({ state, vlan }: SpareNic) => 2 * states.indexOf(state) + Number(vlan !== null);
  const best = new Set([...spares].sort((a, b) => rank(a) - rank(b)).slice(0, most - 1));
  return { shown: spares.filter((each) => best.has(each)), folded: spares.length - best.size };
}
