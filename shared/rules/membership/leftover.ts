import type { Container, Endpoint } from '../../model';
import { isPseudoName } from '../engines/capabilities';

/** Its network namespace exists now: a change acts at once, not at the next start. */
export const isLive = ({ state }: Pick<Container, 'state'>): boolean =>
  state === 'running' || state === 'paused';

/**
 * Whether an entry is what a failed connect left behind in a live container (docs/engine-facts.md §2). Either it names a network
 * and nothing else, or it has an id and an address as a good one has, and the network itself does not know it. It is no
 * attachment, whatever it looks like.
 */
export function isLeftover(container: Pick<Container, 'state'>, endpoint: Endpoint): boolean {
  if (!isLive(container)) return false;
  // Engines show the endpoint of these two in all ways; neither can be left behind by a connect.
  if (isPseudoName(endpoint.networkName)) return false;
  return endpoint.leftover === true || endpoint.endpointId === '';
}
