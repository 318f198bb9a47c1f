import type { HostFacts, Network, ShimPolicy } from '../../model';
import { addressInAlias, isShimAlias, shimName } from '../lans/shim-link';

const ipv4Of = (addresses: readonly { address: string }[]): string | undefined =>
  addresses.find((each) => !each.address.includes(':'))?.address;

/** A link on a host that is signed as a shim, and that no policy of this console keeps. */
export interface UnkeptShim {
  name: string;
  /** What it stands on; empty where that is in another namespace. */
  parent: string;
  /** IPv4; empty while it has none. */
  address: string;
  /** Of the network that it leads to; as far as the link's name tells it where that is not there any more. */
  networkId: string;
  /** Empty where the network is not there any more. */
  networkName: string;
}

/**
 * What a change that was cut off has left on a host, or another console keeps there.
 *
 * @param policies of all hosts
 */
export function unkeptShims(
  { engineId, nics }: HostFacts,
  policies: readonly Pick<ShimPolicy, 'engineId' | 'networkId'>[],
  networks: readonly Network[],
): UnkeptShim[] {
  const here = policies.filter((each) => each.engineId === engineId);
  const kept = new Set(here.map(({ networkId }) => shimName(networkId)));
  const prefix = shimName('');
  return nics
    .filter(({ name, alias }) => isShimAlias(alias) && name.startsWith(prefix) && !kept.has(name))
    .map(({ name, parent = '', addresses }) => {
      const network = networks.find((each) => each.engineId === engineId && shimName(each.id) === name);
      return {
        ...{ name, parent },
        address: ipv4Of(addresses) ?? '',
        networkId: network?.id ?? name.slice(prefix.length),
        networkName: network?.name ?? '',
      };
    });
}

/**
 * The name of the link that is on a host for the shim of a network, and was made for none of these addresses: somebody
 * else keeps it, or left it. Null where there is none, or one that is half made and says nothing.
 */
export function othersShim(
  { nics }: HostFacts,
  networkId: string,
  own: readonly (string | undefined)[],
): string | null {
  const found = nics.find(({ name, alias }) => name === shimName(networkId) && isShimAlias(alias));
  const owner = addressInAlias(found?.alias) ?? ipv4Of(found?.addresses ?? []);
  return found && owner !== undefined && !own.includes(owner) ? found.name : null;
}
