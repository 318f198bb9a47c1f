import type { Network } from '../../model';
import { parseCidr, type Cidr } from '../basics/cidr';
import type { Inventory } from '../inventory/inventory';
import { sharedSubnetNetworks } from '../lans/lan';
import { holdersAt, readHolders, type Holder, type HoldersAt } from './holders';

/** An engine's automatic range on a LAN. */
export interface AutomaticRange {
  readonly cidr: Cidr;
  readonly network: Network;
}

/** Where each engine hands out addresses by itself: its ip-range, or the whole subnet without one. */
export const automaticRanges = (networks: readonly Network[]): AutomaticRange[] =>
  networks.flatMap((network) =>
    network.subnets.flatMap((subnet) => {
      const cidr = parseCidr(subnet.ipRange || subnet.subnet);
      return cidr ? [{ cidr, network }] : [];
    }),
  );

/** The LAN of a network, over all engines that share it. Each of its parts is read when it is asked for first. */
export class Lan {
  private readHolders: readonly Holder[] | undefined;
  private readAt: HoldersAt | undefined;
  private readRanges: readonly AutomaticRange[] | undefined;
  private readNetworks: readonly Network[] | undefined;

  constructor(
    private readonly network: Network,
    private readonly inventory: Inventory,
  ) {}

  /** Those that hold addresses of it, the network itself included, in the order that they are known in. */
  get networks(): readonly Network[] {
    return (this.readNetworks ??= sharedSubnetNetworks(this.network, this.inventory.networks));
  }

  /** Everything that holds an address. */
  get holders(): readonly Holder[] {
    return (this.readHolders ??= readHolders(this.network, this.networks, this.inventory));
  }

  /** Who holds a certain address. */
  get at(): HoldersAt {
    return (this.readAt ??= holdersAt(this.holders));
  }

  /** Where the engines hand out addresses by themselves. */
  get ranges(): readonly AutomaticRange[] {
    return (this.readRanges ??= automaticRanges(this.networks));
  }
}

const known = new WeakMap<Inventory, WeakMap<Network, Lan>>();

/**
 * The LAN of a network by an inventory. A plan, with all of its checks, is made on one inventory, which nobody changes: its
 * LANs are read once, and go with it.
 */
export function lanOf(network: Network, inventory: Inventory): Lan {
  const lans = known.get(inventory) ?? new WeakMap<Network, Lan>();
  known.set(inventory, lans);
  const lan = lans.get(network) ?? new Lan(network, inventory);
  lans.set(network, lan);
  return lan;
}
