import type { Container, Engine, Network } from '../../model';
import { hasChanged } from '../engines/capabilities';

/** Whether an engine starts no container without the network that it was made with (docs/engine-facts.md §2). */
export const startsByMode = (engine: Pick<Engine, 'product' | 'apiVersion'> | undefined): boolean =>
  engine?.product !== 'podman' && hasChanged(engine?.apiVersion, 'startsByMode');

/** The network that a container was made with as its own, by name or id; empty where it was made with none. */
export const modeOf = ({ networkMode: mode }: Pick<Container, 'networkMode'>): string =>
  mode.kind === 'network' ? mode.network : '';

/**
 * The network that a container was made with, where its engine has it no longer and so can't start it again; null where it
 * has it, or where it is not known: a worker of a swarm does not know the networks that nobody uses on it.
 *
 * @param networks all of its engine
 */
export function goneMode(container: Container, engine: Engine, networks: readonly Network[]): string | null {
  const mode = modeOf(container);
  if (mode === '' || engine.swarm === 'worker' || !startsByMode(engine)) return null;
  return networks.some(({ id, name }) => name === mode || id.startsWith(mode)) ? null : mode;
}
