import type { Network } from '../../model';
import { plainAddress } from '../basics/cidr';
import type { Holder } from './holders';
import { lanOf } from './lan-read';
import type { Answering } from '../inventory/beside';
import type { Inventory } from '../inventory/inventory';
import { onLan } from '../lans/lan';

/** What was answered on the LAN of a network, by way of any host that stands on it. */
function answersOn(network: Network, inventory: Inventory): Answering[] {
  const { answering = [] } = inventory;
  if (answering.length === 0 || !onLan(network)) return [];
  const lan = lanOf(network, inventory).networks;
  return answering.filter(({ engineId, nic }) =>
    lan.some((one) => one.engineId === engineId && one.parent === nic),
  );
}

/** The MAC by which a container answers for an address; undefined where it is the host's (ipvlan), or not told. */
const macOf = ({ container, use }: Holder): string | undefined =>
  container?.endpoints
    .find((one) => [one.ipv4, one.ipv6].some((text) => plainAddress(text) === use.address))
    ?.mac.toLowerCase() || undefined;

/**
 * The MACs that answer for an address on a network's LAN and belong to nobody who is known to hold it. None where a holder
 * is known by its address alone, which a router, a host, its shim or an ipvlan container is.
 *
 * @param address in its one spelling
 */
export function strangersAt(address: string, network: Network, inventory: Inventory): string[] {
  const answers = answersOn(network, inventory).filter((one) => one.address === address);
  return answers.length === 0 ? [] : unknownOf(address, answers, lanOf(network, inventory).holders);
}

/** The addresses on a network's LAN that somebody answers for whom nobody here knows, and the MACs that do. */
export function strangers(network: Network, inventory: Inventory): ReadonlyMap<string, readonly string[]> {
  const answers = answersOn(network, inventory);
  const addresses = [...new Set(answers.map(({ address }) => address))];
  return new Map(
    addresses
      .map((address) => [address, unknownOf(address, answers, lanOf(network, inventory).holders)] as const)
      .filter(([, macs]) => macs.length > 0),
  );
}

function unknownOf(address: string, answers: readonly Answering[], holders: readonly Holder[]): string[] {
  const known = holders
    .filter(({ use, live }) => live && use.address === address && use.to === undefined)
    .map(macOf);
  if (known.includes(undefined)) return [];
  const macs = answers.flatMap((one) => (one.address === address ? one.macs : []));
  return [...new Set(macs)].filter((mac) => !known.includes(mac));
}
