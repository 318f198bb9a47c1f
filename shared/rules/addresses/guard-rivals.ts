import type { Guard } from '../../model';
import { plainAddress } from '../basics/cidr';
import type { Inventory } from '../inventory/inventory';
import { sharedSubnetNetworks } from '../lans/lan';
import { claimantsOf, guardKey } from '../membership/identity';
import { recordedEndpoint } from '../membership/on-network';

/** Another guard that keeps an address which a guard keeps, too, on one LAN. One of the two counts. */
export interface GuardRival {
  address: string;
  guard: Guard;
  /** Whether it is the first of the two that counts, and not this one. */
  wins: boolean;
  /** Why the one that counts does: its container has the address, or it was there before the other. */
  why: 'has' | 'older';
}

/** Of each address those that keep it, with the network's name; once for each list. */
const indexes = new WeakMap<readonly Guard[], ReadonlyMap<string, readonly Kept[]>>();
interface Kept {
  guard: Guard;
  networkName: string;
}

const addressesOf = ({ ipv4, ipv6 }: Guard['attachments'][number]): string[] =>
  [ipv4, ipv6].flatMap((text) => (text ? [plainAddress(text)] : []));

function indexOf(guards: readonly Guard[]): ReadonlyMap<string, readonly Kept[]> {
  const known = indexes.get(guards);
  if (known) return known;
  const made = new Map<string, Kept[]>();
  for (const guard of guards)
    for (const attachment of guard.attachments)
      for (const address of addressesOf(attachment))
        made.set(address, [...(made.get(address) ?? []), { guard, networkName: attachment.networkName }]);
  indexes.set(guards, made);
  return made;
}

const networkOf = ({ guard, networkName }: Kept, { networks }: Inventory) =>
  networks.find((one) => one.engineId === guard.engineId && one.name === networkName);

/** Whether a guard's container has an address now. */
function hasIt(kept: Kept, address: string, inventory: Inventory): boolean {
  const network = networkOf(kept, inventory);
  const endpoints = claimantsOf(kept.guard, inventory.containers).map(
    (one) => network && recordedEndpoint(one, network),
  );
  return endpoints.some((one) =>
    [one?.ipv4, one?.ipv6, one?.pinned4, one?.pinned6].some((text) => text && plainAddress(text) === address),
  );
}

function sameLan(one: Kept, other: Kept, inventory: Inventory): boolean {
  const network = networkOf(one, inventory);
  const shared = network ? sharedSubnetNetworks(network, inventory.networks) : [];
  return shared.some((each) => each.engineId === other.guard.engineId && each.name === other.networkName);
}

/** The one whose container has it; else the older one. By its key where both are as old, so that all say the same. */
function between(mine: Kept, other: Kept, address: string, inventory: Inventory): GuardRival {
  const [has, theirs] = [hasIt(mine, address, inventory), hasIt(other, address, inventory)];
  const told = { address, guard: other.guard };
  if (has !== theirs) return { ...told, wins: has, why: 'has' };
  const [a, b] = [mine.guard, other.guard];
  return { ...told, wins: a.since === b.since ? guardKey(a) < guardKey(b) : a.since < b.since, why: 'older' };
}

/** The others that keep an address of a guard, too: made while nobody knew that their hosts are on one LAN. */
export function guardRivals(guard: Guard, inventory: Inventory): GuardRival[] {
  const index = indexOf(inventory.guards ?? []);
  const key = guardKey(guard);
  return guard.attachments.flatMap((attachment) =>
    addressesOf(attachment).flatMap((address) => {
      const all = index.get(address) ?? [];
      if (all.length < 2) return [];
      const mine = { guard, networkName: attachment.networkName };
      return all
        .filter((other) => guardKey(other.guard) !== key && sameLan(mine, other, inventory))
        .map((other) => between(mine, other, address, inventory));
    }),
  );
}

/** All other guards, without the addresses that are not theirs in the end but this one's. */
export function guardsBeside(own: readonly Guard[], inventory: Inventory): Guard[] {
  const lost = own.flatMap((guard) => guardRivals(guard, inventory)).filter(({ wins }) => wins);
  return (inventory.guards ?? [])
    .filter((guard) => !own.includes(guard))
    .map((guard) => {
      const theirs = lost.filter((one) => one.guard === guard).map(({ address }) => address);
      if (theirs.length === 0) return guard;
      const attachments = guard.attachments.filter(
        (one) => !addressesOf(one).some((address) => theirs.includes(address)),
      );
      return { ...guard, attachments };
    });
}
