import type { AddressUse, Network } from '../../model';
import type { Inventory } from '../inventory/inventory';
import { lanOf } from './lan-read';

/** Who holds what on the LAN of a network, over all engines that share it, one entry for each holder. */
export const addressUses = (on: Network, inventory: Inventory): AddressUse[] =>
  lanOf(on, inventory).holders.map((holder) => holder.use);
