import type { Container, Endpoint, Engine } from '../../model';
import { hasChanged } from '../engines/capabilities';
import type { GivenMac } from '../inventory/beside';
import { givenTo } from './given';

/** Whether this is the network that the container was made for: the one on which its own MAC holds. */
function isMain({ networkMode }: Container, { networkName, networkId }: Endpoint): boolean {
  if (networkMode.kind === 'bridge') return networkName === 'bridge';
  if (networkMode.kind !== 'network') return false;
  return networkMode.network === networkName || (networkId !== '' && networkMode.network === networkId);
}

/**
 * The MAC that is fixed for an attachment: that which the container was made with, or which it was given by us. Undefined
 * where the engine chooses. One that is not in use though the container runs was lost before.
 */
export function fixedMac(
  container: Container,
  endpoint: Endpoint,
  given: readonly GivenMac[] = [],
): string | undefined {
  const own = isMain(container, endpoint) ? container.detail?.configuredMac : undefined;
  const ours = givenTo(container, endpoint, given)[0]?.mac;
  return [ours, own].find((mac) => mac && (endpoint.mac === '' || endpoint.mac === mac));
}

/**
 * What becomes of a fixed MAC when an attachment is made anew: `kept` by the engine itself (before v25 it belongs to
 * the container, and to its main network), `sent` again by us, or `lost` (docs/engine-facts.md §2).
 */
export function macAfterwards(engine: Engine): 'kept' | 'sent' | 'lost' {
  if (engine.capabilities.macOnConnect) return 'sent';
  return hasChanged(engine.apiVersion, 'macPerEndpoint') ? 'lost' : 'kept';
}
