import type { Container, Endpoint, Engine, Network } from '../../model';
import { isLive } from './leftover';

/** What is fixed of the addresses of an attachment. */
export interface Pins {
  ipv4?: string;
  ipv6?: string;
  /** `untold`: there may be an address, and the engine does not tell whether it is fixed. */
  kind: 'pinned' | 'automatic' | 'untold';
}

const none = (kind: Pins['kind']): Pins => ({ kind });

/**
 * What is fixed of the addresses of an attachment, as far as its engine tells. Swarm passes over fixed addresses, but not on
 * an overlay; there the address of a running container is shown as fixed, whether it is or not (docs/engine-facts.md §2).
 * Podman tells of none (§10).
 *
 * @param network where it is known; other than Swarm's, all say alike what is fixed
 */
export function pinsOf(
  container: Pick<Container, 'state'>,
  { pinned4, pinned6 }: Pick<Endpoint, 'pinned4' | 'pinned6'>,
  network: Pick<Network, 'scope' | 'kind'> | null | undefined,
  engine: Pick<Engine, 'product'> | undefined,
): Pins {
  if (network?.scope === 'swarm') {
    if (network.kind !== 'overlay') return none('automatic');
    if (isLive(container)) return none('untold');
  }
  if (pinned4 || pinned6)
    return { kind: 'pinned', ...(pinned4 && { ipv4: pinned4 }), ...(pinned6 && { ipv6: pinned6 }) };
  return none(engine?.product === 'podman' ? 'untold' : 'automatic');
}
