import type { Container, Endpoint, Network } from '../../shared/model';
import { isLeftover, isPseudoName, isPseudoNetwork, networkFinder } from '../../shared/rules';

/** Finds the network of an endpoint on its own engine. */
export interface NetworkFinder {
  find(endpoint: Endpoint): Network | undefined;
  /** The network's id, or a key made from the recorded name when the engine no longer has it. */
  key(endpoint: Endpoint): string;
  isHidden(endpoint: Endpoint): boolean;
}

/** @param hidden ids of networks that the filters hide */
export function visibleNetworks(networks: readonly Network[], hidden: ReadonlySet<string>): NetworkFinder {
  const find = networkFinder(networks);
  return {
    find,
    key: (endpoint) => find(endpoint)?.id ?? `?${endpoint.networkName || endpoint.networkId}`,
    isHidden: (endpoint) => hidden.has(find(endpoint)?.id ?? ''),
  };
}

/**
 * Attachments to show as lines: not `host` and `none`, which are places, not what failed connects left, and not what the
 * filters hide.
 */
export function attachmentsOf(container: Container, finder: NetworkFinder): Endpoint[] {
  if (container.networkMode.kind === 'container') return [];
  return container.endpoints.filter((endpoint) => {
    const network = finder.find(endpoint);
    if (network ? isPseudoNetwork(network) : isPseudoName(endpoint.networkName)) return false;
    return !finder.isHidden(endpoint) && !isLeftover(container, endpoint);
  });
}
