import type { Container, Endpoint, Engine, Network, Snapshot } from '../../shared/model';
import { orderEngines, parentNic, parseParent, resolveOwner, sortNatural, vlanOf } from '../../shared/rules';
import { attachmentsOf, visibleNetworks } from './attachments';
import type { Lan } from './model';

/** A network by its host: ids are one engine's own. */
interface NetworkKey {
  engineId: string;
  networkId: string;
}

/** One container on a network, by its own attachment or by that of the container whose network namespace it shares. */
export interface Occupant {
  container: Container;
  endpoint: Endpoint;
  /** Whose attachment it is, where it is another container's. */
  owner: Container | null;
}

/** One network with everything that is on it. */
export interface Occupied {
  /** Null where the host is no longer listed. */
  engine: Engine | null;
  network: Network;
  occupants: Occupant[];
}

const nothingHidden: ReadonlySet<string> = new Set();

const byName = (a: Occupant, b: Occupant): number =>
  sortNatural(a.container.name, b.container.name) || sortNatural(a.container.id, b.container.id);

/** What failed connects left behind is on no network, as in the picture. */
function occupantsOf(network: Network, snapshot: Snapshot): Occupant[] {
  const here = snapshot.containers.filter(({ engineId }) => engineId === network.engineId);
  const finder = visibleNetworks(
    snapshot.networks.filter(({ engineId }) => engineId === network.engineId),
    nothingHidden,
  );
  return here
    .flatMap((container): Occupant[] => {
      const owner = resolveOwner(container, here);
      const endpoint = attachmentsOf(owner ?? container, finder).find(
        (each) => finder.find(each)?.id === network.id,
      );
      return endpoint ? [{ container, endpoint, owner }] : [];
    })
    .sort(byName);
}

/** Hosts in the admin's order, on each its networks by interface and name. */
const occupied = (networks: readonly Network[], snapshot: Snapshot): Occupied[] => {
  const engines = orderEngines(snapshot.engines);
  const place = ({ engineId }: Network) => {
    const at = engines.findIndex(({ id }) => id === engineId);
    return at < 0 ? engines.length : at;
  };
  return [...networks]
    .sort(
      (a, b) =>
        place(a) - place(b) ||
        sortNatural(a.parent ?? '', b.parent ?? '') ||
        sortNatural(a.name, b.name) ||
        sortNatural(a.id, b.id),
    )
    .map((network) => ({
      engine: engines.find(({ id }) => id === network.engineId) ?? null,
      network,
      occupants: occupantsOf(network, snapshot),
    }));
};

const isMember = ({ members }: Lan, { engineId, networkId }: NetworkKey): boolean =>
  members.some((each) => each.engineId === engineId && each.networkId === networkId);

/**
 * The LAN that a band stands for. A band's key can be another's once filters hide networks, so what decides is a network
 * of the band; the key where that network is gone.
 */
export const lanWith = (lans: readonly Lan[], key: string, network: NetworkKey): Lan | undefined =>
  lans.find((lan) => isMember(lan, network)) ?? lans.find((lan) => lan.key === key);

/** The LAN that a network is in, if it is in one. */
export const lanOf = (lans: readonly Lan[], { engineId, id }: Network): Lan | undefined =>
  lans.find((lan) => isMember(lan, { engineId, networkId: id }));

/** All networks of a LAN, of every host, each with its containers. */
export const onLan = (lan: Lan, snapshot: Snapshot): Occupied[] =>
  occupied(
    snapshot.networks.filter(({ engineId, id }) => isMember(lan, { engineId, networkId: id })),
    snapshot,
  );

/** Those of a VLAN link stand on the interface below it, too. */
const standsOn = (network: Network, name: string): boolean => {
  if (!network.parent) return false;
  if (network.parent === name || parentNic(network) === name) return true;
  const link = parseParent(name);
  return link.ok && link.vlan !== null && link.nic === parentNic(network) && link.vlan === vlanOf(network);
};

/** All networks that stand on an interface of a host, or on a VLAN link of it, each with its containers. */
export const onNic = (engineId: string, name: string, snapshot: Snapshot): Occupied[] =>
  occupied(
    snapshot.networks.filter((network) => network.engineId === engineId && standsOn(network, name)),
    snapshot,
  );
