import type { Container, Endpoint, Network, Notice, Step } from '../../model';
import { sortNatural } from '../basics/names';
import type { Inventory } from '../inventory/inventory';
import { membersOf } from '../membership/on-network';
import { keptAddresses, type KeptAddresses } from '../plan/kept-addresses';
import { keptMac } from '../plan/kept-mac';
import { disconnect } from '../plan/steps';

/** A container that is to leave a network. */
interface Leaver {
  container: Container;
  endpoint: Endpoint;
}

/** Containers on a network, in the order in which they leave it: by name, so that two plans are the same. */
export const leaversOf = (network: Network, inventory: Inventory): Leaver[] =>
  membersOf(network, inventory).sort((a, b) => sortNatural(a.container.name, b.container.name));

/** What is fixed there and Podman does not tell; null of other engines, which tell it themselves. */
function untold(network: Network, { container, endpoint }: Leaver, inventory: Inventory) {
  const engine = inventory.engines.find((one) => one.id === network.engineId);
  if (engine?.product !== 'podman') return null;
  return keptAddresses({ container, engine, inventory }, endpoint, network);
}

/** What becomes of a leaver's fixed MAC, here or on `to`; of an automatic one nothing is said. */
export function macOf(network: Network, { container, endpoint }: Leaver, inventory: Inventory, to?: Network) {
  const engine = inventory.engines.find((one) => one.id === network.engineId);
  if (!engine) return { mac: undefined, notices: [] };
  const { mac, notices } = keptMac({ container, engine, inventory }, endpoint, network);
  // ipvlan has the MAC of the host's NIC.
  return { mac: to?.kind === 'ipvlan' ? undefined : mac, notices };
}

/** Takes everybody off a network, so that undo can give back what was fixed there. */
export const leave = (network: Network, inventory: Inventory): Step[] =>
  leaversOf(network, inventory).map((one) =>
    disconnect(one.container, network, {
      mac: macOf(network, one, inventory).mac,
      ...untold(network, one, inventory)?.untold,
    }),
  );

/** What is said of the addresses of one that leaves, where Podman does not tell what is fixed; null of other engines. */
export const untoldNotices = (network: Network, leaver: Leaver, inventory: Inventory): Notice[] | null =>
  untold(network, leaver, inventory)?.notices ?? null;

function withPins(endpoint: Endpoint, { pins, certain }: KeptAddresses, fits: (address: string) => boolean) {
  // What may be fixed is put back as such where it can be; what surely is, is a problem where it can't.
  const [pinned4, pinned6] = [pins.ipv4, pins.ipv6].map((one) => (one && (certain || fits(one)) ? one : ''));
  return { ...endpoint, ...(pinned4 && { pinned4 }), ...(pinned6 && { pinned6 }) };
}

/**
 * The inventory with the addresses told that are fixed on these networks, or may be.
 *
 * @param fits whether one that may be fixed can be so afterwards
 */
export function withUntoldPins(
  inventory: Inventory,
  networks: readonly Network[],
  fits: (address: string) => boolean,
): Inventory {
  const told = new Map<Endpoint, Endpoint>();
  for (const network of networks)
    for (const leaver of leaversOf(network, inventory)) {
      const kept = untold(network, leaver, inventory);
      if (kept) told.set(leaver.endpoint, withPins(leaver.endpoint, kept, fits));
    }
  if (told.size === 0) return inventory;
  const containers = inventory.containers.map((one) =>
    one.endpoints.some((each) => told.has(each))
      ? { ...one, endpoints: one.endpoints.map((each) => told.get(each) ?? each) }
      : one,
  );
  return { ...inventory, containers };
}
