import type { Container, Engine, Network, Problem } from '../../model';
import type { Inventory } from '../inventory/inventory';
import { isLive } from '../membership/leftover';
import { goneMode } from '../membership/start-mode';
import { problem } from '../../texts/messages';

/**
 * One that runs is put on no network while that which it was made with is gone, and can't start again once it is stopped for
 * it (docs/engine-facts.md §2).
 *
 * @param networks all of its engine
 */
export function modeProblem(
  container: Container,
  engine: Engine,
  networks: readonly Network[],
  field?: string,
): Problem | null {
  const mode = isLive(container) ? goneMode(container, engine, networks) : null;
  if (mode === null) return null;
  const params = { container: container.name, network: mode, host: engine.name };
  return problem('mode_network_gone', params, { engineId: engine.id, ...(field && { field }) });
}

/** The same of several; `networks` as they are once they are put there. */
export const modeProblems = (
  members: readonly { container: Container }[],
  { engines, networks }: Pick<Inventory, 'engines' | 'networks'>,
): Problem[] =>
  members.flatMap(({ container }) => {
    const engine = engines.find(({ id }) => id === container.engineId);
    const here = networks.filter(({ engineId }) => engineId === container.engineId);
    return (engine && modeProblem(container, engine, here)) ?? [];
  });
