import type { Container, Endpoint } from '../../../shared/model';

/** Which network an interface belongs to, and whether that is known or guessed by order. */
export interface InterfaceNetwork {
  networkId: string;
  exact: boolean;
}

const none: InterfaceNetwork = { networkId: '', exact: true };

/** `eth2` before `eth10`. */
const byNumber = new Intl.Collator('en', { numeric: true }).compare;

/** An endpoint that has an interface behind it now. */
export const attached = (container: Container): Endpoint[] =>
  container.endpoints.filter((each) => each.endpointId !== '');

/** The one interface whose MAC no endpoint has, and the one endpoint whose MAC no interface has: what leases has a MAC that no engine tells. */
function leftOver(
  names: readonly string[],
  endpoints: readonly Endpoint[],
  macs: ReadonlyMap<string, string>,
): ReadonlyMap<string, Endpoint> {
  const told = new Set(endpoints.map(({ mac }) => mac.toLowerCase()));
  const read = new Set(macs.values());
  const strange = names.filter((name) => macs.has(name) && !told.has(macs.get(name) ?? ''));
  const unseen = endpoints.filter(({ mac }) => !read.has(mac.toLowerCase()));
  const [[name], [endpoint]] = [strange, unseen];
  const one = strange.length === 1 && unseen.length === 1 && names.every((each) => macs.has(each));
  return new Map(one && name !== undefined && endpoint ? [[name, endpoint]] : []);
}

/**
 * Maps interfaces to networks. The engine's counters are keyed by interface name and its endpoints by MAC
 * (docs/engine-facts.md §4), so the MACs read inside the container decide; without them a single interface is certain,
 * and several are taken in the order of their networks' names, marked as not exact.
 */
export function matchInterfaces(
  names: readonly string[],
  container: Container,
  macs: ReadonlyMap<string, string>,
): Map<string, InterfaceNetwork> {
  const endpoints = attached(container);
  const result = new Map<string, InterfaceNetwork>();
  const [only] = endpoints;
  if (names.length === 1 && endpoints.length === 1 && only)
    return new Map(names.map((name) => [name, { networkId: only.networkId, exact: true }]));
  const left = leftOver(names, endpoints, macs);
  const byOrder = [...endpoints].sort((a, b) => (a.networkName < b.networkName ? -1 : 1));
  [...names].sort(byNumber).forEach((name, index) => {
    const mac = macs.get(name);
    if (mac) {
      const endpoint = endpoints.find((each) => each.mac.toLowerCase() === mac) ?? left.get(name);
      result.set(name, endpoint ? { networkId: endpoint.networkId, exact: true } : none);
    } else {
      result.set(name, { networkId: byOrder[index]?.networkId ?? '', exact: false });
    }
  });
  return result;
}
