import type { Container, Endpoint, Engine, Network } from '../../model';
import { plainAddress } from '../basics/cidr';
import type { GivenAddress } from '../inventory/beside';
import { givenTo } from './given';
import { pinsOf, type Pins } from './pins';

/** One that is not in use though there is another was lost before. */
const stillHeld = (fixed: string | undefined, used: string): string | undefined =>
  fixed && (used === '' || plainAddress(used) === plainAddress(fixed)) ? fixed : undefined;

/**
 * What is fixed of the addresses of an attachment: as the engine tells it, and where Podman does not, as changes of ours
 * fixed it.
 */
export function fixedAddresses(
  container: Container,
  endpoint: Endpoint,
  network: Network | null | undefined,
  engine: Pick<Engine, 'product'> | undefined,
  given: readonly GivenAddress[] = [],
): Pins {
  const told = pinsOf(container, endpoint, network, engine);
  if (told.kind !== 'untold' || engine?.product !== 'podman') return told;
  const ours = givenTo(container, endpoint, given);
  const ipv4 = ours.map((each) => stillHeld(each.ipv4, endpoint.ipv4)).find(Boolean);
  const ipv6 = ours.map((each) => stillHeld(each.ipv6, endpoint.ipv6)).find(Boolean);
  return ipv4 || ipv6 ? { kind: 'pinned', ...(ipv4 && { ipv4 }), ...(ipv6 && { ipv6 }) } : told;
}
