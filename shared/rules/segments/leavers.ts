import type { Container, Endpoint, Network, Notice, Step } from '../../model';
import { sortNatural } from '../basics/names';
import type { Inventory } from '../inventory/inventory';
import { membersOf } from '../membership/on-network';
import { keptAddresses, type KeptAddresses } from '../plan/kept-addresses';
import { keptMac } from '../plan/kept-mac';
import { disconnect } from '../plan/steps';

/** A container that is to leave a network. */
export interface Leaver {
  container: Container;
  endpoint: Endpoint;
}

const byName = (a: Leaver, b: Leaver): number => sortNatural(a.container.name, b.container.name);

/** Whether an address is fixed for it there, or may be. */
function isFixed(network: Network, leaver: Leaver, inventory: Inventory): boolean {
  const { pinned4, pinned6 } = leaver.endpoint;
  if (pinned4 || pinned6) return true;
  const pins = untold(network, leaver, inventory)?.pins;
  return Boolean(pins?.ipv4 || pins?.ipv6);
}

function byFixed(network: Network, inventory: Inventory) {
  const leavers = membersOf(network, inventory).sort(byName);
  const fixed = leavers.filter((one) => isFixed(network, one, inventory));
  return { fixed, automatic: leavers.filter((one) => !fixed.includes(one)) };
}

/**
 * Containers on a network, in the order in which they leave it. Those with fixed addresses are the last, and so the first to be
 * given back: an automatic one would be handed theirs. By name, so that two plans are the same.
 */
export function leaversOf(network: Network, inventory: Inventory): Leaver[] {
  const { automatic, fixed } = byFixed(network, inventory);
  return [...automatic, ...fixed];
}

/** The same in the order in which they come onto the network that takes its place. */
export function comersOf(network: Network, inventory: Inventory): Leaver[] {
  const { automatic, fixed } = byFixed(network, inventory);
  return [...fixed, ...automatic];
}

/** What is fixed there and Podman does not tell; null of other engines, which tell it themselves. */
function untold(network: Network, { container, endpoint }: Leaver, inventory: Inventory) {
  const engine = inventory.engines.find((one) => one.id === network.engineId);
  if (engine?.product !== 'podman') return null;
  return keptAddresses({ container, engine, inventory }, endpoint, network);
}

/** What becomes of a leaver's fixed MAC, here or on `to`; of an automatic one it is said only where it is `renewed`. */
export function macOf(
  network: Network,
  { container, endpoint }: Leaver,
  inventory: Inventory,
  to?: Network,
  renewed?: { ipv4: string },
) {
  const engine = inventory.engines.find((one) => one.id === network.engineId);
  if (!engine) return { mac: undefined, notices: [] };
  const { mac, notices } = keptMac(
    { container, engine, inventory },
    endpoint,
    network,
    renewed ? { renewed } : {},
  );
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

/** What is said besides of one that is put back, where what is fixed for it is not known. */
export const lostNotices = (network: Network, leaver: Leaver, inventory: Inventory): Notice[] =>
  untold(network, leaver, inventory)?.lost ?? [];

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
