import type { Container, Network, Problem, Snapshot } from '../../../shared/model';
import { planChange, sortNatural } from '../../../shared/rules';

/** A network that a container could be attached to, or why it can't. */
export interface AttachChoice {
  network: Network;
  problem: Problem | null;
}

const order = ['macvlan', 'ipvlan', 'bridge', 'overlay', 'other', 'host', 'null'] as const;

/**
 * The networks of the container's own host: those that take it first, LAN networks before others. The reasons are
 * those that the preview would give.
 */
export function attachChoices(container: Container, snapshot: Snapshot): AttachChoice[] {
  const { engineId } = container;
  return snapshot.networks
    .filter((network) => network.engineId === engineId)
    .map((network) => {
      const request = { kind: 'attach', engineId, containerId: container.id, networkId: network.id } as const;
      return { network, problem: planChange(request, snapshot).problems[0] ?? null };
    })
    .sort(
      (a, b) =>
        Number(a.problem !== null) - Number(b.problem !== null) ||
        order.indexOf(a.network.kind) - order.indexOf(b.network.kind) ||
        sortNatural(a.network.name, b.network.name),
    );
}

/** One problem that all choices share is the container's own, and is said once: host mode, a shared namespace. */
export function commonProblem(choices: readonly AttachChoice[]): Problem | null {
  const first = choices[0]?.problem;
  if (!first || !['host_mode', 'shares_namespace', 'engine_unreachable'].includes(first.code)) return null;
  return choices.every((choice) => choice.problem?.code === first.code) ? first : null;
}
